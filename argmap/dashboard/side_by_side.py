"""A comparison of two as elements: shares, key points, answers, and words over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from argmap.charts import SIGNS
from argmap.dashboard import render, words
from argmap.dashboard.render import Reading
from argmap.dashboard.view import Element, Node, el
from argmap.export.comparison_view import (
    alone_words,
    answer_note,
    contrast_cells,
    findings,
    moment_rows,
    opposed_note,
    parted,
    point_counts,
    point_groups,
)
from argmap.records import Debate, Statement
from argmap.structure import Comparison
from argmap.structure.comparison import Change, PointShare
from argmap.structure.opposition import Opposed

#: Quotes of each under a key point, and points and pairs under a heading, before the rest folds.
_QUOTES = 3
_FIRST = 5
_MOST = 60


def summary(comparison: Comparison) -> Element:
    """What can be said of the shares, one sentence a line."""
    return el("ul", *(el("li", finding) for finding in findings(comparison)), css="list")


class OverTime:
    """Draws one person's words over time, over one debate."""

    def __init__(self, debate: Debate, reading: Reading) -> None:
        self._debate, self._reading = debate, reading
        self._statements = {s.id: s for s in debate.statements}
        self._dates = {d.id: words.day(d.date) for d in debate.documents}

    def moments(self, change: Change) -> Element | None:
        """A person's shares by date; ``None`` with one date."""
        rows = moment_rows(change)
        if len(rows) < 2:
            return None
        return _table(("Date", "Statements", "+ For", "− Against"), rows)

    def opposed(self, pairs: Iterable[Opposed], *, key: str) -> list[Element]:
        """Pairs of one person's opposite statements; what cannot be claimed is folded away."""
        sure, unsure = parted(pairs)
        found = _folded([self._opposed(p) for p in sure], "more pair", f"pairs-{key}")
        if not found:
            found = [
                el("p", "No two statements are surely on opposite sides.", css="muted"),
            ]
        if unsure:
            label = words.count(len(unsure), "pair", "pairs")
            found.append(
                el(
                    "details",
                    el("summary", f"{label} that would oppose each other, if the labels are right"),
                    *(self._opposed(p) for p in unsure),
                    key=f"unsure-{key}",
                )
            )
        return found

    def _opposed(self, pair: Opposed) -> Element:
        return self._pair(opposed_note(pair), pair.first, pair.second)

    def _pair(self, note: str, first: str, second: str) -> Element:
        return el(
            "div",
            *(el("ul", self._quote(i), css="quotes") for i in (first, second)),
            el("small", note),
            css="two",
        )

    def _quote(self, statement_id: str) -> Element:
        statement: Statement = self._statements[statement_id]
        stance = self._reading.stances.get(statement_id)
        known = [self._dates.get(statement.document)]
        if stance is not None:
            label = words.LABEL_WORDS[stance.label].lower()
            known.append(f"{label} {words.percent(stance.confidence)}")
        quote = render.quote(statement, self._debate, self._reading)
        told = " · ".join(part for part in known if part)
        return (
            replace(quote, children=(*quote.children, el("small", f" · {told}"))) if told else quote
        )


class SideBySide(OverTime):
    """Draws parts of one comparison over one debate."""

    def __init__(self, comparison: Comparison, debate: Debate, reading: Reading) -> None:
        super().__init__(debate, reading)
        self._comparison = comparison

    def shares(self) -> Element:
        """The numbers of the chart as a table."""
        first, second = self._comparison.first.name, self._comparison.second.name
        body = [
            (
                f"{SIGNS[c.label]} {words.LABEL_WORDS[c.label]}",
                *contrast_cells(c),
                "differs" if c.claimed else "",
            )
            for c in self._comparison.contrasts
        ]
        return _table(("", first, second, "Difference in points", ""), body)

    def points(self) -> list[Element]:
        """Key points that both make and that only one does, with quotes of each."""
        found = [el("p", alone_words(self._comparison))]
        for number, (title, points) in enumerate(point_groups(self._comparison)):
            found.append(el("h3", title))
            if not points:
                found.append(el("p", "None.", css="muted"))
                continue
            drawn = [self._point(point) for point in points[:_MOST]]
            found += _folded(drawn, "more key point", f"points-{number}")
        return found

    def answers(self) -> list[Element]:
        """The attacks between the two, the answered sentence first."""
        pairs = [
            self._pair(answer_note(r), r.target, r.source) for r in self._comparison.answers[:_MOST]
        ]
        if not pairs:
            return [el("p", "Neither attacks a statement of the other.", css="muted")]
        return _folded(pairs, "more answer", "answers")

    def _point(self, found: PointShare) -> Element:
        point = found.point
        sides = ((self._comparison.first, found.first), (self._comparison.second, found.second))
        lists: list[Node] = []
        for one, own in sides:
            if own:
                lists.append(
                    el(
                        "div",
                        el("small", one.name) if all(ids for _, ids in sides) else None,
                        el("ul", *(self._quote(i) for i in own[:_QUOTES]), css="quotes"),
                    )
                )
        return el(
            "section",
            el("div", render.chip(point.side), el("strong", point.text), css="row start"),
            el("small", point_counts(found, self._comparison)),
            el("div", *lists, css="two"),
            css="speaker",
        )


def _folded(elements: Sequence[Element], noun: str, key: str) -> list[Element]:
    rest = elements[_FIRST:]
    if not rest:
        return list(elements)
    more = el("details", el("summary", words.count(len(rest), noun)), *rest, key=f"more-{key}")
    return [*elements[:_FIRST], more]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Element:
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) if cell else el("th", " ") for cell in head))),
            el(
                "tbody",
                *(el("tr", *(el("td", cell or " ") for cell in row)) for row in rows),
            ),
            css="votes",
        ),
        css="preview shares",
        scroll=True,
        label="The numbers",
    )
