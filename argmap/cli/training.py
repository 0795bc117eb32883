"""``argmap train``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import train_app
from argmap.cli.terminal import Report, progress
from argmap.resources import models_dir

_Data = Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")]
_Out = Annotated[Path, typer.Option(metavar="FOLDER", help="Checkpoints, then the model.")]
_Recipe = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Recipe; the shipped model's by default.")
]


@train_app.command("stance")
def train_stance(data: _Data, out: _Out, recipe: _Recipe = None) -> None:
    """Fine-tune the stance model. A stopped run goes on from its last checkpoint."""
    from argmap.training.stance import train_stance as train

    recipe = recipe or models_dir() / "stance" / "recipe.toml"
    with progress() as report:
        packaged = train(recipe, data, out, progress=_steps(report))
    typer.echo(f"{packaged.folder}: temperature {packaged.temperature} from {packaged.rows} rows")
    typer.echo(f'sha256 = "{packaged.sha256}"')


@train_app.command("attribution")
def train_attribution(data: _Data, out: _Out, recipe: _Recipe = None) -> None:
    """Fine-tune the attribution model. A stopped run goes on from its last checkpoint."""
    from argmap.training.attribution import train_attribution as train

    recipe = recipe or models_dir() / "attribution" / "recipe.toml"
    with progress() as report:
        packaged = train(recipe, data, out, progress=_steps(report))
    typer.echo(
        f"{packaged.folder}: cues from {packaged.cue_threshold} on, chosen on {packaged.articles} "
        "articles"
    )
    typer.echo(f'sha256 = "{packaged.sha256}"')


@train_app.command("points")
def train_points(data: _Data, out: _Out, recipe: _Recipe = None) -> None:
    """Fine-tune the key-point model. A stopped run goes on from its last checkpoint."""
    from argmap.training.points import train_points as train

    recipe = recipe or models_dir() / "points" / "recipe.toml"
    with progress() as report:
        packaged = train(recipe, data, out, progress=_steps(report))
    typer.echo(f"{packaged.folder}: quality by rank {packaged.quality:.3f} on development rows")
    typer.echo(f'sha256 = "{packaged.sha256}"')


@train_app.command("relations")
def train_relations(data: _Data, out: _Out, recipe: _Recipe = None) -> None:
    """Fine-tune the relation model. A stopped run goes on from its last checkpoint."""
    from argmap.training.relations import train_relations as train

    recipe = recipe or models_dir() / "relations" / "recipe.toml"
    with progress() as report:
        packaged = train(recipe, data, out, progress=_steps(report))
    typer.echo(f"{packaged.folder}: temperature {packaged.temperature} from {packaged.rows} rows")
    typer.echo(f'sha256 = "{packaged.sha256}"')


def _steps(report: Report) -> Callable[[int, int, float], None]:
    report("Preparing the examples", 0, 0)

    def step(done: int, total: int, loss: float) -> None:
        report(f"Training, loss {loss:.3f}", done, total)

    return step
