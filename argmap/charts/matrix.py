"""Speakers by motions: in each cell the mean stance in colour and in figures, with its n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from argmap.charts.speakers import stance_hover, standing
from argmap.charts.style import LINE, empty, finish, wrapped
from argmap.records import Debate, SpeakerStance, Topic

# (upper bound of the mean, fill, ink on it, name in the legend): orange to blue by way of grey,
# which every colour vision tells apart; the number in the cell says the same.
_STEPS = (
    (-0.6, "#E69F00", "#000000", "−1 to −0.6"),
    (-0.2, "#F5D48A", "#000000", "−0.6 to −0.2"),
    (0.2, "#D9D9D9", "#000000", "−0.2 to +0.2"),
    (0.6, "#9CCBE8", "#000000", "+0.2 to +0.6"),
    (1.0, "#0072B2", "#FFFFFF", "+0.6 to +1"),
)
_FEW = "too few to say"

_ROW = 46
_CELL = 66
_WORDED_CELL = 116
_NAMES = 170
# So many motions have their words over their column; more are numbered.
_WORDED = 4
_TITLE = (18, 60)
_NAME = (18, 36)


def matrix_width(debate: Debate) -> int:
    """Pixels that the matrix needs so that the figures in its cells can be read."""
    motions = len(debate.topics)
    return _NAMES + (_CELL if motions > _WORDED else _WORDED_CELL) * motions


def column_name(topic: Topic, number: int, motions: int) -> str:
    """What stands over a motion's column: its words, or its number where there are many."""
    return wrapped(topic.motion, _TITLE[0], most=_TITLE[1]) if motions <= _WORDED else str(number)


def matrix_figure(
    summaries: Sequence[SpeakerStance],
    debate: Debate,
    speakers: Sequence[str],
    *,
    ink: str = "#1f2328",
) -> go.Figure:
    """A row for each of ``speakers``, the first on top, and a column for each topic.

    A heatmap hears no clicks, so every cell has a clear marker over it; ``customdata`` is the ids
    of the speaker and of the topic. A cell with too few statements is hollow, one without any
    is blank.

    Args:
        ink: colour of the figures in hollow cells, which stand on the page itself.
    """
    rows = {speaker: row for row, speaker in enumerate(speakers)}
    columns = {topic.id: column for column, topic in enumerate(debate.topics)}
    own = [s for s in summaries if s.speaker in rows and s.topic in columns and s.count]
    if not own:
        return empty("None of these speakers takes a side on any motion.")
    at = {(s.speaker, s.topic): (columns[s.topic], rows[s.speaker]) for s in own}
    filled = [s for s in own if standing(s) != "few"]
    hollow = [s for s in own if standing(s) == "few"]
    figure = go.Figure()
    if filled:
        figure.add_trace(_heat(filled, at, len(rows), len(columns)))
    _outlines(figure, hollow, at)
    for colour in sorted({_STEPS[_step(s.mean)][2] for s in filled}):
        same = [s for s in filled if _STEPS[_step(s.mean)][2] == colour]
        figure.add_trace(_figures(same, at, colour))
    if hollow:
        figure.add_trace(_figures(hollow, at, ink))
    figure.add_trace(_targets(own, at, debate))
    _legend(figure, filled, hollow)
    count = len(debate.topics)
    figure.update_xaxes(
        tickvals=list(columns.values()),
        ticktext=[column_name(t, n, count) for n, t in enumerate(debate.topics, start=1)],
        range=[-0.5, len(columns) - 0.5],
        side="top",
        tickangle=0,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    figure.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=[wrapped(names.get(s, s), _NAME[0], most=_NAME[1]) for s in rows],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
    )
    finish(figure, height=190 + _ROW * len(rows))
    legend = {"itemclick": False, "itemdoubleclick": False, "y": 0, "yanchor": "bottom"}
    figure.update_layout(legend=legend, margin={"t": 20, "b": 84})
    return figure


_At = Mapping[tuple[str, str], tuple[int, int]]


def _step(mean: float) -> int:
    return next((n for n, step in enumerate(_STEPS) if mean <= step[0]), len(_STEPS) - 1)


def _heat(filled: Sequence[SpeakerStance], at: _At, rows: int, columns: int) -> go.Heatmap:
    cells: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    for summary in filled:
        x, y = at[summary.speaker, summary.topic]
        cells[y][x] = _step(summary.mean)
    last = len(_STEPS) - 1
    return go.Heatmap(
        z=cells,
        zmin=-0.5,
        zmax=last + 0.5,
        # Flat steps: each colour holds a fifth of the scale.
        colorscale=[
            (edge / len(_STEPS), step[1]) for n, step in enumerate(_STEPS) for edge in (n, n + 1)
        ],
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
        hoverongaps=False,
    )


def _outlines(figure: go.Figure, hollow: Sequence[SpeakerStance], at: _At) -> None:
    figure.update_layout(
        shapes=[
            {
                "type": "rect",
                "x0": x - 0.46,
                "x1": x + 0.46,
                "y0": y - 0.46,
                "y1": y + 0.46,
                "line": {"color": LINE, "width": 1.5, "dash": "dot"},
            }
            for x, y in (at[s.speaker, s.topic] for s in hollow)
        ]
    )


def _figures(own: Sequence[SpeakerStance], at: _At, colour: str) -> go.Scatter:
    places = [at[s.speaker, s.topic] for s in own]
    font = {"color": colour, "size": 12}
    return go.Scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="text",
        text=[f"{_signed(s.mean)}<br>n = {s.count:,}" for s in own],
        textfont=font,
        hoverinfo="skip",
        showlegend=False,
        # Plotly fades the text of whatever is not chosen.
        selected={"textfont": {"color": colour}},
        unselected={"textfont": {"color": colour}},
    )


def _signed(mean: float) -> str:
    rounded = round(mean, 2)
    if rounded == 0:
        return "0.00"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.2f}"


def _targets(own: Sequence[SpeakerStance], at: _At, debate: Debate) -> go.Scatter:
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    motions = {topic.id: topic.motion for topic in debate.topics}
    places = [at[s.speaker, s.topic] for s in own]
    clear = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="markers",
        marker={"size": 40, "symbol": "square", "opacity": 0},
        customdata=[[s.speaker, s.topic] for s in own],
        hovertext=[
            stance_hover(
                s,
                names.get(s.speaker, s.speaker),
                motions[s.topic],
                "Too few statements to say which side." if standing(s) == "few" else None,
            )
            for s in own
        ],
        hoverinfo="text",
        showlegend=False,
        selected=clear,
        unselected=clear,
    )


def _legend(
    figure: go.Figure, filled: Sequence[SpeakerStance], hollow: Sequence[SpeakerStance]
) -> None:
    used = {_step(s.mean) for s in filled}
    entries = [
        (colour, "square", name) for n, (_, colour, _, name) in enumerate(_STEPS) if n in used
    ]
    if hollow:
        entries.append(("#8C8C8C", "square-open", _FEW))
    for colour, symbol, name in entries:
        figure.add_trace(
            go.Scatter(
                x=[None],
                y=[None],
                mode="markers",
                marker={"size": 14, "symbol": symbol, "color": colour},
                name=name,
                showlegend=True,
                hoverinfo="skip",
            )
        )
