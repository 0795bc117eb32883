"""What stands after the attacks on one motion, as the report and the summary list it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from argmap import wording
from argmap.charts import SIGNS
from argmap.records import SIDES, Debate, Side
from argmap.structure import Entry, find_gaps, weigh

#: Entries of each list that are written out.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class StandsRow:
    """One argument, or one half of what both sides say.

    Attributes:
        note: its strength before and after, and how far to trust it.
    """

    anchor: str
    side: Side | None
    sign: str
    name: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class StandsList:
    """One list; ``more`` counts what is left out, ``nothing`` says what an empty one means."""

    title: str
    rows: tuple[StandsRow, ...]
    more: int
    nothing: str


@dataclass(frozen=True, slots=True)
class Stands:
    """The lists of one motion; ``about`` says how they were made and how far to trust them."""

    about: tuple[str, ...]
    lists: tuple[StandsList, ...]


def stands_of(debate: Debate, topic_id: str, anchors: Mapping[str, str]) -> Stands | None:
    """The lists of one motion; ``None`` where no statement takes a side on it.

    Args:
        anchors: where each statement stands in what is written, by its id.
    """
    strength = weigh(debate, topic_id)
    if not strength.statements:
        return None
    gaps = find_gaps(debate, strength)
    texts = {statement.id: statement.text for statement in debate.statements}
    about = [
        "Strengths run from 0 to 1 and are weighed by "
        f"{wording.SEMANTICS_WORDS[strength.semantics]} from the model's labels and relations."
    ]
    for side in SIDES:
        number, before, after = strength.side(side)
        if number:
            name = wording.LABEL_WORDS[side]
            moved = wording.moved(before, after)
            about.append(f"{name}: {wording.count(number, 'statement')}, mean strength {moved}.")

    def row(own: str, side: Side | None, text: str, note: str) -> StandsRow:
        sign, name = (SIGNS[side], wording.LABEL_WORDS[side]) if side else ("", "")
        return StandsRow(anchors[own], side, sign, name, text, note)

    def entry(item: Entry) -> StandsRow:
        count = wording.count(item.count, "statement")
        told = (f"{count}, {wording.moved(item.before, item.after)}.", *item.cautions)
        return row(item.statement, item.side, item.text, " ".join(told))

    lists = [
        _list(
            "Strongest key points after the attacks",
            [
                row(
                    p.statements[0],
                    p.side,
                    p.text,
                    f"{wording.count(len(p.statements), 'statement')}, "
                    f"{wording.moved(p.before, p.after)}.",
                )
                for p in strength.points
            ],
            "There are no key points.",
        )
    ]
    lists += [
        _list(
            f"Never answered: {wording.LABEL_WORDS[side].lower()} the motion",
            [entry(item) for item in gaps.unanswered_of(side)],
            "Every argument of this side was attacked, or it has none.",
        )
        for side in SIDES
    ]
    lists.append(
        _list(
            "Most contested",
            [entry(item) for item in gaps.contested],
            "No attack between the sides was found.",
        )
    )
    sides = {item.statement: item.side for item in strength.statements}
    common = []
    for shared in gaps.common:
        how = wording.shared(shared.how, shared.share)
        for own, note in ((shared.pro, how), (shared.con, " ".join(shared.cautions))):
            common.append(row(own, sides.get(own), texts[own], note))
    lists.append(_list("Common ground", common, "No statement was found that both sides make."))
    return Stands((*about, *gaps.cautions), tuple(lists))


def _list(title: str, rows: list[StandsRow], nothing: str) -> StandsList:
    return StandsList(title, tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN), nothing)
