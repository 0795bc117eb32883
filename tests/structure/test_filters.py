"""Filters: what passes, and the tree of what is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.records import Debate, Document
from argmap.structure import (
    NOBODY,
    Filters,
    build_tree,
    find_gaps,
    find_unanswered,
    narrow,
    passing,
    weigh,
)

from .builders import debate, outline

_DATES = {"d1": "2024-03-01", "d2": "2024-04", "d3": None}
_OUTLETS = {"d1": "The Example", "d2": "the  example", "d3": None}


def made() -> Debate:
    """Six statements of three speakers in three sources; a and b make one point."""
    drawn = debate(
        ("a", "pro", 0.9, "p1"),
        ("b", "pro", 0.8, "p2"),
        ("c", "pro", 0.6, None),
        ("x", "con", 0.7, "p2"),
        ("y", "con", 0.5, "p3"),
        ("z", "none", 0.9, "p1"),
        points=[("pro", "a b")],
        relations=[("x", "a", "attack"), ("c", "b", "support")],
    )
    homes = {"a": "d1", "b": "d1", "c": "d2", "x": "d2", "y": "d3", "z": "d3"}
    text = drawn.documents[0].text
    return replace(
        drawn,
        documents=tuple(
            Document(own, own, text, outlet=_OUTLETS[own], date=_DATES[own]) for own in _DATES
        ),
        statements=tuple(replace(s, document=homes[s.id]) for s in drawn.statements),
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "abcxy"),
        (Filters(speakers=("p2",)), "bx"),
        (Filters(speakers=("p1", NOBODY)), "ac"),
        (Filters(outlets=("the example",)), "abcx"),
        (Filters(outlets=(NOBODY,)), "y"),
        (Filters(since="2024-03-02"), "cx"),
        (Filters(until="2024-03"), "ab"),
        (Filters(since="2024", until="2024"), "abcx"),
        (Filters(least=0.7), "abx"),
        (Filters(unanswered=True), "bc"),
        (Filters(speakers=("p2",), least=0.75), "b"),
    ],
)
def test_filters_let_pass_what_meets_all_of_them(filters: Filters, expected: str) -> None:
    assert "".join(passing(made(), "pay", filters, unanswered=("b", "c"))) == expected


def test_filters_by_speaker_leave_out_what_the_speaker_reports_of_others() -> None:
    whole = made()
    first = whole.statements[0]
    reported = replace(first, attribution=replace(first.attribution, reported=True))
    whole = replace(whole, statements=(reported, *whole.statements[1:]))
    assert passing(whole, "pay", Filters(speakers=("p1",))) == ()


def test_filters_refuse_a_bound_that_is_no_date() -> None:
    with pytest.raises(InputError, match="is no date"):
        passing(made(), "pay", Filters(since="last week"))


def test_filters_name_what_is_on_and_come_off_one_by_one() -> None:
    filters = Filters(("p1",), ("The Example",), "2024", None, 0.5, True)
    assert filters.on == ("speakers", "outlets", "dates", "least", "unanswered")
    for name in filters.on:
        assert filters.without(name).on == tuple(other for other in filters.on if other != name)
    assert Filters().on == ()


def test_narrowed_tree_has_the_points_that_are_left_and_rehangs_the_rest() -> None:
    whole = made()
    assert outline(build_tree(narrow(whole, "pay", "bcxy"), "pay")) == [
        "motion 4", "  pro 2", "    k1 2", "      b 2", "        c 1",
        "  con 2", "    loose 2", "      x 1", "      y 1",
    ]  # fmt: skip
    assert outline(build_tree(narrow(whole, "pay", "cy"), "pay")) == [
        "motion 2", "  pro 1", "    loose 1", "      c 1", "  con 1", "    loose 1", "      y 1",
    ]  # fmt: skip


@given(st.sets(st.sampled_from("abcxyz")))
def test_narrowed_tree_holds_just_what_is_kept(keep: set[str]) -> None:
    tree = build_tree(narrow(made(), "pay", keep), "pay")
    assert {n.id for n in tree.nodes if n.kind == "statement"} == keep - {"z"}


def test_narrowing_leaves_other_motions_alone() -> None:
    whole = made()
    other = replace(whole, stances=tuple(replace(s, topic="rail") for s in whole.stances))
    assert narrow(other, "pay", ()) == other


def test_unanswered_are_points_with_their_statements_and_loose_ones() -> None:
    drawn = debate(
        *((own, "pro", 0.9) for own in "abcde"),  # type: ignore[misc]
        *((own, "con", 0.8) for own in "xy"),  # type: ignore[misc]
        points=[("pro", "a b"), ("pro", "c"), ("pro", "d")],
        parents={3: 2},
        relations=[("x", "b", "attack"), ("y", "x", "support")],
    )
    strength = weigh(drawn, "pay")
    found = find_unanswered(strength, find_gaps(drawn, strength))
    assert found.known
    assert found.nodes == {"k2", "k3", "e", "x", "y"}
    assert found.statements == {"c", "d", "e", "x", "y"}


def test_nothing_is_said_to_be_unanswered_where_no_attack_was_found() -> None:
    drawn = debate(("a", "pro", 0.9), ("x", "con", 0.9), relations=[("x", "a", "support")])
    strength = weigh(drawn, "pay")
    found = find_unanswered(strength, find_gaps(drawn, strength))
    assert (found.nodes, found.statements, found.known) == (frozenset(), frozenset(), False)
