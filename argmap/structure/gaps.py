"""What was never answered, what is fought over most, and what both sides say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from argmap import wording
from argmap.records import SIDES, Debate, Side, Statement
from argmap.structure.common_ground import Shared, find_common_ground
from argmap.structure.strength import PointStanding, Standing, Strength

# A label or relation less probable than this is said to be unsure; a choice.
_SURE = 0.75
# With fewer statements on the other side, silence is likely to be the sample's.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A key point, or a statement of none, in one of the lists.

    Attributes:
        point: id of the key point, ``None`` for a statement.
        statement: the statement to open: itself, or the one that heads the point.
        count: how many statements it holds.
        attackers: ids of the other side's statements that attack it, the heaviest first.
        cautions: how far to trust the entry, in words.
    """

    point: str | None
    statement: str
    side: Side
    text: str
    count: int
    before: float
    after: float
    attackers: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The lists of one motion.

    Attributes:
        unanswered: what no attack or undercut of the other side reaches, the strongest first.
        contested: what the heaviest attacks of the other side reach, the heaviest first.
        common: what both sides say.
        cautions: how far to trust all of it, in words.
    """

    topic: str
    unanswered: tuple[Entry, ...]
    contested: tuple[Entry, ...]
    common: tuple[Shared, ...]
    cautions: tuple[str, ...]

    def unanswered_of(self, side: Side) -> tuple[Entry, ...]:
        """The unanswered arguments of one side."""
        return tuple(entry for entry in self.unanswered if entry.side == side)


def find_gaps(debate: Debate, strength: Strength) -> Gaps:
    """Read the gaps off a weighed motion.

    An attack on any statement of a key point reaches the point, and with it all who make it; so
    the lists hold key points, and the statements that belong to none. What the model found no
    relation for counts as unanswered, and each entry says how little that may mean.
    """
    by_id = {statement.id: statement for statement in debate.statements}
    items = _items(strength, by_id)
    sides = {item.statement: item.side for item in strength.statements}
    sure = {item.statement: item.confidence for item in strength.statements}
    opposite = {side: sum(s != side for s in sides.values()) for side in SIDES}
    bare = {
        item.point
        for item, entry in items
        if isinstance(item, PointStanding)
        and not any(sides[own] != entry.side for own in entry.attackers)
    }
    told = _told_below(strength)
    unanswered: list[Entry] = []
    contested: list[tuple[float, Entry]] = []
    for item, entry in items:
        if isinstance(item, PointStanding) and (item.parent in bare or item.point in told):
            continue  # the point over it, or one below it, says the same
        reached = tuple(own for own in entry.attackers if sides[own] != entry.side)
        confidence = _mean([sure[own] for own in _inside(item)])
        cautions = _entry_cautions(entry.count, confidence)
        if reached:
            cautions += _attack_cautions(strength, item, reached)
            contested.append((item.weight, _with(entry, reached, cautions)))
        else:
            if opposite[entry.side] < _FEW:
                other = wording.SIDE_WORDS["con" if entry.side == "pro" else "pro"]
                number = wording.count(opposite[entry.side], "statement")
                cautions.append(f"Only {number} {other} the motion could answer it.")
            unanswered.append(_with(entry, (), cautions))
    unanswered.sort(key=lambda e: (-e.after, -e.count, e.point or e.statement))
    contested.sort(key=lambda pair: (-pair[0], -pair[1].after, pair[1].statement))
    return Gaps(
        topic=strength.topic,
        unanswered=tuple(unanswered),
        contested=tuple(entry for _, entry in contested),
        common=find_common_ground(debate, strength),
        cautions=_cautions(strength, sides),
    )


def _told_below(strength: Strength) -> set[str]:
    """Points whose attackers are all one sub-point's: it is the sub-point that is contested."""
    attackers = {point.point: point.attackers for point in strength.points}
    return {
        point.parent
        for point in strength.points
        if point.parent and point.attackers and attackers.get(point.parent) == point.attackers
    }


_Item = tuple[PointStanding | Standing, Entry]


def _items(strength: Strength, by_id: Mapping[str, Statement]) -> list[_Item]:
    found: list[_Item] = [
        (
            p,
            Entry(
                p.point, p.statements[0], p.side, p.text, len(p.statements),
                p.before, p.after, p.attackers, (),
            ),
        )
        for p in strength.points
    ]  # fmt: skip
    found += [
        (
            s,
            Entry(
                None, s.statement, s.side, by_id[s.statement].text, 1,
                s.before, s.after, s.attackers, (),
            ),
        )
        for s in strength.loose
    ]  # fmt: skip
    return found


def _inside(item: PointStanding | Standing) -> tuple[str, ...]:
    return item.statements if isinstance(item, PointStanding) else (item.statement,)


def _with(entry: Entry, attackers: tuple[str, ...], cautions: list[str]) -> Entry:
    return Entry(
        entry.point, entry.statement, entry.side, entry.text, entry.count,
        entry.before, entry.after, attackers, tuple(cautions),
    )  # fmt: skip


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _entry_cautions(count: int, confidence: float) -> list[str]:
    cautions = ["Said once."] if count == 1 else []
    if confidence < _SURE:
        kind = "Its label is" if count == 1 else "Its labels are on average"
        cautions.append(f"{kind} only {wording.percent(confidence)} sure.")
    return cautions


def _attack_cautions(
    strength: Strength, item: PointStanding | Standing, reached: tuple[str, ...]
) -> list[str]:
    inside, against = set(_inside(item)), set(reached)
    surest = max(
        r.probability
        for r in strength.relations
        if r.kind == "attack" and r.source in against and r.target in inside
    )
    cautions = ["One attack only."] if len(reached) == 1 else []
    if isinstance(item, Standing) and item.passes < 0.995:
        share = wording.percent(item.passes)
        cautions.append(f"Undercut: what it argues for gets {share} of its strength.")
    if surest < _SURE:
        which = "It" if len(reached) == 1 else "The surest of them"
        cautions.append(f"{which} is {wording.percent(surest)} sure.")
    return cautions


def _cautions(strength: Strength, sides: Mapping[str, Side]) -> tuple[str, ...]:
    """How far to trust the lists as a whole."""
    if not sides:
        return ("No statement takes a side on this motion.",)
    found = [
        f"No statement is {wording.SIDE_WORDS[side]} the motion, so nobody could answer the other"
        " side."
        for side in SIDES
        if side not in sides.values()
    ]
    across = sum(
        r.kind == "attack" and sides[r.source] != sides[r.target] for r in strength.relations
    )
    linked = {own for r in strength.relations for own in (r.source, r.target)}
    total = wording.count(len(sides), "statement")
    if not across:
        found.append(
            "No attack between the sides was found. That is more often the model's silence than "
            "the debate's, so nothing below is known to be unanswered."
        )
    elif len(linked) * 2 < len(sides):
        found.append(
            f"Relations were found for {len(linked):,} of {total}. What has none may well have "
            "been answered in words that were not linked to it: look before you say that it was "
            "not."
        )
    if not strength.rests:
        found.append(
            "The attacks run in rings that do not come to rest. Strengths in and after them are "
            "means over a while."
        )
    return tuple(found)
