"""The same sentence elsewhere in a debate."""

from __future__ import annotations

import pytest

from argmap.corrections import same_sentence, same_words
from tests.structure import builders

ROWS = (("a", "pro", 0.9), ("b", "con", 0.9), ("c", "none", 0.9), ("d", "none", 0.9))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pay is too low.", "“Pay is too low”"),
        ("Pay is  too\nlow.", "pay IS too low"),
        ("«Pay is too low.»", "Pay is too low…"),
        ("They don’t pay.", "They don't pay"),
        ("‘Pay’ is too low", "Pay is too low."),
    ],
)
def test_sentences_that_read_the_same(first: str, second: str) -> None:
    assert same_words(first) == same_words(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pay is too low.", "Pay is too low?"),
        ("Pay is low.", "Pay is not low."),
        ("We're nurses.", "Were nurses."),
        ("1.5", "15"),
    ],
)
def test_sentences_that_do_not(first: str, second: str) -> None:
    assert same_words(first) != same_words(second)


def test_the_other_statements_with_the_same_words_are_found() -> None:
    texts = ("Pay is too low.", "“Pay is too low”", "Pay is low.", "PAY is too low.")
    debate = builders.debate(*ROWS, texts=texts)
    assert same_sentence(debate, "a") == ("b", "d")
    assert same_sentence(debate, "c") == ()
    with pytest.raises(ValueError, match="no statement “z”"):
        same_sentence(debate, "z")


def test_a_mark_alone_is_the_same_as_nothing() -> None:
    debate = builders.debate(*ROWS[:2], texts=("“…”", "..."))
    assert same_sentence(debate, "a") == ()
