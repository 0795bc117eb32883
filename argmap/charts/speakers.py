"""Where the speakers stand: a dot for the mean, whiskers for what it could as well be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go

from argmap.charts.style import (
    GRID,
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
from argmap.structure import LEAST_STATEMENTS

Standing = Literal["pro", "con", "either", "few"]

_ROW = 54
_NAME = 46
# Pixels that a name stands over its whiskers.
_OVER = 19
# (key, name in the legend, colour, shape, thickness of the whiskers)
_GROUPS: tuple[tuple[Standing, str, str, str, float], ...] = (
    ("pro", f"{SIGNS['pro']} For", PALETTE["pro"], SHAPES["pro"], 2.5),
    ("con", f"{SIGNS['con']} Against", PALETTE["con"], SHAPES["con"], 2.5),
    ("either", "Could be either", PALETTE["none"], "circle-open", 2.5),
    ("few", f"Too few to say (n < {LEAST_STATEMENTS})", PALETTE["none"], "square-open", 1),
)


def speakers_figure(summaries: Sequence[SpeakerStance], debate: Debate, topic_id: str) -> go.Figure:
    """One row a speaker on one topic, in the order given; ``customdata`` is their id.

    A speaker whose interval crosses the middle is drawn hollow and grey, because their
    statements do not settle which side they are on; one with under ``LEAST_STATEMENTS`` is a
    hollow square, because no statements could. Names stand over the whiskers, which leaves these
    their whole width on a narrow screen.
    """
    own = [summary for summary in summaries if summary.topic == topic_id and summary.count]
    if not own:
        return empty(
            "No named speaker takes a side on this motion. "
            "Statements without a speaker are in the tree."
        )
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    rows = {summary.speaker: row for row, summary in enumerate(own)}
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": LINE, "width": 1.5, "dash": "dot"})
    for key, title, colour, shape, thickness in _GROUPS:
        group = [summary for summary in own if standing(summary) == key]
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
                    "thickness": thickness,
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
    for summary in own:
        name = wrapped(names.get(summary.speaker, summary.speaker), _NAME, most=_NAME)
        figure.add_annotation(
            text=f"{name} (n = {summary.count:,})",
            x=0,
            xref="paper",
            xanchor="left",
            y=rows[summary.speaker],
            yshift=_OVER,
            showarrow=False,
            font={"size": 13},
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
        # A reader of many rows begins at the top.
        side="top",
        **GRID,
        fixedrange=True,
    )
    figure.update_yaxes(
        showticklabels=False,
        range=[len(own) - 0.5, -0.75],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    finish(figure, height=140 + _ROW * len(own))
    # Room for both words at the ends, and for a legend of two lines on a narrow screen.
    return figure.update_layout(margin={"l": 32, "r": 32, "t": 104})


def standing(summary: SpeakerStance) -> Standing:
    """What a speaker's statements settle: a side, neither yet, or nothing for they are few."""
    if summary.count < LEAST_STATEMENTS:
        return "few"
    if summary.low > 0:
        return "pro"
    return "con" if summary.high < 0 else "either"


def _hover(summary: SpeakerStance, name: str) -> str:
    few = "Too few statements to say which side." if standing(summary) == "few" else None
    return stance_hover(summary, name, few)


def stance_hover(summary: SpeakerStance, *heads: str | None) -> str:
    """Hover text of one position: its heads, the mean with its interval, and the counts."""
    return hover_of(
        *heads,
        f"Mean stance {summary.mean:+.2f}, 95% interval {summary.low:+.2f} to {summary.high:+.2f}",
        f"{counted(summary.count, 'statement')} with a side: "
        f"{summary.pro} for, {summary.con} against",
        f"{summary.none} without a side, {summary.unclear} unclear",
    )
