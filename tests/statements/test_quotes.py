"""Which stretches are quotations."""

from __future__ import annotations

import pytest

from argmap.records import Span
from argmap.statements.quotes import Quote, find_quotes
from argmap.statements.sentences import split


def _find(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, [paragraph.span for paragraph in split(text)])


def _outer(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in _find(text) if q.depth == 0]


# text, the outermost quotations
ROWS = [
    ("She said “no” to it.", ["“no”"]),
    ("She said ‘no’ to it.", ["‘no’"]),
    ('She said "no" to it.', ['"no"']),
    ("She said 'no' to it.", ["'no'"]),
    ("She said ''no'' to it.", ["''no''"]),
    ("She didn't and can't, the nurses' pay won't.", []),
    ("She didn’t and can’t, the nurses’ pay won’t.", []),
    ("Back in the ’90s and the '80s it was so.", []),
    ("Rock ’n’ roll ’til dawn.", []),
    ("‘The nurses’ rise is late,’ she said.", ["‘The nurses’ rise is late,’"]),
    ("He ‘regrets’ the walkout but it is ‘not fair’.", ["‘regrets’", "‘not fair’"]),
    ("“He said ‘never’ to me,” she said.", ["“He said ‘never’ to me,”"]),
    ("'It is late,' she said. 'It is wrong.'", ["'It is late,'", "'It is wrong.'"]),
    ('("No," she said.)', ['"No,"']),
    ("An unclosed “quotation runs on.", ["“quotation runs on."]),
    ("A stray ” closes nothing.", []),
    ("The board was 6' 2\" long.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_quotes_found(text: str, expected: list[str]) -> None:
    assert _outer(text) == expected


def test_quotes_nested_has_depth() -> None:
    text = "“He said ‘never’ to me,” she said."
    assert [(q.depth, text[q.span.start : q.span.end]) for q in _find(text)] == [
        (0, "“He said ‘never’ to me,”"),
        (1, "‘never’"),
    ]


def test_quotes_chain_over_paragraphs() -> None:
    text = "She said: “One.\n\n“Two.\n\n“Three.”\n\n“Another,” he said."
    found = _find(text)
    assert [quote.closed for quote in found] == [False, False, True, True]
    assert found[0].chain == found[1].chain == found[2].chain != found[3].chain


def test_quotes_unclosed_stops_at_its_paragraph() -> None:
    text = "She said: “One is fair.\n\nThe talks go on."
    (quote,) = _find(text)
    assert not quote.closed
    assert quote.span == Span(text.index("“"), text.index("\n\n"))
