"""``argmap train``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import train_app
from argmap.cli.terminal import progress
from argmap.resources import models_dir


@train_app.command("stance")
def train_stance(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Checkpoints, then the model.")],
    recipe: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Recipe; the shipped model's by default.")
    ] = None,
) -> None:
    """Fine-tune the stance model. A stopped run goes on from its last checkpoint."""
    from argmap.training.stance import train_stance as train

    with progress() as report:
        report("Preparing the examples", 0, 0)
        packaged = train(
            recipe or models_dir() / "stance" / "recipe.toml",
            data,
            out,
            progress=lambda step, steps, loss: report(f"Training, loss {loss:.3f}", step, steps),
        )
    typer.echo(f"{packaged.folder}: temperature {packaged.temperature} from {packaged.rows} rows")
    typer.echo(f'sha256 = "{packaged.sha256}"')
