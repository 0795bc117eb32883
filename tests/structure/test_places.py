"""Where statements stand to one another, on texts of any shape."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.records import Attribution, Document, Span, Speaker, Statement, Turn
from argmap.structure.places import (
    REACH,
    REMEMBERED,
    STRETCHES,
    answered,
    by_stretch,
    leading_up,
    places_of,
)

#: Paragraphs, each a list of who says its sentences.
Paragraphs = st.lists(
    st.lists(st.sampled_from([None, "ann", "ben"]), min_size=1, max_size=6), max_size=6
)


def _document(paragraphs: list[list[str | None]]) -> tuple[Document, list[Statement]]:
    text, statements = "", []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for who in paragraph:
            text += " " if text and not text.endswith("\n") else ""
            start = len(text)
            text += f"Sentence {len(statements)}."
            statements.append(
                Statement(f"s{len(statements)}", "d1", start, len(text), text[start:],
                          Attribution(who, "quote"))
            )  # fmt: skip
    return Document("d1", "Paper", text), statements


@given(Paragraphs)
def test_places_of_counts_sentences_and_paragraphs(paragraphs: list[list[str | None]]) -> None:
    document, statements = _document(paragraphs)
    places = places_of([document], statements[::-1])
    expected = [(n, s) for s, paragraph in enumerate(paragraphs) for n in range(len(paragraph))]
    assert [places[s.id].stretch for s in statements] == [stretch for _, stretch in expected]
    assert [places[s.id].sentence for s in statements] == list(range(len(statements)))


@given(Paragraphs)
def test_what_is_near_comes_before_and_is_of_the_right_stretch(
    paragraphs: list[list[str | None]],
) -> None:
    document, statements = _document(paragraphs)
    places = places_of([document], statements)
    stretches = by_stretch(statements, places)
    for stretch in stretches.values():
        for index, own in enumerate(stretch):
            here = places[own.id]
            for before in leading_up(stretch, index, places, most=2):
                assert places[before.id].stretch == here.stretch
                assert 0 < here.sentence - places[before.id].sentence <= REACH
            said = answered(own, stretches, places)
            assert len({places[s.id].stretch for s in said}) <= 1
            for before in said:
                assert 0 < here.stretch - places[before.id].stretch <= STRETCHES
                assert own.speaker is None or before.speaker != own.speaker


def test_places_of_goes_by_turns_where_there_are_any() -> None:
    document, statements = _document([["ann"], ["ann"], ["ben"]])
    first, second, third = (s.span for s in statements)
    turns = (
        Turn(Span(first.start, second.end), Speaker("ann", "Ann")),
        Turn(third, Speaker("ben", "Ben")),
    )
    spoken = Document("d1", "Sitting", document.text, turns=turns)
    places = places_of([spoken], statements)
    assert [places[s.id].stretch for s in statements] == [0, 0, 1]


def test_answered_keeps_to_the_end_of_a_long_speech_and_takes_reports_for_anothers() -> None:
    document, statements = _document([["ann"] * (REMEMBERED + 5), ["ann"]])
    places = places_of([document], statements)
    stretches = by_stretch(statements, places)
    assert answered(statements[-1], stretches, places) == []
    other, said = _document([["ben"] * (REMEMBERED + 5), ["ann"]])
    places = places_of([other], said)
    assert answered(said[-1], by_stretch(said, places), places) == said[5:-1]


def test_statements_of_an_unknown_document_stand_in_one_stretch() -> None:
    _, statements = _document([["ann"], ["ben"]])
    assert {place.stretch for place in places_of([], statements).values()} == {0}
