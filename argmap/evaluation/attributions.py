"""Attribution on PolNeAR: exact and overlap F1 of cue, source, content and the whole.

The two measures are those that the BBC's Citron is reported by. Exact: the same characters;
a source or content counts only where the cues overlap, a whole only where all three are equal.
Overlap: F1 over tokens, so that a content that misses its last word is nearly right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.metrics import Score
from argmap.nlp.protocol import AttributionSpans
from argmap.records import Span
from argmap.stance.resampling import resampled_totals

_TOKEN = re.compile(r"\w+|[^\w\s]")
PARTS = ("cue", "source", "content", "whole")

#: Characters of one role of one attribution, in order.
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One attribution with every role as spans."""

    cue: Spans
    source: Spans
    content: Spans

    @classmethod
    def of(cls, spans: AttributionSpans) -> Annotated:
        source = () if spans.source is None else (spans.source,)
        return cls((spans.cue,), source, spans.contents)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Annotated:
        """From an attribution as PolNeAR has it."""
        return cls(*(tuple(Span(*s) for s in row[role]) for role in ("cue", "source", "content")))

    def part(self, name: str) -> Spans:
        value: Spans = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class Counts:
    """Of each part (rows of ``PARTS``): right predictions, predictions, found gold, gold.

    ``exact`` counts attributions and ``overlap`` tokens; both have shape ``(4, 4)``.
    """

    exact: NDArray[np.int64]
    overlap: NDArray[np.int64]


def count(text: str, gold: Sequence[Annotated], predicted: Sequence[Annotated]) -> Counts:
    """The counts of one document."""
    exact = np.zeros((4, 4), dtype=np.int64)
    for row, part in enumerate(PARTS):
        right = [any(_same(part, mine, theirs) for theirs in gold) for mine in predicted]
        found = [any(_same(part, mine, theirs) for mine in predicted) for theirs in gold]
        exact[row] = sum(right), len(predicted), sum(found), len(gold)
    starts = np.array([match.start() for match in _TOKEN.finditer(text)], dtype=np.int64)
    overlap = np.zeros((4, 4), dtype=np.int64)
    for row, part in enumerate(PARTS[:3]):
        mine = [_tokens(starts, item.part(part)) for item in predicted]
        theirs = [_tokens(starts, item.part(part)) for item in gold]
        shared = sum(len(a & b) for a in mine for b in theirs)
        overlap[row] = shared, sum(map(len, mine)), shared, sum(map(len, theirs))
    overlap[3] = overlap[:3].sum(axis=0)
    return Counts(exact, overlap)


def _same(part: str, mine: Annotated, theirs: Annotated) -> bool:
    if part == "cue":
        return mine.cue == theirs.cue
    if part == "whole":
        return mine == theirs
    beside = any(a.overlaps(b) for a in mine.cue for b in theirs.cue)
    return beside and mine.part(part) == theirs.part(part)


def _tokens(starts: NDArray[np.int64], spans: Spans) -> set[int]:
    found: set[int] = set()
    for span in spans:
        first, last = np.searchsorted(starts, (span.start, span.end))
        found |= set(range(int(first), int(last)))
    return found


def f1(counts: NDArray[np.int64] | NDArray[np.float64] | Sequence[int]) -> float:
    """F1 of right predictions, predictions, found gold and gold."""
    right, predicted, found, gold = (float(number) for number in counts)
    precision, recall = right / max(predicted, 1), found / max(gold, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(documents: Sequence[Counts], *, seed: int = 0) -> dict[tuple[str, str], Score]:
    """F1 by measure (``"exact"``, ``"overlap"``) and part, intervals from resampled documents."""
    result: dict[tuple[str, str], Score] = {}
    for measure in ("exact", "overlap"):
        stacked = np.stack([getattr(d, measure) for d in documents])
        total = stacked.sum(axis=0)
        drawn = resampled_totals(stacked, seed=seed)
        for row, part in enumerate(PARTS):
            low, high = np.percentile([f1(counts) for counts in drawn[:, row]], [2.5, 97.5])
            size = (
                int(stacked[:, PARTS.index("cue"), 3].sum())
                if measure == "exact"
                else int(total[row, 3])
            )
            result[measure, part] = Score(f1(total[row]), float(low), float(high), size)
    return result
