"""Scores with bootstrap intervals, all from a confusion matrix or from probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.stance.resampling import RESAMPLES, resampled_totals

_BINS = 15


@dataclass(frozen=True, slots=True)
class Score:
    """A number with its 95% percentile bootstrap interval over n examples."""

    value: float
    low: float
    high: float
    n: int


def confusion(
    gold: NDArray[np.int64], predicted: NDArray[np.int64], *, classes: int
) -> NDArray[np.int64]:
    """Counts of shape ``(classes, classes)``, gold in rows."""
    counts = np.bincount(gold * classes + predicted, minlength=classes * classes)
    return counts.reshape(classes, classes).astype(np.int64)


def accuracy(counts: NDArray[np.int64]) -> float:
    """Share of the diagonal."""
    return float(np.trace(counts) / counts.sum())


def macro_f1(counts: NDArray[np.int64]) -> float:
    """Mean F1 of the classes that occur in the gold labels."""
    present = counts.sum(axis=1) > 0
    total = counts.sum(axis=0) + counts.sum(axis=1)
    f1 = 2 * np.diag(counts) / np.maximum(total, 1)
    return float(f1[present].mean())


def bootstrap(
    counts: NDArray[np.int64], metric: Callable[[NDArray[np.int64]], float], *, seed: int = 0
) -> Score:
    """The metric with its interval.

    Resampling examples with replacement is drawing the matrix's cells from a multinomial, so
    2,000 resamples cost nothing (Efron and Tibshirani 1993).
    """
    n = int(counts.sum())
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(n, counts.ravel() / n, size=RESAMPLES).reshape(-1, *counts.shape)
    values = np.array([metric(draw) for draw in draws])
    low, high = np.percentile(values, [2.5, 97.5])
    return Score(metric(counts), float(low), float(high), n)


def clustered(right: NDArray[np.bool_], clusters: Sequence[str], *, seed: int = 0) -> Score:
    """Share of ``right`` with an interval that resamples whole clusters.

    What one person says in one debate is no independent draw; taking persons rather than their
    speeches keeps the interval honest (Field and Welsh 2007).

    Raises:
        ValueError: there is nothing to take a share of.
    """
    if not len(right):
        raise ValueError("There are no cases to score.")
    _, index = np.unique(np.array(clusters), return_inverse=True)
    sizes = np.bincount(index)
    hits = np.bincount(index, weights=right.astype(float))
    drawn = resampled_totals(np.stack([hits, sizes], axis=1), seed=seed)
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    return Score(float(right.mean()), float(low), float(high), len(right))


def expected_calibration_error(
    probabilities: NDArray[np.float32], gold: NDArray[np.int64]
) -> float:
    """Mean gap between confidence and accuracy over 15 equal bins (Naeini et al. 2015)."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == gold
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gap = 0.0
    for index in range(_BINS):
        inside = bins == index
        if inside.any():
            gap += inside.mean() * abs(confidence[inside].mean() - correct[inside].mean())
    return float(gap)


def resamples(n: int, *, seed: int) -> NDArray[np.int64]:
    """Row numbers of 2,000 draws with replacement, shape ``(2000, n)``."""
    return np.random.default_rng(seed).integers(0, n, size=(RESAMPLES, n))
