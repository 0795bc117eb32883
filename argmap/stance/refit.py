"""Thresholds from a person's own labels, chosen as ``argmap eval calibration`` chooses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from argmap.records import LABELS, Label
from argmap.stance.calibration import SUPPORT, TARGETS, USES, Measured, Point, Use
from argmap.stance.thresholds import GRID, Cases, choose, curve

#: A motion counts once so many of its sentences are judged: fewer say nothing of it.
MOTION_SUPPORT = 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the model thinks of a sentence on a motion, and what a person says.

    Attributes:
        pro, con, none: the model's probabilities.
        label: the person's; ``"unclear"`` bears out no label of the model's.
        sentence: its words; the same words on one motion are one observation.
        weight: of how many sentences of the debate it stands for, itself among them.
    """

    pro: float
    con: float
    none: float
    label: Label
    motion: str
    sentence: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Refitted:
    """The threshold of one use; the fields are those of ``calibration.Chosen``."""

    use: Use
    reached: bool
    point: Point
    held_out: Measured


@dataclass(frozen=True, slots=True)
class Refit:
    """Thresholds from a person's labels, or how many labels are missing.

    Attributes:
        counted: sentences of motions that count.
        sided: those of them that the model holds for or against.
        more: how many more of those are needed.
        short: motions that do not count yet, with how many more of their sentences it takes.
        thresholds: one a use; none where labels are missing.
    """

    counted: int
    sided: int
    more: int
    short: tuple[tuple[str, int], ...]
    thresholds: tuple[Refitted, ...] = ()

    @property
    def enough(self) -> bool:
        return bool(self.thresholds)


def refit(labels: Sequence[Labelled]) -> Refit:
    """Choose the thresholds for exploring and for citing.

    It takes 50 sentences that the model holds for or against, on motions of which 20 sentences
    or more are judged; the targets are those of the shipped thresholds. Intervals draw sentences
    again: they are of this user's sentences on these motions, and say nothing of others.

    The labels must be of sentences that were drawn at random (``argmap.corrections.sample``), each
    weighing as many as it was drawn from. People correct what looks wrong and leave what is
    right, so labels given in passing make a model look worse than it is.
    """
    judged = Counter(label.motion for label in labels)
    short = tuple(
        (motion, MOTION_SUPPORT - n) for motion, n in sorted(judged.items()) if n < MOTION_SUPPORT
    )
    counted = [label for label in labels if judged[label.motion] >= MOTION_SUPPORT]
    shares = np.array([[x.pro, x.con, x.none] for x in counted], dtype=np.float64).reshape(-1, 3)
    predicted = shares.argmax(axis=1)
    confidence = shares.max(axis=1)
    sided = predicted < 2
    # One class in three is always over the least threshold, but for what rounding took away.
    number = int((sided & (confidence >= GRID[0])).sum())
    if number < SUPPORT:
        return Refit(len(counted), number, SUPPORT - number, short)
    cases = Cases(
        confidence=confidence,
        right=np.array(
            [LABELS[best] == x.label for best, x in zip(predicted, counted, strict=True)]
        ),
        sided=sided,
        clusters=np.array([f"{x.motion}|{x.sentence}" for x in counted]),
        weights=np.array([x.weight for x in counted], dtype=np.float64),
    )
    inside = np.ones(len(counted), dtype=np.bool_)
    points = curve(cases, inside)
    found = tuple(
        Refitted(use, *choose(TARGETS[use], cases, inside, points=points)) for use in USES
    )
    return Refit(len(counted), number, 0, short, found)
