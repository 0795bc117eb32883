"""Ways to make probabilities of logits, fitted and compared on what they were not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from argmap.evaluation.metrics import confusion, macro_f1
from argmap.stance.calibration import Scheme

_FOLDS = 5
#: Pull of every parameter towards plain temperature, in nats; small samples need a little.
_RIDGE = 1e-3
#: Nats by which a scheme must be better to be worth its parameters.
_GAIN = 1e-3
#: Macro-F1 that it may cost.
_COST = 0.01

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
        return _loss(self.probabilities(logits), targets)


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
    and loses on a set it never saw has only learned how often each label occurs in them. Nor may
    it cost macro-F1: where most sentences take no side, a bias can win by losing the others.
    """
    by_motion = _folds(motions)
    groups, by_set = np.unique(np.array(sets), return_inverse=True)
    gold = targets.argmax(axis=1)
    full = [
        inside
        for inside in (by_set == place for place in range(len(groups)))
        if len(np.unique(gold[inside])) == targets.shape[1]
    ]
    found: list[Scheme] = []
    for name in SCHEMES:
        guesses = _held_out(name, logits, targets, by_motion)
        losses = [
            np.inf if rows is None else _loss(rows, targets)
            for rows in (guesses, _held_out(name, logits, targets, by_set))
        ]
        scores = [
            macro_f1(confusion(gold[inside], guesses[inside].argmax(axis=1), classes=3))
            for inside in full
            if guesses is not None
        ]
        f1 = float(np.mean(scores)) if scores else 0.0
        found.append(Scheme(name, float(losses[0]), float(losses[1]), f1, kept=False))
    kept = found[0]
    for scheme in found[1:]:
        if (
            scheme.by_motion < kept.by_motion - _GAIN
            and scheme.by_set < kept.by_set - _GAIN
            and scheme.macro_f1 >= kept.macro_f1 - _COST
        ):
            kept = scheme
    return tuple(
        replace(
            scheme,
            by_motion=round(scheme.by_motion, 4),
            by_set=round(scheme.by_set, 4),
            macro_f1=round(scheme.macro_f1, 4),
            kept=scheme is kept,
        )
        for scheme in found
    )


def _folds(motions: Sequence[str]) -> NDArray[np.int64]:
    distinct = sorted(set(motions))
    order = np.random.default_rng(0).permutation(len(distinct))
    fold = {distinct[motion]: place % _FOLDS for place, motion in enumerate(order)}
    return np.array([fold[motion] for motion in motions], dtype=np.int64)


def _held_out(name: str, logits: Rows, targets: Rows, folds: NDArray[np.int64]) -> Rows | None:
    """Each row's probabilities by a fit without its fold; ``None`` where there is one fold."""
    found: Rows = np.empty_like(logits)
    for fold in np.unique(folds):
        inside = folds == fold
        if inside.all():
            return None
        scaling = fit(name, logits[~inside], targets[~inside])
        found[inside] = scaling.probabilities(logits[inside])
    return found


def _loss(probabilities: Rows, targets: Rows) -> float:
    return float(-(targets * np.log(probabilities + 1e-12)).sum(axis=1).mean())
