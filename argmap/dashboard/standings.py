"""Strengths, gaps and common ground as elements."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.charts import SIGNS
from argmap.dashboard import render, words
from argmap.dashboard.render import Reading
from argmap.dashboard.view import Element, el
from argmap.records import SIDES, Debate, Side
from argmap.structure import Entry, Shared, Strength


def sides(strength: Strength) -> Element:
    """Each side's statements and what is left of their strength on average."""
    items: list[tuple[str, str]] = []
    for side in SIDES:
        number, before, after = strength.side(side)
        name = words.LABEL_WORDS[side].lower()
        items.append((f"{number:,}", f"{name}: {'statement' if number == 1 else 'statements'}"))
        if number:
            items.append((f"{after:.2f}", f"{name}: mean strength {words.moved(before, after)}"))
    return render.facts(items)


def section(title: str, *lines: str) -> Element:
    """The head of a part of the page and small print below it."""
    heading = el("h3", title) if title else None
    return el("div", heading, *(el("small", line) for line in lines if line), css="lede part")


def trust(lines: Sequence[str]) -> Element:
    """How far to trust what follows."""
    return el("div", *(el("p", line) for line in lines), css="trust", label="How far to trust it")


def _node(statement: str, side: Side, text: str, reading: Reading) -> Element:
    return el(
        "button",
        el("span", SIGNS[side], css="sign"),
        text,
        css=f"node {side}",
        pick=statement,
        key=statement,
        label=f"{words.LABEL_WORDS[side]}: {text}",
        current=statement == reading.selected,
    )


def _bars(before: float, after: float) -> Element:
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", name),
                el("span", css="bar", share=value),
                el("span", f"{value:.2f}", css="number"),
            )
            for name, value in (("Before", before), ("After", after))
        ),
        css="bars",
    )


def strengths(
    rows: Sequence[tuple[str, Side, str, int, float, float, int]], reading: Reading
) -> Element:
    """Points and statements with their strength before and after beside each other.

    Args:
        rows: statement to open, side, text, number of statements, before, after, attacks.
    """
    return el(
        "ul",
        *(
            el(
                "li",
                _node(own, side, text, reading),
                el(
                    "small",
                    f"{words.count(number, 'statement')} · {words.moved(before, after)} · "
                    + (f"attacked by {attacks:,}" if attacks else "no attack found"),
                ),
                _bars(before, after),
                css=side,
            )
            for own, side, text, number, before, after, attacks in rows
        ),
        css="quotes standings",
    )


def entries(found: Sequence[Entry], debate: Debate, reading: Reading) -> Element:
    """Unanswered or contested arguments, each with how far to trust it and who attacks it."""
    by_id = {statement.id: statement for statement in debate.statements}
    return el(
        "ul",
        *(
            el(
                "li",
                _node(entry.statement, entry.side, entry.text, reading),
                el("small", f"{_what(entry)} · {words.moved(entry.before, entry.after)}"),
                cautions(entry.cautions),
                el(
                    "details",
                    el("summary", f"{words.count(len(entry.attackers), 'attack')} on it"),
                    render.quotes((by_id[own] for own in entry.attackers), debate, reading),
                    key=f"attacks-{entry.statement}",
                )
                if entry.attackers
                else None,
                css=entry.side,
            )
            for entry in found
        ),
        css="quotes standings",
    )


def _what(entry: Entry) -> str:
    if entry.point is None:
        return "a statement of no key point"
    return f"a key point of {words.count(entry.count, 'statement')}"


def common(found: Sequence[Shared], debate: Debate, reading: Reading) -> Element:
    """What both sides say: the two statements under each other."""
    by_id = {statement.id: statement for statement in debate.statements}
    return el(
        "ul",
        *(
            el(
                "li",
                el("small", words.shared(shared.how, shared.share)),
                render.quotes((by_id[shared.pro], by_id[shared.con]), debate, reading),
                cautions(shared.cautions),
            )
            for shared in found
        ),
        css="quotes standings",
    )


def cautions(lines: Sequence[str]) -> Element | None:
    """How far to trust an entry, in one line."""
    return el("small", " ".join(lines), css="caution") if lines else None
