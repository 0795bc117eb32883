"""``argmap import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.terminal import check_target, plain, write


@app.command("import")
def import_file(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Argdown, AIF, xAIF, SADFace, GraphML or project file; - is standard input.",
        ),
    ],
    out: Annotated[
        str, typer.Option("--json", metavar="FILE", help="Project file to write; - is the output.")
    ] = "-",
) -> None:
    """Read an argument graph or a project file, and write a project file."""
    check_target(out, [file])
    from argmap import projectfile
    from argmap.imports import MAX_BYTES, read_debate

    if file == "-":
        data = typer.get_binary_stream("stdin").read(MAX_BYTES + 1)
        found = read_debate(data, name="standard input")
    else:
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        found = read_debate(data, name=file)
    for note in found.notes:
        typer.echo(f"argmap: {plain(note)}", err=True)
    write(out, projectfile.dumps(found.debate))
