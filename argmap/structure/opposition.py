"""One person on both sides of one motion: earlier and later, or at the same time.

Two sentences with opposite labels do not yet contradict each other: a label may be wrong, and a
person may grant the other side a point. So every pair says how likely it is that both labels are
right, and pairs of which one label is weak are kept apart from the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from argmap.nlp import Encoder
from argmap.records import Debate, Stance, Statement
from argmap.structure.comparands import date_of

#: A label that is less likely than this bears out no claim, nor does a speaker.
SURE = 0.7

_MOST = 400
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two statements of one person on opposite sides of the motion.

    Attributes:
        first, second: ids; where ``dated``, the earlier and the later.
        dated: they are of different dates, which both are known.
        similarity: cosine of the sentences, -1 to 1.
        sure: how likely both labels are right, if the one tells nothing of the other: the product
            of their probabilities.
        claimed: neither label, and neither attribution to the speaker, is under ``SURE``.
    """

    speaker: str
    first: str
    second: str
    dated: bool
    similarity: float
    sure: float
    claimed: bool


def find_opposed(
    debate: Debate,
    topic_id: str,
    *,
    encoder: Encoder,
    speakers: Collection[str] | None = None,
    between: tuple[Collection[str], Collection[str]] | None = None,
    most: int = 10,
) -> tuple[Opposed, ...]:
    """Pairs of one person's own statements on both sides, the most similar first.

    Each statement is in one pair at most, the one with the most similar of the other side, so
    that one sentence does not fill the list. Pairs that can be claimed choose first.

    Args:
        speakers: whose statements; everybody's by default.
        between: ids of two sets of statements; a pair then has one of each.
        most: so many pairs a person.
    """
    stances = {s.statement: s for s in debate.stances if s.topic == topic_id}
    dates = {document.id: date_of(document) for document in debate.documents}
    said: dict[str, list[Statement]] = {}
    for statement in sorted(debate.statements, key=lambda s: (s.document, s.start, s.id)):
        stance = stances.get(statement.id)
        if stance is None or stance.label not in ("pro", "con"):
            continue
        who = statement.speaker
        if who is None or statement.attribution.reported:
            continue
        if speakers is not None and who not in speakers:
            continue
        if between is not None and not any(statement.id in side for side in between):
            continue
        said.setdefault(who, []).append(statement)
    found: list[Opposed] = []
    for who in sorted(said):
        sides = [[s for s in said[who] if stances[s.id].label == label] for label in ("pro", "con")]
        # The strongest bound the work; nobody reads the pairs of the eight hundredth sentence.
        pro, con = (sorted(x, key=lambda s: -_probability(stances[s.id]))[:_MOST] for x in sides)
        if pro and con:
            found.extend(_pairs(who, pro, con, stances, dates, encoder, between)[:most])
    return tuple(sorted(found, key=_order))


def _order(pair: Opposed) -> tuple[bool, float, str, str]:
    return (not pair.claimed, -pair.similarity, pair.first, pair.second)


def _probability(stance: Stance) -> float:
    return stance.sure_of("pro" if stance.label == "pro" else "con")


def _certain(statement: Statement, stance: Stance) -> bool:
    return _probability(stance) >= SURE and statement.attribution.confidence >= SURE


def _pairs(
    who: str,
    pro: Sequence[Statement],
    con: Sequence[Statement],
    stances: dict[str, Stance],
    dates: dict[str, str | None],
    encoder: Encoder,
    between: tuple[Collection[str], Collection[str]] | None,
) -> list[Opposed]:
    vectors = encoder.encode([s.text for s in (*pro, *con)])
    alike = np.round(vectors[: len(pro)] @ vectors[len(pro) :].T, _DIGITS)
    pairs = []
    for i, a in enumerate(pro):
        for j, b in enumerate(con):
            if between is not None and not _parted(a.id, b.id, between):
                continue
            first, second, dated = _in_order(a, b, dates)
            pairs.append(
                Opposed(
                    who,
                    first.id,
                    second.id,
                    dated,
                    float(alike[i, j]),
                    round(_probability(stances[a.id]) * _probability(stances[b.id]), _DIGITS),
                    _certain(a, stances[a.id]) and _certain(b, stances[b.id]),
                )
            )
    taken: set[str] = set()
    kept = []
    for pair in sorted(pairs, key=_order):
        if pair.first not in taken and pair.second not in taken:
            taken |= {pair.first, pair.second}
            kept.append(pair)
    return kept


def _parted(a: str, b: str, between: tuple[Collection[str], Collection[str]]) -> bool:
    left, right = between
    return (a in left and b in right) or (b in left and a in right)


def _in_order(
    a: Statement, b: Statement, dates: dict[str, str | None]
) -> tuple[Statement, Statement, bool]:
    """The two in the order in which they were said, and whether their dates tell it."""
    one, other = dates[a.document], dates[b.document]
    # A year does not tell whether it is before or after a day in it.
    if one and other and not one.startswith(other) and not other.startswith(one):
        return (a, b, True) if one < other else (b, a, True)
    first, second = sorted((a, b), key=lambda s: (s.document, s.start, s.id))
    return first, second, False
