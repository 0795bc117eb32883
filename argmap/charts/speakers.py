"""Where the speakers stand: a dot for the mean, whiskers for what it could as well be."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from argmap.charts.style import (
    LINE,
    PALETTE,
    SHAPES,
    SIGNS,
    counted,
    empty,
    finish,
    hover_of,
    wrapped,
)
from argmap.records import Debate, SpeakerStance

_ROW = 38
_NAME = 34
# (key, name in the legend, colour, shape)
_GROUPS = (
    ("pro", f"{SIGNS['pro']} For", PALETTE["pro"], SHAPES["pro"]),
    ("con", f"{SIGNS['con']} Against", PALETTE["con"], SHAPES["con"]),
    ("either", "Could be either: the interval crosses the middle", PALETTE["none"], "circle-open"),
)


def speakers_figure(summaries: Sequence[SpeakerStance], debate: Debate, topic_id: str) -> go.Figure:
    """One row a speaker on one topic, the most in favour on top; ``customdata`` is their id.

    A speaker whose interval crosses the middle is drawn hollow and grey, because their
    statements do not settle which side they are on.
    """
    own = sorted(
        (summary for summary in summaries if summary.topic == topic_id and summary.count),
        key=lambda summary: (summary.mean, summary.speaker),
    )
    if not own:
        return empty(
            "No named speaker takes a side on this motion. "
            "Statements without a speaker are in the tree."
        )
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    rows = {summary.speaker: row for row, summary in enumerate(own)}
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": LINE, "width": 1.5, "dash": "dot"})
    for key, title, colour, shape in _GROUPS:
        group = [summary for summary in own if _group(summary) == key]
        if not group:
            continue
        figure.add_trace(
            go.Scatter(
                x=[summary.mean for summary in group],
                y=[rows[summary.speaker] for summary in group],
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [round(s.high - s.mean, 4) for s in group],
                    "arrayminus": [round(s.mean - s.low, 4) for s in group],
                    "color": colour,
                    "thickness": 2.5,
                    "width": 6,
                },
                mode="markers",
                marker={"size": 20, "color": colour, "symbol": shape, "line": {"width": 3}},
                customdata=[summary.speaker for summary in group],
                hovertext=[_hover(s, names.get(s.speaker, s.speaker)) for s in group],
                hoverinfo="text",
                name=title,
                showlegend=True,
                unselected={"marker": {"opacity": 1}},
            )
        )
    figure.update_xaxes(
        range=[-1.06, 1.06],
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=[
            f"{SIGNS['con']} Against<br>−1",
            "−0.5",
            "0",
            "+0.5",
            f"{SIGNS['pro']} For<br>+1",
        ],
        zeroline=False,
        gridcolor="rgba(128,128,128,0.2)",
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=[
            f"{wrapped(names.get(s.speaker, s.speaker), _NAME, most=2 * _NAME)} (n = {s.count})"
            for s in own
        ],
        range=[-0.6, len(own) - 0.4],
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
    )
    return finish(figure, height=130 + _ROW * len(own))


def _group(summary: SpeakerStance) -> str:
    if summary.low > 0:
        return "pro"
    return "con" if summary.high < 0 else "either"


def _hover(summary: SpeakerStance, name: str) -> str:
    return hover_of(
        name,
        f"Mean stance {summary.mean:+.2f}, 95% interval {summary.low:+.2f} to {summary.high:+.2f}",
        f"{counted(summary.count, 'statement')} with a side: "
        f"{summary.pro} for, {summary.con} against",
        f"{summary.none} without a side, {summary.unclear} unclear",
    )
