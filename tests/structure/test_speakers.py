"""Speakers' positions: who counts, and how sure a few sentences can make us."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.stance import make_topic
from argmap.structure import LEAST_STATEMENTS, summarise_speakers
from argmap.structure.speakers import interval

from .builders import PAY, debate, stance


def test_speakers_are_counted_by_label() -> None:
    made = debate(
        ("a", "pro", 0.9, "p1"),
        ("b", "pro", 0.7, "p1"),
        ("c", "con", 0.8, "p1"),
        ("d", "none", 0.9, "p1"),
        ("e", "unclear", 0.4, "p1"),
        ("f", "con", 0.9, None),
    )
    (summary,) = summarise_speakers(made)
    assert (summary.speaker, summary.topic) == ("p1", "pay")
    assert (summary.pro, summary.con, summary.none, summary.unclear) == (2, 1, 1, 1)
    assert summary.count == 3
    assert summary.statements == ("a", "c", "b")
    # Each score is its probability less half of the rest.
    assert summary.mean == pytest.approx((0.85 + 0.55 - 0.7) / 3, abs=1e-4)


def test_speakers_do_not_hold_the_views_they_report() -> None:
    made = debate(("a", "pro", 0.9, "p1"), ("b", "con", 0.9, "p1"))
    reported = replace(
        made.statements[1], attribution=replace(made.statements[1].attribution, reported=True)
    )
    (summary,) = summarise_speakers(replace(made, statements=(made.statements[0], reported)))
    assert (summary.pro, summary.con, summary.statements) == (1, 0, ("a",))


def test_speakers_without_a_side_are_left_blank() -> None:
    assert summarise_speakers(debate(("a", "none", 0.9, "p1"), ("b", "unclear", 0.4, "p1"))) == ()


def test_speakers_come_by_topic_then_id() -> None:
    strike = make_topic("Nurses should go on strike.", id="a-strike")
    made = debate(("a", "pro", 0.9, "p2"), ("b", "con", 0.9, "p1"), topics=(PAY, strike))
    made = replace(made, stances=(stance("a", "con", topic="a-strike"), *made.stances))
    assert [(s.topic, s.speaker) for s in summarise_speakers(made)] == [
        ("pay", "p1"),
        ("pay", "p2"),
        ("a-strike", "p2"),
    ]


def test_speakers_do_not_depend_on_the_order_of_statements() -> None:
    made = debate(*((f"s{n}", "pro" if n % 3 else "con", 0.5 + n / 40, "p1") for n in range(17)))
    turned = replace(made, statements=made.statements[::-1], stances=made.stances[::-1])
    assert summarise_speakers(turned) == summarise_speakers(made)


def test_interval_of_one_statement_says_nothing() -> None:
    for score in (-0.95, 0.0, 0.6, 1.0):
        assert interval([score]) == (score, -1.0, 1.0)


def test_interval_of_agreeing_statements_narrows() -> None:
    widths = [high - low for _, low, high in (interval([0.8] * n) for n in (1, 2, 3, 5, 10, 40))]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) > 3
    assert interval([1.0] * 3)[1] < 0 < interval([0.8] * 5)[1]


def test_interval_of_a_speaker_on_both_sides_crosses_the_middle() -> None:
    _, low, high = interval([0.9, -0.8, 0.7, -0.9, 0.8, -0.6])
    assert low < 0 < high


def test_interval_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no scores"):
        interval([])


def test_interval_covers_the_true_mean_of_graded_and_of_mixed_speakers() -> None:
    random = np.random.default_rng(11)
    for draw, truth in (
        (lambda n: random.choice([-0.8, 0.8], size=n), 0.0),
        (lambda n: random.choice([-0.8, 0.8, 0.8, 0.8], size=n), 0.4),
        (lambda n: random.uniform(0.4, 1.0, size=n), 0.7),
    ):
        for count in (2, 4, 12):
            inside = 0
            for _ in range(400):
                _, low, high = interval([float(x) for x in draw(count)])  # type: ignore[no-untyped-call]
                inside += low <= truth <= high
            assert inside / 400 >= 0.92, (truth, count)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30))
@settings(max_examples=100)
def test_interval_holds_its_mean_within_the_range(scores: list[float]) -> None:
    mean, low, high = interval(scores)
    assert -1 <= low <= mean <= high <= 1


def test_fewer_than_the_least_statements_can_settle_no_side() -> None:
    assert interval([1.0] * (LEAST_STATEMENTS - 1))[1] < 0
    assert interval([1.0] * LEAST_STATEMENTS)[1] > 0
