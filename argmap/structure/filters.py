"""Which of a motion's statements a reader wants to see: by speaker, outlet, date and certainty."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal, get_args

from argmap.records import Debate, Statement
from argmap.structure.comparands import bounds, date_of
from argmap.structure.members import Member, members_of, topic_of

FilterName = Literal["speakers", "outlets", "dates", "least", "unanswered"]
FILTER_NAMES: tuple[FilterName, ...] = get_args(FilterName)

#: Stands for "nobody named" among the speakers and "none given" among the outlets.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement must be to be shown; a field that is not set lets everything pass.

    Attributes:
        speakers: ids; only what these say for themselves, not what they report of others.
            ``NOBODY`` lets sentences pass that are nobody's by name.
        outlets: names of outlets, whatever their case.
        since, until: a day, a month or a year (``2024-03-01``, ``2024-03``, ``2024``), both
            included. A source without a date is in no range.
        least: the probability that a label needs, 0 to 1.
        unanswered: only what no attack of the other side reaches.
    """

    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    least: float = 0.0
    unanswered: bool = False

    @property
    def on(self) -> tuple[FilterName, ...]:
        """The filters that are set, in the order of ``FILTER_NAMES``."""
        values: dict[FilterName, object] = {
            "speakers": self.speakers,
            "outlets": self.outlets,
            "dates": self.since or self.until,
            "least": self.least > 0,
            "unanswered": self.unanswered,
        }
        return tuple(name for name in FILTER_NAMES if values[name])

    def without(self, name: FilterName) -> Filters:
        """These filters with one taken off."""
        bare = Filters()
        if name == "dates":
            return replace(self, since=None, until=None)
        return replace(self, **{name: getattr(bare, name)})


def passing(
    debate: Debate, topic_id: str, filters: Filters, *, unanswered: Collection[str] = ()
) -> tuple[str, ...]:
    """Ids of the statements on a side of the topic that pass every filter, sorted.

    Args:
        unanswered: ids of the statements that nothing answers, as ``unanswered_statements`` has
            them.

    Raises:
        ValueError: the debate has no such topic.
        InputError: a bound of the dates is no date, or the range ends before it begins.
    """
    tests = _tests(debate, filters, unanswered)
    members = members_of(debate.statements, debate.stances, topic_of(debate, topic_id))
    return tuple(m.statement.id for m in members if all(test(m) for test in tests))


def narrow(debate: Debate, topic_id: str, keep: Collection[str]) -> Debate:
    """The debate as if, on this topic, only the statements in ``keep`` took a side.

    Its tree has the points that are left with a statement, and what hung beneath a statement
    that is gone stands with its own point again. Strengths and gaps are those of the whole
    debate, so weigh that one.
    """
    kept = frozenset(keep)
    return replace(
        debate,
        stances=tuple(
            stance
            for stance in debate.stances
            if stance.topic != topic_id or stance.statement in kept
        ),
    )


_Test = Callable[[Member], bool]


def _tests(debate: Debate, filters: Filters, unanswered: Collection[str]) -> list[_Test]:
    tests: list[_Test] = []
    if filters.speakers:
        speakers = frozenset(filters.speakers)
        tests.append(lambda m: _said_by(m.statement, speakers))
    if filters.outlets:
        outlets = {_folded(name) for name in filters.outlets}
        inside = {d.id for d in debate.documents if _folded(d.outlet or NOBODY) in outlets}
        tests.append(lambda m: m.statement.document in inside)
    if filters.since or filters.until:
        start, end = bounds(f"{filters.since or ''}..{filters.until or ''}")
        dated = {
            d.id for d in debate.documents if (date := date_of(d)) and start <= date <= end
        }  # fmt: skip
        tests.append(lambda m: m.statement.document in dated)
    if filters.least > 0:
        tests.append(lambda m: m.confidence >= filters.least)
    if filters.unanswered:
        open_ = frozenset(unanswered)
        tests.append(lambda m: m.statement.id in open_)
    return tests


def _said_by(statement: Statement, speakers: frozenset[str]) -> bool:
    if statement.speaker is None:
        return NOBODY in speakers
    return statement.speaker in speakers and not statement.attribution.reported


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
