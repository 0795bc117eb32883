"""Labels laid over passages, and the attribution recipe run whole on a handful of sentences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from argmap.nlp.attribution_net import AttributionNet, gather, new_net
from argmap.nlp.attribution_packed import PackedAttribution, attribution_state, window
from argmap.nlp.attributor import TransformerAttributor
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.passages import passages_of
from argmap.nlp.tokens import load_tokenizer, pad
from argmap.training.attribution import (
    AttributionRecipe,
    attribution_trainer,
    label,
    load_passages,
    package_attribution,
)
from tests.training.conftest import write

RECIPE = AttributionRecipe(
    name="test",
    seed=1,
    epochs=2,
    max_tokens=48,
    batch_tokens=200,
    reach=24,
    learning_rate=1e-3,
    warmup=0.1,
    weight_decay=0.01,
)
NAMES = ["Kettle", "Brandt", "Osei", "Lindqvist", "Moreau", "Tan"]


def row(name: str, split: str) -> dict[str, object]:
    """Two paragraphs; the first has a cue between two parts of its content."""
    text = f"“The ferry leaks,” {name} said, “and it is old.”\n\n{name} hopes that it floats."
    parts = ("“The ferry leaks,”", name, "said", "“and it is old.”", "hopes", "that it floats")
    at = [(text.index(part), text.index(part) + len(part)) for part in parts]
    second = text.rindex(name)
    return {
        "text": text,
        "split": split,
        "attributions": [
            {"source": [at[1]], "cue": [at[2]], "content": [at[0], at[3]]},
            {"source": [(second, second + len(name))], "cue": [at[4]], "content": [at[5]]},
        ],
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [row(name, "train") for name in NAMES * 4] + [row("Vane", "dev"), row("Vane", "test")]
    write(tmp_path / "attribution/polnear.jsonl.xz", rows)
    return tmp_path


def test_label_marks_first_tokens_of_words_only() -> None:
    example = row("Lindqvist", "train")
    (passage,) = passages_of(load_tokenizer(backbone_dir()), str(example["text"]), max_tokens=64)
    labelled = label(passage, example["attributions"])  # type: ignore[arg-type]
    assert [n for n, tag in enumerate(labelled.cues) if tag >= 0] == list(passage.words)
    text = str(example["text"])
    cued = [text[slice(*passage.offsets[n])] for n, tag in enumerate(labelled.cues) if tag == 1]
    assert cued == ["said", "hopes"]
    first, last, roles = labelled.roles[0]
    assert text[passage.offsets[first][0] : passage.offsets[last - 1][1]] == "said"
    contents = [text[slice(*passage.offsets[n])] for n, tag in enumerate(roles) if tag == 2]
    assert contents == [
        "“",
        "The",
        "ferry",
        "leaks",
        ",",
        "”",
        "“",
        "and",
        "it",
        "is",
        "old",
        ".",
        "”",
    ]
    sources = [n for n, tag in enumerate(roles) if tag == 1]
    assert text[passage.offsets[sources[0]][0] :].startswith("Lindqvist said")


def test_label_leaves_out_what_lies_in_another_passage() -> None:
    example = row("Osei", "train")
    first, second = passages_of(load_tokenizer(backbone_dir()), str(example["text"]), max_tokens=22)
    assert len(label(first, example["attributions"]).roles) == 1  # type: ignore[arg-type]
    assert len(label(second, example["attributions"]).roles) == 1  # type: ignore[arg-type]


def test_load_passages_keeps_to_its_split(data: Path) -> None:
    assert len(load_passages(data, "dev", max_tokens=64)) == 1
    assert len(load_passages(data, "train", max_tokens=64)) == 24


class StoppedError(Exception):
    """Stands for a run that is killed."""


def stop_at(step: int) -> Callable[[int, int, float], None]:
    def progress(done: int, total: int, loss: float) -> None:
        if done == step:
            raise StoppedError

    return progress


@pytest.mark.model
def test_the_recipe_learns_resumes_and_packages(data: Path, tmp_path: Path) -> None:
    passages = load_passages(data, "train", max_tokens=RECIPE.max_tokens)
    losses: list[float] = []
    whole = attribution_trainer(RECIPE, passages, tmp_path / "whole", checkpoint_every=2)
    whole.run(progress=lambda done, total, loss: losses.append(loss))
    assert losses[-1] < losses[0]
    with pytest.raises(StoppedError):
        attribution_trainer(RECIPE, passages, tmp_path / "cut", checkpoint_every=2).run(
            progress=stop_at(3)
        )
    attribution_trainer(RECIPE, passages, tmp_path / "cut", checkpoint_every=2).run()
    one, two = (load_file(tmp_path / name / "checkpoint.safetensors") for name in ("whole", "cut"))
    assert one.keys() == two.keys()
    assert not [name for name in one if name.startswith("weight/encoder.embeddings")]
    for name in one:
        torch.testing.assert_close(one[name], two[name], rtol=1e-3, atol=1e-4)

    packaged = package_attribution(
        tmp_path / "whole" / "checkpoint.safetensors", RECIPE, data, tmp_path / "model"
    )
    trained = load_file(packaged.folder / "model.safetensors")
    attributor = TransformerAttributor(
        PackedAttribution(attribution_state(trained)),
        model_id="test",
        revision="0",
        max_tokens=RECIPE.max_tokens,
        cue_threshold=packaged.cue_threshold,
    )
    unseen = str(row("Vane", "test")["text"])
    found = attributor.find([unseen])[0]
    assert "said" in [unseen[s.cue.start : s.cue.end] for s in found]


def trained_part(net: AttributionNet) -> dict[str, torch.Tensor]:
    """What a model folder holds of a net."""
    return {
        name: tensor
        for name, tensor in net.state_dict().items()
        if not name.startswith(("encoder.embeddings.", "roles.embeddings.word_embeddings."))
        and "position_ids" not in name
    }


@pytest.mark.model
def test_state_refuses_weights_of_another_shape() -> None:
    from argmap.errors import ModelError

    state = trained_part(new_net())
    attribution_state(state)
    with pytest.raises(ModelError, match=r"another shape \['cue\.weight'\]"):
        attribution_state(state | {"cue.weight": torch.zeros(2, 384)})
    with pytest.raises(ModelError, match=r"unexpected \['other'\]"):
        attribution_state(state | {"other": torch.zeros(1)})
    state.pop("cue.bias")
    with pytest.raises(ModelError, match=r"missing \['cue\.bias'\]"):
        attribution_state(state)


@pytest.mark.model
def test_packed_is_the_trained_net() -> None:
    torch.manual_seed(0)
    net = new_net().eval()
    torch.nn.init.normal_(net.roles.embeddings.position_embeddings.weight, 0.0, 0.2)
    packed = PackedAttribution(attribution_state(trained_part(net)))
    tokenizer = load_tokenizer(backbone_dir())
    texts = [
        "“We cannot staff the wards,” said Ada Bell.",
        "The mayor, Ben Cole, denies it.",
        "No.",
    ]
    passages = sorted(
        (p for text in texts for p in passages_of(tokenizer, text, max_tokens=64)),
        key=lambda p: len(p.ids),
    )
    windows = sorted(
        (
            window(row, len(p.ids), first, first + 2, reach=reach)
            for row, p in enumerate(passages)
            for first, reach in ((1, 3), (2, 40))
        ),
        key=lambda w: w.end - w.start,
    )
    hidden, first = packed.encode(passages)
    with torch.inference_mode():
        padded = net.encode(pad(passages, device=torch.device("cpu")))
        cues = net.cue(padded).softmax(-1)
        roles = net.role_logits(*gather(padded, windows)).softmax(-1)
    tags = packed.cue_tags(hidden)
    for row, passage in enumerate(passages):
        own = slice(first[row], first[row] + len(passage.ids))
        np.testing.assert_allclose(tags[own], cues[row, : len(passage.ids)], atol=1e-4)
    for found, w, expected in zip(
        packed.role_tags(hidden, first, windows), windows, roles, strict=True
    ):
        np.testing.assert_allclose(found, expected[: w.end - w.start], atol=1e-4)
