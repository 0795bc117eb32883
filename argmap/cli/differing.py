"""``argmap diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import console, plain, write

if TYPE_CHECKING:
    from argmap.structure import Difference


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="Project file; - is standard input.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Project file to compare it with.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")] = False,
) -> None:
    """Say what changed from one project file to another.

    The exit code is 0 where nothing differs, 1 where something does, and 2 where a file cannot
    be read.
    """
    if before == after == "-":
        raise typer.BadParameter("- stands for standard input once.", param_hint="B")
    a, b = read_project(before, code=2), read_project(after, code=2)
    from argmap.corrections import corrected
    from argmap.export.differences import difference_to_json, summary
    from argmap.structure import compare

    a, b = corrected(a), corrected(b)  # what a reader sees is compared
    found = compare(a, b)
    if as_json:
        write("-", difference_to_json(found, a, b))
    else:
        _table(found)
        typer.echo(summary(found))
    raise typer.Exit(0 if found.same else 1)


def _table(difference: Difference) -> None:
    from rich.table import Table

    from argmap.export.differences import SECTIONS, difference_rows

    rows = difference_rows(difference)
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for section, title in SECTIONS.items():
        own = [row for row in rows if row.section == section]
        if not own:
            continue
        table = Table("", title, "Before", "After", box=None, title_justify="left")
        for row in own:
            where = " / ".join(part for part in (row.source, row.motion) if part)
            text = f"{row.text} [{where}]" if where else row.text
            table.add_row(signs[row.change], *map(plain, (text, row.before, row.after)))
        console(stderr=False).print(table)
