"""``argmap doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.terminal import progress


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    speed: Annotated[
        bool, typer.Option(help="Load the stance model and time it, a few seconds.")
    ] = True,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="The port that the dashboard is to have.")
    ] = 8501,
) -> None:
    """Examine this installation: one page for a bug report, without anything of your documents.

    Ends with 1 where something is wrong.
    """
    from argmap import doctor as room

    with progress() as report:
        found = room.examine(speed=speed, port=port, progress=report)
    typer.echo(room.as_json(found) if as_json else room.as_text(found), nl=as_json)
    if room.worst(found) == "wrong":
        raise typer.Exit(1)
