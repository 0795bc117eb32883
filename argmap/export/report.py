"""One HTML file that holds the whole debate and opens in any browser, offline.

The browser is told by a Content-Security-Policy to run the two scripts that are written here
and nothing else, and to fetch nothing; every word of a document passes Jinja's autoescape.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

import plotly.graph_objects as go
import plotly.io
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from argmap import wording
from argmap.charts import PALETTE, balance_figure, needed_width, speakers_figure, tree_figure
from argmap.export.report_view import Motion, ReportView
from argmap.export.trust import CAVEATS, made_by
from argmap.nlp import judged_by
from argmap.projectfile import well_formed
from argmap.records import Debate

# The tree stands in a box of about 1000 pixels and is laid out for fewer, because a reader's
# machine may have only a font that is wider than the layout counts on.
_WIDTH = 900
# A page of A4 holds a chart of so many pixels; a taller one is left to its outline when printed.
_PRINTED = 1250
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def to_html(debate: Debate) -> str:
    """The debate as one HTML page of about 5 MB, nearly all of it Plotly's own script.

    The same debate gives the same bytes.

    Raises:
        ModelError: the registry of models is missing, so what is to be said of the model's
            worth is not known.
    """
    view = ReportView(debate)
    charts: dict[str, object] = {}
    if any(count.number for motion in view.motions for count in motion.counts):
        charts["balance"] = figure_data(balance_figure(debate))
    for motion in view.motions:
        charts |= _charts(motion, debate)
    code = asset("report.js")
    library = get_plotlyjs()
    page = environment().get_template("report.html.j2")
    return page.render(
        debate=debate,
        view=view,
        charts=script_json(charts),
        heights={name: height_of(data) for name, data in charts.items()},
        printed=_PRINTED,
        library=Markup(library),  # nosec B704 # ours or Plotly's
        code=Markup(code),  # nosec B704 # ours or Plotly's
        style=Markup(tones() + asset("report.css")),  # nosec B704 # our own style
        policy=policy_of(library, code),
        judged=judged_by(debate.run),
        made=made_by(debate),
        caveats=CAVEATS,
        inputs=sorted(debate.run.inputs.items()),
        wording=wording,
    )


def environment() -> Environment:
    """What every HTML page is written with: escapes all that is not markup of our own."""
    return Environment(
        loader=PackageLoader("argmap.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_written,
    )


def _written(value: object) -> object:
    """Text as a page may hold it: controls and halves of characters show as missing."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("\ufffd", well_formed(value))
    return value


def asset(name: str) -> str:
    """A file that goes into a page whole."""
    return (files("argmap.export") / "templates" / name).read_text(encoding="utf-8")


def policy_of(*scripts: str) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    # Plotly writes its styles as it draws, and makes pictures of charts from data and blobs.
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _charts(motion: Motion, debate: Debate) -> dict[str, object]:
    charts: dict[str, object] = {}
    if motion.tree.nodes[0].count:
        width = max(_WIDTH, needed_width(motion.tree))
        figure = figure_data(tree_figure(motion.tree, debate, width=width))
        charts[f"tree-{motion.number}"] = {**figure, "nodes": dict(motion.nodes)}
    if motion.summaries:
        # The most in favour on top, for who reads down a page of print.
        ordered = sorted(motion.summaries, key=lambda s: (-s.mean, s.speaker))
        charts[f"speakers-{motion.number}"] = figure_data(
            speakers_figure(ordered, debate, motion.topic.id)
        )
    return charts


def figure_data(figure: go.Figure) -> dict[str, object]:
    """What Plotly's script draws. The engine is named, for another one spaces differently."""
    found: dict[str, object] = json.loads(
        plotly.io.to_json(figure, validate=False, engine="json", remove_uids=True)
    )
    return found


def height_of(data: object) -> int:
    assert isinstance(data, dict)
    return int(data["layout"]["height"])


def script_json(value: object) -> Markup:
    """JSON that can stand in a script element: no tag can begin in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = well_formed(text).replace("&", "\\u0026").replace("<", "\\u003c")
    return Markup(text.replace(">", "\\u003e"))  # nosec B704 # no "<" and no ">" is left in it


def tones() -> str:
    """The labels' colours for a style sheet."""
    tones = "".join(f"--{name}: {colour};" for name, colour in sorted(PALETTE.items()))
    return f":root {{{tones}}}\n"
