"""What all charts share: colours, signs, and text that stays text.

Colours are from Okabe & Ito (2008), "Color Universal Design", told apart by readers of every
colour vision (the purple a little darker, for 3:1 on a light page); shape and sign say the same
again, and what is too pale for a light page has an edge. Fonts take the template's colour and
papers are clear, so that the charts read on light and dark pages.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping

import plotly.graph_objects as go

#: Colour of each label and of the two kinds of relation.
PALETTE: Mapping[str, str] = {
    "pro": "#0072B2",
    "con": "#E69F00",
    "none": "#8C8C8C",
    "unclear": "#B3B3B3",
    "motion": "#8C8C8C",
    "support": "#009E73",
    "attack": "#D55E00",
    "undercut": "#D55E00",
    "selected": "#C0689A",
}

#: A sign for each label, so that no meaning hangs on colour alone.
SIGNS: Mapping[str, str] = {"pro": "+", "con": "−", "none": "·", "unclear": "?"}

#: What the labels are called in legends and hover texts.
NAMES: Mapping[str, str] = {
    "pro": "For",
    "con": "Against",
    "none": "Takes no side",
    "unclear": "Unclear",
}

#: Text colour that can be read on each fill.
ON_FILL: Mapping[str, str] = {
    "pro": "#FFFFFF",
    "con": "#000000",
    "none": "#000000",
    "unclear": "#000000",
    "motion": "#000000",
}

#: Marker shape of each side.
SHAPES: Mapping[str, str] = {"pro": "circle", "con": "diamond", "motion": "square"}

#: Dashes of each relation, so that no meaning hangs on colour alone.
DASHES: Mapping[str, str] = {"support": "dot", "attack": "dash", "undercut": "dashdot"}

#: A sign on the line of each relation, so that it is told without dash and colour: a plus that
#: adds, a cross that strikes out, a bow tie that holds two things apart.
LINK_SHAPES: Mapping[str, str] = {"support": "cross", "attack": "x", "undercut": "bowtie"}

#: Mid grey for lines and the edges of shapes: 3:1 or more on the light and the dark page alike.
LINE = "#808080"

#: Lines to read a value by, dotted so that they stay behind what is drawn; Streamlit's look for
#: charts leaves them out where they are not asked for.
GRID: Mapping[str, object] = {
    "showgrid": True,
    "gridcolor": LINE,
    "gridwidth": 1,
    "griddash": "dot",
}

_HOVER_WIDTH = 64


def literal(text: str) -> str:
    """``text`` so that Plotly draws its very characters.

    Plotly reads tags and entities in every string, and typesets what stands between dollar
    signs where MathJax is on the page. It knows few named entities (not ``&quot;``), and
    quotation marks mean nothing to it outside a tag, so these stay.
    """
    return html.escape(text, quote=False).replace("$", "&#36;")


def wrapped(text: str, width: int, *, most: int | None = None) -> str:
    """``text`` as literal lines of at most ``width`` characters, joined by Plotly's line break.

    Args:
        most: keep so many characters and end in an ellipsis where there are more.
    """
    return "<br>".join(literal(line) for line in lines_of(text, width, most=most))


def lines_of(text: str, width: int, *, most: int | None = None) -> list[str]:
    """The lines ``wrapped`` joins, not yet escaped; at least one."""
    plain = " ".join(text.split())
    if most is not None and len(plain) > most:
        plain = (
            textwrap.shorten(plain, most, placeholder="…", break_on_hyphens=False)
            if " " in plain[:most]
            else (plain[: most - 1] + "…")
        )
    return textwrap.wrap(plain, width, break_on_hyphens=False) or [""]


def hover_of(*parts: str | None) -> str:
    """Hover text: parts below one another, each wrapped and literal; ``None`` is left out."""
    return "<br>".join(wrapped(part, _HOVER_WIDTH) for part in parts if part is not None)


def counted(number: int, one: str, many: str | None = None) -> str:
    """``3 statements``, ``1 statement``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def finish(figure: go.Figure, *, height: int) -> go.Figure:
    """Give a figure the look that all charts share."""
    figure.update_layout(
        height=height,
        margin={"l": 12, "r": 12, "t": 44, "b": 12},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"align": "left"},
        legend={
            "orientation": "h",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "x": 0,
            "xanchor": "left",
        },
    )
    return figure


def empty(message: str) -> go.Figure:
    """A figure that holds only a sentence in plain words."""
    figure = go.Figure()
    figure.add_annotation(
        text=wrapped(message, 60),
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        showarrow=False,
        font={"size": 15},
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return finish(figure, height=200)
