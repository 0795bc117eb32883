"""Agreement of groups, against what the definitions give by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.evaluation.partitions import agreement, f1

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20)


def test_b_cubed_by_hand() -> None:
    # Found: {a b c} {d}; gold: {a b} {c d}.
    found = agreement("xxxy", "ppqq")
    assert found.precision.tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1.0])
    assert found.recall.tolist() == pytest.approx([1.0, 1.0, 0.5, 0.5])


def test_adjusted_rand_by_hand() -> None:
    # Pairs: 1 in both, 3 found, 2 gold, 6 in all; by chance 3 * 2 / 6 = 1.
    assert agreement("xxxy", "ppqq").adjusted_rand == pytest.approx((1 - 1) / (2.5 - 1))
    # Pairs: 2 in both, 2 found, 4 gold, 10 in all; by chance 2 * 4 / 10 = 0.8.
    assert agreement("xxyyz", "ppqqq").adjusted_rand == pytest.approx((2 - 0.8) / (3 - 0.8))


def test_v_measure_by_hand() -> None:
    # Gold {a b} {c d} split into {a b} {c} {d}: homogeneous; H(gold) = ln 2, H(found) = 1.5 ln 2.
    assert agreement("xxyz", "ppqq").v_measure == pytest.approx(f1(1.0, 1 / 1.5))


@given(LABELS)
def test_equal_partitions_agree_wholly_whatever_their_names(pairs: list[tuple[int, int]]) -> None:
    own = [label for label, _ in pairs]
    same = agreement(own, [f"group {label}" for label in own])
    assert np.allclose([*same.precision, *same.recall], 1.0)
    assert same.v_measure == pytest.approx(1.0)
    assert same.adjusted_rand == pytest.approx(1.0)


@given(LABELS)
def test_turning_the_two_round_swaps_precision_and_recall(pairs: list[tuple[int, int]]) -> None:
    mine, theirs = zip(*pairs, strict=True)
    there, back = agreement(mine, theirs), agreement(theirs, mine)
    assert there.precision.tolist() == back.recall.tolist()
    assert there.v_measure == pytest.approx(back.v_measure)
    assert there.adjusted_rand == pytest.approx(back.adjusted_rand)
    assert -1e-9 <= there.v_measure <= 1 + 1e-9
    assert there.adjusted_rand <= 1 + 1e-9
