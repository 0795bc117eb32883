"""What both sides of a motion say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from argmap import wording
from argmap.records import SIDES, Debate, Label, Side, Stance, Statement
from argmap.structure.overlap import same_words
from argmap.structure.speakers import summarise_speakers
from argmap.structure.strength import Strength

SharedHow = Literal["speakers", "words", "support"]

_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Shared:
    """Two statements, one from each side, that agree.

    Attributes:
        how: ``"speakers"``: speakers of opposite sides say nearly the same; ``"words"``: a
            statement for and one against are nearly the same, so that both sides draw on it;
            ``"support"``: a statement of one side was found to support one of the other.
        pro, con: the statement from each side.
        share: share of words in both, or the probability of the support.
        cautions: how far to trust it, in words.
    """

    how: SharedHow
    pro: str
    con: str
    share: float
    cautions: tuple[str, ...]


def find_common_ground(debate: Debate, strength: Strength) -> tuple[Shared, ...]:
    """Pairs on which both sides of the motion of ``strength`` agree, the nearest first.

    Sentences are compared by their words (see ``overlap``). A pair between which an attack was
    found is left out. Each statement is in one pair at most, the nearest.
    """
    attacked = {frozenset((r.source, r.target)) for r in strength.relations if r.kind == "attack"}
    found = [
        shared
        for shared in (
            *_by_speakers(debate, strength),
            *_by_words(debate, strength),
            *_by_support(strength),
        )
        if frozenset((shared.pro, shared.con)) not in attacked
    ]
    order = {"speakers": 0, "words": 1, "support": 2}
    found.sort(key=lambda s: (order[s.how], -s.share, s.pro, s.con))
    taken: set[str] = set()
    kept: list[Shared] = []
    for shared in found:
        if shared.pro not in taken and shared.con not in taken:
            taken |= {shared.pro, shared.con}
            kept.append(shared)
    return tuple(kept)


def _by_words(debate: Debate, strength: Strength) -> Iterator[Shared]:
    texts = {s.id: s.text for s in debate.statements}
    sure = {item.statement: item.confidence for item in strength.statements}
    sides: dict[Side, list[str]] = {
        side: sorted(item.statement for item in strength.statements if item.side == side)
        for side in SIDES
    }
    pairs = same_words(*([texts[own] for own in sides[side]] for side in SIDES))
    for i, j, share in pairs:
        pro, con = sides["pro"][i], sides["con"][j]
        cautions = ["They are drawn to opposite sides: one of the two labels may be wrong."]
        low = min(sure[pro], sure[con])
        if low < _SURE:
            cautions.append(f"The less sure of the two labels has {wording.percent(low)}.")
        yield Shared("words", pro, con, share, tuple(cautions))


def _by_speakers(debate: Debate, strength: Strength) -> Iterator[Shared]:
    """Pairs of like label, or of none, said by speakers whose positions are opposite."""
    leans: dict[str, tuple[Side, bool]] = {}
    for summary in summarise_speakers(debate):
        if summary.topic == strength.topic and summary.mean != 0:
            settled = summary.low > 0 or summary.high < 0
            leans[summary.speaker] = ("pro" if summary.mean > 0 else "con", settled)
    labels: dict[str, Label] = {
        stance.statement: stance.label
        for stance in _stances(debate, strength.topic)
        if stance.label != "unclear"
    }
    said: dict[Side, list[Statement]] = {side: [] for side in SIDES}
    for statement in sorted(debate.statements, key=lambda s: s.id):
        lean = leans.get(statement.speaker or "")
        if lean and statement.id in labels and not statement.attribution.reported:
            said[lean[0]].append(statement)
    pairs = same_words(*([s.text for s in said[side]] for side in SIDES))
    for i, j, share in pairs:
        pro, con = said["pro"][i], said["con"][j]
        if {labels[pro.id], labels[con.id]} == set(SIDES):
            continue
        cautions = [
            f"The side of {name} is not settled: the interval reaches the other side."
            for name in _unsettled(debate, leans, pro, con)
        ]
        yield Shared("speakers", pro.id, con.id, share, tuple(cautions))


def _stances(debate: Debate, topic: str) -> tuple[Stance, ...]:
    latest = {s.statement: s for s in debate.stances if s.topic == topic}
    return tuple(latest.values())


def _unsettled(
    debate: Debate, leans: dict[str, tuple[Side, bool]], *statements: Statement
) -> list[str]:
    open_ones = [s.speaker for s in statements if s.speaker and not leans[s.speaker][1]]
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    return [names.get(own, "a speaker") for own in dict.fromkeys(open_ones)]


def _by_support(strength: Strength) -> Iterator[Shared]:
    sides = {item.statement: item.side for item in strength.statements}
    for relation in strength.relations:
        if relation.kind == "support" and sides[relation.source] != sides[relation.target]:
            pro, con = (
                (relation.source, relation.target)
                if sides[relation.source] == "pro"
                else (relation.target, relation.source)
            )
            caution = f"The model's judgement of a pair, {wording.percent(relation.probability)}."
            yield Shared("support", pro, con, relation.probability, (caution,))
