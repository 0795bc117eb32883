"""How near the motion a passage must be: measured so that 99% of what takes a side is kept.

A document is put to its own motions and to those of other debates. The threshold is the highest at
which at least that share of the statements labelled for or against their own motion is kept on
every development set; a set's greatest cosines are those of whole passages, as in mapping.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.metrics import Score, clustered
from argmap.nlp import Encoder
from argmap.nlp.backbone import BACKBONE_SHA256
from argmap.pipeline import StageProgress
from argmap.records import Statement
from argmap.stance.relevance import LEAST, Prefilter, nearest_of, passages
from argmap.training.examples import Example, load

#: Sets whose sentences stand in the order of their documents.
SETS = ("prose", "iam_sentences")
RECALL = 0.99
#: Two motions this near are on one debate, so neither is foreign to the other's documents.
_SAME_DEBATE = 0.45
_CURVE = (0.95, 0.98, 0.99, 0.995, 1.0)
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Cases:
    """One set's statements, each with the greatest cosine of its passage and a motion.

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


def measure_set(
    data: Path, name: str, split: str, *, encoder: Encoder, progress: StageProgress | None = None
) -> Cases:
    """Encode one set and put its documents to every motion of it.

    Raises:
        InputError: the set is missing.
    """
    examples = load(data, name, split)
    documents = _documents(examples)
    texts = list(dict.fromkeys(example.text for example in examples))
    told = None if progress is None else partial(progress, f"Encoding {name}, {split}")
    row = {text: index for index, text in enumerate(texts)}
    vectors = encoder.encode(texts, progress=told)
    motions = list(dict.fromkeys(example.motion for example in examples))
    asked = encoder.encode(motions)
    same = asked @ asked.T >= _SAME_DEBATE
    near: list[float] = []
    sided: list[bool] = []
    owners: list[str] = []
    foreign: list[float] = []
    for document, labels in documents.items():
        own = [n for n, motion in enumerate(motions) if any(motion in row_ for _, row_ in labels)]
        others = ~same[own].any(axis=0)
        statements = [Statement(str(n), document, n, n, text) for n, (text, _) in enumerate(labels)]
        for block in passages(statements):
            best = np.full(len(motions), 1.0)
            if len(block) >= LEAST:
                best = nearest_of(vectors[[row[s.text] for s in block]], asked).astype(np.float64)
            for statement in block:
                for column in own:
                    label = labels[int(statement.id)][1].get(motions[column])
                    if label is not None:
                        near.append(best[column])
                        sided.append(label < 2)
                        owners.append(document)
                foreign.extend(best[others])
    digest = sha256(json.dumps([[e.text, e.motion, e.label] for e in examples]).encode())
    return Cases(
        name=name,
        data=digest.hexdigest(),
        near=np.array(near),
        sided=np.array(sided, dtype=bool),
        documents=tuple(owners),
        foreign=np.array(foreign),
    )


def _documents(examples: Sequence[Example]) -> dict[str, list[tuple[str, dict[str, int]]]]:
    """Sentences of each document in order, with the labels of each on its motions."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for example in examples:
        document = example.group.split("|")[0] or example.motion
        found[document].setdefault(example.text, {})[example.motion] = example.label
    return {document: list(texts.items()) for document, texts in found.items()}


def choose(sets: Sequence[Cases]) -> Prefilter:
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
    """What the threshold does on each set, and on development what others would do."""
    lines = [
        f"Threshold {prefilter.threshold:.3f}, {split} split; passages of under {LEAST} sentences "
        "are always asked.",
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
    if split == "dev":
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
