"""The markers of a tree: shape, sign and colour tell the side, a ring the key points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import plotly.graph_objects as go

from argmap.charts.facts import Facts
from argmap.charts.notes import HANDLE, UNANSWERED, Notes
from argmap.charts.places import RING, Drawn, handle_text
from argmap.charts.style import LINE, NAMES, ON_FILL, PALETTE, SHAPES, SIGNS
from argmap.wording import count

FONT = 12
_SIGN_SIZES = {"motion": 12, "side": 19, "key_point": 17, "loose": 14, "statement": 14, "more": 14}


def markers(
    drawn: Mapping[str, Drawn],
    facts: Facts,
    selected: str | None,
    *,
    explain: bool,
) -> Iterable[go.Scatter]:
    """For each kind and side one trace of markers with labels and one of the signs on them.

    Args:
        explain: name the shapes in the chart's legend.
    """
    groups: dict[tuple[str, str], list[Drawn]] = {}
    for item in drawn.values():
        groups.setdefault((item.node.kind, item.node.side or "motion"), []).append(item)
    named: set[str] = set()
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
                "size": [item.size for item in items],
                "color": PALETTE[side],
                "opacity": 1,
                "line": {
                    "color": [PALETTE["selected"] if ring else LINE for ring in ringed],
                    "width": [5 if ring else 1 for ring in ringed],
                },
            },
            text=[item.label for item in items],
            textposition="middle right",
            textfont={"size": FONT},
            hovertext=[facts.hover(item.node) for item in items],
            hoverinfo="text",
            name=name,
            legendgroup=name,
            # One entry a side: the legend draws all sizes alike, so its title explains them.
            showlegend=explain and name not in named,
            # A click must not fade the rest of the tree.
            unselected={"marker": {"opacity": 1}},
            selected={"marker": {"opacity": 1}, "textfont": {"color": PALETTE["selected"]}},
        )
        named.add(name)
        if side == "motion":
            continue
        sign = "…" if kind == "more" else SIGNS[side]
        yield go.Scatter(
            x=xs,
            y=ys,
            mode="text",
            text=[sign] * len(items),
            textfont={"size": _SIGN_SIZES[kind], "color": ON_FILL[side]},
            hoverinfo="skip",
            showlegend=False,
            legendgroup=name,
            name=name,
            selected={"textfont": {"color": ON_FILL[side]}},
        )
    yield from _rings([item for item in drawn.values() if item.node.kind == "key_point"], explain)


def _rings(points: Sequence[Drawn], explain: bool) -> Iterable[go.Scatter]:
    """The second outline of the key points: size alone tells them from no large statement."""
    for side in ("pro", "con"):
        own = [item for item in points if item.node.side == side]
        if own:
            yield go.Scatter(
                x=[item.x for item in own],
                y=[item.y for item in own],
                mode="markers",
                marker={
                    "symbol": f"{SHAPES[side]}-open",
                    "size": [item.size + RING for item in own],
                    "color": PALETTE[side],
                    "line": {"width": 2},
                    "opacity": 1,
                },
                hoverinfo="skip",
                name="Double outline: key point",
                legendgroup="key point",
                showlegend=explain and own[0] is points[0],
                unselected={"marker": {"opacity": 1}},
            )


def handles(drawn: Mapping[str, Drawn], notes: Notes) -> Iterable[go.Scatter]:
    """What opens and closes a node: ``−`` on an open one, ``+12`` on a closed one."""
    items = [item for item in drawn.values() if item.node.id in notes.inner]
    if not items:
        return
    yield go.Scatter(
        x=[item.handle_x for item in items],
        y=[item.y for item in items],
        mode="markers+text",
        customdata=[HANDLE + item.node.id for item in items],
        marker={
            "symbol": "square",
            "size": [item.handle for item in items],
            "color": "rgba(128,128,128,0.2)",
            "line": {"color": LINE, "width": 1},
            "opacity": 1,
        },
        text=[handle_text(item.node, notes) for item in items],
        textfont={"size": 11},
        textposition="middle center",
        hovertext=[_handle_words(item, notes) for item in items],
        hoverinfo="text",
        name="Open or close",
        showlegend=False,
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1}},
    )


def _handle_words(item: Drawn, notes: Notes) -> str:
    held = notes.held.get(item.node.id)
    if held is None:
        return "Close this branch"
    return f"Open: {count(len(held), 'statement')} folded away"


def unanswered_entry(drawn: Mapping[str, Drawn], notes: Notes) -> Iterable[go.Scatter]:
    """A legend entry for the mark, where a node bears it; drawn nowhere."""
    if any(own in notes.unanswered for own in drawn):
        yield go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "circle-open", "size": 10, "color": "rgba(128,128,128,1)"},
            name=f"{UNANSWERED} no attack of the other side found",
            hoverinfo="skip",
        )
