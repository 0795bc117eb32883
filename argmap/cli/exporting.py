"""``argmap export``."""

from __future__ import annotations

from typing import Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import write

# Written out, so that “argmap --help” need not import what writes them; a test compares.
FORMATS = (
    "html", "md", "outline", "csv", "citations", "bibtex", "csl", "json", "argdown", "aif", "xaif",
    "sadface", "graphml",
)  # fmt: skip


@app.command()
def export(
    file: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Project file; - is standard input.")
    ],
    to: Annotated[str, typer.Option("--to", help=f"Format: {', '.join(FORMATS)}.")],
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="File to write; - is the output.")
    ] = "-",
) -> None:
    """Write a project file in another format."""
    from argmap.export import EXPORTERS

    if to not in EXPORTERS:
        raise typer.BadParameter(
            f"{to!r} is not a format. Choose from {', '.join(EXPORTERS)}.", param_hint="--to"
        )
    write(out, EXPORTERS[to].text(read_project(file)))
