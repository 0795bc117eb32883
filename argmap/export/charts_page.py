"""Every chart of a debate on one page that works offline and saves each as a picture."""

from __future__ import annotations

from collections.abc import Iterator

import plotly.graph_objects as go
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from argmap.charts import (
    balance_figure,
    icicle_figure,
    needed_width,
    speakers_figure,
    tree_figure,
)
from argmap.export.report import (
    asset,
    environment,
    figure_data,
    height_of,
    policy_of,
    script_json,
    tones,
)
from argmap.records import Debate
from argmap.structure import build_tree, summarise_speakers

_WIDTH = 900


def charts_to_html(debate: Debate) -> str:
    """The charts as one HTML page of about 5 MB: balance, and each motion's tree, icicle, speakers.

    Beside each chart are buttons that save it as SVG or PNG, in the browser. The same debate gives
    the same bytes.
    """
    charts = [
        (f"chart-{number}", title, figure_data(figure))
        for number, (title, figure) in enumerate(_figures(debate))
    ]
    code = asset("charts.js")
    library = get_plotlyjs()
    return (
        environment()
        .get_template("charts.html.j2")
        .render(
            debate=debate,
            charts=[(name, title, height_of(data)) for name, title, data in charts],
            data=script_json({name: data for name, _, data in charts}),
            library=Markup(library),  # nosec B704 # ours or Plotly's
            code=Markup(code),  # nosec B704 # ours or Plotly's
            style=Markup(tones() + asset("report.css")),  # nosec B704 # our own style
            policy=policy_of(library, code),
        )
    )


def _figures(debate: Debate) -> Iterator[tuple[str, go.Figure]]:
    """Each chart that there is something to draw of, with its title."""
    if debate.stances:
        yield "Statements for and against each motion", balance_figure(debate)
    summaries = summarise_speakers(debate)
    for topic in debate.topics:
        tree = build_tree(debate, topic.id)
        if tree.nodes and tree.nodes[0].count:
            width = max(_WIDTH, needed_width(tree))
            yield f"Argument tree: {topic.motion}", tree_figure(tree, debate, width=width)
            yield f"Icicle: {topic.motion}", icicle_figure(tree, debate)
        own = [summary for summary in summaries if summary.topic == topic.id and summary.count]
        if own:
            # The most in favour on top, as in the report.
            own.sort(key=lambda summary: (-summary.mean, summary.speaker))
            yield f"Speakers: {topic.motion}", speakers_figure(own, debate, topic.id)
