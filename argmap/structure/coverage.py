"""How much of a side its key points cover, and what fits none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from argmap.records import SIDES, Debate, KeyPoint, Side
from argmap.structure.members import by_side, members_of, topic_of


@dataclass(frozen=True, slots=True)
class PointCoverage:
    """A key point with what it covers, those in its sub-points among them.

    Attributes:
        count: statements that still take the point's side.
        share: ``count`` among all statements of the side, 0 to 1.
        parts: its sub-points, in the debate's order.
    """

    point: KeyPoint
    count: int
    share: float
    parts: tuple[PointCoverage, ...] = ()


@dataclass(frozen=True, slots=True)
class SideCoverage:
    """The key points of one side, and the ids of the statements that are part of none.

    Attributes:
        count: statements of the side.
        unattached: strongest first.
    """

    side: Side
    count: int
    points: tuple[PointCoverage, ...]
    unattached: tuple[str, ...]


def coverage(debate: Debate, topic_id: str) -> Mapping[Side, SideCoverage]:
    """What the key points of each side cover on one topic; both sides are always there.

    A statement counts where it stands now: one whose label was changed has left its key point.

    Raises:
        ValueError: the debate has no such topic.
    """
    topic = topic_of(debate, topic_id)
    sides = by_side(members_of(debate.statements, debate.stances, topic))
    points = [point for point in debate.key_points if point.topic == topic_id]
    known = {point.id for point in points}
    parts: dict[str | None, list[KeyPoint]] = defaultdict(list)
    for point in points:
        # A sub-point whose key point is gone stands by itself.
        parts[point.parent if point.parent in known else None].append(point)

    found: dict[Side, SideCoverage] = {}
    for side in SIDES:
        waiting = {member.statement.id for member in sides[side]}
        whole = len(waiting)

        def cover(
            point: KeyPoint, waiting: set[str] = waiting, whole: int = whole
        ) -> PointCoverage:
            own = waiting & set(point.statements)
            waiting -= own
            below = tuple(cover(part) for part in parts[point.id] if part.id != point.id)
            count = len(own) + sum(part.count for part in below)
            return PointCoverage(point, count, count / whole if whole else 0.0, below)

        covered = tuple(cover(point) for point in parts[None] if point.side == side)
        left = sorted(
            (m for m in sides[side] if m.statement.id in waiting), key=lambda m: m.strength
        )
        found[side] = SideCoverage(
            side,
            whole,
            tuple(own for own in covered if own.count),
            tuple(m.statement.id for m in left),
        )
    return found
