"""Who takes part: the statements that take a side on a topic, with how sure we are of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from argmap.records import SIDES, Debate, KeyPoint, Side, Stance, Statement, Topic

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Member:
    """A statement that takes a side; ``confidence`` is how sure that is."""

    statement: Statement
    side: Side
    confidence: float

    @property
    def strength(self) -> tuple[float, str, int, str]:
        """Sort key: most confident first, then document and offset; no two are equal."""
        statement = self.statement
        return (-self.confidence, statement.document, statement.start, statement.id)


def members_of(
    statements: Sequence[Statement], stances: Sequence[Stance], topic: Topic
) -> tuple[Member, ...]:
    """The statements labelled pro or con on ``topic``, sorted by id.

    Sorting here makes everything above it independent of the order of the input. Where a
    statement has two stances on the topic, the later counts.

    Raises:
        ValueError: a stance names a statement that is not among ``statements``.
    """
    by_id = {statement.id: statement for statement in statements}
    found: dict[str, Member | None] = {}
    for stance in stances:
        if stance.topic != topic.id:
            continue
        if stance.statement not in by_id:
            raise ValueError(
                f"A stance on topic “{topic.id}” names statement “{stance.statement}”, which is "
                "not among the statements. Pass the statements that the stances were made from."
            )
        # Each label is compared by itself so that the type narrows to a side.
        if stance.label == "pro":
            found[stance.statement] = Member(by_id[stance.statement], "pro", stance.sure_of("pro"))
        elif stance.label == "con":
            found[stance.statement] = Member(by_id[stance.statement], "con", stance.sure_of("con"))
        else:
            found[stance.statement] = None
    return tuple(member for _, member in sorted(found.items()) if member is not None)


def by_side(members: Sequence[Member]) -> dict[Side, tuple[Member, ...]]:
    """Members grouped by side, order kept; both sides are always there."""
    return {side: tuple(m for m in members if m.side == side) for side in SIDES}


def topic_of(debate: Debate, topic_id: str) -> Topic:
    """The debate's topic of that id; raises ``ValueError``, naming those there are."""
    for topic in debate.topics:
        if topic.id == topic_id:
            return topic
    known = ", ".join(f"“{topic.id}”" for topic in debate.topics) or "none"
    raise ValueError(
        f"The debate “{debate.title}” has no topic “{topic_id}”. Its topics are: {known}."
    )


def still_in(point: KeyPoint, members: Mapping[str, Member], claimed: Set[str]) -> tuple[str, ...]:
    """The point's statements that still take its side and that no earlier point claimed."""
    return tuple(
        own
        for own in dict.fromkeys(point.statements)
        if own in members and members[own].side == point.side and own not in claimed
    )


def bare_words(text: str) -> str:
    """The words alone, so that a sentence that is quoted twice counts once."""
    return _NOT_WORD.sub(" ", text).strip().casefold()
