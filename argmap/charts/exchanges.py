"""Who answers whom: speakers one below the other, an arc for each pair that has links."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from argmap.charts.speakers import Standing
from argmap.charts.style import (
    DASHES,
    PALETTE,
    SHAPES,
    SIGNS,
    counted,
    empty,
    finish,
    hover_of,
    wrapped,
)
from argmap.records import Debate, RelationKind
from argmap.structure import Exchange, Exchanges

#: So many speakers and pairs are drawn, those with the most links; a table has the rest.
MOST_SPEAKERS = 14
MOST_PAIRS = 30

_ROW = 58
_NAME = (18, 36)
_STEPS = 40
_KINDS: tuple[tuple[RelationKind, str, str], ...] = (
    ("attack", SIGNS["con"], "Attacks"),
    ("support", SIGNS["pro"], "Supports"),
)


def drawn_pairs(found: Exchanges) -> tuple[Exchange, ...]:
    """The pairs that the figure draws, the most links first."""
    totals: Counter[str] = Counter()
    for pair in found.pairs:
        totals[pair.source] += pair.count
        totals[pair.target] += pair.count
    first = sorted(totals, key=lambda own: (-totals[own], own))[:MOST_SPEAKERS]
    kept = (p for p in found.pairs if p.source in first and p.target in first)
    return tuple(kept)[:MOST_PAIRS]


def exchanges_figure(
    found: Exchanges, debate: Debate, standings: Mapping[str, Standing] | None = None
) -> go.Figure:
    """Speakers in a column and arcs between them, each with the number of links upon it.

    ``customdata`` of a number is the ids of both speakers, of a speaker their own id.

    Args:
        standings: by speaker, which side they are on; it gives the shape and colour of the dot.
    """
    pairs = drawn_pairs(found)
    if not pairs:
        return empty("No link between two named speakers was found on this motion.")
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    totals: Counter[str] = Counter()
    for pair in pairs:
        totals[pair.source] += pair.count
        totals[pair.target] += pair.count
    order = sorted(totals, key=lambda own: (-totals[own], names.get(own, own), own))
    rows = {own: row for row, own in enumerate(order)}
    figure = go.Figure()
    for kind, sign, title in _KINDS:
        numbers = [(p, len(p.attacks if kind == "attack" else p.supports)) for p in pairs]
        numbers = [(p, n) for p, n in numbers if n]
        if numbers:
            _arcs(figure, numbers, rows, kind, title)
            figure.add_trace(_counts(numbers, rows, kind, sign, title, names))
    figure.add_trace(_speakers(order, totals, names, standings or {}))
    figure.update_xaxes(visible=False, range=[-0.08, 1.12], fixedrange=True)
    figure.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=[wrapped(names.get(own, own), _NAME[0], most=_NAME[1]) for own in order],
        range=[len(order) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return finish(figure, height=max(260, 80 + _ROW * len(order)))


def _bulge(pair: Exchange, rows: Mapping[str, int], kind: RelationKind) -> float:
    """How far right an arc reaches, 0 to 1: the four that two speakers can have lie apart."""
    down = rows[pair.target] > rows[pair.source]
    lane = (0 if down else 2) + (0 if kind == "attack" else 1)
    reach = abs(rows[pair.target] - rows[pair.source]) / max(1, len(rows) - 1)
    return (0.45 + 0.55 * reach) * (1 - 0.17 * lane)


def _point(
    pair: Exchange, rows: Mapping[str, int], kind: RelationKind, at: float
) -> tuple[float, float]:
    """The point of an arc at 0 (its source) to 1 (its target): half an ellipse."""
    start, end = rows[pair.source], rows[pair.target]
    bulge = _bulge(pair, rows, kind)
    angle = math.pi * at
    y = (start + end) / 2 - (end - start) / 2 * math.cos(angle)
    return round(bulge * math.sin(angle), 4), round(y, 4)


def _arcs(
    figure: go.Figure,
    numbers: Sequence[tuple[Exchange, int]],
    rows: Mapping[str, int],
    kind: RelationKind,
    title: str,
) -> None:
    most = max(number for _, number in numbers)
    for index, (pair, number) in enumerate(numbers):
        line = [_point(pair, rows, kind, n / _STEPS) for n in range(_STEPS + 1)]
        (x0, y0), (x1, y1) = line[-6], line[-4]
        figure.add_trace(
            go.Scatter(
                x=[x for x, _ in line],
                y=[y for _, y in line],
                mode="lines",
                line={
                    "color": PALETTE[kind],
                    "dash": DASHES[kind] if kind == "support" else "solid",
                    "width": 1.5 + 3 * number / most,
                },
                hoverinfo="skip",
                name=title,
                legendgroup=kind,
                showlegend=index == 0,
            )
        )
        # The head lies on the arc, a little before the dot that it leads to.
        figure.add_annotation(
            x=x1, y=y1, ax=x0, ay=y0, axref="x", ayref="y", text="", showarrow=True,
            arrowhead=2, arrowsize=1.2, arrowwidth=2, arrowcolor=PALETTE[kind],
        )  # fmt: skip


def _counts(
    numbers: Sequence[tuple[Exchange, int]],
    rows: Mapping[str, int],
    kind: RelationKind,
    sign: str,
    title: str,
    names: Mapping[str, str],
) -> go.Scatter:
    middles = [_point(pair, rows, kind, 0.5) for pair, _ in numbers]
    black = {"textfont": {"color": "#000000"}, "marker": {"opacity": 1}}
    return go.Scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        mode="markers+text",
        marker={"size": 26, "color": PALETTE[kind], "line": {"width": 1, "color": "#000000"}},
        text=[f"{sign}{number:,}" for _, number in numbers],
        textfont={"color": "#000000", "size": 12},
        customdata=[[pair.source, pair.target] for pair, _ in numbers],
        hovertext=[
            hover_of(
                f"{names.get(pair.source, pair.source)} {title.lower()} "
                f"{names.get(pair.target, pair.target)}",
                counted(number, "link"),
            )
            for pair, number in numbers
        ],
        hoverinfo="text",
        showlegend=False,
        selected=black,
        unselected=black,
    )


def _speakers(
    order: Sequence[str],
    totals: Mapping[str, int],
    names: Mapping[str, str],
    standings: Mapping[str, Standing],
) -> go.Scatter:
    sides = [standings.get(own) for own in order]
    return go.Scatter(
        x=[0] * len(order),
        y=list(range(len(order))),
        mode="markers",
        marker={
            "size": 20,
            "color": [PALETTE[s] if s in ("pro", "con") else PALETTE["none"] for s in sides],
            "symbol": [SHAPES[s] if s in ("pro", "con") else "circle-open" for s in sides],
            "line": {"width": 3},
        },
        customdata=[[own] for own in order],
        hovertext=[hover_of(names.get(own, own), counted(totals[own], "link")) for own in order],
        hoverinfo="text",
        showlegend=False,
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
