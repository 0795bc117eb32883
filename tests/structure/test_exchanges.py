"""Who answers whom: links are counted between the two who say the statements, and no others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.records import Relation
from argmap.structure import who_answers_whom

from .builders import debate

ROWS = (
    ("a", "pro", 0.9, "p1"),
    ("b", "con", 0.9, "p2"),
    ("c", "con", 0.9, "p2"),
    ("d", "pro", 0.9, "p3"),
    ("e", "pro", 0.9, "p1"),
    ("f", "con", 0.9, None),
)


def test_links_are_counted_by_pair_and_kind() -> None:
    made = debate(
        *ROWS,
        relations=[
            ("b", "a", "attack", 0.7),
            ("c", "a", "undercut", 0.9),
            ("c", "e", "support", 0.8),
            ("a", "b", "attack", 0.6),
            ("d", "a", "support", 0.6),
        ],
    )
    found = who_answers_whom(made, "pay")
    assert [(p.source, p.target, len(p.attacks), len(p.supports)) for p in found.pairs] == [
        ("p2", "p1", 2, 1),
        ("p1", "p2", 1, 0),
        ("p3", "p1", 0, 1),
    ]
    assert [r.source for r in found.pairs[0].attacks] == ["c", "b"]
    assert found.pairs[0].attacks[0].undercut
    assert (found.between, found.within, found.unplaced) == (5, 0, 0)
    pair = found.pair("p3", "p1")
    assert pair is not None
    assert pair.supports[0].source == "d"
    assert found.pair("p1", "p3") is None


def test_links_of_one_speaker_and_of_nobody_are_counted_apart() -> None:
    made = debate(
        *ROWS,
        relations=[("a", "e", "support"), ("f", "a", "attack"), ("b", "f", "support")],
    )
    found = who_answers_whom(made, "pay")
    assert (found.pairs, found.between) == ((), 0)
    assert (found.within, found.unplaced) == (1, 2)


def test_a_reported_view_is_nobodys_answer() -> None:
    made = debate(*ROWS, relations=[("b", "a", "attack")])
    reported = replace(
        made.statements[1], attribution=replace(made.statements[1].attribution, reported=True)
    )
    told = replace(made, statements=(made.statements[0], reported, *made.statements[2:]))
    assert who_answers_whom(told, "pay").pairs == ()
    assert who_answers_whom(told, "pay").unplaced == 1


def test_only_the_topic_counts_and_a_later_relation_replaces_an_earlier() -> None:
    made = debate(*ROWS, relations=[("b", "a", "attack")])
    more = (
        *made.relations,
        Relation("b", "a", "pay", "support", 0.9),
        Relation("a", "b", "rail", "attack", 0.9),
    )
    (pair,) = who_answers_whom(replace(made, relations=more), "pay").pairs
    assert (len(pair.attacks), len(pair.supports)) == (0, 1)


@settings(max_examples=60, deadline=None)
@given(
    ends=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(
            lambda e: e[0] != e[1]
        ),
        unique=True,
        max_size=20,
    ),
    order=st.randoms(use_true_random=False),
)
def test_every_link_is_counted_once_whatever_the_order(
    ends: list[tuple[str, str]], order: object
) -> None:
    made = debate(*ROWS, relations=[(a, b, "attack") for a, b in ends])
    found = who_answers_whom(made, "pay")
    assert found.between + found.within + found.unplaced == len(ends)
    turned = list(made.relations)
    order.shuffle(turned)  # type: ignore[attr-defined]
    assert who_answers_whom(replace(made, relations=tuple(turned)), "pay") == found
