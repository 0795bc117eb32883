"""Which passages are off a motion, told by their embedding, so that the pair model is not asked.

One sentence alone tells too little: a reason often names nothing of the motion, but what stands
around it does. So a passage is told as a whole, with the passages around it, by a straight line
through seven numbers of its sentences' cosines with the motion. The line was fitted, and where it
parts was measured, by ``argmap eval prefilter`` so that nearly every statement for or against is
kept; both lie beside the stance model's weights and rest on the encoder alone.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from argmap.errors import ModelError
from argmap.nlp import Encoder, Progress
from argmap.nlp.backbone import BACKBONE_SHA256
from argmap.resources import models_dir

if TYPE_CHECKING:
    from argmap.records import Statement, Topic

FILE_NAME = "prefilter.json"
#: Most sentences of a passage; a document is cut into passages of nearly the same length.
PASSAGE = 24
#: A document of fewer sentences is always put to the pair model: it may be a lone remark.
LEAST = 8
#: So many passages before and after one are what stands around it.
_REACH = 3
#: What is known of a passage and a motion: of its sentences' cosines the greatest, the mean of the
#: three greatest, the mean and the median; the cosine of its mean vector; and of all that stands
#: around it, itself too, the cosine of the mean vector and the mean of the three greatest.
FEATURES = ("greatest", "three", "mean", "median", "centroid", "around", "three around")

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prefilter:
    """What ``argmap eval prefilter`` measured.

    Attributes:
        encoder: SHA-256 of the encoder's weights.
        weights, bias: of the ``FEATURES``.
        threshold: score below which a passage is off.
        sided: share of the statements under it that are for or against all the same, where a
            document is put to as many motions of other debates as of its own.
        recall: share of the statements for or against that are kept, by set.
        data: SHA-256 of each set.
    """

    encoder: str
    weights: tuple[float, ...]
    bias: float
    threshold: float
    sided: float
    recall: tuple[tuple[str, float], ...]
    data: tuple[tuple[str, str], ...]


def scores(known: Rows, weights: Sequence[float], bias: float) -> Rows:
    """One for each passage and motion; to six digits, so that no rounding decides.

    Args:
        known: their ``FEATURES``, which are the last axis.
        weights, bias: of the line through them.
    """
    found: Rows = np.round(known @ np.array(weights) + bias, 6)
    return found


class Relevance:
    """Tells which statements are off which topics.

    Args:
        encoder: the plain sentence encoder that the threshold was measured with.
    """

    def __init__(self, encoder: Encoder, prefilter: Prefilter) -> None:
        self._encoder = encoder
        self._prefilter = prefilter

    @property
    def name(self) -> str:
        """What a run writes down of it."""
        return f"{self._encoder.model_id}@{self._encoder.revision}"

    @property
    def threshold(self) -> float:
        return self._prefilter.threshold

    def _scores(self, known: Rows) -> Rows:
        return scores(known, self._prefilter.weights, self._prefilter.bias)

    @property
    def sided(self) -> float:
        """Share of the statements off a motion that are for or against all the same."""
        return self._prefilter.sided

    def off(
        self,
        statements: Sequence[Statement],
        topics: Sequence[Topic],
        *,
        progress: Progress | None = None,
    ) -> frozenset[tuple[str, str]]:
        """Ids of the statements and topics that are off each other.

        Every statement is encoded once, however many topics there are.
        """
        if not topics:
            return frozenset()
        documents = [own for own in in_order(statements) if len(own) >= LEAST]
        texts = [statement.text for own in documents for statement in own]
        vectors = self._encoder.encode(texts, progress=progress)
        motions = self._encoder.encode([topic.motion for topic in topics])
        found: set[tuple[str, str]] = set()
        start = 0
        for own in documents:
            bounds = passages(len(own))
            known = features(vectors[start : start + len(own)], bounds, motions)
            start += len(own)
            for row, column in np.argwhere(self._scores(known) < self.threshold):
                first, last = bounds[row]
                found.update((s.id, topics[column].id) for s in own[first:last])
        return frozenset(found)


def in_order(statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of each document as they stand in it."""
    documents: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        documents[statement.document].append(statement)
    return [sorted(own, key=lambda s: (s.start, s.end)) for own in documents.values()]


def passages(count: int) -> list[tuple[int, int]]:
    """Half-open ranges of nearly the same length that part ``count`` sentences."""
    parts = -(-count // PASSAGE)
    ends = [round(number * count / parts) for number in range(parts + 1)] if parts else []
    return list(itertools.pairwise(ends))


def features(
    vectors: NDArray[np.float32],
    bounds: Sequence[tuple[int, int]],
    motions: NDArray[np.float32],
) -> Rows:
    """The ``FEATURES`` of every passage of a document and every motion.

    Args:
        vectors: unit vectors of the document's sentences in order, shape ``(n, d)``.
        bounds: its passages.
        motions: unit vectors, shape ``(m, d)``.

    Returns:
        Shape ``(len(bounds), m, 7)``.
    """
    own = vectors.astype(np.float64)
    asked = motions.astype(np.float64)
    cosines = own @ asked.T
    found = np.empty((len(bounds), len(asked), len(FEATURES)))
    for row, (start, stop) in enumerate(bounds):
        first = bounds[max(0, row - _REACH)][0]
        last = bounds[min(len(bounds) - 1, row + _REACH)][1]
        here = np.sort(cosines[start:stop], axis=0)[::-1]
        around = np.sort(cosines[first:last], axis=0)[::-1]
        found[row] = np.column_stack(
            [
                here[0],
                here[:3].mean(axis=0),
                here.mean(axis=0),
                here[len(here) // 2],
                asked @ _centre(own[start:stop]),
                asked @ _centre(own[first:last]),
                around[:3].mean(axis=0),
            ]
        )
    return found


def _centre(vectors: Rows) -> Rows:
    mean: Rows = vectors.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-12)


def prefilter_file() -> Path:
    """Where the measurement lies. It need not be there."""
    return models_dir() / "stance" / FILE_NAME


def dumps(prefilter: Prefilter) -> str:
    """The measurement as JSON, the same bytes for the same numbers."""
    return json.dumps(asdict(prefilter), indent=1, sort_keys=True) + "\n"


def read_prefilter() -> Prefilter | None:
    """What was measured; ``None`` where nothing was.

    Raises:
        ModelError: the file is broken, or was measured with another encoder.
    """
    path = prefilter_file()
    if not path.is_file():
        return None
    remedy = "Measure again with “argmap eval prefilter --data FOLDER --write”."
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = Prefilter(
            encoder=str(raw["encoder"]),
            weights=tuple(float(weight) for weight in raw["weights"]),
            bias=float(raw["bias"]),
            threshold=float(raw["threshold"]),
            sided=float(raw["sided"]),
            recall=tuple((str(name), float(value)) for name, value in raw["recall"]),
            data=tuple((str(name), str(value)) for name, value in raw["data"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ModelError(f"{path} is not a measurement ({error}). {remedy}") from error
    if len(found.weights) != len(FEATURES):
        raise ModelError(f"{path} is of another version. {remedy}")
    if found.encoder != BACKBONE_SHA256:
        raise ModelError(f"{path} was measured with another encoder. {remedy}")
    return found


def load_relevance() -> Relevance | None:
    """The measured filter with its encoder; ``None`` where nothing was measured.

    Raises:
        ModelError: the measurement or the encoder is broken.
    """
    prefilter = read_prefilter()
    if prefilter is None:
        return None
    from argmap import nlp

    return Relevance(nlp.load_encoder(precision="auto"), prefilter)
