"""``argmap eval relations``: the relation model beside stance signs and the majority.

Stance signs are what a map without a relation model would draw: where the set names a motion,
two statements that take one side on it support each other and two that take opposite sides
attack; where it does not, the stance towards the target, read as a motion, is the relation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.metrics import (
    Score,
    accuracy,
    bootstrap,
    confusion,
    expected_calibration_error,
    macro_f1,
)
from argmap.nlp import RELATIONS, Encoder, PairClassifier
from argmap.pipeline import StageProgress
from argmap.training.examples import Example, load, read_rows
from argmap.training.relation_mixture import (
    PARALLEL,
    PARTS,
    load_key_points,
    load_relations,
    parallel_arguments,
)

#: Sets whose training motions the relation model or the stance model it starts from has seen.
SEEN_SETS = (
    "arg30k", "debatewise", "iam_claims", "iam_sentences", "ibm_claims", "kpa", "perspectrum",
    "procon20", "valueeval", "vast",
)  # fmt: skip

#: A test motion is new where no training motion is as similar as this to it.
NEW_BELOW = 0.7

#: Probabilities at which the kept relations are counted.
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

# Made pairs scored, and rows of one set in the table of thresholds: none drowns the others.
_MADE, _ROWS = 1000, 400
_SUPPORT, _ATTACK, _NONE = range(3)


@dataclass(frozen=True, slots=True)
class RelationCase:
    """One test: its pairs, what the metric is called, and the classes it has.

    Attributes:
        motions: of each pair, where the set names them; ``None`` where the target is the claim.
    """

    title: str
    metric: str
    examples: tuple[Example, ...]
    motions: tuple[str, ...] | None = None

    @property
    def classes(self) -> int:
        """Two where every pair is related and the larger of support and attack decides."""
        return 2 if all(e.label != _NONE for e in self.examples) else len(RELATIONS)


@dataclass(frozen=True, slots=True)
class RelationResult:
    """Scores of one test: the model's, the stance signs' and the majority class's."""

    title: str
    metric: str
    model: Score
    signs: Score
    majority: Score
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What a threshold keeps of one kind over all tests, a like number of rows from each."""

    kind: str
    threshold: float
    kept: int
    precision: float
    recall: float


_METRICS: Mapping[str, Callable[[NDArray[np.int64]], float]] = {
    "accuracy": accuracy,
    "macro-F1": macro_f1,
}


def run_relations(
    data: Path,
    *,
    classifier: PairClassifier,
    stance_classifier: PairClassifier,
    encoder: Encoder,
    split: str = "test",
    progress: StageProgress | None = None,
) -> tuple[tuple[RelationResult, ...], tuple[Kept, ...]]:
    """Score one split of every relation set.

    Args:
        classifier: the relation model.
        stance_classifier: whose signs it is held against.
        encoder: tells which test motions are new.
        split: ``"test"`` or ``"dev"``.

    Raises:
        InputError: a set is missing.
    """
    results: list[RelationResult] = []
    every: list[tuple[NDArray[np.float32], NDArray[np.int64]]] = []
    scored: dict[tuple[str, str], NDArray[np.float32]] = {}
    for case in relation_cases(data, split, encoder=encoder):
        pairs = [(e.text, e.motion) for e in case.examples]
        new = [pair for pair in dict.fromkeys(pairs) if pair not in scored]
        report = None if progress is None else partial(progress, case.title)
        if new:
            scored.update(zip(new, classifier.predict_proba(new, progress=report), strict=True))
            every.append((np.stack([scored[p] for p in pairs]), _labels(case)))
        own = np.stack([scored[pair] for pair in pairs])
        signs = _signs(case, stance_classifier, report)
        results.append(_result(case, own, signs))
    return tuple(results), _kept(every)


def relation_cases(data: Path, split: str, *, encoder: Encoder) -> list[RelationCase]:
    """Every test of one split; those on new motions stand behind the one they are part of."""
    debatepedia = load_relations(data, "debatepedia", split)
    old = _seen(data, sorted({e.motion for e in debatepedia}), encoder)
    cases = [
        RelationCase(f"Debatepedia, {part}", "accuracy", tuple(load_relations(data, part, split)))
        for part in ("causal", "normative")
    ]
    new = tuple(e for e in debatepedia if e.motion not in old)
    cases.append(RelationCase("Debatepedia, motions that no model saw", "accuracy", new))
    presidential = tuple(load_relations(data, "presidential", split))
    cases.append(RelationCase("US presidential debates", "macro-F1", presidential))
    arguments = [e for name in PARALLEL for e in load(data, name, split)]
    drawn = parallel_arguments(arguments, _MADE, random.Random(0))
    cases.append(
        RelationCase(
            "Made pairs of parallel arguments, called none",
            "accuracy",
            tuple(example for example, _ in drawn),
            tuple(motion for _, motion in drawn),
        )
    )
    matched = tuple(load_key_points(data, split))
    cases.append(RelationCase("KPA 2021, argument and key point", "macro-F1", matched))
    clinical = tuple(load_relations(data, "clinical", split))
    cases.append(RelationCase("AbstRCT", "macro-F1", clinical))
    return [case for case in cases if case.examples]


def _seen(data: Path, motions: Sequence[str], encoder: Encoder) -> set[str]:
    """The motions that a training set has, in these words or in like ones."""
    trained = {e.motion for name in SEEN_SETS for e in load(data, name, "train")}
    # Before any row was left out: the stance model was trained on all of them.
    trained |= {
        row["target_text"]
        for row in read_rows(data, "relations")
        if row["split"] == "train" and row["source"] in PARTS["debatepedia"]
    }
    similar = encoder.encode(motions) @ encoder.encode(sorted(trained)).T
    return {m for m, row in zip(motions, similar, strict=True) if row.max() >= NEW_BELOW}


def _labels(case: RelationCase) -> NDArray[np.int64]:
    return np.array([example.label for example in case.examples], dtype=np.int64)


def _signs(
    case: RelationCase, stance: PairClassifier, progress: Callable[[int, int], None] | None
) -> NDArray[np.int64]:
    """What the signs of two stances, or of one towards the target, make of each pair."""
    if case.motions is None:
        pairs = [(e.text, e.motion) for e in case.examples]
        towards = stance.predict_proba(pairs, progress=progress)[:, : case.classes]
        return np.asarray(towards.argmax(axis=1), dtype=np.int64)
    both = list(zip(case.examples, case.motions, strict=True))
    first = stance.predict_proba([(e.text, m) for e, m in both], progress=progress).argmax(axis=1)
    second = stance.predict_proba([(e.motion, m) for e, m in both]).argmax(axis=1)
    sided = (first != _NONE) & (second != _NONE)
    return np.where(sided, np.where(first == second, _SUPPORT, _ATTACK), _NONE).astype(np.int64)


def _result(
    case: RelationCase, probabilities: NDArray[np.float32], signs: NDArray[np.int64]
) -> RelationResult:
    gold = _labels(case)
    width = len(RELATIONS)
    function = _METRICS[case.metric]
    predicted = probabilities[:, : case.classes].argmax(axis=1).astype(np.int64)
    most = np.full_like(gold, np.bincount(gold, minlength=width).argmax())
    model, sign, majority = (
        bootstrap(confusion(gold, labels, classes=width), function)
        for labels in (predicted, signs, most)
    )
    error = expected_calibration_error(probabilities, gold)
    return RelationResult(case.title, case.metric, model, sign, majority, error)


def _kept(
    every: Sequence[tuple[NDArray[np.float32], NDArray[np.int64]]],
) -> tuple[Kept, ...]:
    rng = np.random.default_rng(0)
    drawn = [
        (own[rows], gold[rows])
        for own, gold in every
        for rows in (rng.permutation(len(gold))[:_ROWS],)
    ]
    probabilities = np.concatenate([own for own, _ in drawn])
    gold = np.concatenate([labels for _, labels in drawn])
    found: list[Kept] = []
    for kind in (_SUPPORT, _ATTACK):
        for threshold in THRESHOLDS:
            kept = probabilities[:, kind] >= threshold
            right = int((gold[kept] == kind).sum())
            found.append(
                Kept(
                    RELATIONS[kind],
                    threshold,
                    int(kept.sum()),
                    right / max(1, int(kept.sum())),
                    right / max(1, int((gold == kind).sum())),
                )
            )
    return tuple(found)


def relation_tables(
    results: Sequence[RelationResult], kept: Sequence[Kept], *, data: str, split: str
) -> str:
    """Two Markdown tables: the scores with 95% intervals, and what each threshold keeps."""

    def cell(score: Score) -> str:
        return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"

    lines = [
        f"{split} split, data {data}; 95% intervals of 2,000 bootstrap resamples, seed 0",
        "",
        "| pairs | n | metric | model | stance signs alone | majority | ECE |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.title} | {r.model.n:,} | {r.metric} | {cell(r.model)} | {cell(r.signs)} "
        f"| {cell(r.majority)} | {r.calibration_error:.3f} |"
        for r in results
    ]
    lines += ["", "| kept from | kind | kept | right | found |", "|---|---|---|---|---|"]
    lines += [
        f"| {k.threshold:.1f} | {k.kind} | {k.kept} | {k.precision:.3f} | {k.recall:.3f} |"
        for k in kept
    ]
    return "\n".join(lines) + "\n"
