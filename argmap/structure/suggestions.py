"""Motions that the sources themselves put up: the proposals of their text, ranked, each once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmap.errors import MotionError
from argmap.nlp import Encoder
from argmap.records import Document, Span
from argmap.stance import make_topic
from argmap.statements import Form, Proposal, find_proposals

#: Most suggestions that are given.
MOST = 6

# How plainly each wording puts something to the vote. Set by reading what came of documents of
# corpus/training, which no bundled debate is among.
_WEIGHTS: Mapping[Form, float] = {
    "house": 3.0,
    "headline": 2.2,
    "question": 2.2,
    "bill": 2.0,
    "urge": 2.0,
    "call": 1.8,
    "plan": 1.6,
    "should": 1.5,
    "measure": 1.2,
}
# Two proposals this near are one motion, or one and its opposite.
_ALIKE = 0.72
# A motion that has no more than this to do with titles and leads is an aside.
_ASIDE = 0.15
# So many are embedded; more add seconds and, ranked as they are, nothing.
_CONSIDERED = 160
_LEAD = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A motion read off the sources.

    Attributes:
        motion: a full proposition.
        document: id of the document that it was read off.
        span: the sentence, in characters of that document; ``None`` for the document's title.
        source: the words of that sentence or title.
        times: how many sentences of the sources put up the same, this one included.
    """

    motion: str
    document: str
    span: Span | None
    source: str
    times: int


def suggest_motions(
    documents: Sequence[Document], *, encoder: Encoder, most: int = MOST
) -> tuple[Suggestion, ...]:
    """The likeliest motions of ``documents``, best first, at most ``most``; there may be none.

    A proposal counts for the plainness of its wording, for standing in a title or early, for
    being near to what titles and leads are about, and for being put up again elsewhere.
    """
    proposals = sorted(
        (one for one in find_proposals(documents) if _is_motion(one.motion)),
        key=lambda one: -_plainness(one),
    )[:_CONSIDERED]
    if not proposals:
        return ()
    about = [f"{document.title}. {document.text[:_LEAD]}" for document in documents]
    vectors = encoder.encode([*(one.motion for one in proposals), *about])
    own, subjects = vectors[: len(proposals)], vectors[len(proposals) :]
    nearness = _nearness(proposals, documents, own, subjects)
    scores = [
        _plainness(one) * (0.4 + near) if near > _ASIDE else 0.0
        for one, near in zip(proposals, nearness, strict=True)
    ]
    found: list[tuple[float, int, Suggestion]] = []
    texts = {document.id: document for document in documents}
    for group in _groups(scores, own):
        best = group[0]
        places = {(proposals[i].document, proposals[i].span) for i in group}
        score = scores[best] * (1.0 + 0.5 * math.log(len(places)))
        chosen = proposals[best]
        document = texts[chosen.document]
        source = (
            document.title
            if chosen.span is None
            else document.text[chosen.span.start : chosen.span.end]
        )
        found.append(
            (-score, best, Suggestion(chosen.motion, document.id, chosen.span, source, len(places)))
        )
    return tuple(suggestion for _, _, suggestion in sorted(found, key=lambda one: one[:2])[:most])


def _is_motion(text: str) -> bool:
    try:
        make_topic(text)
    except MotionError:
        return False
    return True


def _plainness(proposal: Proposal) -> float:
    lead = (1.0 - proposal.place) ** 2
    return _WEIGHTS[proposal.form] * (1.0 + 0.5 * lead + (0.3 if proposal.span is None else 0.0))


def _nearness(
    proposals: Sequence[Proposal],
    documents: Sequence[Document],
    own: NDArray[np.float32],
    subjects: NDArray[np.float32],
) -> list[float]:
    """How near each proposal is to what its document, and what all of them, are about."""
    places = {document.id: index for index, document in enumerate(documents)}
    common = subjects.mean(axis=0)
    return [
        float(vector @ (0.5 * subjects[places[one.document]] + 0.5 * common))
        for one, vector in zip(proposals, own, strict=True)
    ]


def _groups(scores: Sequence[float], vectors: NDArray[np.float32]) -> list[list[int]]:
    """Proposals that say the same, the best of each group first; what scores nothing is left."""
    order = sorted(
        (i for i, score in enumerate(scores) if score > 0), key=lambda i: (-scores[i], i)
    )
    groups: list[list[int]] = []
    for index in order:
        home = next((g for g in groups if float(vectors[g[0]] @ vectors[index]) >= _ALIKE), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return groups
