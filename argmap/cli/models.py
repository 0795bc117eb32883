"""``argmap models``."""

from __future__ import annotations

from argmap.cli.apps import models_app
from argmap.cli.terminal import console, plain


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
