"""Clusters of vectors whose groups are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from argmap.structure import clustering
from argmap.structure.clustering import cluster
from argmap.structure.vectors import nearest, remove_direction


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _clouds(groups: int, size: int, *, noise: float, seed: int = 0) -> NDArray[np.float32]:
    """``groups`` tight clouds of ``size`` rows each, group by group, in 32 dimensions."""
    random = np.random.default_rng(seed)
    centres = np.eye(32)[:groups].repeat(size, axis=0)
    return _unit(centres + noise * random.standard_normal(centres.shape))


def _expected(groups: int, size: int) -> list[tuple[int, ...]]:
    return [tuple(range(n * size, (n + 1) * size)) for n in range(groups)]


def _all_pairs(rows: NDArray[np.float32], threshold: float) -> tuple[tuple[int, ...], ...]:
    """The same groups by the library's average linkage, which needs every pair at once."""
    distances = np.clip(1.0 - rows.astype(float) @ rows.T.astype(float), 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    steps = linkage(squareform(distances, checks=False), method="average")
    groups: dict[int, list[int]] = {}
    for row, label in enumerate(fcluster(steps, t=1.0 - threshold, criterion="distance")):
        groups.setdefault(int(label), []).append(row)
    return tuple(sorted(tuple(group) for group in groups.values()))


def test_cluster_finds_tight_clouds() -> None:
    assert list(cluster(_clouds(5, 6, noise=0.08), threshold=0.5)) == _expected(5, 6)


def test_cluster_leaves_unlike_rows_alone() -> None:
    rows = np.eye(7, 32, dtype=np.float32)
    assert cluster(rows, threshold=0.4) == tuple((n,) for n in range(7))


@pytest.mark.parametrize("count", [0, 1])
def test_cluster_of_nothing_to_compare(count: int) -> None:
    rows = np.eye(count, 8, dtype=np.float32)
    assert cluster(rows, threshold=0.4) == tuple((n,) for n in range(count))


def test_cluster_joins_copies_of_one_sentence() -> None:
    rows = np.tile(np.eye(1, 8, dtype=np.float32), (12, 1))
    assert cluster(rows, threshold=0.9) == (tuple(range(12)),)


@pytest.mark.parametrize("noise", [0.15, 0.25, 0.4])
@pytest.mark.parametrize("threshold", [0.2, 0.4, 0.6])
@pytest.mark.parametrize("worth", [0.0, 0.1, 1.0], ids=["at once", "both", "along chains"])
def test_cluster_is_average_linkage(
    noise: float, threshold: float, worth: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clustering, "_WORTH", worth)
    monkeypatch.setattr(clustering, "_BLOCK", 7)
    rows = _clouds(9, 15, noise=noise, seed=2)
    assert cluster(rows, threshold=threshold) == _all_pairs(rows, threshold)


@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(-0.2, 0.9))
@settings(max_examples=60)
def test_cluster_gives_every_row_one_group_and_parts_nothing_nearer_than_it_joins(
    seed: int, count: int, threshold: float
) -> None:
    random = np.random.default_rng(seed)
    rows = _unit(random.standard_normal((count, 4)))
    groups = cluster(rows, threshold=threshold)
    assert sorted(row for group in groups for row in group) == list(range(count))
    assert groups == cluster(rows, threshold=threshold)
    means = np.array([rows[list(group)].mean(axis=0) for group in groups])
    between = (means @ means.T)[np.triu_indices(len(groups), 1)]
    assert (between < threshold + 1e-4).all()


@given(st.integers(0, 10_000), st.floats(0.0, 0.4), st.floats(0.0, 0.4))
@settings(max_examples=40)
def test_a_closer_level_divides_the_groups_of_a_wider_one(
    seed: int, wide: float, more: float
) -> None:
    rows = _unit(np.random.default_rng(seed).standard_normal((25, 4)))
    inside = [set(group) for group in cluster(rows, threshold=wide)]
    for group in cluster(rows, threshold=wide + more + 1e-3):
        assert any(set(group) <= own for own in inside)


def test_remove_direction_takes_out_what_is_shared_and_leaves_no_zero_row() -> None:
    direction = np.eye(1, 32, 31, dtype=np.float32)[0]
    rows = np.vstack([_unit(_clouds(3, 2, noise=0.1) + 2.0 * direction), direction])
    left = remove_direction(rows, direction, 0.75)
    assert np.allclose(np.linalg.norm(left, axis=1), 1.0, atol=1e-5)
    assert (left[:-1] @ direction < rows[:-1] @ direction).all()
    assert left[-1] @ direction == pytest.approx(1.0)


def test_nearest_is_what_sorting_all_pairs_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.structure.vectors._BLOCK", 7)
    rows = _clouds(4, 6, noise=0.4)
    similar = np.round(rows @ rows.T, 5)
    np.fill_diagonal(similar, -1.0)
    found = nearest(rows, rows, count=4, least=0.2, skip_self=True)
    for row, neighbours in enumerate(found):
        order = sorted(range(len(rows)), key=lambda other: (-similar[row, other], other))
        expected = [other for other in order[:4] if similar[row, other] >= 0.2]
        assert [other for other, _ in neighbours] == expected


def test_nearest_among_none_is_none() -> None:
    rows = np.eye(2, 4, dtype=np.float32)
    assert nearest(rows, rows[:0], count=3, least=0.0) == [[], []]
