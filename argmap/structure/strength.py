"""What stands after the attacks: the strength of each statement and key point of a motion."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.records import Debate, KeyPoint, Relation, Side, Topic
from argmap.structure.members import Member, bare_words, members_of, still_in, topic_of
from argmap.structure.semantics import Edge, Effect, Semantics, settle

DEFAULT: Semantics = "df-quad"

#: One sentence says little by itself: its confidence is drawn to the middle by so many sentences
#: of 0.5. The weight is a choice, not a measurement.
PRIOR = 1.0

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One statement before and after the others.

    Attributes:
        confidence: the model's probability of its side, 0 to 1.
        evidence: how many different sentences make its point, itself included.
        before, after: base score and strength, 0 to 1.
        passes: the share of its strength that it still passes on after undercuts, 0 to 1.
        attackers: ids of what attacks or undercuts it, the heaviest first.
        supporters: ids of what supports it, the heaviest first.
        weight: what its attackers bring against it together, their strengths times the
            probabilities of the attacks.
    """

    statement: str
    side: Side
    confidence: float
    evidence: int
    before: float
    after: float
    passes: float
    attackers: tuple[str, ...]
    supporters: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class PointStanding:
    """One key point before and after: means over its statements.

    Attributes:
        statements: those of it that still take its side, its sub-points' included.
        parent: id of the point that it is a sub-point of.
        attackers: as for a statement, of all its statements.
    """

    point: str
    side: Side
    text: str
    statements: tuple[str, ...]
    evidence: int
    before: float
    after: float
    attackers: tuple[str, ...]
    weight: float
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """A motion's statements and key points, the strongest after the attacks first.

    Attributes:
        relations: those between statements that take a side, the ones that were weighed.
        rests: the graph came to rest; if not, strengths in it are means over a while.
    """

    topic: str
    semantics: Semantics
    statements: tuple[Standing, ...]
    points: tuple[PointStanding, ...]
    relations: tuple[Relation, ...]
    rests: bool

    def side(self, side: Side) -> tuple[int, float, float]:
        """Number of statements of a side with their mean base score and strength.

        ``(0, 0.0, 0.0)`` where nobody takes it.
        """
        own = [item for item in self.statements if item.side == side]
        if not own:
            return 0, 0.0, 0.0
        before = math.fsum(item.before for item in own) / len(own)
        after = math.fsum(item.after for item in own) / len(own)
        return len(own), round(before, _DIGITS), round(after, _DIGITS)

    @property
    def loose(self) -> tuple[Standing, ...]:
        """The statements that belong to no key point."""
        held = {own for point in self.points for own in point.statements}
        return tuple(item for item in self.statements if item.statement not in held)


def weigh(debate: Debate, topic_id: str, *, semantics: Semantics = DEFAULT) -> Strength:
    """Weigh what the statements on one motion do to each other.

    The arguments are the statements labelled pro or con, the edges the relations between them,
    each with its probability as its weight. A base score is (n c + ½) / (n + 1), where c is the
    model's confidence in the statement's side and n the number of different sentences that
    make its point: a sure label says little until others say the same. ``semantics`` has the
    definitions, what an undercut does, and what is done with cycles.

    A key point is as strong as its statements on average. The order of the debate's records
    does not matter.

    Raises:
        ValueError: the debate has no such topic.
    """
    topic = topic_of(debate, topic_id)
    members = {m.statement.id: m for m in members_of(debate.statements, debate.stances, topic)}
    points = _live_points(debate.key_points, topic, members)
    points = [_with_sub_points(point, points) for point in points]
    evidence = _evidence(points, members)
    relations = _relations(debate.relations, topic, members)
    place = {own: index for index, own in enumerate(members)}
    base = [base_score(members[own].confidence, evidence.get(own, 1)) for own in members]
    settled = settle(
        base,
        [Edge(place[r.source], place[r.target], r.shown, r.probability) for r in relations],
        semantics=semantics,
    )
    strengths = [float(value) for value in settled.strengths]
    passes = [float(value) for value in settled.bearings]
    brought: dict[str, dict[str, float]] = defaultdict(dict)
    helped: dict[str, dict[str, float]] = defaultdict(dict)
    for relation in relations:
        source = place[relation.source]
        force = relation.probability * strengths[source] * passes[source]
        into = helped if relation.kind == "support" else brought
        before = into[relation.target].get(relation.source, 0.0)
        into[relation.target][relation.source] = max(before, force)
    statements = tuple(
        Standing(
            statement=own,
            side=member.side,
            confidence=member.confidence,
            evidence=evidence.get(own, 1),
            before=round(base[place[own]], _DIGITS),
            after=round(strengths[place[own]], _DIGITS),
            passes=round(passes[place[own]], _DIGITS),
            attackers=_heaviest(brought[own]),
            supporters=_heaviest(helped[own]),
            weight=_total(brought[own]),
        )
        for own, member in members.items()
    )
    by_id = {item.statement: item for item in statements}
    stood = [_point(point, by_id, brought, evidence) for point in points]
    return Strength(
        topic=topic_id,
        semantics=semantics,
        statements=tuple(sorted(statements, key=lambda i: (-i.after, -i.before, i.statement))),
        points=tuple(sorted(stood, key=lambda i: (-i.after, -len(i.statements), i.point))),
        relations=tuple(relations),
        rests=settled.rests,
    )


def base_score(confidence: float, evidence: int) -> float:
    """Strength before anything is said against it: ``(n c + ½) / (n + 1)`` for ``PRIOR`` 1."""
    return (evidence * confidence + PRIOR * 0.5) / (evidence + PRIOR)


def _live_points(
    points: Sequence[KeyPoint], topic: Topic, members: Mapping[str, Member]
) -> list[KeyPoint]:
    """The topic's points with the statements that still take their side, each in one point."""
    seen: set[str] = set()
    live: list[KeyPoint] = []
    for point in points:
        if point.topic != topic.id:
            continue
        kept = still_in(point, members, seen)
        if kept:
            seen.update(kept)
            text = point.text if kept[0] == point.statements[0] else members[kept[0]].statement.text
            live.append(replace(point, text=text, statements=kept))
    return live


def _with_sub_points(point: KeyPoint, points: Sequence[KeyPoint]) -> KeyPoint:
    """The point with its sub-points' statements after its own; they make its point as well."""
    below = [own for sub in points if sub.parent == point.id for own in sub.statements]
    return replace(point, statements=(*point.statements, *below)) if below else point


def _evidence(points: Sequence[KeyPoint], members: Mapping[str, Member]) -> dict[str, int]:
    """How many different sentences make the point that a statement makes."""
    found: dict[str, int] = {}
    # A sub-point's statements count with it and not with the larger point over it.
    for point in sorted(points, key=lambda point: point.parent is not None):
        number = len({bare_words(members[own].statement.text) for own in point.statements})
        found.update(dict.fromkeys(point.statements, number))
    return found


def _relations(
    relations: Sequence[Relation], topic: Topic, members: Mapping[str, Member]
) -> list[Relation]:
    """Those between members, sorted; of several of one kind between the same two the surest."""
    best: dict[tuple[str, str, Effect], Relation] = {}
    for relation in relations:
        if (
            relation.topic == topic.id
            and relation.source in members
            and relation.target in members
            and relation.source != relation.target
        ):
            key = (relation.source, relation.target, relation.shown)
            if key not in best or best[key].probability < relation.probability:
                best[key] = relation
    return [relation for _, relation in sorted(best.items())]


def _heaviest(forces: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(forces, key=lambda own: (-forces[own], own)))


def _total(forces: Mapping[str, float]) -> float:
    return round(math.fsum(forces.values()), _DIGITS)


def _point(
    point: KeyPoint,
    standings: Mapping[str, Standing],
    brought: Mapping[str, Mapping[str, float]],
    evidence: Mapping[str, int],
) -> PointStanding:
    own = [standings[statement] for statement in point.statements]
    forces: dict[str, float] = {}
    for statement in point.statements:
        for attacker, force in brought.get(statement, {}).items():
            forces[attacker] = max(forces.get(attacker, 0.0), force)
    return PointStanding(
        point=point.id,
        side=point.side,
        text=point.text,
        statements=point.statements,
        evidence=evidence[point.statements[0]],
        parent=point.parent,
        before=round(math.fsum(item.before for item in own) / len(own), _DIGITS),
        after=round(math.fsum(item.after for item in own) / len(own), _DIGITS),
        attackers=_heaviest(forces),
        weight=_total(forces),
    )
