"""Who answers whom: the links between what two speakers say, counted by pair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from argmap.records import Debate, Relation, Statement


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one speaker's statements do to another's.

    Attributes:
        source, target: ids of two speakers; a statement of the first bears on one of the second.
        attacks: undercuts among them; the most probable first.
        supports: the most probable first.
    """

    source: str
    target: str
    attacks: tuple[Relation, ...]
    supports: tuple[Relation, ...]

    @property
    def count(self) -> int:
        return len(self.attacks) + len(self.supports)


@dataclass(frozen=True, slots=True)
class Exchanges:
    """The links of one topic, by who is at either end.

    Attributes:
        pairs: the most links first.
        within: how many links are between statements of one speaker.
        unplaced: how many have an end that is nobody's: no speaker is named for it, or the
            speaker only reports the view of another.
    """

    topic: str
    pairs: tuple[Exchange, ...]
    within: int
    unplaced: int

    @property
    def between(self) -> int:
        """How many links are between statements of two speakers."""
        return sum(pair.count for pair in self.pairs)

    def pair(self, source: str, target: str) -> Exchange | None:
        """What the first does to the second; ``None`` where no link is."""
        return next((p for p in self.pairs if (p.source, p.target) == (source, target)), None)


def who_answers_whom(debate: Debate, topic_id: str) -> Exchanges:
    """Count the relations on one topic by the speakers at their ends.

    A relation says that one statement bears on another, not that its speaker heard the other:
    the two may stand in sources years apart.
    """
    owners = {statement.id: _owner(statement) for statement in debate.statements}
    found: defaultdict[tuple[str, str], list[Relation]] = defaultdict(list)
    within = unplaced = 0
    # The last of two relations between the same statements is the one that holds.
    latest = {(r.source, r.target): r for r in debate.relations if r.topic == topic_id}
    for relation in latest.values():
        source, target = owners[relation.source], owners[relation.target]
        if source is None or target is None:
            unplaced += 1
        elif source == target:
            within += 1
        else:
            found[source, target].append(relation)
    pairs = [
        Exchange(source, target, _of_kind(own, "attack"), _of_kind(own, "support"))
        for (source, target), own in found.items()
    ]
    pairs.sort(key=lambda p: (-p.count, -len(p.attacks), p.source, p.target))
    return Exchanges(topic_id, tuple(pairs), within, unplaced)


def _owner(statement: Statement) -> str | None:
    return None if statement.attribution.reported else statement.speaker


def _of_kind(relations: list[Relation], kind: str) -> tuple[Relation, ...]:
    own = (relation for relation in relations if relation.kind == kind)
    return tuple(sorted(own, key=lambda r: (-r.probability, r.source, r.target)))
