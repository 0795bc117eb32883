"""How much is said for and against each motion."""

from __future__ import annotations

from collections import Counter

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
from argmap.records import LABELS, Debate

_ROW = 62
_TITLE = 36


def balance_figure(debate: Debate) -> go.Figure:
    """For each topic one bar, stacked by label, as long as its number of statements.

    The first topic is on top. ``customdata`` of each part is its topic's id and label.
    """
    latest = {(stance.topic, stance.statement): stance.label for stance in debate.stances}
    counts = Counter((topic, label) for (topic, _), label in latest.items())
    topics = [topic for topic in debate.topics if any(counts[topic.id, x] for x in LABELS)]
    if not topics:
        return empty("No sentence has been judged on a motion yet. Add a source and a motion.")
    rows = list(range(len(topics)))
    figure = go.Figure()
    for label in LABELS:
        numbers = [counts[topic.id, label] for topic in topics]
        figure.add_trace(
            go.Bar(
                y=rows,
                x=numbers,
                orientation="h",
                name=f"{SIGNS[label]} {NAMES[label]}",
                marker={
                    "color": PALETTE[label],
                    "line": {"width": 1, "color": LINE},
                },
                text=[f"{SIGNS[label]} {number}" if number else "" for number in numbers],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 13, "color": ON_FILL[label]},
                customdata=[[topic.id, label] for topic in topics],
                hovertext=[
                    hover_of(
                        topic.motion,
                        f"{SIGNS[label]} {NAMES[label]}: {counted(number, 'statement')}",
                    )
                    for topic, number in zip(topics, numbers, strict=True)
                ],
                hoverinfo="text",
                unselected={"marker": {"opacity": 1}},
            )
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.35,
        legend={"traceorder": "normal"},
        # A number that does not fit its part is left to the hover rather than shrunk.
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    figure.update_xaxes(title={"text": "Statements"}, **GRID, zeroline=False)
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[wrapped(topic.title, _TITLE, most=3 * _TITLE) for topic in topics],
        range=[len(topics) - 0.4, -0.6],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )
    return finish(figure, height=110 + _ROW * len(topics))
