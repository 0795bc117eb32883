"""``argmap models``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import models_app
from argmap.cli.terminal import console, plain, progress
from argmap.errors import ModelError

_CHECKS = (
    ("Nurses deserve a larger pay rise, and the money can be found.", "for"),
    ("A larger pay rise for nurses would be wrong and must be refused.", "against"),
    ("The shop on the corner sells bread and milk.", "neither"),
)
_CHECK_MOTION = "Nurses should receive a larger pay rise."
_ID = typer.Argument(metavar="ID", help="A model, as “argmap models list” names it.")


@models_app.command("list")
def list_models() -> None:
    """List the models, and which of them are on this machine."""
    from rich.table import Table

    from argmap.nlp import registry

    table = Table("Id", "Task", "MB", "Licence", "Here", "Default", "What it is", box=None)
    table.columns[0].no_wrap = True
    for entry in registry.list_models():
        cells = (
            entry.id,
            entry.task,
            f"{entry.size_mb:.0f}",
            entry.licence,
            "yes" if entry.available else "no",
            "yes" if entry.default else "",
            f"{entry.title}. {entry.note}",
        )
        table.add_row(*(plain(cell) for cell in cells))
    console(stderr=False).print(table)


@models_app.command("pull")
def pull_model(
    model: Annotated[
        str, typer.Argument(metavar="ID", help="A model of the list, or owner/name on the hub.")
    ],
    commit: Annotated[
        str | None, typer.Option(metavar="HEX", help="Commit to fetch; the newest by default.")
    ] = None,
) -> None:
    """Fetch a model from the Hugging Face hub and pin it. The one command that downloads."""
    from argmap.nlp.hub import pull

    with progress() as report:
        pulled = pull(model, commit=commit, progress=report)
    typer.echo(f"{pulled.id}: {pulled.size_mb:.0f} MB in {pulled.folder}")
    typer.echo(f"pinned to commit {pulled.commit}, sha256 {pulled.sha256}")


@models_app.command("add")
def add_model(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the model was saved.")],
    name: Annotated[
        str | None, typer.Option("--id", help="What to call it; the folder's name by default.")
    ] = None,
    labels: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C",
            help="What its outputs mean, in order, where its own names do not tell.",
        ),
    ] = None,
    pro: Annotated[
        str, typer.Option(help="Hypothesis for a motion; {motion} is filled in.")
    ] = "{motion}",
    con: Annotated[
        str, typer.Option(help="Hypothesis against it; {negation} or {motion} is filled in.")
    ] = "{negation}",
) -> None:
    """Add a model that lies in a folder. Its files stay where they are."""
    from argmap.nlp.adding import add_folder

    entry = add_folder(
        folder,
        model_id=name,
        labels=tuple(part.strip() for part in labels.split(",")) if labels else (),
        pro=pro,
        con=con,
    )
    typer.echo(f"{entry.id}: {entry.size_mb:.0f} MB, sha256 {entry.revision}")


@models_app.command("remove")
def remove_model(model: Annotated[str, _ID]) -> None:
    """Take a model of your own off the list, and delete it where it was fetched."""
    from argmap.nlp.own_models import forget_own

    forget_own(model)
    typer.echo(f"{model} is off the list.")


@models_app.command("check")
def check_model(model: Annotated[str, _ID]) -> None:
    """Check a stance model's hash, load it, and let it judge three plain sentences."""
    from rich.table import Table

    from argmap import nlp
    from argmap.nlp.registry import find_model, verified_weights

    with progress() as report:
        report("Checking its hash", 0, 0)
        entry = find_model(model, task="stance")
        verified_weights(entry)
        report("Loading it", 0, 0)
        classifier = nlp.load_classifier(model)
        pairs = [(sentence, _CHECK_MOTION) for sentence, _ in _CHECKS]
        report("Judging", 0, 0)
        began = time.perf_counter()
        rows = classifier.predict_proba(pairs)
        seconds = time.perf_counter() - began
    table = Table("Sentence", "Should be", "For", "Against", "Neither", box=None)
    right = 0
    for (sentence, wanted), row in zip(_CHECKS, rows, strict=True):
        right += wanted == ("for", "against", "neither")[int(row.argmax())]
        table.add_row(sentence, wanted, *(f"{float(share):.2f}" for share in row))
    typer.echo(f"{entry.id}, sha256 {entry.revision}: as registered")
    console(stderr=False).print(table)
    typer.echo(f"{right} of {len(_CHECKS)} right, {len(_CHECKS) / seconds:.0f} sentences a second")
    if right < len(_CHECKS):
        raise ModelError(
            f"{entry.id} does not tell for, against and neither apart on plain sentences. Its "
            "outputs may have other meanings than its names say; see argmap models add --labels."
        )
