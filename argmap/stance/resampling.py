"""Intervals by drawing again from what was counted (Efron and Tibshirani 1993)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: How often is drawn.
RESAMPLES = 2000


def resampled_totals(
    counts: NDArray[np.int64] | NDArray[np.float64], *, seed: int
) -> NDArray[np.float64]:
    """Totals of 2,000 draws of whole clusters with replacement.

    Args:
        counts: what each cluster adds, shape ``(clusters, ...)``.

    Returns:
        Shape ``(2000, ...)``.
    """
    n = len(counts)
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return np.tensordot(draws.astype(float), counts.astype(float), axes=1)
