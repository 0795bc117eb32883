"""``argmap tree``."""

from __future__ import annotations

from typing import Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import write


@app.command()
def tree(
    file: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Project file; - is standard input.")
    ],
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="ID", help="The one motion to draw.")
    ] = None,
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="File to write; - is the output.")
    ] = "-",
) -> None:
    """Print the argument tree of each motion as an outline."""
    from argmap.corrections import corrected
    from argmap.export.outline import to_outline

    debate = corrected(read_project(file))
    known = [own.id for own in debate.topics]
    if topic is not None and topic not in known:
        raise typer.BadParameter(
            f"{topic!r} is not a motion of this debate. Choose from {', '.join(known) or 'none'}.",
            param_hint="--topic",
        )
    write(out, to_outline(debate, topic=topic))
