import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.tokens import (
    MOTION_TOKENS,
    Encoded,
    encode_pairs,
    encode_texts,
    length_sorted_batches,
    load_tokenizer,
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(backbone_dir())


def test_encode_pairs_equals_the_tokenizers_own_pair_encoding(tokenizer: Tokenizer) -> None:
    pairs = [
        ("Nurses deserve more.", "Nurses should be paid more."),
        ("It would cost £2bn.", "Nurses should be paid more."),
        ("Nurses deserve more.", "Taxes should fall."),
    ]
    mine = encode_pairs(tokenizer, pairs, max_tokens=64)
    theirs = tokenizer.encode_batch(pairs)
    assert [item.ids for item in mine] == [item.ids for item in theirs]
    assert [item.types for item in mine] == [item.type_ids for item in theirs]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=600), st.text(max_size=600))
def test_encode_pairs_cuts_the_statement_and_keeps_the_motion(text: str, motion: str) -> None:
    tokenizer = load_tokenizer(backbone_dir())
    (item,) = encode_pairs(tokenizer, [(text, motion)], max_tokens=96)
    kept = min(MOTION_TOKENS, len(tokenizer.encode(motion, add_special_tokens=False).ids))
    assert len(item.ids) <= 96
    assert sum(item.types) == kept + 1  # the motion and its closing mark


def test_encode_texts_cuts_at_the_limit(tokenizer: Tokenizer) -> None:
    (item,) = encode_texts(tokenizer, ["word " * 500], max_tokens=32)
    assert len(item.ids) == 32


@given(st.lists(st.integers(1, 120), max_size=60), st.integers(1, 500))
def test_batches_hold_every_item_once_within_the_budget(lengths: list[int], budget: int) -> None:
    encoded = [Encoded([0] * length, [0] * length) for length in lengths]
    batches = list(length_sorted_batches(encoded, batch_tokens=budget))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or longest * len(batch) <= budget


def test_the_words_before_follow_the_pair_and_keep_their_end(tokenizer: Tokenizer) -> None:
    pair = ("It would cost too much.", "Nurses should be paid more.")
    (plain,) = encode_pairs(tokenizer, [pair], max_tokens=64)
    several = encode_pairs(
        tokenizer,
        [pair, pair],
        max_tokens=64,
        contexts=["one two three four five", ""],
        context_tokens=3,
    )
    last = tokenizer.encode("three four five", add_special_tokens=False).ids
    assert several[0].ids == [*plain.ids, *last, plain.ids[-1]]
    assert several[0].types == [*plain.types, 0, 0, 0, 0]
    assert several[1] == plain


def test_a_model_that_reads_no_context_is_given_none(tokenizer: Tokenizer) -> None:
    pair = ("It would cost too much.", "Nurses should be paid more.")
    assert encode_pairs(tokenizer, [pair], max_tokens=64, contexts=["a b c"]) == encode_pairs(
        tokenizer, [pair], max_tokens=64
    )
