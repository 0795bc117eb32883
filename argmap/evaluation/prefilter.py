"""How near the motion a passage must be: measured so that 99% of what takes a side is kept.

A document is put to its own motions and to those of other debates. The line is fitted on training
documents; the threshold is the highest at which at least that share of the statements labelled for
or against their own motion is kept on every set, training and development together: the line has
eight numbers, so it fits the training documents hardly better than others, and the few development
documents alone give a threshold that keeps too little elsewhere (see docs/speed.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.metrics import Score, clustered
from argmap.nlp import Encoder
from argmap.nlp.backbone import BACKBONE_SHA256
from argmap.pipeline import StageProgress
from argmap.stance.relevance import LEAST, Prefilter, Rows, scores
from argmap.training.relevance import SETS, ask, fit_line

RECALL = 0.99
#: What a threshold is chosen on and what it is tested on.
SPLITS = {"dev": "training and development documents", "test": "test documents"}
_CURVE = (0.95, 0.98, 0.99, 0.995, 1.0)
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Cases:
    """One set's statements, each with the score of its passage and a motion.

    Attributes:
        near: of statements and their own motions; ``sided`` where one is for or against.
        foreign: of statements and the motions of other debates.
        documents: the document of each of ``near``.
    """

    name: str
    data: str
    near: NDArray[np.float64]
    sided: NDArray[np.bool_]
    documents: tuple[str, ...]
    foreign: NDArray[np.float64]

    def recall(self, threshold: float) -> Score:
        """Share of the statements for or against that are kept, documents resampled whole."""
        kept = self.near[self.sided] >= threshold
        documents = [d for d, sided in zip(self.documents, self.sided, strict=True) if sided]
        return clustered(kept, documents)


@dataclass(frozen=True, slots=True)
class Line:
    """What a passage's score is made with, see :class:`~argmap.stance.relevance.Prefilter`."""

    weights: tuple[float, ...]
    bias: float

    def scores(self, known: Rows) -> Rows:
        """As mapping makes them."""
        return scores(known, self.weights, self.bias)


def fit(data: Path, *, encoder: Encoder, progress: StageProgress | None = None) -> Line:
    """The line of the training documents.

    Raises:
        InputError: a set is missing.
    """
    documents = [
        document
        for name in SETS
        for document in ask(data, name, "train", encoder=encoder, progress=progress)[1]
    ]
    return Line(*fit_line(documents))


def measure_set(
    data: Path,
    name: str,
    splits: Sequence[str],
    *,
    line: Line,
    encoder: Encoder,
    progress: StageProgress | None = None,
) -> Cases:
    """Score one set's documents on every motion of their split.

    Raises:
        InputError: the set is missing.
    """
    asked = [ask(data, name, split, encoder=encoder, progress=progress) for split in splits]
    documents = [document for _, own in asked for document in own]
    digests = "".join(own for own, _ in asked)
    near: list[float] = []
    sided: list[bool] = []
    owners: list[str] = []
    foreign: list[float] = []
    for document in documents:
        found = line.scores(document.features)
        if len(document.labels) < LEAST:
            found = np.full_like(found, np.inf)  # always asked
        for (start, stop), row in zip(document.bounds, found, strict=True):
            for labels in document.labels[start:stop]:
                for column, label in labels.items():
                    near.append(row[column])
                    sided.append(label < 2)
                    owners.append(document.document)
                foreign.extend(row[list(document.others)])
    return Cases(
        name=name,
        data=sha256(digests.encode()).hexdigest(),
        near=np.array(near),
        sided=np.array(sided, dtype=bool),
        documents=tuple(owners),
        foreign=np.array(foreign),
    )


def choose(sets: Sequence[Cases], line: Line) -> Prefilter:
    """The highest threshold, to three digits, that keeps the recall on every set."""
    threshold = min(_at(cases, RECALL) for cases in sets)
    below = np.concatenate([cases.near < threshold for cases in sets])
    sided = np.concatenate([cases.sided for cases in sets])
    # As many pairs with other debates' motions as with a document's own.
    foreign = float(np.mean(np.concatenate([cases.foreign for cases in sets]) < threshold))
    passed_over = float(below.sum()) + foreign * len(below)
    wrong = float((below & sided).sum())
    return Prefilter(
        encoder=BACKBONE_SHA256,
        weights=line.weights,
        bias=line.bias,
        threshold=threshold,
        sided=round(wrong / passed_over, 4) if passed_over else 0.0,
        recall=tuple((c.name, round(c.recall(threshold).value, 4)) for c in sets),
        data=tuple((cases.name, cases.data) for cases in sets),
    )


def _at(cases: Cases, recall: float) -> float:
    kept = np.sort(cases.near[cases.sided])
    lost = int(np.floor(len(kept) * (1 - recall) + 1e-9))
    return float(np.floor(kept[lost] * 10**_DIGITS) / 10**_DIGITS)


def as_tables(sets: Sequence[Cases], prefilter: Prefilter, *, split: str) -> str:
    """What the threshold does on each set, and where it is chosen what others would do."""
    lines = [
        f"Threshold {prefilter.threshold:.3f}, {SPLITS[split]}; documents of under {LEAST} "
        "sentences are always asked.",
        "",
        "| set | documents | for or against kept [95%] | n | own pairs passed over | n "
        "| other debates' pairs passed over | n | data |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for cases in sets:
        score = cases.recall(prefilter.threshold)
        lines.append(
            f"| {cases.name} | {len(set(cases.documents))} "
            f"| {score.value:.3f} [{score.low:.3f}, {score.high:.3f}] | {score.n} "
            f"| {_under(cases.near, prefilter.threshold)} | {len(cases.near):,} "
            f"| {_under(cases.foreign, prefilter.threshold)} | {len(cases.foreign):,} "
            f"| {cases.data[:12]} |"
        )
    if split != "test":
        lines += ["", "| kept on every set | threshold | own pairs passed over | others' |",
                  "|---|---|---|---|"]  # fmt: skip
        near = np.concatenate([cases.near for cases in sets])
        foreign = np.concatenate([cases.foreign for cases in sets])
        for recall in _CURVE:
            threshold = min(_at(cases, recall) for cases in sets)
            lines.append(
                f"| {recall:.1%} | {threshold:.3f} | {_under(near, threshold)} "
                f"| {_under(foreign, threshold)} |"
            )
    return "\n".join(lines) + "\n"


def _under(values: NDArray[np.float64], threshold: float) -> str:
    return f"{np.mean(values < threshold):.1%}" if len(values) else "none"
