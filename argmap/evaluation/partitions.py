"""How well groups agree with the groups that people made."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two partitions of the same items, 1 for equal ones.

    Attributes:
        precision, recall: B-cubed of each item (Bagga & Baldwin 1998), shape ``(n,)``.
        v_measure: harmonic mean of homogeneity and completeness (Rosenberg & Hirschberg 2007).
        adjusted_rand: Rand's index less what chance gives (Hubert & Arabie 1985).
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    v_measure: float
    adjusted_rand: float


def agreement(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Agreement:
    """Hold groups against gold ones: two labels of each item, at least one item."""
    mine, theirs = _numbered(found), _numbered(gold)
    table = np.zeros((mine.max() + 1, theirs.max() + 1))
    np.add.at(table, (mine, theirs), 1)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shared = table[mine, theirs]
    return Agreement(
        precision=shared / rows[mine],
        recall=shared / columns[theirs],
        v_measure=_v_measure(table, rows, columns),
        adjusted_rand=_adjusted_rand(table, rows, columns),
    )


def f1(precision: float, recall: float) -> float:
    """Harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _numbered(labels: Sequence[Hashable]) -> NDArray[np.int64]:
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)


def _entropy(counts: NDArray[np.float64]) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _v_measure(
    table: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> float:
    found, gold, both = _entropy(rows), _entropy(columns), _entropy(table.ravel())
    shared = found + gold - both
    homogeneity = shared / gold if gold > 0 else 1.0
    completeness = shared / found if found > 0 else 1.0
    return f1(homogeneity, completeness)


def _adjusted_rand(
    table: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> float:
    def pairs(counts: NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, found, gold = pairs(table), pairs(rows), pairs(columns)
    total = pairs(np.array([table.sum()]))
    chance = found * gold / total if total else 0.0
    most = (found + gold) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
