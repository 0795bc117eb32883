"""Which passages are off a motion, told by their embedding, so that the pair model is not asked.

A passage is off a motion where none of its sentences is near the motion. One sentence alone tells
too little: a reason often names nothing of the motion, but the sentences about it do. How near is
near enough was measured by ``argmap eval prefilter`` so that nearly every statement for or against
is kept, and lies beside the stance model's weights; it rests on the encoder alone.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
#: A passage of fewer sentences is always put to the pair model: it may be a lone remark.
LEAST = 8


@dataclass(frozen=True, slots=True)
class Prefilter:
    """What ``argmap eval prefilter`` measured.

    Attributes:
        encoder: SHA-256 of the encoder's weights.
        threshold: cosine below which every sentence of a passage must be for it to be off.
        sided: share of the statements under it that are for or against all the same, where a
            document is put to as many motions of other debates as of its own.
        recall: share of the statements for or against that are kept, by set.
        data: SHA-256 of each set.
    """

    encoder: str
    threshold: float
    sided: float
    recall: tuple[tuple[str, float], ...]
    data: tuple[tuple[str, str], ...]


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

        A passage is near a motion as soon as one of its sentences is, so only so many are
        encoded as it takes to know; what comes out is the same as if all were.
        """
        blocks = [block for block in passages(statements) if len(block) >= LEAST]
        if not blocks or not topics:
            return frozenset()
        motions = self._encoder.encode([topic.motion for topic in topics])
        nearest = np.full((len(blocks), len(topics)), -1.0, dtype=np.float32)
        total, done = sum(map(len, blocks)), 0
        for step in range(max(map(len, blocks))):
            start, stop = 2**step - 1, 2 ** (step + 1) - 1
            open_ = [n for n, b in enumerate(blocks) if (nearest[n] < self.threshold).any()]
            chosen = [(n, s) for n in open_ for s in _spread(blocks[n])[start:stop]]
            if not chosen:
                break
            vectors = self._encoder.encode([statement.text for _, statement in chosen])
            np.maximum.at(nearest, [n for n, _ in chosen], vectors @ motions.T)
            done += len(chosen)
            if progress is not None:
                progress(min(done, total), total)
        if progress is not None:
            progress(total, total)
        return frozenset(
            (statement.id, topics[column].id)
            for row, column in np.argwhere(nearest < self.threshold)
            for statement in blocks[row]
        )


def passages(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The statements of each document in passages of at most ``PASSAGE``, in order."""
    documents: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        documents[statement.document].append(statement)
    for own in documents.values():
        own.sort(key=lambda statement: (statement.start, statement.end))
        yield from _cut(own)


def _cut(own: list[Statement]) -> Iterator[list[Statement]]:
    count = -(-len(own) // PASSAGE)
    bounds = [round(number * len(own) / count) for number in range(count + 1)]
    for start, stop in itertools.pairwise(bounds):
        yield own[start:stop]


def _spread(block: list[Statement]) -> list[Statement]:
    """The same, in an order whose beginning lies scattered over the whole."""
    order = sorted(range(len(block)), key=lambda index: (int(f"{index:08b}"[::-1], 2), index))
    return [block[index] for index in order]


def nearest_of(vectors: NDArray[np.float32], motions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The greatest cosine of a passage's sentences with each motion."""
    found: NDArray[np.float32] = (vectors @ motions.T).max(axis=0)
    return found


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
            threshold=float(raw["threshold"]),
            sided=float(raw["sided"]),
            recall=tuple((str(name), float(value)) for name, value in raw["recall"]),
            data=tuple((str(name), str(value)) for name, value in raw["data"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is not a measurement ({error}). {remedy}") from error
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
