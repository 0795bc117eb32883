"""The argument tree as nodes and lines, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from argmap.charts.facts import Facts
from argmap.charts.layout import Placed, depths, place
from argmap.charts.style import (
    DASHES,
    LINE,
    NAMES,
    ON_FILL,
    PALETTE,
    SHAPES,
    SIGNS,
    empty,
    finish,
    lines_of,
    literal,
)
from argmap.records import ArgumentTree, Debate, NodeRelation, Relation, TreeNode
from argmap.wording import RELATION_WORDS, count

#: Most characters of a sentence beside its node; the hover text has it whole.
MAX_LABEL = 90

# With more cross links than this the reader turns them on in the legend, or selects a node.
_CALM = 12

# Plotly ranks legend entries at 1000; links come after what the shapes mean.
_AFTER = 1001

_SIZES = {"motion": 26, "side": 30, "key_point": 27, "loose": 22, "statement": 20}
_SIGN_SIZES = {"motion": 12, "side": 19, "key_point": 17, "loose": 14, "statement": 14}
_TITLES: Mapping[NodeRelation, str] = {
    "attack": "Attacks",
    "undercut": "Undercuts",
    "support": "Supports",
}
# A diamond of one size spans more than a circle of it.
_SCALE = {"pro": 1.0, "con": 0.88, "motion": 1.0}
_LEAST_SIZE = 20

#: Pixels that the chart is laid out for; the statements share what the first columns leave.
WIDTH = 1040.0
_COLUMNS = (105.0, 130.0, 185.0)
# A column of sentences that others hang beneath, and how many fit into any width.
_LEAST_COLUMN, _SHALLOW = 155.0, 2
_CHARACTER = 6.6
_LINE_HEIGHT = 15.0
_GAP = 9.0
_FONT = 12
_STEPS = 21
# Room for the marker and, in an inner column, for the branches to fan out.
_PAD, _FAN = 22.0, 44.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A node with its place and its label, ready to draw; ``end`` is where the label ends."""

    node: TreeNode
    x: float
    y: float
    end: float
    label: str


def tree_figure(
    tree: ArgumentTree,
    debate: Debate,
    *,
    selected: str | None = None,
    max_label: int = MAX_LABEL,
    width: float = WIDTH,
) -> go.Figure:
    """Draw the tree with every node a marker whose ``customdata`` is the node's id.

    Shape, sign and colour each tell the side; size tells key points from statements. What
    supports, attacks or undercuts the statement that it hangs beneath says so before its words,
    and its branch is dotted, dashed or dashed and dotted, as are the tree's links. When there are
    many links, only those of the selected node are drawn until the reader turns the rest on in
    the legend. The height grows with the rows.

    Args:
        selected: id of the node to ring; one that is not in the tree rings nothing.
        max_label: most characters of a sentence beside its node.
        width: pixels it will be shown at, 700 or more; labels wrap to fit.
    """
    if not tree.nodes or tree.nodes[0].count == 0:
        return empty(
            "No sentence takes a side on this motion, so there is no tree to draw. "
            "Add sources, or word the motion differently."
        )
    facts = Facts.of(tree, debate)
    drawn, right, height = _arrange(tree.nodes, facts, max_label, width)
    figure = go.Figure()
    for trace in _edges(drawn):
        figure.add_trace(trace)
    for trace in _links(tree, drawn, selected):
        figure.add_trace(trace)
    for trace in _markers(drawn, facts, selected):
        figure.add_trace(trace)
    figure.update_xaxes(visible=False, range=[-22, right])
    figure.update_yaxes(visible=False, range=[height + 6, -6])
    figure.update_layout(
        dragmode="pan",
        hovermode="closest",
        legend={"title": {"text": "Large: key point, small: statement ", "font": {"size": _FONT}}},
    )
    return finish(figure, height=int(height) + 72)


def _arrange(
    nodes: Sequence[TreeNode], facts: Facts, max_label: int, width: float
) -> tuple[dict[str, _Drawn], float, float]:
    """Every node by id with its place, and the width and height of them all."""
    depth = depths(nodes)
    parents = {node.parent for node in nodes}
    starts = _starts(max(depth.values()), width)
    labels: dict[str, list[str]] = {}
    for node in nodes:
        room = starts[-1] - starts[depth[node.id]] - _PAD
        if node.id in parents:
            room = starts[depth[node.id] + 1] - starts[depth[node.id]] - _PAD - _FAN
        labels[node.id] = lines_of(_label(node, facts, max_label), max(12, int(room / _CHARACTER)))
    heights = {
        node.id: max(len(labels[node.id]) * _LINE_HEIGHT, _SIZES[node.kind]) + _GAP
        for node in nodes
    }
    placed = place(nodes, heights)
    drawn = {
        node.id: _draw(node, placed[node.id], starts, labels[node.id], node.id in parents)
        for node in nodes
    }
    height = max(placed[own].y + heights[own] / 2 for own in placed)
    return drawn, starts[-1], height


def needed_width(tree: ArgumentTree) -> float:
    """Pixels that the labels of ``tree`` want; 0 where it is so shallow that any width will do."""
    deepest = max(depths(tree.nodes).values(), default=0)
    rest = deepest + 1 - len(_COLUMNS)
    return sum(_COLUMNS) + _LEAST_COLUMN * rest if rest > _SHALLOW else 0.0


def _starts(deepest: int, width: float) -> list[float]:
    """Left edge of each column, and after them the right edge of the last."""
    fixed = _COLUMNS[:deepest]
    rest = deepest + 1 - len(fixed)
    widths = [*fixed, *([(width - sum(fixed)) / rest] * rest)]
    return [sum(widths[:column]) for column in range(len(widths) + 1)]


def _label(node: TreeNode, facts: Facts, max_label: int) -> str:
    text = " ".join(lines_of(node.text, max_label, most=max_label))
    if node.kind == "statement":
        name = facts.heard(node)
        verb = f"{RELATION_WORDS[node.relation].capitalize()} – " if node.relation else ""
        return f"{verb}{text}" if name is None else f"{verb}{name}: {text}"
    if node.kind == "motion":
        return text
    answers = f", {count(node.answers, 'answer')}" if node.answers else ""
    return f"{text} ({node.own}{answers})"


def _draw(
    node: TreeNode, at: Placed, starts: Sequence[float], lines: Sequence[str], inner: bool
) -> _Drawn:
    x = starts[at.depth]
    end = x + _PAD + max(len(line) for line in lines) * _CHARACTER
    if inner:
        end = min(end, starts[at.depth + 1] - _FAN / 2 - _SIZES[node.kind] / 2)
    # The gap to the marker, on every line because each begins at the same place.
    gap = "\u00a0\u00a0"
    return _Drawn(node, x, at.y, end, "<br>".join(gap + literal(line) for line in lines))


_Points = NDArray[np.float32]
_BREAK = np.full((1, 2), np.nan, dtype=np.float32)


def _edges(drawn: Mapping[str, _Drawn]) -> Iterable[go.Scatter]:
    """The branches: a trace for those that only hold, and one for each relation."""
    curves: dict[NodeRelation | None, list[_Points]] = {None: []}
    for child in drawn.values():
        if child.node.parent is not None:
            parent = drawn[child.node.parent]
            left, right = parent.end, child.x - _SIZES[child.node.kind] / 2
            middle = (left + right) / 2
            curves.setdefault(child.node.relation, []).append(
                _curve((left, parent.y), (middle, parent.y), (middle, child.y), (right, child.y))
            )
    for relation, own in curves.items():
        if own:
            style = {"color": LINE, "width": 1.5}
            if relation is not None:
                style = {"color": PALETTE[relation], "width": 2, "dash": DASHES[relation]}
            yield _lines(own, style, name="Branches", showlegend=False)


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


def _links(
    tree: ArgumentTree, drawn: Mapping[str, _Drawn], selected: str | None
) -> Iterable[go.Scatter]:
    """Cross links: those of the selected node always, the rest as long as they are few."""
    near = _beneath(tree.nodes, selected)
    calm = len(tree.links) <= _CALM
    for kind, title in _TITLES.items():
        dash = DASHES[kind]
        own = [link for link in tree.links if link.shown == kind]
        picked = [link for link in own if link.source in near or link.target in near]
        rest = [link for link in own if link.source not in near and link.target not in near]
        if picked:
            yield from _link_traces(
                picked, drawn, kind, f"{title} here ({len(picked)})", dash, shown=True
            )
        if rest:
            words = f"other {title}" if picked else title
            name = f"{words.capitalize()} ({len(rest)}){'' if calm else ', hidden'}"
            yield from _link_traces(rest, drawn, kind, name, dash, shown=calm)


def _beneath(nodes: Sequence[TreeNode], selected: str | None) -> set[str]:
    """The selected node's statement, or for a key point those of its whole branch."""
    near: set[str] = set()
    for node in nodes:
        if node.id == selected and node.kind in ("key_point", "statement"):
            near.add(node.id)
            whole = node.kind == "key_point"
        elif near and whole and node.parent in near:
            near.add(node.id)
    return near


def _link_traces(
    links: Sequence[Relation],
    drawn: Mapping[str, _Drawn],
    kind: str,
    name: str,
    dash: str,
    *,
    shown: bool,
) -> Iterable[go.Scatter]:
    """The lines and, never dashed, their arrowheads; lines alone cannot take a node's click."""
    curves, heads = [], []
    for link in links:
        source, target = drawn[link.source], drawn[link.target]
        out = 30 + min(90.0, abs(source.y - target.y) / 6)
        (x, y), (tip, level) = (source.x - 10, source.y), (target.x - 11, target.y)
        curves.append(_curve((x, y), (x - out, y), (tip - out, level), (tip, level)))
        corners = ((tip - 8, level - 5), (tip, level), (tip - 8, level + 5))
        heads.append(np.asarray(corners, dtype=np.float32))
    for shapes, style in ((curves, dash), (heads, "solid")):
        yield _lines(
            shapes,
            {"color": PALETTE[kind], "width": 2, "dash": style},
            name=name,
            legendgroup=name,
            legendrank=_AFTER,
            showlegend=shapes is curves,
            visible=True if shown else "legendonly",
        )


def _markers(
    drawn: Mapping[str, _Drawn], facts: Facts, selected: str | None
) -> Iterable[go.Scatter]:
    """For each kind and side one trace of markers with labels and one of the signs on them."""
    groups: dict[tuple[str, str], list[_Drawn]] = {}
    for item in drawn.values():
        groups.setdefault((item.node.kind, item.node.side or "motion"), []).append(item)
    for (kind, side), items in groups.items():
        ringed = [item.node.id == selected for item in items]
        name = "Motion" if side == "motion" else f"{SIGNS[side]} {NAMES[side]}"
        xs, ys = [item.x for item in items], [item.y for item in items]
        yield go.Scatter(
            x=xs,
            y=ys,
            mode="markers+text",
            customdata=[item.node.id for item in items],
            marker={
                "symbol": SHAPES[side],
                "size": [max(_LEAST_SIZE, _SIZES[kind] * _SCALE[side]) for _ in items],
                "color": PALETTE[side],
                "opacity": 1,
                "line": {
                    "color": [PALETTE["selected"] if ring else LINE for ring in ringed],
                    "width": [5 if ring else 1 for ring in ringed],
                },
            },
            text=[item.label for item in items],
            textposition="middle right",
            textfont={"size": _FONT},
            hovertext=[facts.hover(item.node) for item in items],
            hoverinfo="text",
            name=name,
            legendgroup=name,
            # One entry a side: the legend draws all sizes alike, so its title explains them.
            showlegend=kind in ("motion", "side"),
            # A click must not fade the rest of the tree.
            unselected={"marker": {"opacity": 1}},
            selected={"marker": {"opacity": 1}, "textfont": {"color": PALETTE["selected"]}},
        )
        if side == "motion":
            continue
        yield go.Scatter(
            x=xs,
            y=ys,
            mode="text",
            text=[SIGNS[side]] * len(items),
            textfont={"size": _SIGN_SIZES[kind], "color": ON_FILL[side]},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=name,
            name=name,
            selected={"textfont": {"color": ON_FILL[side]}},
        )
