"""Deterministic stand-ins for the models, for tests of everything above them.

They read words, not weights: a sentence that shares a content word with the motion takes a
side, con if it holds a negative word, pro otherwise; texts are near when they share words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from argmap.nlp.protocol import AttributionSpans, Progress
from argmap.records import Span

_WORD = re.compile(r"[^\W\d_]+")
# A cue that no rule knows, so that a test sees what the model alone contributes.
_ADAMANT = re.compile(
    r"(?P<source>[A-Z]\w+(?: [A-Z]\w+)*|[Tt]he \w+) (?P<cue>is adamant) (?P<content>that [^.!?]+)"
)
_NEGATIVE = frozenset(
    {"no", "not", "never", "against", "cannot", "oppose", "wrong", "harm", "cost", "risk"}
)
_COMMON = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is"}
    | {"it", "its", "of", "on", "or", "should", "that", "the", "their", "they", "this", "to"}
    | {"was", "we", "were", "will", "with", "would"}
)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


class FakeClassifier:
    """A ``PairClassifier`` without weights; ``calls`` counts the pairs it was asked."""

    model_id = "fake"
    revision = "0"

    def __init__(self) -> None:
        self.calls = 0

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        rows = np.empty((len(pairs), 3), dtype=np.float32)
        for index, (statement, motion) in enumerate(pairs):
            words = set(_words(statement))
            shared = {w[:5] for w in words - _COMMON} & {w[:5] for w in _words(motion)}
            if not shared:
                rows[index] = (0.05, 0.05, 0.90)
            elif words & _NEGATIVE:
                rows[index] = (0.06, 0.86, 0.08)
            else:
                rows[index] = (0.84, 0.07, 0.09)
            if progress is not None:
                progress(index + 1, len(pairs))
        self.calls += len(pairs)
        return rows


class FakeEncoder:
    """A ``PointEncoder`` that hashes words into a fixed number of dimensions; all are as good."""

    model_id = "fake-encoder"
    revision = "0"
    dimension = 64

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for index, text in enumerate(texts):
            for word in _words(text):
                if word not in _COMMON:
                    digest = hashlib.sha256(word.encode()).digest()
                    vectors[index, digest[0] % self.dimension] += 1.0 if digest[1] % 2 else -1.0
            norm = float(np.linalg.norm(vectors[index]))
            if norm == 0.0:
                vectors[index, 0] = norm = 1.0
            vectors[index] /= norm
            if progress is not None:
                progress(index + 1, len(texts))
        return vectors

    def quality(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.full(len(vectors), 0.5, dtype=np.float32)


class FakeAttributor:
    """An ``Attributor`` that knows one cue: "Ann Adeyemi is adamant that …"."""

    model_id = "fake-attributor"
    revision = "0"
    threshold = 0.5

    def find(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> list[tuple[AttributionSpans, ...]]:
        found = []
        for index, text in enumerate(texts):
            found.append(
                tuple(
                    AttributionSpans(
                        cue=Span(*match.span("cue")),
                        source=Span(*match.span("source")),
                        contents=(Span(*match.span("content")),),
                        confidence=0.8,
                    )
                    for match in _ADAMANT.finditer(text)
                )
            )
            if progress is not None:
                progress(index + 1, len(texts))
        return found
