"""``argmap export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.terminal import write
from argmap.errors import InputError
from argmap.export import EXPORTERS


@app.command()
def export(
    file: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Project file; - is standard input.")
    ],
    to: Annotated[str, typer.Option("--to", help=f"Format: {', '.join(EXPORTERS)}.")],
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="File to write; - is the output.")
    ] = "-",
) -> None:
    """Write a project file in another format."""
    from argmap import projectfile

    if to not in EXPORTERS:
        raise typer.BadParameter(
            f"{to!r} is not a format. Choose from {', '.join(EXPORTERS)}.", param_hint="--to"
        )
    limit = projectfile.MAX_BYTES + 1
    if file == "-":
        data = typer.get_binary_stream("stdin").read(limit)
    else:
        with Path(file).open("rb") as stream:
            data = stream.read(limit)
    try:
        debate = projectfile.loads(data)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    write(out, EXPORTERS[to].text(debate))
