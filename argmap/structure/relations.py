"""Which statement supports or attacks which: a few candidates each, judged by a relation model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from argmap.nlp import Encoder, PairClassifier, Progress
from argmap.records import Document, Relation, RelationKind, Stance, Statement, Topic
from argmap.structure.headings import stands_alone
from argmap.structure.members import Member, bare_words, by_side, members_of
from argmap.structure.places import (
    Place,
    answered,
    by_stretch,
    leading_up,
    places_of,
    same_speaker,
)
from argmap.structure.undercuts import denies_bearing
from argmap.structure.vectors import Vectors, nearest

#: Least probability of a relation that is kept. On development pairs (a like number of each
#: kind of set, half of them unrelated) 0.7 keeps 43% of the supports, 66% of them rightly, and
#: 45% of the attacks, 72% of them rightly; 0.8 keeps 27% at 73% and 35% at 75%. Agreement with
#: the stances, which is asked besides, is not in these numbers.
THRESHOLD = 0.7

#: Least probability of an attack whose wording says that it is an undercut of what it answers.
UNDERCUT_THRESHOLD = 0.4

#: Neighbours asked about for each statement on its own side and as many on the other, so that
#: a side which talks mostly to itself still gets its answers looked at.
NEIGHBOURS = 2

#: Statements before one in the same turn or paragraph that are asked about as its premises.
LEADING = 2

#: Statements of the turn or paragraph before, the most similar, that one may answer.
ANSWERED = 2

#: Least cosine similarity of two statements, wherever they stand, that can be about one thing.
SIMILARITY = 0.5

#: Most relations kept for one source on one topic.
PER_SOURCE = 3

_DIGITS = 4
# Encoding is this share of the work that the progress callback sees, in thousandths.
_ENCODING, _WHOLE = 300, 1000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An ordered pair on one topic; ``answering`` where the source may answer the target."""

    topic: str
    source: Statement
    target: Statement
    kind: RelationKind
    answering: bool


def find_relations(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    stances: Sequence[Stance],
    topics: Sequence[Topic],
    *,
    encoder: Encoder,
    classifier: PairClassifier,
    progress: Progress | None = None,
) -> tuple[Relation, ...]:
    """Support within a side and attack between sides, where the relation model is confident.

    The model is asked about three kinds of pairs of statements that take a side: near neighbours
    in the encoder's space, wherever they stand; a statement and those just before it in its turn
    or paragraph; and a statement and what the turn or paragraph before says, which it may answer.
    So the number of pairs grows linearly. Only the relation that agrees with the two stances is
    considered: a "support" between opposite sides or an "attack" within one contradicts them.
    Support is asked in both directions and the more probable is kept. An attack goes from what
    is said later to what was said before, where that is known; nobody attacks their own words,
    unless they report another's.

    An attack on what it answers whose wording denies that it bears on the matter is an undercut
    (see ``undercuts``).

    The order of ``statements`` and ``stances`` does not matter.

    Args:
        classifier: a relation model, its columns as in ``RELATIONS``.

    Returns:
        Relations by topic in the order given, then by source and target id.

    Raises:
        ValueError: a stance names a statement that is not there.
    """
    members = {topic.id: members_of(statements, stances, topic) for topic in topics}
    texts = sorted({m.statement.text for group in members.values() for m in group})
    if not texts:
        return ()
    vectors = encoder.encode(texts, progress=_part(progress, 0, _ENCODING))
    row = {text: index for index, text in enumerate(texts)}
    places = places_of(documents, statements)
    dates = {document.id: document.date for document in documents}
    candidates = [
        candidate
        for topic in topics
        for candidate in _candidates(topic.id, members[topic.id], vectors, row, places, dates)
    ]
    if not candidates:
        return ()
    probabilities = classifier.predict_proba(
        [(c.source.text, c.target.text) for c in candidates],
        progress=_part(progress, _ENCODING, _WHOLE),
    )
    best: dict[tuple[str, ...], Relation] = {}
    for candidate, (support, attack, _) in zip(candidates, probabilities.tolist(), strict=True):
        relation = _judged(candidate, support, attack)
        if relation is not None:
            pair = (candidate.topic, *sorted((relation.source, relation.target)))
            if pair not in best or relation.probability > best[pair].probability:
                best[pair] = relation
    found: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for _, relation in sorted(best.items()):
        found[relation.topic, relation.source].append(relation)
    kept = [
        relation
        for own in found.values()
        for relation in sorted(own, key=lambda r: (-r.probability, r.target))[:PER_SOURCE]
    ]
    order = {topic.id: index for index, topic in enumerate(topics)}
    return tuple(sorted(kept, key=lambda r: (order[r.topic], r.source, r.target)))


def _judged(candidate: _Candidate, support: float, attack: float) -> Relation | None:
    probability = round(support if candidate.kind == "support" else attack, _DIGITS)
    undercut = (
        candidate.kind == "attack"
        and candidate.answering
        and attack > support
        and denies_bearing(candidate.source.text)
    )
    if probability < (UNDERCUT_THRESHOLD if undercut else THRESHOLD):
        return None
    return Relation(
        candidate.source.id,
        candidate.target.id,
        candidate.topic,
        candidate.kind,
        probability,
        undercut=undercut,
    )


def _part(progress: Progress | None, start: int, end: int) -> Callable[[int, int], None] | None:
    """Show one stage's own count as its part of the whole."""
    if progress is None:
        return None

    def report(done: int, total: int) -> None:
        progress(start + (end - start) * done // max(total, 1), _WHOLE)

    return report


def _candidates(
    topic: str,
    members: Sequence[Member],
    vectors: Vectors,
    row: Mapping[str, int],
    places: Mapping[str, Place],
    dates: Mapping[str, str | None],
) -> list[_Candidate]:
    """Ordered pairs of statements with different words, each once, sorted by id."""
    side = {m.statement.id: m.side for m in members}
    found: dict[tuple[str, str], _Candidate] = {}

    def add(source: Statement, target: Statement, *, answering: bool) -> None:
        kind: RelationKind = "support" if side[source.id] == side[target.id] else "attack"
        if bare_words(source.text) != bare_words(target.text):
            key = (source.id, target.id)
            answers = answering or (key in found and found[key].answering)
            found[key] = _Candidate(topic, source, target, kind, answers)

    for first, second in _neighbours(members, vectors, row):
        if side[first.id] == side[second.id]:
            add(first, second, answering=False)
            add(second, first, answering=False)
        elif not same_speaker(first, second):
            for source, target in _answers(first, second, dates):
                add(source, target, answering=False)
    stretches = by_stretch([m.statement for m in members], places)
    for stretch in stretches.values():
        for index, own in enumerate(stretch):
            for other in leading_up(stretch, index, places, most=LEADING):
                if side[own.id] == side[other.id]:
                    add(own, other, answering=False)
                    add(other, own, answering=False)
                elif not same_speaker(own, other) or denies_bearing(own.text):
                    add(own, other, answering=True)
            for other in _most_similar(own, answered(own, stretches, places), vectors, row):
                add(own, other, answering=True)
    return [candidate for _, candidate in sorted(found.items())]


def _neighbours(
    members: Sequence[Member], vectors: Vectors, row: Mapping[str, int]
) -> Iterator[tuple[Statement, Statement]]:
    """Near statements of each side, and of the two sides, as unordered pairs.

    Only statements that can be read by themselves: "This is important" is near to a hundred
    others and about none of what they are about.
    """
    readable = [m for m in members if stands_alone(m.statement.text)]
    sides = [group for group in by_side(readable).values() if group]
    own = [vectors[[row[m.statement.text] for m in group]] for group in sides]
    for sources, queries in zip(sides, own, strict=True):
        for targets, rows in zip(sides, own, strict=True):
            near = nearest(
                queries, rows, count=NEIGHBOURS, least=SIMILARITY, skip_self=sources is targets
            )
            for member, found in zip(sources, near, strict=True):
                for index, _ in found:
                    yield member.statement, targets[index].statement


def _answers(
    first: Statement, second: Statement, dates: Mapping[str, str | None]
) -> Iterator[tuple[Statement, Statement]]:
    """Which of two statements may answer the other, as (source, target)."""
    if first.document == second.document:
        moments: tuple[object, object] = (first.start, second.start)
        ordered = first.start > second.start
    else:
        moments = (dates.get(first.document), dates.get(second.document))
        ordered = str(moments[0]) > str(moments[1])
    if None in moments or moments[0] == moments[1]:
        yield first, second
        yield second, first
    else:
        yield (first, second) if ordered else (second, first)


def _most_similar(
    own: Statement, others: Sequence[Statement], vectors: Vectors, row: Mapping[str, int]
) -> list[Statement]:
    if not others:
        return []
    near = nearest(
        vectors[[row[own.text]]],
        vectors[[row[s.text] for s in others]],
        count=ANSWERED,
        least=-1.0,
    )
    return [others[index] for index, _ in near[0]]
