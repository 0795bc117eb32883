"""``argmap eval attribution``: rules, model and both on PolNeAR, by words and by sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.attributions import PARTS, Annotated, count, scores
from argmap.evaluation.metrics import Score
from argmap.evaluation.spans import combined_spans, rule_spans
from argmap.nlp.backbone import file_sha256
from argmap.nlp.protocol import AttributionSpans, Attributor
from argmap.pipeline import StageProgress
from argmap.records import Span
from argmap.stance.resampling import resampled_totals
from argmap.statements.attributions import OWN_VOICE, Claim, ReadSentence
from argmap.statements.evidence import covering
from argmap.statements.phrases import Mention
from argmap.statements.quotes import Quote
from argmap.statements.stretches import attribution_claims, read_stretch
from argmap.training.attribution import annotated_spans
from argmap.training.examples import data_file, read_rows

WAYS = ("rules", "model", "both")


@dataclass(frozen=True, slots=True)
class AttributionResult:
    """The scores of one way of attributing.

    Attributes:
        way: ``"rules"``, ``"model"`` or ``"both"``.
        words: F1 by measure and part; see ``argmap.evaluation.attributions``.
        sentences: precision and recall of "somebody says this" and of "this source says it",
            over sentences.
    """

    way: str
    words: dict[tuple[str, str], Score]
    sentences: dict[str, Score]


@dataclass(frozen=True, slots=True)
class _Article:
    text: str
    gold: tuple[AttributionSpans, ...]
    annotated: tuple[Annotated, ...]
    threshold: float
    sentences: tuple[ReadSentence, ...]
    quotes: tuple[Quote, ...]
    found: tuple[AttributionSpans, ...]


def run_attribution(
    data: Path,
    *,
    attributor: Attributor,
    split: str = "test",
    progress: StageProgress | None = None,
) -> tuple[tuple[AttributionResult, ...], str]:
    """Score all three ways on one split of PolNeAR.

    Returns:
        One result a way, and the start of the data file's SHA-256.
    """
    rows = [row for row in read_rows(data, "polnear") if row["split"] == split]
    found = attributor.find(
        [str(row["text"]) for row in rows],
        progress=None if progress is None else partial(progress, "Reading who says what"),
    )
    articles = [
        _article(row, spans, attributor.threshold) for row, spans in zip(rows, found, strict=True)
    ]
    results = tuple(
        AttributionResult(
            way,
            scores(
                [
                    count(a.text, a.annotated, [Annotated.of(s) for s in _spans(a, way)])
                    for a in articles
                ]
            ),
            _sentence_scores([_sentence_counts(a, _claims(a, way)) for a in articles]),
        )
        for way in WAYS
    )
    return results, file_sha256(data_file(data, "polnear"))[:12]


def _article(
    row: dict[str, Any], found: tuple[AttributionSpans, ...], threshold: float
) -> _Article:
    text = str(row["text"])
    sentences, quotes = read_stretch(text, Span(0, len(text)))
    annotated = tuple(Annotated.from_row(item) for item in row["attributions"])
    gold = tuple(annotated_spans(item) for item in row["attributions"] if item["cue"])
    return _Article(text, gold, annotated, threshold, sentences, quotes, found)


def _spans(article: _Article, way: str) -> Sequence[AttributionSpans]:
    if way == "rules":
        return rule_spans(article.text, article.sentences, article.quotes)
    sure = [spans for spans in article.found if spans.confidence >= article.threshold]
    if way == "model":
        return sure
    return combined_spans(article.text, article.sentences, article.quotes, sure)


def _claims(article: _Article, way: str) -> Sequence[Claim]:
    found = None if way == "rules" else article.found
    return attribution_claims(
        article.sentences,
        article.quotes,
        found=found,
        threshold=article.threshold,
        rules=way != "model",
    )


#: Counts of one article's sentences: attributed by us, by the annotators, by both; with a source
#: by us, by the annotators, the same one.
_COLUMNS = 6


def _sentence_counts(article: _Article, claims: Sequence[Claim]) -> NDArray[np.int64]:
    counts = np.zeros(_COLUMNS, dtype=np.int64)
    gold = covering(article.sentences, article.gold)
    for theirs, claim in zip(gold, claims, strict=True):
        if theirs is not None and _writer(article.text, theirs):
            continue  # "we think" in an editorial is the writer's own voice to us
        mine = claim.method != "none"
        source = _place(article.sentences, claim.source, claim.origin)
        same = (
            theirs is not None
            and theirs.source is not None
            and source is not None
            and source.overlaps(theirs.source)
        )
        counts += (
            mine,
            theirs is not None,
            mine and theirs is not None,
            source is not None,
            theirs is not None and theirs.source is not None,
            same,
        )
    return counts


def _writer(text: str, spans: AttributionSpans) -> bool:
    source = spans.source
    return source is not None and text[source.start : source.end].lower() in OWN_VOICE


def _place(sentences: Sequence[ReadSentence], source: Mention | None, origin: int) -> Span | None:
    return None if source is None else source.span.shifted(sentences[origin].span.start)


def _sentence_scores(documents: Sequence[NDArray[np.int64]], *, seed: int = 0) -> dict[str, Score]:
    stacked = np.stack(documents)
    resampled = resampled_totals(stacked, seed=seed)
    total = stacked.sum(axis=0)
    shares: dict[str, tuple[int, int]] = {
        "attributed, precision": (2, 0),
        "attributed, recall": (2, 1),
        "source, precision": (5, 3),
        "source, recall": (5, 4),
    }
    result: dict[str, Score] = {}
    for name, (part, whole) in shares.items():
        values = resampled[:, part] / np.maximum(resampled[:, whole], 1)
        low, high = np.percentile(values, [2.5, 97.5])
        value = float(total[part] / max(total[whole], 1))
        result[name] = Score(value, float(low), float(high), int(total[whole]))
    return result


def as_tables(results: Sequence[AttributionResult], *, data: str, articles: str) -> str:
    """The results as two Markdown tables."""
    cell: Callable[[Score], str] = lambda s: f"{s.value:.3f} [{s.low:.3f}, {s.high:.3f}]"  # noqa: E731
    lines = [
        f"PolNeAR {articles}, data {data}; F1 [95% interval, resampled articles]",
        "",
        "| way | measure | " + " | ".join(PARTS) + " |",
        "|---|---|" + "---|" * len(PARTS),
    ]
    for result in results:
        for measure in ("exact", "overlap"):
            cells = " | ".join(cell(result.words[measure, part]) for part in PARTS)
            lines.append(f"| {result.way} | {measure} | {cells} |")
    names = list(results[0].sentences)
    lines += ["", "| way | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for result in results:
        cells = " | ".join(
            f"{cell(result.sentences[name])} of {result.sentences[name].n}" for name in names
        )
        lines.append(f"| {result.way} | {cells} |")
    return "\n".join(lines) + "\n"
