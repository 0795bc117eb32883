"""From tag probabilities to spans, and the shipped model on sentences of ours."""

from __future__ import annotations

import numpy as np
import pytest

from argmap import nlp
from argmap.nlp.attributor import cue_words, role_words


def tags(text: str, letters: str) -> np.ndarray:
    """One row a letter: the letter's class has most of the probability."""
    rows = np.full((len(text), len(letters)), 0.1 / (len(letters) - 1), dtype=np.float32)
    for row, letter in enumerate(text):
        rows[row, letters.index(letter)] = 0.9
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OOBOO", [(2, 2)]),
        ("OBIIO", [(1, 3)]),
        ("BBI", [(0, 0), (1, 2)]),
        ("OII", [(1, 2)]),
        ("OOO", []),
        ("", []),
    ],
)
def test_cue_words_reads_tags(text: str, expected: list[tuple[int, int]]) -> None:
    rows = tags(text, "OBI") if text else np.zeros((0, 3), dtype=np.float32)
    assert [(first, last) for first, last, _ in cue_words(rows, threshold=0.5)] == expected


def test_cue_words_gives_the_probability() -> None:
    ((_, _, probability),) = cue_words(tags("OBO", "OBI"), threshold=0.5)
    assert probability == pytest.approx(0.95)


def test_cue_words_tells_weak_cues_apart_from_sure_ones_and_nothing_beside_them() -> None:
    rows = tags("OBOOOO", "OBI")
    rows[2] = rows[4] = (0.7, 0.2, 0.1)
    rows[5] = (0.9, 0.05, 0.05)
    assert [(first, last) for first, last, _ in cue_words(rows, threshold=0.5)] == [(1, 1), (4, 4)]
    assert cue_words(rows, threshold=0.5)[1][2] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("text", "cue", "source", "contents"),
    [
        ("SS.CCC", (2, 2), (0, 1), [(3, 5)]),
        ("CCC.S.CC", (3, 3), (4, 4), [(0, 2), (6, 7)]),
        ("S.CC..CC", (1, 1), (0, 0), [(2, 7)]),  # a short gap is filled
        ("S.CC...CC", (1, 1), (0, 0), [(2, 3), (7, 8)]),
        ("S.CC.SS", (1, 1), (5, 6), [(2, 3)]),  # the longer source wins
        (".CSS.SSS", (0, 0), (2, 7), [(1, 1)]),  # over a comma a source goes on
        (".CC", (0, 0), None, [(1, 2)]),
        ("...", (1, 1), None, []),
    ],
)
def test_role_words_reads_tags(
    text: str,
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    contents: list[tuple[int, int]],
) -> None:
    assert role_words(tags(text, ".SC"), *cue) == (source, contents)


def test_role_words_never_takes_the_cue_for_content() -> None:
    source, contents = role_words(tags("CCC", ".SC"), 1, 1)
    assert source is None
    assert contents == [(0, 0), (2, 2)]


TEXT = (
    "The harbour board met on Monday.\n\n"
    "“The ferry is a lifeline,” said Anna Kettle, the island’s mayor, after the vote.\n\n"
    "Mr Brandt warned that the boat would not last another winter."
)


@pytest.mark.model
def test_the_shipped_model_finds_who_says_what(attributor: nlp.Attributor) -> None:
    first, second = attributor.find([TEXT])[0]
    assert TEXT[first.cue.start : first.cue.end] == "said"
    assert first.source is not None
    assert "Anna Kettle" in TEXT[first.source.start : first.source.end]
    assert "lifeline" in TEXT[first.contents[0].start : first.contents[0].end]
    assert TEXT[second.cue.start : second.cue.end] == "warned"
    assert "another winter" in TEXT[second.contents[-1].start : second.contents[-1].end]


@pytest.mark.model
def test_a_text_gives_the_same_spans_alone_and_among_others(attributor: nlp.Attributor) -> None:
    alone = attributor.find([TEXT])
    among = attributor.find(["", TEXT, "Rain fell.", TEXT * 40])
    strip = [[(s.cue, s.source, s.contents) for s in spans] for spans in (alone[0], among[1])]
    assert strip[0] == strip[1]
    assert among[0] == ()
