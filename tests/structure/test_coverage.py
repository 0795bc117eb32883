"""What key points cover, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.structure import coverage

from .builders import PAY, debate, stance

MADE = debate(
    ("a", "pro", 0.9),
    ("b", "pro", 0.8),
    ("c", "pro", 0.7),
    ("d", "pro", 0.95),
    ("e", "con", 0.9),
    ("f", "none", 0.9),
    points=[("pro", "a b"), ("pro", "c")],
)


def test_coverage_is_the_share_of_the_side() -> None:
    found = coverage(MADE, PAY.id)
    assert [(own.count, own.share) for own in found["pro"].points] == [(2, 0.5), (1, 0.25)]
    assert (found["pro"].count, found["pro"].unattached) == (4, ("d",))
    assert (found["con"].count, found["con"].points, found["con"].unattached) == (1, (), ("e",))


def test_coverage_counts_sub_points_with_their_key_point() -> None:
    whole, part = MADE.key_points
    made = replace(MADE, key_points=(whole, replace(part, parent=whole.id)))
    (own,) = coverage(made, PAY.id)["pro"].points
    assert (own.count, own.share) == (3, 0.75)
    assert [(part.point.text, part.count, part.share) for part in own.parts] == [
        ("Sentence c.", 1, 0.25)
    ]


def test_coverage_counts_a_statement_once_and_where_it_stands_now() -> None:
    first, second = MADE.key_points
    again = replace(second, statements=("b", "c"))
    stances = tuple(stance("a", "con") if s.statement == "a" else s for s in MADE.stances)
    found = coverage(replace(MADE, key_points=(first, again), stances=stances), PAY.id)
    assert [own.count for own in found["pro"].points] == [1, 1]
    assert found["pro"].unattached == ("d",)
    assert found["con"].unattached == ("a", "e")


def test_coverage_of_a_sub_point_without_its_key_point_stands_by_itself() -> None:
    made = replace(MADE, key_points=(replace(MADE.key_points[1], parent="gone"),))
    assert [own.count for own in coverage(made, PAY.id)["pro"].points] == [1]


def test_coverage_names_a_topic_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="“strike”"):
        coverage(MADE, "strike")
