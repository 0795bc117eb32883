"""How far a model's confidence can be believed: reliability chart and risk-coverage curve."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from argmap.charts.style import GRID, LINE, PALETTE, counted, empty, finish, hover_of
from argmap.stance.calibration import REGISTER_WORDS, USES, Calibration, Register

_HEIGHT = 380
_MOST, _LEAST = 26, 7
# (colour, marker, dash): no register is told by its colour alone.
_LOOKS: Mapping[Register, tuple[str, str, str]] = {
    "short": (PALETTE["pro"], "circle", "solid"),
    "prose": (PALETTE["con"], "diamond", "dash"),
}


def reliability_figure(calibration: Calibration) -> go.Figure:
    """Confidence against the share that is right, a line a register; the diagonal is honest.

    Markers grow with the number of sentences. Below the diagonal the model is too sure.
    """
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", name="As right as it is sure",
            line={"color": LINE, "width": 1.5, "dash": "dot"}, hoverinfo="skip",
        )
    )  # fmt: skip
    drawn = [(name, bins) for name, bins in calibration.bins if name in _LOOKS and bins]
    if not drawn:
        return empty("Nothing was measured of how sure this model may be.")
    most = max(b.n for _, bins in drawn for b in bins)
    for name, bins in drawn:
        colour, shape, dash = _LOOKS[name]
        figure.add_trace(
            go.Scatter(
                x=[b.confidence for b in bins],
                y=[b.accuracy for b in bins],
                mode="lines+markers",
                name=REGISTER_WORDS[name].capitalize(),
                line={"color": colour, "dash": dash},
                marker={
                    "symbol": shape,
                    "color": colour,
                    "size": [_LEAST + (_MOST - _LEAST) * (b.n / most) ** 0.5 for b in bins],
                },
                hovertext=[
                    hover_of(
                        REGISTER_WORDS[name].capitalize(),
                        f"Sure by {b.confidence:.0%} on average, right in {b.accuracy:.0%}",
                        counted(b.n, "sentence"),
                    )
                    for b in bins
                ],
                hoverinfo="text",
            )
        )
    figure.update_xaxes(title={"text": "How sure the model is"}, **_share())
    figure.update_yaxes(title={"text": "How often it is right"}, **_share())
    return finish(figure, height=_HEIGHT)


def risk_coverage_figure(calibration: Calibration) -> go.Figure:
    """Share of for/against labels that are wrong, against the share of sentences labelled.

    Each point is a threshold; a band is the 95% interval. The thresholds of the uses are marked.
    """
    figure = go.Figure()
    drawn = [(name, points) for name, points in calibration.curves if name in _LOOKS and points]
    if not drawn:
        return empty("Nothing was measured of how often this model's labels are wrong.")
    for name, points in drawn:
        colour, _, dash = _LOOKS[name]
        title = REGISTER_WORDS[name].capitalize()
        figure.add_trace(
            go.Scatter(
                x=[p.coverage for p in points] + [p.coverage for p in reversed(points)],
                y=[p.risk.high for p in points] + [p.risk.low for p in reversed(points)],
                fill="toself", fillcolor=_faint(colour), mode="none", hoverinfo="skip",
                showlegend=False, name=f"{title}, interval",
            )
        )  # fmt: skip
        figure.add_trace(
            go.Scatter(
                x=[p.coverage for p in points],
                y=[p.risk.value for p in points],
                mode="lines",
                name=title,
                line={"color": colour, "dash": dash},
                hovertext=[
                    hover_of(
                        title,
                        f"Least probability {p.threshold:.2f}: {p.risk.value:.0%} of "
                        f"{counted(p.risk.n, 'label')} for or against wrong",
                        f"{p.coverage:.0%} of the sentences keep a label",
                    )
                    for p in points
                ],
                hoverinfo="text",
            )
        )
    for use, shape in zip(USES, ("triangle-up", "star"), strict=True):
        threshold = calibration.threshold(use)
        marks = [(name, p) for name, points in drawn for p in points if p.threshold == threshold]
        figure.add_trace(
            go.Scatter(
                x=[p.coverage for _, p in marks],
                y=[p.risk.value for _, p in marks],
                mode="markers",
                name=f"{use.capitalize()}: {threshold:.2f}",
                marker={
                    "symbol": shape,
                    "size": 14,
                    "color": [_LOOKS[name][0] for name, _ in marks],
                    "line": {"width": 1.5, "color": PALETTE["selected"]},
                },
                hovertext=[
                    hover_of(
                        f"{use.capitalize()}, {REGISTER_WORDS[name]}",
                        f"{p.risk.value:.0%} wrong, {p.coverage:.0%} labelled",
                    )
                    for name, p in marks
                ],
                hoverinfo="text",
            )
        )
    figure.update_xaxes(title={"text": "Sentences that keep a label"}, **_share())
    figure.update_yaxes(title={"text": "For/against labels that are wrong"}, **_share())
    return finish(figure, height=_HEIGHT)


def _share() -> dict[str, object]:
    return {"range": [-0.02, 1.02], "tickformat": ".0%", "zeroline": False, **GRID}


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.14)"
