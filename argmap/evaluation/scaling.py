"""Ways to make probabilities of logits, fitted and compared on what they were not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from argmap.stance.calibration import Scheme

_FOLDS = 5
#: Pull of every parameter towards plain temperature, in nats; small samples need a little.
_RIDGE = 1e-3
#: Nats by which a scheme must be better to be worth its parameters.
_GAIN = 1e-3

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """``softmax(logits / temperature * scales + biases)``."""

    temperature: float
    scales: tuple[float, float, float] = (1.0, 1.0, 1.0)
    biases: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def probabilities(self, logits: Rows) -> Rows:
        """Probabilities of shape ``(n, 3)``; rows sum to 1."""
        scaled = logits / self.temperature * np.array(self.scales) + np.array(self.biases)
        scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        found: Rows = scaled / scaled.sum(axis=1, keepdims=True)
        return found

    def loss(self, logits: Rows, targets: Rows) -> float:
        """Mean cross-entropy in nats."""
        return float(-(targets * np.log(self.probabilities(logits) + 1e-12)).sum(axis=1).mean())


#: The schemes, the plainest first; each says which of (scales, biases) it frees.
SCHEMES = (
    "one temperature",
    "temperature and a bias for none",
    "a scale and a bias for each class (vector scaling)",
)


def fit(name: str, logits: Rows, targets: Rows) -> Scaling:
    """The scaling of that scheme with the least cross-entropy (Guo et al. 2017)."""
    sizes = {SCHEMES[0]: 0, SCHEMES[1]: 1, SCHEMES[2]: 5}

    def scaling(x: Sequence[float]) -> Scaling:
        temperature, rest = float(np.exp(x[0])), [float(value) for value in x[1:]]
        if len(rest) == 0:
            return Scaling(temperature)
        if len(rest) == 1:
            return Scaling(temperature, biases=(0.0, 0.0, rest[0]))
        # Temperature and the biases' mean are free already, so one of each is tied.
        scales = (float(np.exp(rest[0])), float(np.exp(rest[1])), float(np.exp(rest[2])))
        return Scaling(temperature, scales, (0.0, rest[3], rest[4]))

    def cost(x: Sequence[float]) -> float:
        return scaling(x).loss(logits, targets) + _RIDGE * float(np.square(x[1:]).sum())

    return scaling(minimize(cost, np.zeros(1 + sizes[name]), method="L-BFGS-B").x)


def compare(
    logits: Rows, targets: Rows, *, motions: Sequence[str], sets: Sequence[str]
) -> tuple[Scheme, ...]:
    """Every scheme's loss where whole motions, and where whole sets, were kept from its fit.

    The plainest is kept unless another is better in both ways: what wins on the sets at hand
    and loses on a set it never saw has only learned how often each label occurs in them.
    """
    by_motion = _folds(motions)
    _, by_set = np.unique(np.array(sets), return_inverse=True)
    losses = [
        tuple(_held_out(name, logits, targets, folds) for folds in (by_motion, by_set))
        for name in SCHEMES
    ]
    kept = 0
    for place in range(1, len(losses)):
        pairs = zip(losses[place], losses[kept], strict=True)
        if all(loss < best - _GAIN for loss, best in pairs):
            kept = place
    return tuple(
        Scheme(name, round(motion, 4), round(own, 4), place == kept)
        for place, (name, (motion, own)) in enumerate(zip(SCHEMES, losses, strict=True))
    )


def _folds(motions: Sequence[str]) -> NDArray[np.int64]:
    distinct = sorted(set(motions))
    order = np.random.default_rng(0).permutation(len(distinct))
    fold = {distinct[motion]: place % _FOLDS for place, motion in enumerate(order)}
    return np.array([fold[motion] for motion in motions], dtype=np.int64)


def _held_out(name: str, logits: Rows, targets: Rows, folds: NDArray[np.int64]) -> float:
    total = 0.0
    for fold in np.unique(folds):
        inside = folds == fold
        if inside.all():
            return float("inf")
        scaling = fit(name, logits[~inside], targets[~inside])
        total += scaling.loss(logits[inside], targets[inside]) * float(inside.sum())
    return total / len(folds)
