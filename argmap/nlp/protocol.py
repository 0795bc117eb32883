"""The seam between the models and everything above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from argmap.records import Span

#: Columns of every probability array, in this order.
CLASSES = ("pro", "con", "none")

#: What the same columns mean of a relation model, which reads (source, target).
RELATIONS = ("support", "attack", "none")

#: Called as ``progress(done, total)``; may raise to stop the work.
Progress = Callable[[int, int], None]


class PairClassifier(Protocol):
    """Scores (statement, motion) pairs, given the words before the statement if it reads them.

    One that can compute with numbers of fewer bits has a ``precision`` too, see
    :func:`precision_of`.
    """

    @property
    def model_id(self) -> str:
        """Registry id of the model."""

    @property
    def revision(self) -> str:
        """What pins the weights: a hash or a revision."""

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        """Probabilities of shape ``(len(pairs), 3)`` in the order of ``CLASSES``; rows sum to 1.

        Args:
            contexts: the words before each statement, or ``""``; a model that does not read
                them passes them over.
        """


def precision_of(classifier: PairClassifier) -> str | None:
    """What a classifier computes with; ``None`` of one that computes with no floats."""
    found = getattr(classifier, "precision", None)
    return found if isinstance(found, str) else None


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def model_id(self) -> str:
        """Registry id of the model."""

    @property
    def revision(self) -> str:
        """What pins the weights."""

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of shape ``(len(texts), dimension)``."""


class PointEncoder(Encoder, Protocol):
    """An encoder whose vectors are near where two texts make the same point."""

    def quality(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How good an argument each text is, 0 to 1, from the rows that ``encode`` gave."""


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    """One attribution as words of a text: who (source) says (cue) what (content).

    Attributes:
        source: ``None`` where the text tells nobody.
        contents: in order; more than one where the cue stands between ("…," he said, "…").
        confidence: probability of the cue, 0 to 1.
    """

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]
    confidence: float

    def shifted(self, by: int) -> AttributionSpans:
        """The same words in a text that begins ``by`` characters earlier."""
        return replace(
            self,
            cue=self.cue.shifted(by),
            source=None if self.source is None else self.source.shifted(by),
            contents=tuple(content.shifted(by) for content in self.contents),
        )


class Attributor(Protocol):
    """Finds attributions in running text."""

    @property
    def model_id(self) -> str:
        """Registry id of the model."""

    @property
    def revision(self) -> str:
        """What pins the weights."""

    @property
    def threshold(self) -> float:
        """Confidence from which spans stand by themselves; weaker ones only bear a rule out."""

    def find(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> list[tuple[AttributionSpans, ...]]:
        """The attributions of each text, in order of their cues; spans are its characters."""
