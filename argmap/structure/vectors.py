"""Sums on sentence vectors that never need more than a block of the similarity matrix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_BLOCK = 1024
# Similarities are rounded before they are ranked, so that the width of a block, which moves
# the last bits of a product, cannot change which neighbour comes first.
_DIGITS = 5


def remove_direction(vectors: Vectors, direction: Vectors, share: float) -> Vectors:
    """Take ``share`` of each row's part along ``direction`` away; rows come out as unit vectors.

    Args:
        vectors: unit rows, shape ``(n, d)``.
        direction: one unit vector, shape ``(d,)``.
        share: 0 leaves the rows as they are; below 1 no row along ``direction`` can vanish.
    """
    left = vectors - share * np.outer(vectors @ direction, direction)
    norms = np.linalg.norm(left, axis=1, keepdims=True)
    return np.asarray(left / np.maximum(norms, 1e-12), dtype=np.float32)


def nearest(
    queries: Vectors, targets: Vectors, *, count: int, least: float, skip_self: bool = False
) -> list[list[tuple[int, float]]]:
    """For each query row its nearest target rows as ``(index, similarity)``, nearest first.

    Args:
        count: at most so many neighbours for each query.
        least: neighbours less similar than this are left out.
        skip_self: queries and targets are the same rows, and no row neighbours itself.
    """
    found: list[list[tuple[int, float]]] = []
    if not len(targets):
        return [[] for _ in range(len(queries))]
    keep = min(count, len(targets))
    for start in range(0, len(queries), _BLOCK):
        block = np.round(queries[start : start + _BLOCK] @ targets.T, _DIGITS)
        if skip_self:
            rows = np.arange(len(block))
            block[rows, start + rows] = -np.inf
        top = np.argpartition(-block, keep - 1, axis=1)[:, :keep]
        for row, columns in enumerate(top):
            near = [(int(c), float(block[row, c])) for c in columns if block[row, c] >= least]
            found.append(sorted(near, key=lambda pair: (-pair[1], pair[0])))
    return found
