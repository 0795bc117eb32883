"""What a database's errors mean in plain words, and which of them mean that its file is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.store import postgres
from argmap.store.copies import uri

OTHER_FOLDER = "or name another folder in the environment variable ARGMAP_HOME"

# What SQLite says of a file that is damaged, and of a file that is not to be had just now.
_DAMAGE = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
# What is asked for is always there, unless the list of tables itself is damaged.
_MISSING = ("no such table", "no such column", "malformed database schema")
_PASSING = frozenset(
    {
        "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM",
        "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_INTERRUPT", "SQLITE_AUTH",
        "SQLITE_CONSTRAINT",
    }
)  # fmt: skip


def cause_of(error: Exception) -> Exception:
    """The driver's own error behind one of SQLAlchemy's."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig else error
    return cause if isinstance(cause, Exception) else error


def _family(error: Exception) -> str:
    # Extended codes (SQLITE_READONLY_DIRECTORY) say more than is needed here.
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def is_damage(cause: Exception, path: Path) -> bool:
    """Whether an error means that the file is damaged; where it may, the file is read through."""
    family = _family(cause)
    if family == "SQLITE_ERROR" and str(cause).startswith(_MISSING):
        return True
    return family in _DAMAGE or (family not in _PASSING and not sound(path))


def sound(path: Path) -> bool:
    """Whether SQLite can read a file through; a file that cannot be opened now counts as sound."""
    try:
        with closing(sqlite3.connect(uri(path), uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error as error:
        return _family(error) in _PASSING


def plain(cause: Exception, where: str) -> StoreError:
    """The sentence for the user.

    Args:
        where: names the database.
    """
    if known := postgres.plain(cause, where):
        return known
    match _family(cause):
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return StoreError(
                f"{where} is in use by another program. Close that program, or wait a moment, "
                "and try again. Nothing was changed."
            )
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM":
            return StoreError(
                f"{where} cannot be opened for writing. Make the file and its folder writable, "
                f"{OTHER_FOLDER}."
            )
        case "SQLITE_FULL":
            return StoreError(
                f"{where} cannot grow: the disk is full. Free some space and try again. "
                "Nothing was changed."
            )
        case "SQLITE_IOERR":
            return StoreError(
                f"{where} could not be read or written: {first_line(cause)}. Look whether the "
                "disk is full or failing, then try again. Nothing was changed."
            )
    return StoreError(
        f"{where} could not be used: {first_line(cause)}. Nothing was changed; try again, "
        "and start the program anew if it happens twice."
    )


def first_line(error: Exception) -> str:
    """The first line of an error, without its full stop."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
