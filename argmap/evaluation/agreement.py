"""How far the pair model's decisions in fewer bits are those in float32, on development splits.

Agreement is of the label that mapping gives, "unclear" too, at the threshold for exploring; with
it goes what each way scores, for a label may move between two that are both wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.calibration import SETS, digest
from argmap.evaluation.metrics import Score, accuracy, bootstrap, confusion, macro_f1
from argmap.nlp import PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.pipeline import StageProgress
from argmap.stance.classify import label_of
from argmap.training.examples import FILES, data_file, load

_ROWS = 1200
_SEED = 0
REFERENCE = "fp32"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One precision beside float32 on one set.

    Attributes:
        classes: share of the pairs whose most probable class is the same.
        labels: the same of the labels that mapping gives.
        reference, score: macro-F1 over the classes that the set has, in float32 and so.
        apart: mean difference of a probability.
        moved: greatest difference of a probability.
    """

    precision: str
    name: str
    data: str
    classes: Score
    labels: Score
    reference: float
    score: float
    apart: float
    moved: float


def measure(
    data: Path,
    classifiers: Mapping[str, PairClassifier],
    *,
    threshold: float,
    rows: int = _ROWS,
    progress: StageProgress | None = None,
) -> tuple[Agreement, ...]:
    """Judge a fixed sample of each development set in float32 and in every other precision.

    Args:
        classifiers: by precision; ``"fp32"`` must be one.
        threshold: at which labels are given.

    Raises:
        InputError: a set is missing.
    """
    found: list[Agreement] = []
    for name in SETS:
        pool = load(data, name, "dev")
        chosen = sorted(np.random.default_rng(_SEED).permutation(len(pool))[:rows])
        sample = [pool[row] for row in chosen]
        hashed = file_sha256(data_file(data, name)) if name in FILES else digest(pool)
        judged: dict[str, NDArray[np.float32]] = {}
        for precision, classifier in classifiers.items():
            judged[precision] = classifier.predict_proba(
                [(example.text, example.motion) for example in sample],
                contexts=[example.context for example in sample],
                progress=progress and partial(progress, f"Judging {name} in {precision}"),
            )
        gold = np.array([example.label for example in sample])
        reference = judged.pop(REFERENCE)
        found += [
            _compared(precision, name, hashed, gold, reference, other, threshold)
            for precision, other in judged.items()
        ]
    return tuple(found)


def _compared(
    precision: str,
    name: str,
    data: str,
    gold: NDArray[np.int64],
    reference: NDArray[np.float32],
    other: NDArray[np.float32],
    threshold: float,
) -> Agreement:
    labels = [_labels(rows, threshold) for rows in (reference, other)]
    apart = np.abs(reference - other)
    return Agreement(
        precision=precision,
        name=name,
        data=data,
        classes=_share(reference.argmax(1) == other.argmax(1)),
        labels=_share(labels[0] == labels[1]),
        reference=_f1(gold, reference),
        score=_f1(gold, other),
        apart=float(apart.mean()),
        moved=float(apart.max()),
    )


def _labels(rows: NDArray[np.float32], threshold: float) -> NDArray[np.str_]:
    return np.array([label_of(*map(float, row), threshold=threshold) for row in rows])


def _share(same: NDArray[np.bool_]) -> Score:
    # The hits against the misses: accuracy is the share of the diagonal.
    hits = int(same.sum())
    return bootstrap(np.array([[hits, len(same) - hits], [0, 0]]), accuracy)


def _f1(gold: NDArray[np.int64], rows: NDArray[np.float32]) -> float:
    columns = 3 if (gold == 2).any() else 2
    return macro_f1(confusion(gold, rows[:, :columns].argmax(1), classes=columns))


def as_table(agreements: Sequence[Agreement]) -> str:
    """A row a precision and set, in Markdown."""
    lines = [
        "| precision | set | same class [95%] | same label [95%] | n | macro-F1 fp32 | so "
        "| mean and greatest difference | data |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.precision} | {row.name} | {_shown(row.classes)} | {_shown(row.labels)} "
        f"| {row.labels.n} | {row.reference:.4f} | {row.score:.4f} "
        f"| {row.apart:.5f}, {row.moved:.3f} | {row.data[:12]} |"
        for row in agreements
    ]
    for precision in dict.fromkeys(row.precision for row in agreements):
        own = [row for row in agreements if row.precision == precision]
        n = sum(row.labels.n for row in own)
        classes, labels = (
            sum(round(score.value * score.n) for score in scores) / n
            for scores in ([row.classes for row in own], [row.labels for row in own])
        )
        lines.append(f"| {precision} | all | {classes:.4f} | {labels:.4f} | {n} | | | | |")
    return "\n".join(lines) + "\n"


def _shown(score: Score) -> str:
    return f"{score.value:.4f} [{score.low:.4f}, {score.high:.4f}]"
