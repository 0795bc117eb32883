"""What of the open motion's tree is on show: filters, folds and focus, as the address has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

import streamlit as st

from argmap.charts import SIZES_BY, Notes, SizeBy
from argmap.dashboard import models, session
from argmap.dashboard.session import Open
from argmap.errors import InputError
from argmap.records import ArgumentTree
from argmap.resources import home_dir
from argmap.structure import (
    Filters,
    Shown,
    Unanswered,
    build_tree,
    find_unanswered,
    fold,
    narrow,
    passing,
)
from argmap.structure.comparands import bounds
from argmap.structure.folding import ancestors, groups_of

Base = Literal["points", "open"]

# A tree of more statements begins folded to its points.
_MANY = 60


@dataclass(frozen=True, slots=True)
class Folds:
    """What is closed, as little of it as an address can hold.

    Attributes:
        base: all points closed, or all open; ``None`` until the reader has folded anything.
        turned: ids of the nodes that are the other way round than ``base`` has them, and the
            ``more:`` nodes that were opened.
    """

    base: Base | None
    turned: frozenset[str]

    @classmethod
    def read(cls, value: str | None) -> Folds:
        """As ``written`` wrote it; whatever else an address holds folds nothing."""
        first, *rest = _parted(value) or [""]
        base: Base | None = "points" if first == "points" else "open" if first == "open" else None
        return cls(base, frozenset(rest if base else ()))

    @property
    def written(self) -> str | None:
        return _joined([self.base, *sorted(self.turned)]) if self.base else None

    def turn(self, node: str) -> Folds:
        """The other way round for one node."""
        return Folds(self.base, self.turned ^ {node})

    def closed(self, tree: ArgumentTree) -> frozenset[str]:
        """Ids of the nodes of ``tree`` that are closed."""
        start = groups_of(tree) if self.base == "points" else frozenset()
        return start ^ {node.id for node in tree.nodes if node.id in self.turned}

    @property
    def spread(self) -> frozenset[str]:
        """Ids of the groups whose lists are not cut."""
        return frozenset(own.removeprefix("more:") for own in self.turned if own[:5] == "more:")


@dataclass(frozen=True, slots=True)
class Counted:
    """The tree of what passes the filters, with how much that is.

    Attributes:
        tree: of the statements that pass.
        passing, total: how many statements pass, and how many take a side at all.
    """

    tree: ArgumentTree
    passing: int
    total: int


@dataclass(frozen=True, slots=True)
class View:
    """All that the three views of a tree draw."""

    counted: Counted
    folds: Folds
    shown: Shown
    notes: Notes
    unanswered: Unanswered

    @property
    def tree(self) -> ArgumentTree:
        """The tree before anything is folded away."""
        return self.counted.tree


def _joined(values: Iterable[str]) -> str | None:
    """Texts in one parameter, whatever they hold."""
    return ",".join(v.replace("%", "%25").replace(",", "%2C") for v in values) or None


def _parted(value: str | None) -> list[str]:
    return [unquote(part) for part in (value or "").split(",") if part]


def filters() -> Filters:
    """The filters that the address holds; what is no date or no number is none."""
    least = session.wanted("least") or ""
    since, until = session.wanted("since"), session.wanted("until")
    try:
        bounds(f"{since or ''}..{until or ''}")
    except InputError:
        since = until = None
    return Filters(
        # "-" is nobody, whom an address could not hold as an empty text.
        speakers=tuple("" if own == "-" else own for own in _parted(session.wanted("speakers"))),
        outlets=tuple("" if own == "-" else own for own in _parted(session.wanted("outlets"))),
        since=since,
        until=until,
        least=min(100, int(least)) / 100 if least.isdecimal() else 0.0,
        unanswered=session.wanted("unanswered") == "yes",
    )


def filter_by(chosen: Filters) -> None:
    """Put filters into the address."""
    session.choose(
        speakers=_joined(own or "-" for own in chosen.speakers),
        outlets=_joined(own or "-" for own in chosen.outlets),
        since=chosen.since,
        until=chosen.until,
        least=str(round(100 * chosen.least)) if chosen.least else None,
        unanswered="yes" if chosen.unanswered else None,
    )
    anew()


def size() -> SizeBy:
    """What sizes tell."""
    wanted = session.wanted("size")
    return next((name for name in SIZES_BY if name == wanted), SIZES_BY[0])


def anew() -> None:
    """Give the charts a fresh start: what is on show changes, and with it what was clicked."""
    session.browser().chart += 1


def fold_all(base: Base) -> None:
    """Close every point, or open everything."""
    session.choose(fold=Folds(base, frozenset()).written)
    anew()


def turn(view: View, node: str) -> None:
    """Open a closed node, close an open one, or spread a list that was cut."""
    session.choose(fold=view.folds.turn(node).written)
    anew()


def open_to(view: View, node: str) -> None:
    """Open whatever hides ``node`` in the tree, and leave a focus that it is not in."""
    folds = view.folds
    if node not in view.shown.home:
        session.choose(focus=None)
    wanted = _opened(view.tree, folds, node)
    if wanted != folds:
        session.choose(fold=wanted.written)
    if wanted != folds or node not in view.shown.home:
        anew()


def _opened(tree: ArgumentTree, folds: Folds, node: str) -> Folds:
    """Folds that hide nothing over ``node``, nor cut it out of a list."""
    nodes = {own.id: own for own in tree.nodes}
    if node not in nodes:
        return folds
    closed = folds.closed(tree)
    over = ancestors(nodes, node)
    for parent in over:
        if parent.id in closed:
            folds = folds.turn(parent.id)
    # Cut out of the points of a side, and perhaps of the statements of a point as well.
    while True:
        home = fold(tree, closed=folds.closed(tree), spread=folds.spread).home[node]
        if not home.startswith("more:"):
            return folds
        folds = folds.turn(home)


@st.cache_resource(show_spinner=False, max_entries=models.VIEWS)
def _stands(
    home: str, session_id: str, updated: datetime, topic: str
) -> tuple[dict[str, tuple[float, float]], Unanswered]:
    strength, gaps = models.stands(session_id, updated, topic, "df-quad")
    strengths = {s.statement: (s.before, s.after) for s in strength.statements}
    strengths |= {p.point: (p.before, p.after) for p in strength.points}
    return strengths, find_unanswered(strength, gaps)


@st.cache_resource(show_spinner=False, max_entries=models.VIEWS)
def _counted(home: str, session_id: str, updated: datetime, topic: str, chosen: Filters) -> Counted:
    debate = models.debate(session_id, updated)
    whole = models.tree(session_id, updated, topic)
    total = sum(node.kind == "statement" for node in whole.nodes)
    if not chosen.on:
        return Counted(whole, total, total)
    open_ = _stands(home, session_id, updated, topic)[1].statements if chosen.unanswered else ()
    kept = passing(debate, topic, chosen, unanswered=open_)
    return Counted(build_tree(narrow(debate, topic, kept), topic), len(kept), total)


@st.cache_resource(show_spinner=False, max_entries=models.VIEWS)
def _shown(
    home: str,
    session_id: str,
    updated: datetime,
    topic: str,
    chosen: Filters,
    folds: Folds,
    focus: str | None,
) -> Shown:
    tree = _counted(home, session_id, updated, topic, chosen).tree
    return fold(tree, closed=folds.closed(tree), spread=folds.spread, focus=focus)


def count_with(found: Open, chosen: Filters) -> int:
    """How many statements would pass other filters."""
    key = (str(home_dir()), found.info.id, found.info.updated, found.topic.id)
    return _counted(*key, chosen).passing


def look(found: Open) -> View:
    """The view that the address asks for; nothing is computed again that a click did not change."""
    key = (str(home_dir()), found.info.id, found.info.updated, found.topic.id)
    chosen = filters()
    counted = _counted(*key, chosen)
    folds = Folds.read(session.wanted("fold"))
    if folds.base is None:
        start = Folds("points" if counted.passing > _MANY else "open", frozenset())
        # Who comes with a link to a statement and has folded nothing sees the statement.
        folds = _opened(counted.tree, start, session.wanted("node") or "")
        if folds != start:
            session.choose(fold=folds.written)
    shown = _shown(*key, chosen, folds, session.wanted("focus"))
    strengths, unanswered = _stands(*key)
    notes = Notes(
        size=size(),
        strengths=strengths,
        unanswered=unanswered.nodes,
        held=shown.held,
        inner=shown.inner,
        times=shown.times,
    )
    return View(counted, folds, shown, notes, unanswered)
