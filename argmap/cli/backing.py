"""``argmap backup`` and ``argmap restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.terminal import console, plain
from argmap.errors import DamagedStoreError, InputError, StoreError

if TYPE_CHECKING:
    from argmap.store import Backup

_KINDS = {
    "asked": "asked for",
    "daily": "daily",
    "restore": "before a restore",
    "migration": "before an update of the tables",
}


@app.command()
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="File to write; without one, a new file in the data folder.",
            show_default=False,
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the backups in the data folder.")
    ] = False,
) -> None:
    """Write every debate and correction into one file, also while the dashboard runs."""
    from argmap.store import back_up

    if listed:
        if file is not None:
            raise InputError("--list takes no file. It lists the backups in the data folder.")
        _list()
        return
    if file is not None and file.is_dir():
        raise InputError(f"{file}: This is a folder. Name a file to write.")
    made = back_up(file)
    typer.echo(plain(f"{made.path}: {_holds(made)}, read again after writing."))


@app.command()
def restore(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="The backup.", show_default=False),
    ] = None,
    latest: Annotated[
        bool, typer.Option("--latest", help="The latest sound backup in the data folder.")
    ] = False,
    empty: Annotated[
        bool, typer.Option("--empty", help="None: begin anew where the database is damaged.")
    ] = False,
) -> None:
    """Put a backup in the place of what the database holds, which is kept.

    A damaged database file is kept aside, and what can still be read of it is added.
    """
    from argmap.store import latest_sound, look_through, rescue
    from argmap.store import restore as restore_rows

    if (file is not None) + latest + empty != 1:
        raise InputError("Name one backup, or give one of --latest and --empty.")
    if latest:
        from argmap.resources import home_dir

        found = latest_sound(home_dir())
        if found is None:
            raise StoreError(
                f"There is no sound backup in {home_dir()}. Name one, or give --empty where the "
                "database is damaged."
            )
        file = found.path
    try:
        if file is None:
            look_through()
            raise StoreError(
                "The database is sound, so it stays. To begin anew, delete its debates, or name "
                "another folder in the environment variable ARGMAP_HOME."
            )
        restored, aside = restore_rows(file)
    except DamagedStoreError as damage:
        typer.echo(plain(rescue(damage.path, backup=file).words))
        return
    typer.echo(plain(f"{restored.path} is restored: {_holds(restored)}."))
    if aside is not None:
        typer.echo(plain(f"What was there before is kept in {aside.path}: {_holds(aside)}."))


def _holds(found: Backup) -> str:
    from argmap.wording import count

    return f"{count(found.sessions, 'debate')} and {count(found.corrections, 'correction')}"


def _list() -> None:
    from rich.table import Table

    from argmap.resources import home_dir
    from argmap.store import backups

    found = backups(home_dir())
    if not found:
        typer.echo(plain(f"There is no backup in {home_dir()} yet. “argmap backup” writes one."))
        return
    table = Table("Made (UTC)", "Why", "Debates", "Corrections", "MB", "File", box=None)
    for one in found:
        cells = (
            f"{one.made:%Y-%m-%d %H:%M:%S}",
            _KINDS[one.kind],
            f"{one.sessions:,}",
            f"{one.corrections:,}",
            f"{one.size / 1e6:,.1f}",
            str(one.path),
        )
        table.add_row(*map(plain, cells))
    console(stderr=False).print(table, soft_wrap=True)
