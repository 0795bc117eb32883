"""A comparison as a page in one HTML file that prints, and in Markdown.

The page has no script: its bars are drawn as SVG from numbers alone, and every word of a document
passes Jinja's autoescape.
"""

from __future__ import annotations

from markupsafe import Markup

from argmap import wording
from argmap.charts import PALETTE
from argmap.export.comparison_view import (
    CAVEATS,
    ComparisonView,
    Pair,
    Point,
    Said,
    alone_words,
)
from argmap.export.markdown import escaped, linked
from argmap.export.report import asset, environment, tones
from argmap.export.trust import made_by
from argmap.records import Debate
from argmap.structure import Comparison

_SHOWN = 50


def comparison_to_html(comparison: Comparison, debate: Debate) -> str:
    """The comparison as one page of some 30 kB. The same comparison gives the same bytes."""
    view = ComparisonView(comparison, debate)
    page = environment().get_template("comparison.html.j2")
    return page.render(
        view=view,
        debate=debate,
        alone=alone_words(comparison),
        shown=_SHOWN,
        palette=PALETTE,
        style=Markup(  # nosec B704 # our own style
            tones() + asset("report.css") + asset("comparison.css")
        ),
        made=made_by(debate),
        caveats=CAVEATS,
        wording=wording,
    )


def comparison_to_markdown(comparison: Comparison, debate: Debate) -> str:
    """The comparison in CommonMark with GitHub's tables; no word of a document is markup in it."""
    view = ComparisonView(comparison, debate)
    first, second = escaped(view.first), escaped(view.second)
    lines = [f"# {escaped(view.title)}", "", f"On the motion: {escaped(view.topic.motion)}", ""]
    lines += [f"- {escaped(finding)}" for finding in view.findings]
    lines += ["", "## Shares", "", f"| | {first} | {second} | Difference in points | |"]
    lines += ["|---|---|---|---|---|"]
    for row in view.rows:
        cells = (f"{row.sign} {row.name}", *row.cells, "differs" if row.claimed else "")
        lines.append("| " + " | ".join(escaped(cell) for cell in cells) + " |")
    lines += ["", "## Key points", "", escaped(alone_words(comparison)), ""]
    for title, points in view.points:
        lines += [f"### {escaped(title)}", ""]
        for point in points[:_SHOWN]:
            lines += _point(point, first, second)
        lines += ["" if points else "None.", ""]
    lines += ["## Where they answer each other", ""]
    lines += _pairs(view.answers, "Neither attacks a statement of the other.")
    for turned in view.changes:
        lines += [f"## {escaped(turned.name)} over time", "", escaped(turned.verdict), ""]
        if len(turned.rows) > 1:
            lines += ["| Date | Statements | For | Against |", "|---|---:|---|---|"]
            lines += ["| " + " | ".join(map(escaped, row)) + " |" for row in turned.rows]
            lines.append("")
        lines += ["### On both sides", ""]
        lines += _pairs(turned.pairs, "No two statements are surely on opposite sides.")
        if turned.unsure:
            lines += ["### On both sides, if the labels are right", "", *_pairs(turned.unsure, "")]
    if view.crossing:
        lines += ["## The same person on both sides", "", *_pairs(view.crossing, "")]
    lines += ["## Method and caveats", "", *(f"- {escaped(caveat)}" for caveat in CAVEATS)]
    lines += ["", "| Made by | |", "|---|---|"]
    lines += [f"| {escaped(name)} | {escaped(value)} |" for name, value in made_by(debate)]
    return "\n".join(lines) + "\n"


def _point(point: Point, first: str, second: str) -> list[str]:
    lines = [f"**{point.sign} {point.name}**: {escaped(point.text)} ({escaped(point.counts)})", ""]
    for name, said in ((first, point.first), (second, point.second)):
        lines += [f"- {name}: {_said(one)}" for one in said]
    return [*lines, ""]


def _pairs(pairs: tuple[Pair, ...], none: str) -> list[str]:
    lines = []
    for pair in pairs[:_SHOWN]:
        lines += [f"- {_said(pair.first)}", f"- {_said(pair.second)}", ""]
        lines += [f"  {escaped(pair.note)}", ""]
    if len(pairs) > _SHOWN:
        lines += [f"And {len(pairs) - _SHOWN:,} more.", ""]
    return lines or [none, ""]


def _said(said: Said) -> str:
    source = linked(said.source, said.url)
    return f"“{escaped(said.text)}” ({escaped(said.voice)}; {source}; {escaped(said.judged)})"
