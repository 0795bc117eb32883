"""The shared task's score, against what its definition gives by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.evaluation.matching import (
    average_precision,
    best_matches,
    matching_score,
    mean_average_precision,
)
from argmap.training.points import Group

# Two key points. Best matches by score: a 0.9 right, b 0.8 unlabelled, c 0.7 wrong, d 0.6 right,
# then two that the cut at half of six leaves out.
LABELS = ((1, 0), (0, -1), (0, 0), (-1, 1), (0, 0), (1, 0))
SCORES = np.array(
    [[0.9, 0.1], [0.2, 0.8], [0.7, 0.3], [0.1, 0.6], [0.5, 0.4], [0.4, 0.3]], dtype=np.float32
)


def group(labels: tuple[tuple[int, ...], ...] = LABELS) -> Group:
    said = tuple(f"Argument {n}." for n in range(len(labels)))
    points = tuple(f"Point {n}" for n in range(len(labels[0])))
    return Group("Motion", "pro", said, points, labels)


def test_best_match_keeps_the_highest_score_and_its_label() -> None:
    best = best_matches(group(), SCORES)
    assert best.labels.tolist() == [1, -1, 0, 1, 0, 1]
    assert best.scores == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])


def test_mean_average_precision_by_hand() -> None:
    best = [best_matches(group(), SCORES)]
    # The top three are right, unlabelled, wrong. Strict: only the first is right, at rank 1.
    assert mean_average_precision(best, relaxed=False) == pytest.approx(1.0)
    # Relaxed: ranks 1 and 2 are right, precision 1 at both.
    assert mean_average_precision(best, relaxed=True) == pytest.approx(1.0)
    turned = best_matches(group(((0, 0), (0, 1), (-1, 0), (1, 1), (1, 1), (1, 1))), SCORES)
    # The top three are wrong, right, unlabelled: strict (1/2) / 1, relaxed (1/2 + 2/3) / 2.
    assert mean_average_precision([turned], relaxed=False) == pytest.approx(1 / 2)
    assert mean_average_precision([turned], relaxed=True) == pytest.approx((1 / 2 + 2 / 3) / 2)
    both = [*best, turned]
    assert mean_average_precision(both, relaxed=False) == pytest.approx(3 / 4)


def test_half_of_an_odd_number_is_rounded_down() -> None:
    odd = best_matches(group(((0,), (1,), (1,))), np.array([[0.9], [0.8], [0.7]], dtype=np.float32))
    assert mean_average_precision([odd], relaxed=False) == 0.0


def test_average_precision_of_equal_scores_does_not_depend_on_their_order() -> None:
    scores = np.array([0.5, 0.5, 0.1])
    # One rank of two with one right, then one at rank 3: (1/2 + 2/3) / 2.
    for right in ([True, False, True], [False, True, True]):
        assert average_precision(scores, np.array(right)) == pytest.approx((1 / 2 + 2 / 3) / 2)


def test_average_precision_of_nothing_right_is_zero() -> None:
    assert average_precision(np.array([0.3, 0.2]), np.array([False, False])) == 0.0


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_average_precision_is_the_mean_precision_at_each_hit(right: list[bool]) -> None:
    scores = np.arange(len(right), 0, -1, dtype=float)
    hits = [sum(right[: n + 1]) / (n + 1) for n, own in enumerate(right) if own]
    expected = sum(hits) / len(hits) if hits else 0.0
    assert average_precision(scores, np.array(right)) == pytest.approx(expected)


def test_interval_holds_the_score_and_relaxed_is_never_less() -> None:
    random = np.random.default_rng(0)
    labels = tuple(tuple(int(x) for x in row) for row in random.integers(-1, 2, size=(40, 3)))
    best = [best_matches(group(labels), random.random((40, 3)).astype(np.float32))]
    strict, relaxed = (matching_score(best, relaxed=own) for own in (False, True))
    assert strict.low < strict.value < strict.high
    assert strict.value <= relaxed.value
    assert strict.n == 40
    assert matching_score(best, relaxed=False) == strict
