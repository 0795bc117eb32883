"""Group vectors that say the same thing, without being told how many groups there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.structure.vectors import Vectors

# Similarities are rounded before they are ranked, so that the last bits of a product, which
# depend on how it is summed, cannot change which neighbour comes first.
_DIGITS = 5

# Rows whose neighbours are looked up at once.
_BLOCK = 1024

# Looking up all neighbours at once pays while at least this share of the groups merges.
_WORTH = 0.1


def cluster(vectors: Vectors, *, threshold: float) -> tuple[tuple[int, ...], ...]:
    """Groups of row numbers, each ascending, ordered by first row; loners are groups of one.

    Average-linkage agglomeration (Sokal & Michener 1958) on cosine similarity, cut at
    ``threshold``. The mean similarity of two groups is the product of their mean vectors, so
    groups are kept as these and memory grows linearly. No merger brings a group nearer to others
    than one of its parts was; so groups that are each other's nearest can merge in any order
    (Murtagh 1983), and a group without a neighbour at ``threshold`` is finished.

    Args:
        vectors: unit rows, shape ``(n, d)``.
        threshold: least mean similarity of two groups that merge.
    """
    groups = _Groups(np.array(vectors, dtype=np.float32), [[row] for row in range(len(vectors))])
    finished: list[list[int]] = []
    while _merge_all(groups, threshold, finished):
        pass
    _merge_along_chains(groups, threshold, finished)
    return tuple(sorted(tuple(sorted(rows)) for rows in finished))


@dataclass(slots=True)
class _Groups:
    """Groups that can still merge: the mean vector of each and its rows."""

    means: Vectors
    members: list[list[int]]

    def merge(self, into: int, other: int) -> None:
        size, more = len(self.members[into]), len(self.members[other])
        mixed = size * self.means[into] + more * self.means[other]
        self.means[into] = mixed / (size + more)
        self.members[into] = self.members[into] + self.members[other]

    def keep(self, live: NDArray[np.bool_]) -> None:
        self.means = self.means[live]
        self.members = [self.members[row] for row in np.flatnonzero(live)]


def _merge_all(groups: _Groups, threshold: float, finished: list[list[int]]) -> bool:
    """Merge every two groups that are each other's nearest; whether another round is worth it."""
    count = len(groups.members)
    near = np.zeros(count, dtype=np.int64)
    similar = np.full(count, -np.inf)
    for start in range(0, count if count > 1 else 0, _BLOCK):
        block = np.round(groups.means[start : start + _BLOCK] @ groups.means.T, _DIGITS)
        rows = np.arange(len(block))
        block[rows, start + rows] = -np.inf
        near[start : start + _BLOCK] = block.argmax(axis=1)
        similar[start : start + _BLOCK] = block[rows, near[start : start + _BLOCK]]
    live = similar >= threshold
    finished += [groups.members[row] for row in np.flatnonzero(~live)]
    merged = 0
    for row in np.flatnonzero(live):
        other = int(near[row])
        if row < other and near[other] == row:
            groups.merge(int(row), other)
            live[other] = False
            merged += 1
    groups.keep(live)
    return merged > _WORTH * count


def _merge_along_chains(groups: _Groups, threshold: float, finished: list[list[int]]) -> None:
    """Merge what is left, from each group to its nearest and on until two are each other's."""
    live = np.ones(len(groups.members), dtype=bool)
    chain: list[int] = []
    while live.any():
        if not chain:
            if live.mean() < 1 - _WORTH:
                groups.keep(live)
                live = np.ones(len(groups.members), dtype=bool)
            chain.append(int(live.argmax()))
        own = chain[-1]
        similar = np.round(groups.means @ groups.means[own], _DIGITS)
        similar[~live] = -np.inf
        similar[own] = -np.inf
        near = int(similar.argmax())
        # Of equals the one that led here, or a chain could run in a circle.
        if len(chain) > 1 and similar[chain[-2]] >= similar[near]:
            near = chain[-2]
        if similar[near] < threshold:
            finished.append(groups.members[own])
            live[own] = False
            chain.clear()
        elif len(chain) > 1 and near == chain[-2]:
            groups.merge(near, own)
            live[own] = False
            del chain[-2:]
        else:
            chain.append(near)
