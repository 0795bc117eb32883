"""How good an argument a sentence is: a straight line through its vector's dimensions.

Fitted on ArgQ-Rank-30k, whose scores are the weighted share of annotators who would recommend
the argument (Gretz et al. 2020, "A Large-Scale Dataset for Argument Quality Ranking").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from argmap.training.examples import fraction, read_rows

#: Strengths of the ridge that fitting chooses from.
RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0)

Vectors = NDArray[np.float32]


def rated(data: Path, split: str, *, rows: int | None = None) -> tuple[list[str], Vectors]:
    """Arguments of one split and their quality, 0 to 1; a fixed sample of ``rows`` of them.

    Raises:
        InputError: the set is missing.
    """
    own = [row for row in read_rows(data, "arg30k") if row["split"] == split]
    own.sort(key=lambda row: fraction(f"{row['target']}|{row['text']}"))
    kept = own[:rows]
    scores = np.array([row["quality"] for row in kept], dtype=np.float32)
    return [str(row["text"]) for row in kept], scores


def ridge(vectors: Vectors, scores: Vectors, strength: float) -> tuple[Vectors, float]:
    """Weights and what is added of the ridge regression (Hoerl and Kennard 1970)."""
    centre, mean = vectors.mean(axis=0, dtype=np.float64), float(scores.mean(dtype=np.float64))
    rows = vectors.astype(np.float64) - centre
    normal = rows.T @ rows + strength * np.eye(rows.shape[1])
    weights = np.linalg.solve(normal, rows.T @ (scores.astype(np.float64) - mean))
    return weights.astype(np.float32), mean - float(centre @ weights)


def fit_quality(
    encode: Callable[[Sequence[str]], Vectors], data: Path, *, rows: int
) -> tuple[Vectors, float, float]:
    """Weights, what is added, and Spearman's rank correlation on the development split.

    Of ``RIDGES`` the one with the best correlation there is taken.
    """
    texts, scores = rated(data, "train", rows=rows)
    held, gold = rated(data, "dev")
    vectors, unseen = encode(texts), encode(held)
    tried = []
    for strength in RIDGES:
        weights, added = ridge(vectors, scores, strength)
        tried.append((rank_correlation(unseen @ weights, gold), -strength, weights, added))
    correlation, _, weights, added = max(tried, key=lambda item: item[:2])
    return weights, added, correlation


def rank_correlation(predicted: Vectors, gold: Vectors) -> float:
    """Spearman's."""
    return float(spearmanr(predicted, gold).statistic)
