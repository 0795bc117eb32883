"""The packed network beside transformers' own, on a tiny random BERT."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import BertConfig, BertForSequenceClassification

from argmap.errors import InputError, ModelError
from argmap.nlp import precision as precisions
from argmap.nlp.feed import feed
from argmap.nlp.packed import PackedBert, PackedMean, PackedPairs, pack
from argmap.nlp.precision import Precision, choose_precision
from argmap.nlp.tokens import Encoded, pad
from tests.nlp.threads import one_thread

CONFIG = BertConfig(
    vocab_size=50, hidden_size=32, num_hidden_layers=3, num_attention_heads=4,
    intermediate_size=64, max_position_embeddings=40, num_labels=3,
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> BertForSequenceClassification:
    torch.manual_seed(5)
    made = BertForSequenceClassification(CONFIG).eval()
    with torch.no_grad():
        # Fresh weights are so small that every text comes out alike.
        for parameter in made.parameters():
            if parameter.ndim > 1:
                parameter.mul_(8.0)
    return made


def packed(model: BertForSequenceClassification, precision: Precision) -> PackedPairs:
    state = model.state_dict()
    bert = PackedBert(
        {name.removeprefix("bert."): tensor for name, tensor in state.items()},
        heads=4,
        eps=CONFIG.layer_norm_eps,
        precision=precision,
    )
    return PackedPairs(bert, state)


def cases(lengths: list[int], seed: int = 0) -> list[Encoded]:
    rng = np.random.default_rng(seed)
    return [
        Encoded(rng.integers(0, 50, length).tolist(), [0] * (length // 2) + [1] * -(-length // 2))
        for length in lengths
    ]


def scored(forward: PackedPairs, texts: list[Encoded]) -> np.ndarray:
    return feed(texts, list, forward, width=3)


LENGTHS = [7, 3, 7, 12, 30, 3, 1, 12, 7, 19]


def test_packed_pairs_equal_the_padded_model(model: BertForSequenceClassification) -> None:
    texts = cases(LENGTHS)
    with torch.inference_mode():
        theirs = model(**pad(texts, device=torch.device("cpu"))).logits.numpy()
    np.testing.assert_allclose(scored(packed(model, "fp32"), texts), theirs, atol=2e-5)
    assert np.ptp(theirs, axis=0).min() > 0.1  # the texts do differ


@pytest.mark.parametrize(("precision", "apart"), [("bf16", 0.05), ("int8", 0.15)])
def test_fewer_bits_stay_near_the_reference(
    model: BertForSequenceClassification, precision: Precision, apart: float
) -> None:
    texts = cases(LENGTHS * 6, seed=1)
    exact = scored(packed(model, "fp32"), texts)
    near = scored(packed(model, precision), texts)
    assert not np.array_equal(exact, near)
    assert np.abs(exact - near).mean() < apart * exact.std()


@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
@given(data=st.data())
def test_a_text_gets_the_same_bits_whatever_its_batch(
    model: BertForSequenceClassification, precision: Precision, data: st.DataObject
) -> None:
    texts = cases(data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=12)))
    forward = packed(model, precision)
    chosen = data.draw(st.integers(0, len(texts) - 1))
    with one_thread():
        together = scored(forward, texts)
        np.testing.assert_array_equal(scored(forward, [texts[chosen]])[0], together[chosen])


@given(data=st.data())
def test_with_any_number_of_threads_a_text_gets_the_same_but_for_its_last_digits(
    model: BertForSequenceClassification, data: st.DataObject
) -> None:
    texts = cases(data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=12)))
    forward = packed(model, "fp32")
    chosen = data.draw(st.integers(0, len(texts) - 1))
    alone, together = scored(forward, [texts[chosen]])[0], scored(forward, texts)[chosen]
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_packed_mean_is_the_mean_of_the_padded_models_states(
    model: BertForSequenceClassification,
) -> None:
    texts = [Encoded(text.ids, [0] * len(text.ids)) for text in cases(LENGTHS)]
    bert = PackedBert(model.bert.state_dict(), heads=4, eps=CONFIG.layer_norm_eps, precision="fp32")
    found = feed(texts, list, PackedMean(bert), width=32)
    with torch.inference_mode():
        for text, vector in zip(texts, found, strict=True):
            state = model.bert(torch.tensor([text.ids])).last_hidden_state[0].mean(0)
            wanted = torch.nn.functional.normalize(state, dim=0).numpy()
            np.testing.assert_allclose(vector, wanted, atol=2e-5)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_pack_lays_texts_end_to_end(lengths: list[int]) -> None:
    lengths = sorted(lengths, reverse=True)
    found = pack(cases(lengths))
    assert len(found.ids) == sum(lengths)
    assert [count * length for _, count, length in found.groups] == [
        length * lengths.count(length) for length in dict.fromkeys(lengths)
    ]
    assert found.positions[found.first].tolist() == [0] * len(lengths)
    assert np.bincount(found.owners).tolist() == lengths


def test_feed_keeps_order_and_counts_over_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from argmap.nlp import feed as module

    monkeypatch.setattr(module, "_BLOCK", 4)
    texts = cases([(n * 7) % 11 + 1 for n in range(11)])
    seen: list[tuple[int, int]] = []
    rows = feed(
        texts,
        list,
        lambda batch: torch.bincount(torch.from_numpy(batch.owners))[:, None].float(),
        width=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert rows[:, 0].tolist() == [len(text.ids) for text in texts]
    assert seen[-1] == (11, 11)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_feed_stops_where_its_progress_raises() -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        feed(cases([3]), list, lambda batch: torch.zeros(1, 1), width=1, progress=stop)


def test_weights_of_another_kind_are_refused() -> None:
    with pytest.raises(ModelError, match="not the weights of a BERT"):
        PackedBert({"x": torch.zeros(1)}, heads=1, eps=1e-12, precision="fp32")


@pytest.mark.parametrize(
    ("wanted", "device", "bf16", "found"),
    [
        (None, "cuda", False, "bf16"),
        ("auto", "cpu", True, "bf16"),
        (None, "cpu", False, "fp32"),
        ("int8", "cpu", True, "int8"),
        ("fp32", "cuda", True, "fp32"),
    ],
)
def test_precision_is_the_one_asked_for_or_the_machines(
    monkeypatch: pytest.MonkeyPatch, wanted: str | None, device: str, bf16: bool, found: str
) -> None:
    monkeypatch.setattr(precisions, "has_bf16", lambda: bf16)
    assert choose_precision(wanted, device=device) == found


def test_an_unknown_precision_names_those_there_are() -> None:
    with pytest.raises(InputError, match="fp32, bf16, int8"):
        choose_precision("int4")
