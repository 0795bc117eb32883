"""``argmap strength``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import console, fail, plain

if TYPE_CHECKING:
    from argmap.records import Debate, Topic
    from argmap.structure import Entry, Gaps, Strength

_SHOWN = 10


@app.command("strength")
def strength(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Project file; - is standard input.")],
    topic: Annotated[
        str | None, typer.Option(metavar="ID", help="One motion; all of them by default.")
    ] = None,
    semantics: Annotated[
        Literal["df-quad", "quadratic-energy"],
        typer.Option(help="How attacks and support are weighed."),
    ] = "df-quad",
) -> None:
    """Say what stands after the attacks, what was never answered and what both sides say."""
    from argmap.corrections import corrected
    from argmap.structure import find_gaps, weigh

    debate = corrected(read_project(file))  # what a reader sees is weighed
    topics = [t for t in debate.topics if topic in (None, t.id)]
    if not topics:
        known = ", ".join(t.id for t in debate.topics) or "none"
        fail([f"{file}: There is no motion {topic}. Its motions are: {known}."])
    for found in topics:
        weighed = weigh(debate, found.id, semantics=semantics)
        _show(debate, found, weighed, find_gaps(debate, weighed))


def _show(debate: Debate, topic: Topic, weighed: Strength, gaps: Gaps) -> None:
    from argmap import wording
    from argmap.records import SIDES

    typer.echo(f"{plain(topic.motion)} [{plain(topic.id)}]")
    for side in SIDES:
        number, before, after = weighed.side(side)
        if number:
            moved = wording.moved(before, after)
            counted = wording.count(number, "statement")
            typer.echo(f"{wording.LABEL_WORDS[side]}: {counted}, mean strength {moved}.")
    for line in gaps.cautions:
        typer.echo(line)
    texts = {statement.id: statement.text for statement in debate.statements}
    _table(
        "Key points after the attacks",
        [
            (
                p.side,
                p.text,
                wording.moved(p.before, p.after),
                wording.count(len(p.statements), "statement"),
            )
            for p in weighed.points
        ],
    )
    for side in SIDES:
        name = wording.LABEL_WORDS[side].lower()
        _table(f"Never answered: {name} the motion", _rows(gaps.unanswered_of(side)))
    _table("Most contested", _rows(gaps.contested))
    common = []
    for shared in gaps.common:
        how = wording.shared(shared.how, shared.share)
        common.append(("", texts[shared.pro], how, " ".join(shared.cautions)))
        common.append(("", texts[shared.con], "", ""))
    _table("Common ground", common)
    typer.echo()


def _rows(entries: tuple[Entry, ...]) -> list[tuple[str, str, str, str]]:
    from argmap import wording

    return [
        (e.side, e.text, wording.moved(e.before, e.after), " ".join(e.cautions)) for e in entries
    ]


def _table(title: str, rows: list[tuple[str, str, str, str]]) -> None:
    from rich.table import Table

    if not rows:
        return
    signs = {"pro": "+", "con": "-"}
    table = Table("", title, "Strength", "Trust", box=None, title_justify="left")
    for side, text, moved, trust in rows[:_SHOWN]:
        table.add_row(signs.get(side, ""), *map(plain, (text, moved, trust)))
    if len(rows) > _SHOWN:
        table.add_row("", f"and {len(rows) - _SHOWN:,} more", "", "")
    typer.echo()
    console(stderr=False).print(table)
