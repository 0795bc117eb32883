"""The lines of a tree: its branches and the cross links, each kind with a dash and a sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from argmap.charts.notes import Notes
from argmap.charts.places import Drawn
from argmap.charts.style import DASHES, LINE, LINK_SHAPES, PALETTE, hover_of
from argmap.records import ArgumentTree, NodeRelation, Relation, TreeNode
from argmap.wording import RELATION_WORDS, percent, shorten

# With more cross links than this the reader turns them on in the legend, or selects a node.
_CALM = 12

# Plotly ranks legend entries at 1000; links come after what the shapes mean.
_AFTER = 1001

_TITLES: Mapping[NodeRelation, str] = {
    "attack": "Attacks",
    "undercut": "Undercuts",
    "support": "Supports",
}
_STEPS = 21
_SIGN = 9
_QUOTE = 90

_Points = NDArray[np.float32]
_BREAK = np.full((1, 2), np.nan, dtype=np.float32)


def branches(drawn: Mapping[str, Drawn]) -> Iterable[go.Scatter]:
    """The branches: a trace for those that only hold, and for each relation lines and signs."""
    curves: dict[NodeRelation | None, list[_Points]] = {None: []}
    for child in drawn.values():
        if child.node.parent is not None:
            parent = drawn[child.node.parent]
            left, right = parent.end, child.start
            middle = (left + right) / 2
            curves.setdefault(child.node.relation, []).append(
                _curve((left, parent.y), (middle, parent.y), (middle, child.y), (right, child.y))
            )
    for relation, own in curves.items():
        if not own:
            continue
        style = {"color": LINE, "width": 1.5}
        if relation is not None:
            style = {"color": PALETTE[relation], "width": 2, "dash": DASHES[relation]}
        yield _lines(own, style, name="Branches", showlegend=False)
        if relation is not None:
            # Near the child: where the branch begins several lie on one another.
            yield _signs(
                [tuple(curve[3 * _STEPS // 4]) for curve in own], relation, name="Branches",
                showlegend=False,
            )  # fmt: skip


def links(
    tree: ArgumentTree, drawn: Mapping[str, Drawn], selected: str | None, notes: Notes
) -> Iterable[go.Scatter]:
    """Cross links: those of the selected node always, the rest as long as they are few."""
    near = _beneath(tree.nodes, selected)
    calm = len(tree.links) <= _CALM
    for kind, title in _TITLES.items():
        own = [link for link in tree.links if link.shown == kind]
        picked = [link for link in own if link.source in near or link.target in near]
        rest = [link for link in own if link.source not in near and link.target not in near]
        if picked:
            name = f"{title} here ({_number(picked, notes)})"
            yield from _link_traces(picked, drawn, kind, name, notes, shown=True)
        if rest:
            words = f"other {title}" if picked else title
            hidden = "" if calm else ", hidden"
            name = f"{words.capitalize()} ({_number(rest, notes)}){hidden}"
            yield from _link_traces(rest, drawn, kind, name, notes, shown=calm)


def _number(own: Sequence[Relation], notes: Notes) -> str:
    return f"{sum(_times(link, notes) for link in own):,}"


def _times(link: Relation, notes: Notes) -> int:
    return notes.times.get((link.source, link.target, link.shown), 1)


def _beneath(nodes: Sequence[TreeNode], selected: str | None) -> set[str]:
    """The selected node's statement, or for a key point those of its whole branch."""
    near: set[str] = set()
    for node in nodes:
        if node.id == selected and node.kind not in ("motion", "side"):
            near.add(node.id)
            whole = node.kind == "key_point"
        elif near and whole and node.parent in near:
            near.add(node.id)
    return near


def _link_traces(
    own: Sequence[Relation],
    drawn: Mapping[str, Drawn],
    kind: NodeRelation,
    name: str,
    notes: Notes,
    *,
    shown: bool,
) -> Iterable[go.Scatter]:
    """Lines, arrowheads that are never dashed, and signs that tell the relation on hover."""
    curves, heads, middles, hovers = [], [], [], []
    # Several links of one node leave and reach it side by side, not on one another.
    met: dict[str, int] = defaultdict(int)
    for link in own:
        source, target = drawn[link.source], drawn[link.target]
        out = 30 + min(90.0, abs(source.y - target.y) / 6) + 5 * (met[link.target] % 5)
        met[link.target] += 1
        x, y = source.start, source.y
        tip, level = target.start - 1, target.y
        curve = _curve((x, y), (x - out, y), (tip - out, level), (tip, level))
        curves.append(curve)
        middles.append(tuple(curve[_STEPS // 2]))
        corners = ((tip - 8, level - 5), (tip, level), (tip - 8, level + 5))
        heads.append(np.asarray(corners, dtype=np.float32))
        hovers.append(_hover(link, source.node, target.node, notes))
    visible: bool | str = True if shown else "legendonly"
    together = {"name": name, "legendgroup": name, "legendrank": _AFTER, "visible": visible}
    for shapes, dash in ((curves, DASHES[kind]), (heads, "solid")):
        style = {"color": PALETTE[kind], "width": 2, "dash": dash}
        yield _lines(shapes, style, showlegend=False, **together)
    yield _signs(middles, kind, hovers=hovers, showlegend=False, **together)
    # Drawn nowhere: a line with its sign for the legend, which shows no two traces as one.
    yield go.Scatter(
        x=[None],
        y=[None],
        mode="lines+markers",
        line={"color": PALETTE[kind], "width": 2, "dash": DASHES[kind]},
        marker={"symbol": LINK_SHAPES[kind], "size": _SIGN, "color": PALETTE[kind]},
        hoverinfo="skip",
        showlegend=True,
        **together,
    )


def _hover(link: Relation, source: TreeNode, target: TreeNode, notes: Notes) -> str:
    number = _times(link, notes)
    sure = f"{percent(link.probability)} sure"
    if number > 1:
        sure = f"{number:,} relations, the surest {sure}"
    return hover_of(
        f"“{shorten(source.text, _QUOTE)}”",
        f"{RELATION_WORDS[link.shown]}, {sure}",
        f"“{shorten(target.text, _QUOTE)}”",
    )


def _signs(
    places: Sequence[tuple[float, ...]],
    kind: NodeRelation,
    *,
    hovers: Sequence[str] = (),
    **settings: object,
) -> go.Scatter:
    """The sign of a relation on each of its lines: no meaning hangs on dash and colour alone."""
    return go.Scatter(
        x=[float(place[0]) for place in places],
        y=[float(place[1]) for place in places],
        mode="markers",
        marker={
            "symbol": LINK_SHAPES[kind],
            "size": _SIGN,
            "color": PALETTE[kind],
            "opacity": 1,
            "line": {"width": 0},
        },
        hovertext=list(hovers) or None,
        hoverinfo="text" if hovers else "skip",
        unselected={"marker": {"opacity": 1}},
        **settings,
    )


def _curve(*corners: tuple[float, float]) -> _Points:
    """Points of the cubic Bézier curve with four corners, shape ``(steps, 2)``."""
    t = np.linspace(0.0, 1.0, _STEPS, dtype=np.float32)[:, None]
    a, b, c, d = np.asarray(corners, dtype=np.float32)
    curve = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t**3 * d
    return np.asarray(curve.round(1), dtype=np.float32)


def _lines(curves: Sequence[_Points], line: Mapping[str, object], **settings: object) -> go.Scatter:
    """One trace for many curves, which no pointer finds."""
    points = np.concatenate([part for curve in curves for part in (curve, _BREAK)])
    return go.Scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="lines",
        line=dict(line),
        hoverinfo="skip",
        **settings,
    )
