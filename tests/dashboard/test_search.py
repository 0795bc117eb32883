"""Words found in a source, and the places that next and previous lead to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.dashboard.search import (
    Stop,
    find_all,
    matching,
    pieces,
    position,
    step,
    stops_of,
)
from argmap.records import Debate, Stance, Statement


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", []),
        ("  ", []),
        ("pay rise", ["Pay\n rise", "pay rise"]),
        ("rise", ["rise", "rise"]),
        ("it's", ["it’s"]),
        ('"no"', ["“no”"]),
        ("(a+", ["(a+"]),
        ("absent", []),
    ],
)
def test_words_are_found_whatever_case_space_and_marks(search: str, found: list[str]) -> None:
    text = "Pay\n rise: it’s “no” pay rise (a+b)."
    assert [text[start:end] for start, end in find_all(text, search)] == found


@given(
    text=st.text(alphabet="ab <&\n", max_size=40),
    search=st.text(alphabet="ab<&", min_size=1, max_size=3),
    start=st.integers(0, 40),
    length=st.integers(0, 40),
)
def test_pieces_give_the_text_back_and_keep_to_their_hits(
    text: str, search: str, start: int, length: int
) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    hits = find_all(text, search)
    found = pieces(start, end, hits)
    assert "".join(text[a:b] for a, b, _ in found) == text[start:end]
    marked = {at for a, b, hit in found if hit is not None for at in range(a, b)}
    assert marked == {at for a, b in hits for at in range(a, b) if start <= at < end}


def _own(debate: Debate) -> tuple[tuple[Statement, ...], dict[str, Stance]]:
    document = debate.documents[0]
    own = tuple(s for s in debate.statements if s.document == document.id)
    return own, {s.statement: s for s in debate.stances}


def test_stops_are_the_marked_sentences_until_something_is_asked(debate: Debate) -> None:
    own, stances = _own(debate)
    marked = stops_of(debate.documents[0], own, stances=stances, passing=None)
    assert [stop.statement for stop in marked] == [s.id for s in own[:3]]
    some = stops_of(debate.documents[0], own, stances=stances, passing={own[3].id})
    assert some == (Stop(own[3].start, own[3].id),)


def test_stops_of_a_search_are_its_hits_inside_and_outside_statements(debate: Debate) -> None:
    document = replace(debate.documents[0], text="Pay. " + debate.documents[0].text)
    own = tuple(replace(s, start=s.start + 5, end=s.end + 5) for s in _own(debate)[0])
    stances = _own(debate)[1]
    hits = stops_of(document, own, stances=stances, passing=None, search="pay")
    assert [stop.statement for stop in hits] == [None, own[0].id, own[2].id]
    assert all(document.text[stop.start :].lower().startswith("pay") for stop in hits)
    kept = stops_of(document, own, stances=stances, passing={own[2].id}, search="pay")
    assert [stop.statement for stop in kept] == [own[2].id]


STOPS = (Stop(3, "a"), Stop(10, None), Stop(20, "b"))


@pytest.mark.parametrize(
    ("at", "following", "before", "number"),
    [
        (None, 3, 20, None),
        (0, 3, 20, None),
        (3, 10, 20, 1),
        (12, 20, 10, None),
        (20, 3, 10, 3),
        (99, 3, 20, None),
    ],
)
def test_steps_go_on_from_where_the_reader_is_and_round(
    at: int | None, following: int, before: int, number: int | None
) -> None:
    after, prior = step(STOPS, at), step(STOPS, at, back=True)
    assert after is not None
    assert prior is not None
    assert (after.start, prior.start) == (following, before)
    assert position(STOPS, at) == number


def test_steps_among_no_stops_lead_nowhere() -> None:
    assert step((), 3) is None
    assert position((), 3) is None


def test_matching_by_sureness_and_by_correction(debate: Debate) -> None:
    stances = {s.statement: s for s in debate.stances}
    unsure = matching(debate.statements, stances, sure=(0.0, 0.5))
    assert [s.text for s in unsure] == ["Nobody knows what the pay rise would do."]
    assert matching(debate.statements, stances, corrected=True) == ()
    moved = replace(
        debate.statements[0], attribution=replace(debate.statements[0].attribution, corrected=True)
    )
    assert matching((moved, *debate.statements[1:]), stances, corrected=True) == (moved,)
    second = debate.statements[1]
    stances[second.id] = replace(stances[second.id], label="pro", model_label="con")
    assert matching(debate.statements, stances, corrected=True) == (second,)


def test_every_hit_can_be_stepped_through(debate: Debate) -> None:
    own, stances = _own(debate)
    document = debate.documents[0]
    hits = stops_of(document, own, stances=stances, passing=None, search="e")
    assert len(hits) == len(re.findall("e", document.text, re.I))
    at, seen = None, []
    for _ in hits:
        stop = step(hits, at)
        assert stop is not None
        at = stop.start
        seen.append(at)
    assert seen == [stop.start for stop in hits]
