"""Spans by rule, and the model's spans mended, on sentences of ours."""

from __future__ import annotations

from argmap.evaluation.spans import combined_spans, rule_spans
from argmap.nlp import AttributionSpans
from argmap.records import Span
from argmap.statements.stretches import read_stretch


def whole(text: str) -> Span:
    return Span(0, len(text))


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def told(text: str, spans: tuple[AttributionSpans, ...]) -> list[tuple[str | None, str, list[str]]]:
    return [
        (
            None if s.source is None else text[s.source.start : s.source.end],
            text[s.cue.start : s.cue.end],
            [text[c.start : c.end] for c in s.contents],
        )
        for s in spans
    ]


def test_rules_tell_content_after_before_and_around_the_cue() -> None:
    text = (
        "Ann Kettle said that the pier is rotten. “It leaks,” Bo Brandt said. "
        "“It leaks,” Ann Kettle said, “and it is old.”"
    )
    assert told(text, rule_spans(text, *read_stretch(text, whole(text)))) == [
        ("Ann Kettle", "said", ["that the pier is rotten"]),
        ("Bo Brandt", "said", ["“It leaks,”"]),
        ("Ann Kettle", "said", ["“It leaks,”", "“and it is old.”"]),
    ]


def test_a_content_takes_the_whole_quotation_and_ends_with_its_paragraph() -> None:
    text = "Ann Kettle was clear: “The pier is rotten.”\n\nRain fell."
    cut = Span(at(text, "The pier").start, at(text, "Rain").end)
    found = AttributionSpans(at(text, "was clear"), at(text, "Ann Kettle"), (cut,), 0.9)
    ((_, _, contents),) = told(
        text, combined_spans(text, *read_stretch(text, whole(text)), [found])
    )
    assert contents == ["“The pier is rotten.”", "Rain"]


def test_a_scrap_of_another_sentence_is_dropped() -> None:
    text = "The board met in the hall. Ann Kettle is sure that the pier is rotten."
    contents = (at(text, "in the hall"), at(text, "that the pier is rotten"))
    found = AttributionSpans(at(text, "is sure"), at(text, "Ann Kettle"), contents, 0.9)
    ((_, _, kept),) = told(text, combined_spans(text, *read_stretch(text, whole(text)), [found]))
    assert kept == ["that the pier is rotten"]


def test_a_direct_quotation_is_added_where_the_model_has_nothing() -> None:
    text = "“The pier is rotten,” Ann Kettle said. Bo Brandt said that it is sound."
    (added,) = told(text, combined_spans(text, *read_stretch(text, whole(text)), []))
    assert added == ("Ann Kettle", "said", ["“The pier is rotten,”"])
