"""Every stance benchmark: public test splits, and the bundled debates end to end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.bundled import align_gold, bundled_debates, load_gold
from argmap.evaluation.metrics import (
    Score,
    accuracy,
    bootstrap,
    confusion,
    expected_calibration_error,
    macro_f1,
)
from argmap.nlp import CLASSES, Attributor, Encoder, PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.pipeline import StageProgress, map_debate
from argmap.training.examples import data_file, load


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A public test split and the metric it is reported by."""

    name: str
    title: str
    split: str
    three_way: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table; ``score`` is accuracy or macro-F1 as ``metric`` says.

    ``data`` is the start of the set's SHA-256, or "corpus".
    """

    title: str
    metric: str
    score: Score
    calibration_error: float | None
    worst: str
    data: str


BENCHMARKS = (
    Benchmark("arg30k", "Arg30k test", "test", False),
    Benchmark("kpa", "KPA 2021 test", "test", False),
    Benchmark("perspectrum", "Perspectrum test", "test", False),
    Benchmark("valueeval", "ValueEval'23 test", "test", False),
    Benchmark("ibm_claims", "IBM Claim Stance test", "test", False),
    Benchmark("procon20", "Procon20 test", "test", False),
    Benchmark("iam_claims", "IAM claims test", "test", False),
    Benchmark("vast", "VAST zero-shot test", "test-zeroshot", True),
    Benchmark("gwsd", "GWSD test (news sentences)", "test", True),
    Benchmark("iam_sentences", "IAM article sentences test", "test", True),
    Benchmark("relations", "Relations test (support, attack, none)", "test", True),
)


def run_benchmark(
    benchmark: Benchmark,
    data: Path,
    *,
    classifier: PairClassifier,
    progress: StageProgress | None = None,
) -> Result:
    """Score one test split.

    Two-way sets have no none class, so there the larger of pro and con decides.
    """
    examples = load(data, benchmark.name, benchmark.split)
    pairs = [(example.text, example.motion) for example in examples]
    probabilities = classifier.predict_proba(
        pairs,
        progress=None if progress is None else partial(progress, benchmark.title),
    )
    gold = np.array([example.label for example in examples], dtype=np.int64)
    topics = np.array([example.motion for example in examples])
    columns = len(CLASSES) if benchmark.three_way else 2
    predicted = probabilities[:, :columns].argmax(axis=1).astype(np.int64)
    metric, function = ("macro-F1", macro_f1) if benchmark.three_way else ("accuracy", accuracy)
    return Result(
        title=benchmark.title,
        metric=metric,
        score=bootstrap(confusion(gold, predicted, classes=columns), function),
        calibration_error=expected_calibration_error(probabilities, gold),
        worst=_worst(topics, gold, predicted, columns, function),
        data=file_sha256(data_file(data, benchmark.name))[:12],
    )


def run_corpus(
    *,
    classifier: PairClassifier,
    encoder: Encoder,
    attributor: Attributor | None = None,
    progress: StageProgress | None = None,
) -> tuple[Result, ...]:
    """Map the bundled debates and hold stance and speaker against their gold labels.

    Raises:
        ValueError: a gold sentence that the pipeline does not find.
    """
    rows: list[Result] = []
    every: list[NDArray[np.int64]] = []
    speakers: list[bool] = []
    for bundled in bundled_debates():
        debate = map_debate(
            bundled.documents,
            bundled.topics,
            title=bundled.title,
            classifier=classifier,
            encoder=encoder,
            attributor=attributor,
            threshold=0.0,
            progress=progress,
        )
        pairs, unmatched = align_gold(debate, load_gold(bundled.id))
        if unmatched:
            raise ValueError(f"{bundled.id}: gold sentence not found: {unmatched[0]!r}")
        names = {speaker.id: speaker.name for speaker in debate.speakers}
        label = {(s.statement, s.topic): s.label for s in debate.stances}
        gold = [CLASSES.index(g.stance[t.id]) for s, g in pairs for t in debate.topics]
        mine = [CLASSES.index(label[s.id, t.id]) for s, _ in pairs for t in debate.topics]
        speakers += [names.get(s.speaker or "") == g.speaker for s, g in pairs]
        counts = confusion(np.array(gold), np.array(mine), classes=len(CLASSES))
        every.append(counts)
        rows.append(_corpus_row(f"Corpus gold: {bundled.title}", "macro-F1", counts, macro_f1))
    total = np.sum(every, axis=0)
    right = np.array(speakers, dtype=np.int64)
    rows.append(_corpus_row("Corpus gold: all", "macro-F1", total, macro_f1))
    rows.append(_corpus_row("Corpus gold: all", "accuracy", total, accuracy))
    found = confusion(np.ones_like(right), right, classes=2)
    rows.append(_corpus_row("Corpus gold: speaker", "accuracy", found, accuracy))
    return tuple(rows)


def _corpus_row(
    title: str,
    metric: str,
    counts: NDArray[np.int64],
    function: Callable[[NDArray[np.int64]], float],
) -> Result:
    return Result(title, metric, bootstrap(counts, function), None, "", "corpus")


def _worst(
    topics: NDArray[np.str_],
    gold: NDArray[np.int64],
    predicted: NDArray[np.int64],
    classes: int,
    function: Callable[[NDArray[np.int64]], float],
) -> str:
    scores: list[tuple[float, str]] = []
    for topic in np.unique(topics):
        inside = topics == topic
        if inside.sum() >= 20:
            counts = confusion(gold[inside], predicted[inside], classes=classes)
            scores.append((function(counts), str(topic)))
    if not scores:
        return ""
    value, topic = min(scores)
    return f"{topic} ({value:.2f})"


def as_table(results: Sequence[Result]) -> str:
    """The results as a Markdown table, scores with their 95% intervals."""
    lines = [
        "| test | metric | score [95% interval] | n | ECE | worst topic (20 or more) | data |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in results:
        score = f"{row.score.value:.3f} [{row.score.low:.3f}, {row.score.high:.3f}]"
        error = "" if row.calibration_error is None else f"{row.calibration_error:.3f}"
        lines.append(
            f"| {row.title} | {row.metric} | {score} | {row.score.n} | {error} | {row.worst} "
            f"| {row.data} |"
        )
    return "\n".join(lines) + "\n"
