"""Key point matching as the KPA 2021 shared task scores it (Friedman-Melamed et al. 2021).

For each topic and stance every argument keeps its best-matching key point; the half of the
arguments with the highest scores is ranked, and the average precision of that ranking is taken.
The mean over topics and stances is the score: *strict* where a pair that annotators left without
a label counts as wrong, *relaxed* where it counts as right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.metrics import Score, resamples
from argmap.training.points import MATCH, OTHER, Group

#: Share of the arguments that is ranked.
KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Best:
    """Each argument's best key point on one topic and stance: its score and its label."""

    scores: NDArray[np.float64]
    labels: NDArray[np.int64]


def best_matches(group: Group, scores: NDArray[np.float32]) -> Best:
    """The first of the best-scored key points of each argument.

    Args:
        scores: shape ``(arguments, key points)``.
    """
    best = np.asarray(scores).argmax(axis=1)
    rows = np.arange(len(best))
    return Best(
        np.asarray(scores, dtype=np.float64)[rows, best],
        np.array(group.labels, dtype=np.int64)[rows, best],
    )


def average_precision(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Precision at each rank weighted by the recall that it adds; equal scores are one rank.

    0 where nothing is right, as in the shared task's own script.
    """
    if not right.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    last = np.append(np.diff(scores[order]) != 0.0, True)
    hits, ranks = hits[last], np.flatnonzero(last) + 1
    gained = np.diff(hits, prepend=0)
    return float((gained * hits / ranks).sum() / hits[-1])


def mean_average_precision(best: Sequence[Best], *, relaxed: bool) -> float:
    """The shared task's score over topics and stances."""
    return float(np.mean([_of_group(own.scores, own.labels, relaxed=relaxed) for own in best]))


def _of_group(scores: NDArray[np.float64], labels: NDArray[np.int64], *, relaxed: bool) -> float:
    top = np.argsort(-scores, kind="stable")[: int(len(scores) * KEPT)]
    right = labels[top] != OTHER if relaxed else labels[top] == MATCH
    return average_precision(scores[top], right)


def matching_score(best: Sequence[Best], *, relaxed: bool, seed: int = 0) -> Score:
    """Mean average precision; the interval resamples the arguments of each topic and stance."""
    drawn = [resamples(len(own.scores), seed=seed + number) for number, own in enumerate(best)]
    values = [
        np.mean(
            [
                _of_group(own.scores[rows[turn]], own.labels[rows[turn]], relaxed=relaxed)
                for own, rows in zip(best, drawn, strict=True)
            ]
        )
        for turn in range(len(drawn[0]))
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    size = sum(len(own.scores) for own in best)
    return Score(mean_average_precision(best, relaxed=relaxed), float(low), float(high), size)
