"""Which statement supports or attacks which: near neighbours, judged by the pair classifier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from argmap.nlp import CLASSES, Encoder, PairClassifier, Progress
from argmap.records import Relation, RelationKind, Stance, Statement, Topic
from argmap.structure.members import Member, by_side, members_of
from argmap.structure.vectors import Vectors, nearest

#: Least probability of a relation that is kept. A wrong line between two speakers' words does
#: more harm than a missing one: with the shipped model, on 1,378 development pairs (Debatepedia
#: and US presidential debates), 0.7 keeps 40% of the related pairs and 83% of what it keeps is
#: right; 0.8 keeps 19% at 89%, and 0.6 keeps 58% at 76%.
THRESHOLD = 0.7

#: Neighbours asked about for each statement on its own side and as many on the other, so that
#: a side which talks mostly to itself still gets its answers looked at.
NEIGHBOURS = 3

#: Least cosine similarity of two statements that can be about the same thing.
SIMILARITY = 0.35

#: Most relations kept for one source on one topic.
PER_SOURCE = 3

_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = 4
# Encoding is this share of the work that the progress callback sees, in thousandths.
_ENCODING, _WHOLE = 300, 1000


def find_relations(
    statements: Sequence[Statement],
    stances: Sequence[Stance],
    topics: Sequence[Topic],
    *,
    encoder: Encoder,
    classifier: PairClassifier,
    progress: Progress | None = None,
) -> tuple[Relation, ...]:
    """Support within a side and attack between sides, where the classifier is confident.

    For each statement that takes a side its nearest neighbours are found, and the classifier
    is asked, in both directions, whether one statement is for or against the other as it would
    be asked about a motion. Only the relation that agrees with the two stances is considered:
    a "support" between opposite sides or an "attack" within one contradicts them. Of the two
    directions the more probable is kept. The number of pairs grows linearly.

    The order of ``statements`` and ``stances`` does not matter.

    Returns:
        Relations by topic in the order given, then by source and target id.

    Raises:
        ValueError: a stance names a statement that is not there.
    """
    members = {topic.id: members_of(statements, stances, topic) for topic in topics}
    texts = sorted({m.statement.text for group in members.values() for m in group})
    if not texts:
        return ()
    encoded = encoder.encode(texts, progress=_part(progress, 0, _ENCODING))
    row = {text: index for index, text in enumerate(texts)}
    candidates = [
        (topic.id, first, second)
        for topic in topics
        for first, second in _candidates(members[topic.id], encoded, row)
    ]
    if not candidates:
        return ()
    pairs = [
        (source.statement.text, target.statement.text)
        for _, first, second in candidates
        for source, target in ((first, second), (second, first))
    ]
    probabilities = classifier.predict_proba(pairs, progress=_part(progress, _ENCODING, _WHOLE))
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for index, (topic_id, first, second) in enumerate(candidates):
        kind: RelationKind = "support" if first.side == second.side else "attack"
        column = CLASSES.index("pro" if kind == "support" else "con")
        there = round(float(probabilities[2 * index, column]), _DIGITS)
        back = round(float(probabilities[2 * index + 1, column]), _DIGITS)
        source, target = (first, second) if there >= back else (second, first)
        if max(there, back) >= THRESHOLD:
            found[topic_id, source.statement.id].append(
                Relation(source.statement.id, target.statement.id, topic_id, kind, max(there, back))
            )
    kept = [
        relation
        for own in found.values()
        for relation in sorted(own, key=lambda r: (-r.probability, r.target))[:PER_SOURCE]
    ]
    order = {topic.id: index for index, topic in enumerate(topics)}
    return tuple(sorted(kept, key=lambda r: (order[r.topic], r.source, r.target)))


def _part(progress: Progress | None, start: int, end: int) -> Callable[[int, int], None] | None:
    """Show one stage's own count as its part of the whole."""
    if progress is None:
        return None

    def report(done: int, total: int) -> None:
        progress(start + (end - start) * done // max(total, 1), _WHOLE)

    return report


def _candidates(
    members: Sequence[Member], encoded: Vectors, row: dict[str, int]
) -> list[tuple[Member, Member]]:
    """Unordered pairs of near statements with different words, each once, sorted by id."""
    sides = {side: group for side, group in by_side(members).items() if group}
    vectors = {
        side: encoded[[row[m.statement.text] for m in group]] for side, group in sides.items()
    }
    found: dict[tuple[str, str], tuple[Member, Member]] = {}
    for side, group in sides.items():
        for other, targets in sides.items():
            near = nearest(
                vectors[side],
                vectors[other],
                count=NEIGHBOURS,
                least=SIMILARITY,
                skip_self=side == other,
            )
            for member, neighbours in zip(group, near, strict=True):
                for index, _ in neighbours:
                    target = targets[index]
                    if _plain(member.statement.text) != _plain(target.statement.text):
                        pair = sorted((member, target), key=lambda m: m.statement.id)
                        found[pair[0].statement.id, pair[1].statement.id] = (pair[0], pair[1])
    return [pair for _, pair in sorted(found.items())]


def _plain(text: str) -> str:
    """The words alone, so that a repeated quotation is not taken to support itself."""
    return _NOT_WORD.sub(" ", text).strip().casefold()
