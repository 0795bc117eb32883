"""``argmap compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import check_target, console, plain, write

if TYPE_CHECKING:
    from argmap.records import Debate
    from argmap.structure import Comparison

_BYS = ("speaker", "party", "outlet", "document", "date")


@app.command("compare")
def compare(
    file: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Project file; - is standard input.")
    ],
    first: Annotated[str, typer.Argument(metavar="A", help="A name, a title, an id or a date.")],
    second: Annotated[str, typer.Argument(metavar="B", help="What to set beside it.")],
    by: Annotated[str, typer.Option("--by", help=f"What the two are: {', '.join(_BYS)}.")],
    topic: Annotated[
        str, typer.Option("--topic", metavar="ID", help="Motion; needed where there are several.")
    ] = "",
    html: Annotated[str, typer.Option(metavar="OUT", help="Write a page that prints.")] = "",
    markdown: Annotated[str, typer.Option(metavar="OUT", help="Write Markdown.")] = "",
) -> None:
    """Set two speakers, parties, outlets, documents or dates of a project file side by side.

    A date is a year, a month or a day (2024, 2024-03, 2024-03-01) or two with .. between.
    """
    from argmap.structure import BYS, contrast

    kind = next((known for known in BYS if known == by), None)
    if kind is None:
        raise typer.BadParameter(f"{plain(by)!r} is none of {', '.join(_BYS)}.", param_hint="--by")
    for target in (html, markdown):
        if target:
            check_target(target, [file])
    from argmap.corrections import corrected
    from argmap.nlp import load_encoder

    debate = corrected(read_project(file))  # what a reader sees is compared
    found = contrast(debate, _topic(debate, topic), kind, first, second, encoder=load_encoder())
    _write(found, debate, html, markdown)


def _topic(debate: Debate, topic: str) -> str:
    if topic:
        return topic
    if len(debate.topics) != 1:
        known = ", ".join(t.id for t in debate.topics) or "none"
        raise typer.BadParameter(f"choose a motion: {plain(known)}.", param_hint="--topic")
    return debate.topics[0].id


def _write(found: Comparison, debate: Debate, html: str, markdown: str) -> None:
    from argmap.export.comparison import comparison_to_html, comparison_to_markdown

    if html:
        write(html, comparison_to_html(found, debate))
    if markdown:
        write(markdown, comparison_to_markdown(found, debate))
    if not html and not markdown:
        _table(found, debate)


def _table(found: Comparison, debate: Debate) -> None:
    from rich.table import Table

    from argmap.export.comparison_view import ComparisonView, alone_words

    view = ComparisonView(found, debate)
    out = console(stderr=False)
    for line in (view.topic.motion, *view.findings):
        typer.echo(plain(line))
    table = Table("", plain(view.first), plain(view.second), "Difference in points", box=None)
    for row in view.rows:
        mark = " *" if row.claimed else ""
        table.add_row(f"{row.sign} {row.name}", *row.cells[:2], f"{row.cells[2]}{mark}")
    out.print(table)
    typer.echo(plain(alone_words(found)))
    for title, points in view.points:
        typer.echo(f"{plain(title)}: {len(points) or 'none'}")
        for point in points:
            typer.echo(f"  {point.sign} {plain(point.text)} [{plain(point.counts)}]")
    groups = [("Where they answer each other", view.answers)]
    groups += [(f"{turned.name}: {turned.verdict}", turned.pairs) for turned in view.changes]
    groups += [("The same person on both sides", view.crossing)] if view.crossing else []
    for title, pairs in groups:
        typer.echo(f"{plain(title)} ({len(pairs) or 'none'})" if pairs else plain(title))
        for pair in pairs:
            for said in (pair.first, pair.second):
                typer.echo(f"  {said.sign} {plain(said.text)} [{plain(said.source)}]")
            typer.echo(f"    {plain(pair.note)}")
