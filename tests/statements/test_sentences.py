"""Where sentences begin and end."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.statements import sentences
from argmap.statements.sentences import is_sentence, split

# "|" stands for the boundary; the text is the row without it.
ROWS = [
    "Mr Hale met Dr Moss.| They agreed.",
    "Mr. Hale met Dr. Moss.| They agreed.",
    "It opens at 9 a.m. and shuts at 5 p.m. each day.| Then it rests.",
    "It shut at 5 p.m.| She left.",
    "The clinic is near St. Mark’s Square.| It is small.",
    "It was No. 10 that said no.| The rest agreed.",
    "It cost £1.4bn.| It rose by 3.5%.| Then it fell to 2.1%.",
    "J. K. Moss wrote it.| A. B. Hale did not.",
    "He went to the U.S. in May.| She stayed.",
    "The U.S. Senate met.| It rose.",
    "He lives in the U.S.| She does not.",
    "He paused... and went on.| Then he stopped.",
    "He paused…| Then he went on… and on.",
    "Some fruits, e.g. apples, keep.| Others, i.e. pears, do not.",
    "‘It is wrong,’ she said.| He left.",
    "“Why?” he asked.| Nobody knew.",
    "'Why?' he asked.| Nobody knew.",
    "“Why?” Mr Hale asked.| Nobody knew.",
    "“Stop!” cried Dr Moss.| Nobody did.",
    "She said: ‘It is wrong.| It is late.’| He left.",
    "She said: “It is wrong.”| He left.",
    'She said "No."| He said "Yes."',
    "“One is wrong.”| “Two is late.”| Three is right.",
    "The nurses’ rise can’t wait.| It won’t come.",
    "(He left early.)| She stayed on.",
    "My hon. Friend is right.| The right hon. Lady is not.",
    "It is in Clause 1(2).| It is brief.",
    "1. The first point is this.| 2. The second is that.",
    "Is it fair?| It is!| So be it.",
    "He works for Hale Ltd. in town.| She does not.",
    "George W. Moss spoke.| Plan B. was next.",
    "It was done to me.| I am glad of it.",
    "It began in 2010.| 30 people came.",
]


@pytest.mark.parametrize("row", ROWS)
def test_sentences_split(row: str) -> None:
    text = row.replace("|", "")
    expected = [part.strip() for part in row.split("|")]
    found = [text[s.start : s.end] for p in split(text) for s in p.sentences]
    assert found == expected


def test_sentences_paragraph_ends_one() -> None:
    text = "A heading without a stop\n\nThe text goes\non over a wrapped line. It ends"
    found = [[text[s.start : s.end] for s in p.sentences] for p in split(text)]
    assert found == [
        ["A heading without a stop"],
        ["The text goes\non over a wrapped line."],
    ]


def test_sentences_single_line_break_after_stop_ends_one() -> None:
    text = "The first line is whole.\nThe second is too.\n- a point in a list\n- another such point"
    (paragraph,) = split(text)
    assert [text[s.start : s.end] for s in paragraph.sentences] == [
        "The first line is whole.",
        "The second is too.",
        "- a point in a list",
        "- another such point",
    ]


@pytest.mark.parametrize("stray", ["Can", ",", "’", "…", "12.", "by Moss", "”."])
def test_sentences_stray_words_are_none(stray: str) -> None:
    assert not is_sentence(stray)


@pytest.mark.parametrize("short", ["Order.", "Not very well.", "Who says so?", "No rise this year"])
def test_sentences_short_ones_are_some(short: str) -> None:
    assert is_sentence(short)


PIECES = st.sampled_from(
    [
        "Mr Hale", "said", "the rise", "is", "fair", "No. 10", "£1.4bn", "U.S.", "nurses’", "don’t",
        "“", "”", "‘", "’", '"', "'", "(", ")", ".", "?", "!", "…", "...", ",", ":", " ", " ", " ",
        "\n", "\n\n", "é", "\U0001f600", "e.g.", "p.m.", "—", "1.", "\u00a0", "\t", "''",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_sentences_cover_every_letter_but_those_of_strays(pieces: list[str]) -> None:
    text = "".join(pieces)
    with mock.patch.object(sentences, "is_sentence", return_value=True):
        every = [span for paragraph in split(text) for span in paragraph.sentences]
    covered = {index for span in every for index in range(span.start, span.end)}
    assert {index for index, char in enumerate(text) if not char.isspace()} <= covered
    assert sum(len(span) for span in every) == len(covered)
    assert every == sorted(every)
    for span in every:
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
    kept = [span for paragraph in split(text) for span in paragraph.sentences]
    assert kept == [span for span in every if is_sentence(text[span.start : span.end])]


def test_sentences_long_line_takes_linear_time() -> None:
    text = "The rise is fair and long overdue. " * 6000
    assert sum(len(p.sentences) for p in split(text)) == 6000
