"""Intervals of shares: that they hold what they should, also where sentences come in clumps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.structure.intervals import Gap, effective_size, gap_of, likeness, share_of


def test_wilson_and_newcombe_give_the_published_numbers() -> None:
    # Newcombe (1998), Statistics in Medicine 17: 857-872 (one sample) and 873-890 (two), case (a).
    one = share_of(81, 263, 263)
    assert (one.low, one.high) == (0.2553, 0.3662)
    gap = gap_of(share_of(56, 70, 70), share_of(48, 80, 80))
    assert (gap.low, gap.high) == (0.0524, 0.3339)
    gap = gap_of(share_of(9, 10, 10), share_of(3, 10, 10))
    assert (gap.low, gap.high) == (0.1705, 0.8090)


def test_kish_counts_clumps() -> None:
    assert effective_size([1] * 12, 0.4) == 12
    assert effective_size([6, 6], 1.0) == 2
    assert effective_size([6, 6], 0.0) == 12
    # 20 statements in one clump at 0.15: 20 / (1 + 19 * 0.15).
    assert effective_size([20], 0.15) == pytest.approx(20 / 3.85)
    # Clumps of unlike size are worth less than even ones.
    assert effective_size([1, 11], 0.3) < effective_size([6, 6], 0.3)
    assert effective_size([], 0.3) == 0


def test_likeness_is_high_where_clumps_are_of_one_kind_and_low_where_they_are_mixed() -> None:
    pure = [[{"pro": 8}, {"con": 8}] * 30]
    mixed = [[{"pro": 4, "con": 4}] * 60]
    assert likeness(pure, prior=0.2) > 0.85
    assert likeness(mixed, prior=0.2) < 0.05


@pytest.mark.parametrize("groups", [[], [[]], [[{"pro": 5}]], [[{"pro": 1}, {"con": 1}]]])
def test_likeness_of_what_cannot_tell_is_the_prior(groups: list[list[dict[str, int]]]) -> None:
    assert likeness(groups, prior=0.23) == 0.23


def test_nothing_counted_leaves_everything_open() -> None:
    nothing = share_of(0, 0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (0, 0, 1)
    assert not gap_of(nothing, share_of(9, 9, 9)).clear
    with pytest.raises(ValueError, match="no share"):
        share_of(3, 2, 2)
    with pytest.raises(ValueError, match="no share"):
        share_of(1, 2, 3)


def _clumps(
    random: np.random.Generator, share: float, alike: float, sizes: list[int]
) -> list[dict[str, int]]:
    """Clumps whose own shares vary so that two members of one correlate by ``alike``."""
    found = []
    for size in sizes:
        own = share
        if alike:
            rest = (1 - alike) / alike
            own = random.beta(share * rest, (1 - share) * rest)
        pro = int(random.binomial(size, own))
        found.append({"pro": pro, "none": size - pro})
    return found


_DESIGNS = (
    ([6] * 4, [3] * 6),
    ([20, 10, 5], [8, 4, 4, 4]),
    ([10] * 8, [10] * 8),
    ([4] * 20, [6] * 12),
    ([2] * 3, [2] * 3),
    ([12, 12], [12, 12]),
)


@pytest.mark.parametrize("prior", [0.15, 0.3])
@pytest.mark.parametrize("alike", [0.0, 0.15, 0.3])
def test_intervals_cover_the_truth_in_nine_of_ten_samples_of_clumps(
    prior: float, alike: float
) -> None:
    random = np.random.default_rng(20)
    draws = 60
    shares: list[float] = []
    gaps: list[float] = []
    naive: list[float] = []
    for truth in ((0.3, 0.3), (0.5, 0.2), (0.7, 0.3)):
        for sizes in _DESIGNS:
            hit = within = plain = 0
            for _ in range(draws):
                groups = [
                    _clumps(random, p, alike, own) for p, own in zip(truth, sizes, strict=True)
                ]
                found = likeness(groups, prior=prior)
                made, independent = [], []
                for group, own in zip(groups, sizes, strict=True):
                    count = sum(clump["pro"] for clump in group)
                    made.append(share_of(count, sum(own), effective_size(own, found)))
                    independent.append(share_of(count, sum(own), sum(own)))
                gap, bare = gap_of(*made), gap_of(*independent)
                hit += made[0].low <= truth[0] <= made[0].high
                within += gap.low <= truth[0] - truth[1] <= gap.high
                plain += bare.low <= truth[0] - truth[1] <= bare.high
            shares.append(hit / draws)
            gaps.append(within / draws)
            naive.append(plain / draws)
    assert np.mean(shares) >= 0.9
    assert np.mean(gaps) >= 0.9
    # No single design does much worse, and at likeness 0.3 it is the clumps that save it.
    assert min(gaps) >= 0.8
    if alike == 0.3:
        assert np.mean(naive) < 0.85


@given(st.integers(1, 200), st.data())
@settings(max_examples=50)
def test_share_lies_in_its_interval_which_narrows_with_the_sample(
    total: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, total))
    few, many = sorted(data.draw(st.tuples(*(st.floats(0.01, total),) * 2)))
    wide, narrow = share_of(count, total, few), share_of(count, total, many)
    for share in (wide, narrow):
        assert 0 <= share.low <= share.value <= share.high <= 1
    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-9


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=2))
@settings(max_examples=50)
def test_gap_turns_its_sign_with_its_sides(pairs: list[tuple[int, int]]) -> None:
    a, b = (share_of(min(pair), max(pair), float(max(pair))) for pair in pairs)
    one, other = gap_of(a, b), gap_of(b, a)
    assert one == Gap(-other.value, -other.high, -other.low)
    assert -1 <= one.low <= one.value <= one.high <= 1


@given(
    st.lists(
        st.lists(
            st.dictionaries(st.sampled_from(["pro", "con", "none"]), st.integers(0, 9)), max_size=5
        ),
        max_size=4,
    )
)
@settings(max_examples=50)
def test_likeness_and_effective_size_keep_to_their_range(
    groups: list[list[dict[str, int]]],
) -> None:
    alike = likeness(groups, prior=0.2)
    assert 0 <= alike <= 1
    for group in groups:
        sizes = [sum(clump.values()) for clump in group]
        assert 0 <= effective_size(sizes, alike) <= sum(sizes)
