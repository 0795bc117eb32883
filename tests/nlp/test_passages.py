"""Passages cover every token of a text once, and words know their characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.passages import passages_of
from argmap.nlp.tokens import load_tokenizer

TEXTS = st.text(
    st.sampled_from("abcde ABC .,!?“”’'\n\n—é漢🙂1") | st.characters(exclude_categories=["Cs"]),
    max_size=400,
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(backbone_dir())


@given(text=TEXTS, room=st.integers(3, 40))
def test_passages_hold_every_token_once_within_their_room(
    tokenizer: Tokenizer, text: str, room: int
) -> None:
    passages = passages_of(tokenizer, text, max_tokens=room)
    whole = tokenizer.encode(text, add_special_tokens=False)
    assert [token for p in passages for token in p.ids[1:-1]] == whole.ids
    assert [span for p in passages for span in p.offsets[1:-1]] == whole.offsets
    assert all(len(p.ids) <= room for p in passages)


@given(text=TEXTS)
def test_words_of_a_passage_are_in_order_and_inside_the_text(
    tokenizer: Tokenizer, text: str
) -> None:
    for passage in passages_of(tokenizer, text, max_tokens=32):
        spans = [passage.word_span(n, n) for n in range(len(passage.words))]
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        assert spans == sorted(spans)


def test_a_passage_ends_with_a_paragraph_where_one_fits(tokenizer: Tokenizer) -> None:
    text = "The ferry sank. It was old.\n\nNobody drowned. The mayor wept."
    first, second = passages_of(tokenizer, text, max_tokens=16)
    assert text[slice(*first.word_span(0, len(first.words) - 1))] == "The ferry sank. It was old."
    assert second.word_span(0, 0)[0] == text.index("Nobody")


def test_a_long_paragraph_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    text = "The ferry sank. It was old. Nobody drowned that night at all."
    first, _ = passages_of(tokenizer, text, max_tokens=14)
    assert text[slice(*first.word_span(0, len(first.words) - 1))] == "The ferry sank. It was old."
