"""Two side by side: for each label two bars, with whiskers for what the shares could as well be."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from argmap.charts.style import (
    GRID,
    LINE,
    NAMES,
    ON_FILL,
    PALETTE,
    SIGNS,
    counted,
    empty,
    finish,
    hover_of,
    wrapped,
)
from argmap.records import LABELS
from argmap.structure import Comparison
from argmap.structure.comparison import Change
from argmap.structure.intervals import Share

_ROW = 92
_NAME = 26
#: Marks bars whose whiskers a page draws in its own ink: no grey is seen on every bar and page.
WHISKERS = "whiskers"

# The second of the two is hatched, so that neither colour nor place alone tells them apart.
_HATCH = ("", "/")


def comparison_figure(comparison: Comparison) -> go.Figure:
    """Shares in per cent by label, the first of the two above the second and without hatching."""
    sides = (comparison.first, comparison.second)
    if not any(c.first.total and c.second.total for c in comparison.contrasts):
        return empty("One of the two has no statement that was judged on this motion.")
    figure = go.Figure()
    for index, side in enumerate(sides):
        shares = [(c.first, c.second)[index] for c in comparison.contrasts]
        mark = "plain" if not index else "hatched"
        figure.add_trace(
            go.Bar(
                y=[_label(c.label) for c in comparison.contrasts],
                x=[round(100 * share.value, 1) for share in shares],
                orientation="h",
                name=f"{wrapped(side.name, _NAME, most=2 * _NAME)} "
                f"({mark}, n = {shares[0].total:,})",
                marker={
                    "color": [PALETTE[c.label] for c in comparison.contrasts],
                    "pattern": {
                        "shape": _HATCH[index],
                        "fgcolor": [ON_FILL[c.label] for c in comparison.contrasts],
                        "fgopacity": 0.55,
                        "size": 9,
                        "solidity": 0.2,
                        "fillmode": "overlay",
                    },
                    "line": {"width": 1.5, "color": LINE},
                },
                error_x=_whiskers(shares),
                meta=WHISKERS,
                customdata=[[side.key, c.label] for c in comparison.contrasts],
                hovertext=[
                    _hover(side.name, c.label, share)
                    for c, share in zip(comparison.contrasts, shares, strict=True)
                ],
                hoverinfo="text",
            )
        )
    figure.update_layout(
        barmode="group", bargap=0.28, bargroupgap=0.08, legend={"traceorder": "normal"}
    )
    _percent_axis(figure)
    figure.update_yaxes(
        autorange="reversed", automargin=True, showgrid=False, zeroline=False, fixedrange=True
    )
    return finish(figure, height=150 + _ROW * len(comparison.contrasts))


def change_figure(change: Change) -> go.Figure:
    """For each date the share of a person's statements that is for, and that is against."""
    if len(change.moments) < 2:
        return empty("There is one date, or none, so nothing can have changed.")
    figure = go.Figure()
    dates = [moment.date for moment in change.moments]
    for label, symbol, shift in (("pro", "circle", -0.07), ("con", "diamond", 0.07)):
        shares = [moment.shares[LABELS.index(label)] for moment in change.moments]
        figure.add_trace(
            go.Scatter(
                y=[row + shift for row in range(len(dates))],
                x=[round(100 * share.value, 1) for share in shares],
                error_x=_whiskers(shares, PALETTE[label]),
                mode="markers",
                marker={"size": 13, "color": PALETTE[label], "symbol": symbol},
                name=_label(label),
                hovertext=[
                    _hover(date, label, share) for date, share in zip(dates, shares, strict=True)
                ],
                hoverinfo="text",
            )
        )
    _percent_axis(figure)
    figure.update_yaxes(
        tickvals=list(range(len(dates))),
        ticktext=[f"{wrapped(m.date, _NAME)} (n = {m.shares[0].total})" for m in change.moments],
        range=[len(dates) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return finish(figure, height=130 + 44 * len(dates))


def _label(label: str) -> str:
    return f"{SIGNS[label]} {NAMES[label]}"


def _percent_axis(figure: go.Figure) -> None:
    figure.update_xaxes(
        range=[0, 103],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        **GRID,
        zeroline=False,
        fixedrange=True,
    )


def _whiskers(shares: Sequence[Share], colour: str = "rgba(110,110,110,1)") -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(100 * (s.high - s.value), 1) for s in shares],
        "arrayminus": [round(100 * (s.value - s.low), 1) for s in shares],
        "color": colour,
        "thickness": 2,
        "width": 6,
    }


def _hover(name: str, label: str, share: Share) -> str:
    return hover_of(
        name,
        f"{_label(label)}: {share.count:,} of {counted(share.total, 'statement')}, "
        f"{share.value:.0%}",
        f"95% interval {share.low:.0%} to {share.high:.0%}, "
        f"as sure as {share.effective:g} independent statements",
    )
