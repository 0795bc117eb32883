"""The changes between two analyses as elements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from argmap.dashboard import render, words
from argmap.dashboard.view import Element, Node, el
from argmap.export.differences import SECTIONS, Row, difference_counts
from argmap.structure.difference import Change

_SIGNS: dict[Change, str] = {"added": "+", "removed": "−", "changed": "~"}


def counted(rows: Sequence[Row]) -> Element:
    """How many changes there are of each kind of thing."""
    counts = difference_counts(rows)
    figures = []
    for section, title in SECTIONS.items():
        own = {change: counts.get((section, change), 0) for change in _SIGNS}
        if total := sum(own.values()):
            split = ", ".join(f"{number:,} {change}" for change, number in own.items() if number)
            figures.append((f"{total:,}", f"{title.lower()}: {split}"))
    return render.facts(figures)


def matching(
    rows: Iterable[Row],
    *,
    sections: Collection[str] = (),
    changes: Collection[str] = (),
    search: str = "",
) -> tuple[Row, ...]:
    """The rows that pass every filter that is set."""
    needle = search.strip().casefold()
    return tuple(
        row
        for row in rows
        if (not sections or row.section in sections)
        and (not changes or row.change in changes)
        and (not needle or any(needle in text.casefold() for text in _texts(row)))
    )


def _texts(row: Row) -> tuple[str, ...]:
    return (row.text, row.before, row.after, row.motion, row.source)


def change_list(rows: Iterable[Row]) -> Element:
    """The rows as a list, under the heading of their section."""
    children: list[Node] = []
    for section, title in SECTIONS.items():
        own = [row for row in rows if row.section == section]
        if own:
            children.append(el("h3", title))
            children.append(el("ul", *(_item(row) for row in own), css="list"))
    if not children:
        return render.empty("Nothing passes the filters", "Take one of them off.")
    return el("div", *children, css="changes")


def _item(row: Row) -> Element:
    about = " · ".join(part for part in (row.source, row.motion) if part)
    return el(
        "li",
        el(
            "div",
            el("span", f"{_SIGNS[row.change]} {row.change}", css="tag"),
            " ",
            el("span", words.shorten(row.text, 600)),
        ),
        _turned(row),
        el("small", about) if about else None,
    )


def _turned(row: Row) -> Element | None:
    if row.before and row.after:
        return el("div", row.before, el("span", " → ", label="became"), row.after)
    if row.before or row.after:
        return el("div", row.before or row.after)
    return None
