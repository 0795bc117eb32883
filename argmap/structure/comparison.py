"""Two of a debate side by side: what each says of a motion, and where they answer each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from argmap.errors import InputError
from argmap.nlp import Encoder
from argmap.records import LABELS, Debate, KeyPoint, Label, Relation, Stance, Statement
from argmap.structure.comparands import By, Comparand, bounds, comparand, date_of
from argmap.structure.intervals import (
    Gap,
    Share,
    effective_size,
    gap_of,
    likeness,
    share_of,
)
from argmap.structure.opposition import Opposed, find_opposed

#: With fewer effective statements of either, no difference is claimed.
LEAST_EFFECTIVE = 5.0

# What sentences may have in common besides what is compared, and how much alike they are taken to
# be before anything is counted. In the labelled prose that the stance model is trained on
# (corpus/training, 8,012 sentences, 15,643 labels), the sentences of one speaker in one document
# have an intraclass correlation of 0.31 [0.29, 0.33] over 2,977 of them; those of one document
# among all documents of one speaker 0.01 [0.00, 0.08] over 312. That prose is written to be
# balanced, so the second is set to twice its upper bound.
_PRIORS: Mapping[str, float] = {"speaker": 0.3, "document": 0.15}
_CLUMPS: Mapping[By, tuple[str, ...]] = {
    "speaker": ("document",),
    "party": ("speaker", "document"),
    "outlet": ("document", "speaker"),
    "document": ("speaker",),
    "date": ("document", "speaker"),
}


@dataclass(frozen=True, slots=True)
class Contrast:
    """How one label is shared out on both sides.

    Attributes:
        gap: the share of the first less that of the second.
        claimed: both samples are large enough and the interval of the gap keeps off nought.
    """

    label: Label
    first: Share
    second: Share
    gap: Gap
    claimed: bool


@dataclass(frozen=True, slots=True)
class PointShare:
    """A key point with the ids of each one's statements in it, the strongest first."""

    point: KeyPoint
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a person says at one date; ``shares`` by label, in the order of ``LABELS``."""

    date: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One person's words over time.

    Attributes:
        moments: by date, the earliest first.
        undated: statements in documents without a date, which are in no moment.
        until: the last date of the earlier half of their dated statements that take a side; the
            dates are parted where the halves are most nearly even. ``None`` with one date.
        earlier, later: the share that is for, among those that take a side.
        gap: later less earlier.
        claimed: both halves are large enough and the interval of the gap keeps off nought.
        pairs: statements on opposite sides, those that can be claimed first.
    """

    speaker: str
    name: str
    moments: tuple[Moment, ...]
    undated: int
    until: str | None
    earlier: Share | None
    later: Share | None
    gap: Gap | None
    claimed: bool
    pairs: tuple[Opposed, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two of a debate on one motion.

    Attributes:
        contrasts: by label, in the order of ``LABELS``.
        small: which have under ``LEAST_EFFECTIVE`` effective statements: neither, one or both.
        only_first, only_second, both: key points, the most statements first.
        alone: of each, statements that take a side and are in no key point.
        answers: attacks between the two, the most probable first.
        changes: of two speakers, how each one's words changed.
        crossing: of sources and dates, what one person says for in one and against in the other.
    """

    topic: str
    first: Comparand
    second: Comparand
    contrasts: tuple[Contrast, ...]
    small: tuple[Comparand, ...]
    only_first: tuple[PointShare, ...]
    only_second: tuple[PointShare, ...]
    both: tuple[PointShare, ...]
    alone: tuple[int, int]
    answers: tuple[Relation, ...]
    changes: tuple[Change, ...]
    crossing: tuple[Opposed, ...]

    @property
    def claimed(self) -> tuple[Contrast, ...]:
        """The labels in which the two differ beyond chance."""
        return tuple(contrast for contrast in self.contrasts if contrast.claimed)


def contrast(
    debate: Debate, topic_id: str, by: By, a: str, b: str, *, encoder: Encoder
) -> Comparison:
    """Set the two that ``a`` and ``b`` name side by side; see ``comparand`` for how they may.

    Statements that were not judged on the topic are passed over.

    Raises:
        InputError: the debate has no such topic, one of the two is not there or both are one, or
            two periods overlap.
    """
    if topic_id not in {topic.id for topic in debate.topics}:
        known = ", ".join(topic.id for topic in debate.topics)
        raise InputError(f"The debate has no motion {topic_id!r}. There is: {known}.")
    first, second = comparand(debate, by, a), comparand(debate, by, b)
    if first.key == second.key:
        raise InputError(f"{first.name} is compared with itself. Choose another.")
    if by == "date":
        (start, end), (begin, stop) = bounds(first.key), bounds(second.key)
        if start <= stop and begin <= end:
            raise InputError(f"{first.name} and {second.name} overlap. Choose two that do not.")
    room = _Room(debate, topic_id)
    contrasts, small = _contrasts(room, first, second)
    only_first, only_second, both = _points(room, first, second)
    pair = (frozenset(first.statements), frozenset(second.statements))
    speakers = by == "speaker"
    return Comparison(
        topic=topic_id,
        first=first,
        second=second,
        contrasts=contrasts,
        small=small,
        only_first=only_first,
        only_second=only_second,
        both=both,
        alone=(room.alone(first), room.alone(second)),
        answers=room.answers(*pair),
        changes=tuple(_change(room, one, encoder) for one in (first, second)) if speakers else (),
        crossing=()
        if by in ("speaker", "party")
        else find_opposed(debate, topic_id, encoder=encoder, between=pair),
    )


class _Room:
    """A debate's records by id, on one topic."""

    def __init__(self, debate: Debate, topic: str) -> None:
        self.debate, self.topic = debate, topic
        self.statements = {s.id: s for s in debate.statements}
        self.stances: dict[str, Stance] = {
            s.statement: s for s in debate.stances if s.topic == topic
        }
        self.dates = {document.id: date_of(document) for document in debate.documents}
        self.points = tuple(p for p in debate.key_points if p.topic == topic)

    def judged(self, ids: Iterable[str]) -> list[tuple[Statement, Label]]:
        return [(self.statements[i], self.stances[i].label) for i in ids if i in self.stances]

    def alone(self, one: Comparand) -> int:
        grouped = {i for point in self.points for i in point.statements}
        sided = (s.id for s, label in self.judged(one.statements) if label in ("pro", "con"))
        return sum(i not in grouped for i in sided)

    def answers(self, first: Collection[str], second: Collection[str]) -> tuple[Relation, ...]:
        between = (
            r
            for r in self.debate.relations
            if r.topic == self.topic and r.kind == "attack"
            if (r.source in first and r.target in second)
            or (r.source in second and r.target in first)
        )
        return tuple(sorted(between, key=lambda r: (-r.probability, r.source, r.target)))

    def strongest(self, ids: Iterable[str]) -> tuple[str, ...]:
        def key(i: str) -> tuple[float, str, int, str]:
            stance, statement = self.stances.get(i), self.statements[i]
            return (-abs(stance.score) if stance else 0, statement.document, statement.start, i)

        return tuple(sorted(ids, key=key))


def _clump_of(kind: str, statement: Statement) -> str:
    if kind == "document":
        return statement.document
    # The writer of each document is a voice of their own.
    return statement.speaker or f"\x1f{statement.document}"


def _sampled(
    kinds: Sequence[str], groups: Sequence[Sequence[tuple[Statement, Label]]]
) -> tuple[float, ...]:
    """The effective number of statements of each group: the least that any kind of clump gives."""
    effective = [float(len(group)) for group in groups]
    for kind in kinds:
        clumps: list[list[Counter[str]]] = []
        for group in groups:
            own: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for statement, label in group:
                own[_clump_of(kind, statement)][label] += 1
            clumps.append(list(own.values()))
        alike = likeness(clumps, prior=_PRIORS[kind])
        for index, group_clumps in enumerate(clumps):
            sizes = [counts.total() for counts in group_clumps]
            effective[index] = min(effective[index], effective_size(sizes, alike))
    return tuple(effective)


def _contrasts(
    room: _Room, first: Comparand, second: Comparand
) -> tuple[tuple[Contrast, ...], tuple[Comparand, ...]]:
    groups = [room.judged(first.statements), room.judged(second.statements)]
    effective = _sampled(_CLUMPS[first.by], groups)
    small = tuple(
        one
        for one, n in zip((first, second), effective, strict=True)
        if round(n, 1) < LEAST_EFFECTIVE
    )
    found = []
    for label in LABELS:
        shares = [
            share_of(sum(own == label for _, own in group), len(group), n)
            for group, n in zip(groups, effective, strict=True)
        ]
        gap = gap_of(shares[0], shares[1])
        found.append(Contrast(label, shares[0], shares[1], gap, gap.clear and not small))
    return tuple(found), small


def _points(
    room: _Room, first: Comparand, second: Comparand
) -> tuple[tuple[PointShare, ...], tuple[PointShare, ...], tuple[PointShare, ...]]:
    left, right = frozenset(first.statements), frozenset(second.statements)
    found = [
        PointShare(
            point,
            room.strongest(i for i in point.statements if i in left),
            room.strongest(i for i in point.statements if i in right),
        )
        for point in room.points
    ]
    found.sort(key=lambda p: (-len(p.first) - len(p.second), p.point.id))
    return (
        tuple(p for p in found if p.first and not p.second),
        tuple(p for p in found if p.second and not p.first),
        tuple(p for p in found if p.first and p.second),
    )


def change_of(
    debate: Debate, topic_id: str, speaker: str, *, encoder: Encoder | None = None
) -> Change:
    """One speaker's words on a topic over time.

    Args:
        encoder: finds the pairs of opposite statements; without one there are none.

    Raises:
        InputError: the debate has no such speaker, or none with a statement of their own.
    """
    return _change(_Room(debate, topic_id), comparand(debate, "speaker", speaker), encoder)


def _change(room: _Room, one: Comparand, encoder: Encoder | None) -> Change:
    judged = room.judged(one.statements)
    by_date: defaultdict[str, list[tuple[Statement, Label]]] = defaultdict(list)
    for statement, label in judged:
        if date := room.dates[statement.document]:
            by_date[date].append((statement, label))
    dates = sorted(by_date)
    moments = []
    for date, effective in zip(
        dates, _sampled(("document",), [by_date[d] for d in dates]), strict=True
    ):
        own = [label for _, label in by_date[date]]
        shares = tuple(share_of(own.count(x), len(own), effective) for x in LABELS)
        moments.append(Moment(date, shares))
    sided = {d: [x for x in by_date[d] if x[1] in ("pro", "con")] for d in dates}
    halves = _halves(sided)
    earlier = later = gap = None
    if halves is not None:
        _, before, after = halves
        sizes = _sampled(("document",), [before, after])
        earlier, later = (
            share_of(sum(label == "pro" for _, label in half), len(half), n)
            for half, n in zip((before, after), sizes, strict=True)
        )
        gap = gap_of(later, earlier)
    return Change(
        speaker=one.key,
        name=one.name,
        moments=tuple(moments),
        undated=len(judged) - sum(map(len, by_date.values())),
        until=halves[0] if halves else None,
        earlier=earlier,
        later=later,
        gap=gap,
        claimed=bool(
            gap
            and earlier
            and later
            and gap.clear
            and min(earlier.effective, later.effective) >= LEAST_EFFECTIVE
        ),
        pairs=()
        if encoder is None
        else find_opposed(room.debate, room.topic, encoder=encoder, speakers=(one.key,)),
    )


_Said = list[tuple[Statement, Label]]


def _halves(sided: Mapping[str, _Said]) -> tuple[str, _Said, _Said] | None:
    """The statements until a date and those after it, parted as evenly as the dates allow.

    Where to part is not chosen by what is said, or chance alone would find a change.
    """
    dates = [date for date in sorted(sided) if sided[date]]
    if len(dates) < 2:
        return None
    total = sum(len(sided[date]) for date in dates)
    until = min(
        dates[:-1], key=lambda d: (abs(total - 2 * sum(len(sided[x]) for x in dates if x <= d)), d)
    )
    before = [x for date in dates if date <= until for x in sided[date]]
    after = [x for date in dates if date > until for x in sided[date]]
    return until, before, after
