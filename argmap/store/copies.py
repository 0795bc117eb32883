"""Backups as files: one SQLite file that holds every table, what it is, and a checksum.

It is a database as Argument Mapper keeps it, with one table more, so any program that reads
SQLite reads it. Nothing here knows the tables: a copy of any earlier version is a backup too.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from argmap import __version__
from argmap.errors import StoreError

#: Why a backup was made: asked for, every day, before a restore, before a migration.
Kind = Literal["asked", "daily", "restore", "migration"]

FORMAT = 1
_STAMP = "argmap_backup"
_CREATE = f"""
CREATE TABLE {_STAMP} (
    format INTEGER NOT NULL, version INTEGER NOT NULL, made TEXT NOT NULL, argmap TEXT NOT NULL,
    kind TEXT NOT NULL, sessions INTEGER NOT NULL, corrections INTEGER NOT NULL,
    sha256 TEXT NOT NULL
)
"""
_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself.

    Attributes:
        made: the moment, in UTC.
        version: how many migrations its tables have had.
        argmap: the version of the program that wrote it.
        sessions, corrections: how many of each it holds.
        sha256: of every table's definition and rows.
        size: of the file, in bytes.
    """

    path: Path
    made: datetime
    version: int
    argmap: str
    kind: Kind
    sessions: int
    corrections: int
    sha256: str
    size: int


def stamp(moment: datetime) -> str:
    """A moment as it stands in names of files: ``2026-11-28-102600``, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d-%H%M%S")


def free_name(folder: Path, start: str, moment: datetime, ending: str = ".db") -> Path:
    """A path in ``folder``, named by the moment, at which there is nothing yet."""
    name, number = f"{start}-{stamp(moment)}", 1
    while (path := folder / f"{name}{'' if number == 1 else f'-{number}'}{ending}").exists():
        number += 1
    return path


def uri(path: Path, *, immutable: bool = False) -> str:
    """The address with which SQLite opens a file and never makes one."""
    return f"{path.absolute().as_uri()}?{'mode=ro&immutable=1' if immutable else 'mode=rw'}"


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at this moment, while others may read and write it.

    Raises:
        sqlite3.Error: it cannot be read or written.
    """
    with (
        closing(
            sqlite3.connect(uri(source), uri=True, timeout=_TIMEOUT, isolation_level=None)
        ) as a,
        closing(sqlite3.connect(target, isolation_level=None)) as b,
    ):
        # Without a transaction around it, a copy would wait without end for a locked file.
        a.execute("BEGIN")
        a.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        a.backup(b)
        a.execute("ROLLBACK")


def write(target: Path, fill: Callable[[Path], None], *, kind: Kind) -> Backup:
    """Write a backup, read it again, and only then give it its name.

    Args:
        fill: puts a whole database of Argument Mapper at the path it is given.

    Raises:
        StoreError: it cannot be written, or is not what was to be written; nothing is left of it
            and what was at ``target`` stays.
    """
    part = target.with_name(f".argmap-{secrets.token_hex(8)}.part")
    try:
        with _told(target, "cannot be written"):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
            fill(part)
            _stamp(part, kind)
            found = check(part)
            settle(part)
            part.replace(target)
            settle(target.parent)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink()
    return Backup(target, *(getattr(found, name) for name in Backup.__slots__[1:]))


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    try:
        number = os.open(path, os.O_RDONLY)
    except PermissionError:
        return  # Windows opens no folder, and has the names on the disk anyway
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _stamp(path: Path, kind: Kind) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # One file, readable from a medium that cannot be written.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"DROP TABLE IF EXISTS {_STAMP}")
        tables = _tables(connection)
        connection.execute(_CREATE)
        connection.execute(
            f"INSERT INTO {_STAMP} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # nosec B608 # names of our own tables
            (
                FORMAT,
                connection.execute("SELECT max(version) FROM argmap_schema").fetchone()[0],
                datetime.now(UTC).isoformat(timespec="seconds"),
                __version__,
                kind,
                *(
                    connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # nosec B608 # names of our own tables
                    if name in tables
                    else 0
                    for name in ("sessions", "speaker_edits")
                ),
                digest(connection),
            ),
        )
        connection.execute("COMMIT")


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
    """Definitions of the tables by name, without the backup's own."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name != ? ORDER BY name",
        (_STAMP,),
    )
    return dict(rows.fetchall())


def digest(connection: sqlite3.Connection) -> str:
    """SHA-256 of every table's definition and rows, in the order of the rows."""
    found = hashlib.sha256()
    for name, sql in _tables(connection).items():
        found.update(_coded((name, sql)))
        quoted = name.replace('"', '""')
        for row in connection.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid'):  # nosec B608 # quoted
            found.update(_coded(row))
    return found.hexdigest()


def _coded(row: Sequence[object]) -> bytes:
    parts = [b"%d;" % len(row)]
    for value in row:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8")
        parts.append(b"%s:%d:" % (type(value).__name__.encode(), len(raw)) + raw)
    return b"".join(parts)


def read(path: Path) -> Backup:
    """What a backup says of itself; its rows are not looked at.

    Raises:
        StoreError: it is no backup, or one of a newer format.
    """
    try:
        size = path.stat().st_size
        with closing(sqlite3.connect(uri(path, immutable=True), uri=True)) as connection:
            row = connection.execute(f"SELECT * FROM {_STAMP}").fetchone()  # nosec B608 # names of our own tables
        if row[0] > FORMAT:
            raise StoreError(
                f"{path}: The backup was written by a newer Argument Mapper ({row[3]}). Update "
                "Argument Mapper, then try again."
            )
        _, version, made, argmap, kind, sessions, corrections, sha256 = row
        if kind not in get_args(Kind):
            raise ValueError(kind)
        moment = datetime.fromisoformat(made)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}. Name a backup.") from error
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise StoreError(
            f"{path}: This is no backup of Argument Mapper, or it is damaged. Choose another; "
            "“argmap backup --list” shows those that are kept."
        ) from error
    return Backup(path, moment, version, argmap, kind, sessions, corrections, sha256, size)


def check(path: Path) -> Backup:
    """Read a backup through and hold it against its checksum.

    Raises:
        StoreError: it is no backup, is damaged, or is of a newer format.
    """
    found = read(path)
    try:
        with closing(sqlite3.connect(uri(path, immutable=True), uri=True)) as connection:
            sound = (
                connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                and connection.execute("PRAGMA foreign_key_check").fetchone() is None
                and digest(connection) == found.sha256
            )
    except sqlite3.Error:
        sound = False
    if not sound:
        raise StoreError(
            f"{path}: The backup is damaged: what is in it is not what was written. Choose "
            "another; “argmap backup --list” shows those that are kept."
        )
    return found


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{path} {what}: {error.strerror or error}. Name another place, or free some space."
        ) from error
    except sqlite3.Error as error:
        raise StoreError(
            f"{path} {what}: {error}. Free some space, or look whether the database is sound."
        ) from error
