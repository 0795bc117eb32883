"""From judged sentences to the least probability at which a label is given.

The risk-coverage curve (Geifman and El-Yaniv 2017, "Selective classification for deep neural
networks"), and on it the least threshold at which few enough labels for or against are wrong. The
sentences are those of the development sets (``argmap.evaluation.calibration``) or a user's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.stance.calibration import SUPPORT, Measured, Point
from argmap.stance.resampling import resampled_totals

#: Thresholds that are tried: what is less likely right than wrong is no label for any use.
GRID = np.round(np.arange(0.5, 0.991, 0.01), 2)
DIGITS = 4
_FOLDS = 5
_SEED = 0

Rows = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cases:
    """What is counted of each case, arrays of one length.

    Attributes:
        confidence: probability of the label that the model gives.
        right, sided: whether that label is the right one; whether it is for or against.
        clusters: what is drawn again as a whole for an interval.
        weights: of how many sentences the case stands for itself.
    """

    confidence: Rows
    right: Mask
    sided: Mask
    clusters: NDArray[np.str_]
    weights: Rows

    def totals(self, counts: Rows, inside: Mask) -> Rows:
        """What 2,000 draws of whole clusters add up to; ``counts`` has a row a case."""
        _, index = np.unique(self.clusters[inside], return_inverse=True)
        summed = np.zeros((index.max() + 1, counts.shape[1]))
        np.add.at(summed, index, counts[inside] * self.weights[inside, None])
        return resampled_totals(summed, seed=_SEED)


def measured(value: float, draws: Rows, n: int) -> Measured:
    """A number with the middle 95% of its draws; those that are not defined are passed over.

    Of no case at all, nothing is known: the whole range.
    """
    if not n:
        return Measured(round(value, DIGITS), 0.0, 1.0, 0)
    low, high = (float(x) for x in np.nanpercentile(draws, [2.5, 97.5]))
    return Measured(round(value, DIGITS), round(low, DIGITS), round(high, DIGITS), n)


def curve(cases: Cases, inside: Mask) -> tuple[Point, ...]:
    """What each threshold does, up to the last at which a label for or against is left."""
    keeps, given, wrong = _given(cases)
    weights = cases.weights[inside]
    size = len(GRID)
    drawn = cases.totals(np.hstack([given, wrong]).astype(float), inside)
    points = []
    for place, threshold in enumerate(GRID):
        n = int(given[inside, place].sum())
        if not n:
            break
        with np.errstate(invalid="ignore"):
            draws = drawn[:, size + place] / drawn[:, place]
        risk = float(weights[wrong[inside, place]].sum() / weights[given[inside, place]].sum())
        coverage = float(weights[keeps[inside, place]].sum() / weights.sum())
        points.append(Point(float(threshold), measured(risk, draws, n), round(coverage, DIGITS)))
    return tuple(points)


def choose(
    target: float, cases: Cases, inside: Mask, *, points: tuple[Point, ...]
) -> tuple[bool, Point, Measured]:
    """The least threshold at which at most ``target`` of the labels for or against are wrong.

    Args:
        points: their ``curve``, which serves for every target.

    Returns:
        Whether there is one, else it is the best there is; the threshold with what it does; and
        the risk where each fifth of the clusters gets the threshold that the others chose.
    """
    _, given, wrong = _given(cases)
    place, reached = _of(cases, inside, given, wrong, target)
    point = points[min(place, len(points) - 1)]
    return reached, point, _held_out(cases, inside, given, wrong, target)


def least(counted: Rows, given: Rows, wrong: Rows, target: float) -> tuple[int, bool]:
    """Place of the least threshold at which few enough are wrong, else of the best there is.

    Args:
        counted: labels for or against at each threshold, of which there must be enough.
        given, wrong: what they and the wrong ones among them weigh.
    """
    enough = counted >= SUPPORT
    if not enough.any():
        enough = counted >= counted.max()
    risk = np.where(enough, wrong / np.maximum(given, 1), np.inf)
    good = np.flatnonzero(risk <= target)
    return (int(good[0]), True) if len(good) else (int(risk.argmin()), False)


def _of(cases: Cases, inside: Mask, given: Mask, wrong: Mask, target: float) -> tuple[int, bool]:
    weights = cases.weights[inside]
    return least(
        given[inside].sum(axis=0).astype(float),
        weights @ given[inside],
        weights @ wrong[inside],
        target,
    )


def _given(cases: Cases) -> tuple[Mask, Mask, Mask]:
    """By case and threshold: keeps a label, is given for or against, and wrongly so."""
    keeps = cases.confidence[:, None] >= GRID[None, :]
    given = keeps & cases.sided[:, None]
    return keeps, given, given & ~cases.right[:, None]


def _held_out(cases: Cases, inside: Mask, given: Mask, wrong: Mask, target: float) -> Measured:
    distinct, index = np.unique(cases.clusters, return_inverse=True)
    fold = np.random.default_rng(_SEED).permutation(len(distinct))[index] % _FOLDS
    counts = np.zeros((len(fold), 2))
    for number in range(_FOLDS):
        others, own = inside & (fold != number), inside & (fold == number)
        if others.any() and own.any():
            place, _ = _of(cases, others, given, wrong, target)
            counts[own] = np.column_stack([given[own, place], wrong[own, place]])
    n = int(counts[inside, 0].sum())
    weighed = cases.weights[inside] @ counts[inside]
    drawn = cases.totals(counts, inside)
    risk = float(weighed[1] / weighed[0]) if n else 0.0
    with np.errstate(invalid="ignore"):
        return measured(risk, drawn[:, 1] / drawn[:, 0], n)
