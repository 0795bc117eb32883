"""Clusters of vectors whose groups are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.structure import clustering
from argmap.structure.clustering import cluster, threshold_for
from argmap.structure.vectors import nearest, remove_direction, spread


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _clouds(groups: int, size: int, *, noise: float, seed: int = 0) -> NDArray[np.float32]:
    """``groups`` tight clouds of ``size`` rows each, group by group, in 32 dimensions."""
    random = np.random.default_rng(seed)
    centres = np.eye(32)[:groups].repeat(size, axis=0)
    return _unit(centres + noise * random.standard_normal(centres.shape))


def _expected(groups: int, size: int) -> list[tuple[int, ...]]:
    return [tuple(range(n * size, (n + 1) * size)) for n in range(groups)]


def test_cluster_finds_tight_clouds() -> None:
    assert list(cluster(_clouds(5, 6, noise=0.08))) == _expected(5, 6)


def test_cluster_leaves_unlike_rows_alone() -> None:
    assert cluster(np.eye(7, 32, dtype=np.float32)) == tuple((n,) for n in range(7))


@pytest.mark.parametrize("count", [0, 1])
def test_cluster_of_nothing_to_compare(count: int) -> None:
    assert cluster(np.eye(count, 8, dtype=np.float32)) == tuple((n,) for n in range(count))


def test_cluster_joins_copies_of_one_sentence() -> None:
    assert cluster(np.tile(np.eye(1, 8, dtype=np.float32), (12, 1))) == (tuple(range(12)),)


def test_cluster_on_the_graph_agrees_with_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _clouds(8, 5, noise=0.08, seed=3)
    exact = cluster(rows)
    monkeypatch.setattr(clustering, "EXACT_LIMIT", 10)
    assert cluster(rows) == exact == tuple(_expected(8, 5))


def test_cluster_on_the_graph_gives_every_row_one_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "EXACT_LIMIT", 10)
    rows = _clouds(6, 20, noise=0.35, seed=5)
    groups = cluster(rows)
    assert sorted(index for group in groups for index in group) == list(range(len(rows)))
    assert groups == cluster(rows)


def test_threshold_follows_how_alike_the_side_is() -> None:
    random = np.random.default_rng(1)
    spread_out = random.standard_normal((40, 32))
    alike = spread_out + 4.0
    low, high = threshold_for(_unit(spread_out)), threshold_for(_unit(alike))
    assert clustering.LEAST <= low < high <= clustering.MOST


def test_spread_is_that_of_all_pairs() -> None:
    rows = _clouds(4, 7, noise=0.5)
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    mean, deviation = spread(rows)
    assert mean == pytest.approx(float(pairs.mean()), abs=1e-5)
    assert deviation == pytest.approx(float(pairs.std()), abs=1e-5)


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
