"""``argmap users``: who may sign in to a shared server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import users_app
from argmap.errors import InputError

if TYPE_CHECKING:
    from argmap.store.accounts import Accounts

_File = Annotated[
    Path | None, typer.Option("--users", help="The file of users; users.json in the data folder.")
]
_Name = Annotated[str, typer.Argument(help="The user's name; small and large letters are alike.")]


@users_app.command("add")
def add(name: _Name, users: _File = None) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    accounts = _accounts(users)
    folded = accounts.add(name, _password(name))
    typer.echo(f"{folded} may sign in.")


@users_app.command("passwd")
def passwd(name: _Name, users: _File = None) -> None:
    """Give a user another password, which signs them out everywhere."""
    accounts = _accounts(users)
    accounts.change(name, _password(name))
    typer.echo("The password is changed.")


@users_app.command("remove")
def remove(name: _Name, users: _File = None) -> None:
    """Take a user out, which signs them out; their debates stay in the database."""
    _accounts(users).remove(name)
    typer.echo(f"{name} may not sign in any more.")


@users_app.command("list")
def list_(users: _File = None) -> None:
    """Who may sign in, one a line."""
    for name in _accounts(users).names():
        typer.echo(name)


@users_app.command("adopt")
def adopt(name: _Name) -> None:
    """Give a user all debates that are nobody's: those made before users signed in."""
    from argmap.store import Store

    with Store() as store:
        number = store.give(name)
    typer.echo(f"{number:,} {'debate is' if number == 1 else 'debates are'} {name}'s now.")


def _accounts(users: Path | None) -> Accounts:
    from argmap.dashboard.gatekeeper import users_file
    from argmap.store.accounts import Accounts

    return Accounts(users_file() if users is None else users)


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line:
            raise InputError("There is no password on standard input. Write it there, as one line.")
        return line.rstrip("\r\n")
    found: str = typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True)
    return found
