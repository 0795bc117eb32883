"""Which statement hangs beneath which: premises under claims, rebuttals under what they attack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from argmap.records import Relation
from argmap.structure.members import Member

#: Statements hang at most so many deep beneath one another, three below a point with the one on
#: top; what would hang deeper is a link. A longer chain of model judgements is more than a reader
#: can follow, or the judgements bear.
MAX_CHAIN = 2


def nest(
    relations: Iterable[Relation],
    members: Mapping[str, Member],
    *,
    home: Mapping[str, str],
    heads: Collection[str],
) -> dict[str, Relation]:
    """For each statement that hangs beneath another, the relation by which it does.

    The most probable relation goes first; one that would close a circle, or make a chain longer
    than ``MAX_CHAIN``, is passed over, and the statement may hang by its next. A statement hangs
    beneath what it supports on its own side, where both are of one key point or it is of none;
    beneath what it attacks on the other side; and beneath what it undercuts on either.

    Args:
        members: the statements that take a side, by id; relations must be between them.
        home: the key point of each statement that has one.
        heads: statements that head a key point, which hang beneath nothing.
    """
    found: dict[str, Relation] = {}
    below: dict[str, int] = defaultdict(int)
    for relation in sorted(relations, key=lambda r: (-r.probability, r.source, r.target)):
        source, target = relation.source, relation.target
        if source in heads or source in found or not _fits(relation, members, home):
            continue
        over = _upwards(target, found)
        if source in over or len(over) + below[source] > MAX_CHAIN:
            continue
        found[source] = relation
        for height, step in enumerate(over, start=below[source] + 1):
            below[step] = max(below[step], height)
    return found


def _fits(relation: Relation, members: Mapping[str, Member], home: Mapping[str, str]) -> bool:
    source, target = relation.source, relation.target
    same_side = members[source].side == members[target].side
    if relation.kind == "support":
        return same_side and home.get(source) in (None, home.get(target))
    # An attack within a side contradicts the two stances, unless it is on the step alone.
    return relation.undercut or not same_side


def _upwards(own: str, found: Mapping[str, Relation]) -> list[str]:
    """The statement itself and those over it, upwards."""
    over = [own]
    while over[-1] in found:
        over.append(found[over[-1]].target)
    return over
