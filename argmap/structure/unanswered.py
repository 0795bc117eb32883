"""Which arguments of a tree nothing answers, by the ids of its nodes."""

from __future__ import annotations

from dataclasses import dataclass

from argmap.structure.gaps import Gaps
from argmap.structure.strength import Strength


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What no attack or undercut of the other side reaches.

    Attributes:
        nodes: ids of key points, and of statements of no key point.
        statements: ids of the statements in them.
        known: an attack between the sides was found. Where there is none nothing is said to be
            unanswered: silence is then more often the model's than the debate's.
    """

    nodes: frozenset[str]
    statements: frozenset[str]
    known: bool


def find_unanswered(strength: Strength, gaps: Gaps) -> Unanswered:
    """Read off the gaps of a weighed motion which nodes of its tree are unanswered.

    A sub-point of an unanswered point is so as well; the lists of the gaps pass over it because
    the point over it says the same.
    """
    sides = {item.statement: item.side for item in strength.statements}
    known = any(
        r.kind == "attack" and sides[r.source] != sides[r.target] for r in strength.relations
    )
    if not known:
        return Unanswered(frozenset(), frozenset(), known=False)
    listed = {entry.point or entry.statement for entry in gaps.unanswered}
    bare = [p for p in strength.points if p.point in listed or p.parent in listed]
    inside = {own for point in bare for own in point.statements}
    return Unanswered(
        nodes=frozenset(listed | {point.point for point in bare}),
        statements=frozenset(inside | (listed & sides.keys())),
        known=True,
    )
