"""The argument tree as an overview: each branch as tall as what it holds."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from argmap.charts.facts import Facts
from argmap.charts.layout import depths
from argmap.charts.notes import UNANSWERED, Notes
from argmap.charts.style import ON_FILL, PALETTE, SIGNS, empty, finish, wrapped
from argmap.records import ArgumentTree, Debate, TreeNode
from argmap.wording import RELATION_WORDS

# Pixels, but for the characters; an overview must not outgrow a screen or two.
_ROW = 22
_LINE_HEIGHT = 14.5
_CHARACTER = 5.8
_WIDTH = 800
_LEAST_HEIGHT, _MOST_HEIGHT = 380, 1400
_FONT = 11
_MOST_LINES = 5
_LOW = 9


# What a statement of strength 0 is as tall as: Plotly draws nothing where all values are 0.
_LEAST_STRENGTH = 0.02


def icicle_figure(tree: ArgumentTree, debate: Debate, *, notes: Notes | None = None) -> go.Figure:
    """Draw the tree as an icicle from left to right; its ``ids`` are the nodes' ids.

    A branch is as tall as the statements in it, folded ones included: as their number or, where
    ``notes`` say so, as the sum of their strengths.
    """
    if not tree.nodes or tree.nodes[0].count == 0:
        return empty(
            "No sentence takes a side on this motion, so there is no overview to draw. "
            "Add sources, or word the motion differently."
        )
    told = notes or Notes()
    facts = Facts.of(tree, debate, told)
    nodes = [node for node in tree.nodes if node.count]
    values = _values(nodes, told)
    depth = depths(nodes)
    width = int((_WIDTH / (max(depth.values()) + 1) - 10) / _CHARACTER)
    inside = min(_MOST_HEIGHT, max(_LEAST_HEIGHT, nodes[0].count * _ROW))
    row = inside / values[0]
    figure = go.Figure(
        go.Icicle(
            ids=[node.id for node in nodes],
            parents=[node.parent or "" for node in nodes],
            labels=[
                _label(node, facts, width, row * value)
                for node, value in zip(nodes, values, strict=True)
            ],
            values=values,
            branchvalues="total",
            sort=False,
            marker={
                "colors": [PALETTE[node.side or "motion"] for node in nodes],
                "line": {
                    # Frames and gaps would be all there is to see of the lowest boxes.
                    "width": [1.5 if row * value > _LOW else 0.3 for value in values],
                    "color": "rgba(255,255,255,0.85)",
                },
            },
            tiling={"orientation": "h", "pad": 1 if row * min(values) > _LOW else 0},
            textinfo="label",
            textfont={"size": _FONT, "color": [ON_FILL[node.side or "motion"] for node in nodes]},
            hovertext=[facts.hover(node) for node in nodes],
            hoverinfo="text",
            # Plotly's own default fades deep leaves; the text on them must stay readable.
            leaf={"opacity": 1},
            pathbar={"visible": True, "thickness": 24},
            name="Arguments",
        )
    )
    finish(figure, height=int(inside) + 60)
    # Text that would have to shrink below this is left to the hover.
    figure.update_layout(margin={"t": 30}, uniformtext={"minsize": _FONT, "mode": "hide"})
    return figure


def _values(nodes: Sequence[TreeNode], notes: Notes) -> list[float]:
    """How tall each node is; Plotly asks that a branch be no less than what hangs on it."""
    if notes.size == "count":
        return [node.count for node in nodes]

    def strength(own: str) -> float:
        return max(_LEAST_STRENGTH, notes.strengths.get(own, (0.0, 0.0))[1])

    total = {
        node.id: sum(map(strength, notes.held.get(node.id, ())))
        + (strength(node.id) if node.kind == "statement" else 0.0)
        for node in nodes
    }
    for node in reversed(nodes):
        total[node.id] = round(total[node.id], 4)
        if node.parent is not None:
            total[node.parent] += total[node.id]
    return [total[node.id] for node in nodes]


def _label(node: TreeNode, facts: Facts, width: int, height: float) -> str:
    """As many lines as the node's box holds, at least one."""
    sign = "" if node.side is None else f"{SIGNS[node.side]} "
    size = "" if node.kind in ("statement", "more") else f" ({node.own})"
    if node.id in facts.notes.held and node.kind != "more":
        size += f" +{len(facts.notes.held[node.id])}"
    if node.id in facts.notes.unanswered:
        size += f" {UNANSWERED}"
    name = facts.heard(node)
    verb = f"{RELATION_WORDS[node.relation]}: " if node.relation else ""
    text = f"{sign}{verb}{name}: {node.text}" if name else f"{sign}{verb}{node.text}"
    lines = max(1, min(_MOST_LINES, int((height - 6) / _LINE_HEIGHT)))
    # A wrapped line is seldom full, so the text is cut a little before the last would be.
    most = width * lines - len(size) - (4 * lines if lines > 1 else 0)
    return wrapped(text, width, most=max(8, most)) + size
