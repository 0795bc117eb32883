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
from argmap.nlp import CLASSES, Attributor, PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.pipeline import StageProgress
from argmap.stance import classify, negate
from argmap.statements import extract
from argmap.training.examples import FILES, Example, data_file, load


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A test split and the metric it is reported by.

    ``negated``: its motions are propositions, so that negating one by rule turns every label
    round, and the model must follow.
    """

    name: str
    title: str
    split: str
    three_way: bool
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table; ``score`` is accuracy or macro-F1 as ``metric`` says.

    ``negated`` is the accuracy between pro and con when every motion is negated by rule.
    ``data`` is the start of the set's SHA-256, or "corpus".
    """

    title: str
    metric: str
    score: Score
    calibration_error: float | None
    worst: str
    data: str
    negated: Score | None = None


BENCHMARKS = (
    Benchmark("arg30k", "Arg30k test", "test", False, negated=True),
    Benchmark("kpa", "KPA 2021 test", "test", False, negated=True),
    Benchmark("perspectrum", "Perspectrum test", "test", False, negated=True),
    Benchmark("valueeval", "ValueEval'23 test", "test", False, negated=True),
    Benchmark("ibm_claims", "IBM Claim Stance test", "test", False, negated=True),
    Benchmark("procon20", "Procon20 test", "test", False),
    Benchmark("iam_claims", "IAM claims test", "test", False),
    Benchmark("vast", "VAST zero-shot test, as packed", "test-zeroshot", True),
    Benchmark("vast_sided", "VAST zero-shot test, pro and con rows", "test-zeroshot", False),
    Benchmark("vast_repaired", "VAST zero-shot test, none rows remade", "test-zeroshot", True),
    Benchmark("gwsd", "GWSD test (news sentences)", "test", True),
    Benchmark("iam_sentences", "IAM article sentences test", "test", True),
    Benchmark("chamber", "Hansard, labels of ours, held out", "test", True),
    Benchmark("articles", "US news, labels of ours, held out", "test", True),
    Benchmark("prose", "Written debates held out", "test", True, negated=True),
    Benchmark("motions", "Written statements held out", "test", True, negated=True),
)
#: Rows of a set that are asked again with the motion negated.
_NEGATED_ROWS = 1000


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
    return run_benchmark_on(
        benchmark,
        load(data, benchmark.name, benchmark.split),
        classifier=classifier,
        data=_digest(data, benchmark.name),
        progress=progress,
    )


def run_benchmark_on(
    benchmark: Benchmark,
    examples: Sequence[Example],
    *,
    classifier: PairClassifier,
    data: str,
    progress: StageProgress | None = None,
) -> Result:
    """Score ``examples`` as a test split; ``data`` says what they are."""
    pairs = [(example.text, example.motion) for example in examples]
    probabilities = classifier.predict_proba(
        pairs,
        contexts=[example.context for example in examples],
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
        data=data,
        negated=_negated(examples, classifier) if benchmark.negated else None,
    )


def _digest(data: Path, name: str) -> str:
    return file_sha256(data_file(data, name))[:12] if name in FILES else "corpus"


def _negated(examples: Sequence[Example], classifier: PairClassifier) -> Score | None:
    """Accuracy between the sides under negated motions, on a fixed sample of the sided rows."""
    asked = [
        (example, negation)
        for example in examples
        if CLASSES[example.label] != "none"
        and not (negation := negate(example.motion)).startswith("It is wrong that")
    ]
    if not asked:
        return None
    rows = np.random.default_rng(0).permutation(len(asked))[:_NEGATED_ROWS]
    chosen = [asked[row] for row in sorted(rows)]
    probabilities = classifier.predict_proba(
        [(example.text, negation) for example, negation in chosen],
        contexts=[example.context for example, _ in chosen],
    )
    gold = np.array([1 - example.label for example, _ in chosen], dtype=np.int64)
    predicted = probabilities[:, :2].argmax(axis=1).astype(np.int64)
    return bootstrap(confusion(gold, predicted, classes=2), accuracy)


def run_corpus(
    *,
    classifier: PairClassifier,
    attributor: Attributor | None = None,
    progress: StageProgress | None = None,
) -> tuple[Result, ...]:
    """Hold stance and speaker in the bundled debates against their gold labels.

    Raises:
        ValueError: a gold sentence that the pipeline does not find.
    """
    rows: list[Result] = []
    every: list[NDArray[np.int64]] = []
    speakers: list[bool] = []
    for bundled in bundled_debates():
        named, statements = extract(bundled.documents, attributor=attributor)
        stances = classify(
            statements,
            bundled.topics,
            classifier=classifier,
            threshold=0.0,
            progress=None if progress is None else partial(progress, bundled.title),
        )
        pairs, unmatched = align_gold(bundled.documents, statements, load_gold(bundled.id))
        if unmatched:
            raise ValueError(f"{bundled.id}: gold sentence not found: {unmatched[0]!r}")
        names = {speaker.id: speaker.name for speaker in named}
        label = {(s.statement, s.topic): s.label for s in stances}
        gold = [CLASSES.index(g.stance[t.id]) for s, g in pairs for t in bundled.topics]
        mine = [CLASSES.index(label[s.id, t.id]) for s, _ in pairs for t in bundled.topics]
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
        "| test | metric | score [95% interval] | n | negated motion | ECE "
        "| worst topic (20 or more) | data |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in results:
        score, negated = _shown(row.score), "" if row.negated is None else _shown(row.negated)
        error = "" if row.calibration_error is None else f"{row.calibration_error:.3f}"
        lines.append(
            f"| {row.title} | {row.metric} | {score} | {row.score.n} | {negated} | {error} "
            f"| {row.worst} | {row.data} |"
        )
    return "\n".join(lines) + "\n"


def _shown(score: Score) -> str:
    return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"
