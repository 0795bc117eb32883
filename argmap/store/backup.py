"""Backups of the whole database, and having one back. The database may be in use meanwhile."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.resources import home_dir
from argmap.store import copies, keeping
from argmap.store.copies import Backup, Kind
from argmap.store.engine import Database, home_address, make_folder
from argmap.store.faults import sound
from argmap.store.migrations import MIGRATIONS
from argmap.store.tables import metadata, schema

log = logging.getLogger(__name__)

_TIMEOUT = 10.0
# Rows read at a time: a row may be a whole debate.
_AT_ONCE = 20


def back_up(
    target: Path | None = None, *, url: sa.URL | str | None = None, kind: Kind = "asked"
) -> Backup:
    """Write a backup of the database as it is at this moment, and read it again.

    Args:
        target: the file, of which what is there is replaced once the new one is whole; without
            one, a new file among the backups in the data folder.
        url: SQLAlchemy address of the database; by default the user's own.

    Raises:
        DamagedStoreError: the database is damaged.
        StoreError: it cannot be read, or the backup cannot be written.
    """
    database = Database(home_address() if url is None else url, timeout=_TIMEOUT)
    try:
        return _write(database, target, kind)
    finally:
        database.close()


def _write(database: Database, target: Path | None, kind: Kind) -> Backup:
    if target is None:
        folder = home_dir() / "backups"
        name = "argmap" if kind == "asked" else f"argmap-{kind}"
        target = copies.free_name(folder, name, datetime.now(UTC))
    source = database.path
    if source is not None and target.exists() and target.samefile(source):
        raise StoreError(f"{target}: This is the database itself. Name another file.")

    def fill(part: Path) -> None:
        if source is not None:
            copies.copy(source, part)
            if not sound(part):
                raise database.damaged("is damaged")
            return
        with _opened(part) as copied, database.reading() as connection:
            _pour(connection, copied)

    return copies.write(target, fill, kind=kind)


def daily(*, url: sa.URL | str | None = None) -> Backup | None:
    """Write today's backup if it is due and there is room for it; old ones go.

    Where nothing changed since the last one, that one stands for today.

    Raises:
        StoreError: the database cannot be read, or the backup cannot be written.
    """
    folder = home_dir()
    if not keeping.due(folder, datetime.now(UTC)):
        return None
    make_folder(folder)
    if not keeping.room_for(folder, 0):
        _no_room_today(folder)
        return None
    database = Database(home_address() if url is None else url, timeout=_TIMEOUT)
    try:
        if database.path is not None and not keeping.room_for(folder, database.path.stat().st_size):
            _no_room_today(folder)
            return None
        before = [one for one in keeping.backups(folder) if one.kind == "daily"]
        made = _write(database, None, "daily")
    finally:
        database.close()
    if before and before[0].sha256 == made.sha256:
        before[0].path.unlink(missing_ok=True)
    keeping.prune(folder)
    return made


def _no_room_today(folder: Path) -> None:
    log.warning("There is no room for today's backup in %s. Free some space.", folder)


def restore(backup: Path, *, url: sa.URL | str | None = None) -> tuple[Backup, Backup | None]:
    """Put what a backup holds in the place of what the database holds, in one transaction.

    A server that runs shows it at its next click. What was in the database is written to a
    backup of its own first.

    Returns:
        The backup that was restored, and the one of what was there; ``None`` where that was
        nothing.

    Raises:
        DamagedStoreError: the database is damaged; ``rescue`` restores over it.
        StoreError: the backup is damaged or of a newer version, or the database cannot be
            written. Nothing was changed then.
    """
    found = fit(backup)
    with current(backup) as source:
        database = Database(home_address() if url is None else url, timeout=_TIMEOUT)
        try:
            aside = None if _empty(database) else _write(database, None, "restore")
            with source.reading() as read, database.writing() as written:
                for table in reversed(_tables()):
                    written.execute(table.delete())
                _copy_rows(read, written)
        finally:
            database.close()
    return found, aside


def fit(backup: Path) -> Backup:
    """A backup that was read through and can be restored by this version.

    Raises:
        StoreError: it is damaged, or of a newer version.
    """
    found = copies.check(backup)
    if found.version > len(MIGRATIONS):
        raise StoreError(
            f"{backup}: The backup was written by a newer Argument Mapper ({found.argmap}). "
            "Update Argument Mapper, then try again."
        )
    return found


@contextmanager
def current(backup: Path) -> Iterator[Database]:
    """A copy of a backup, brought up to date; the backup itself is not touched.

    Raises:
        StoreError: there is no room for the copy, or it cannot be brought up to date.
    """
    make_folder(home_dir())
    try:
        folder = tempfile.TemporaryDirectory(prefix=".argmap-", dir=home_dir())
    except OSError as error:
        raise _no_room(backup, error) from error
    with folder as name:
        path = Path(name) / "copy.db"
        try:
            shutil.copyfile(backup, path)
        except OSError as error:
            raise _no_room(backup, error) from error
        with _opened(path) as database:
            yield database


def _no_room(backup: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{backup} could not be copied to {home_dir()}: {error.strerror or error}. Free some "
        "space, make the folder writable, and try again. Nothing was changed."
    )


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    database = Database(sa.URL.create("sqlite", database=str(path)), timeout=_TIMEOUT)
    try:
        yield database
    finally:
        database.close()


def _tables() -> list[sa.Table]:
    """Every table but the one of the version, those that others refer to first."""
    return [table for table in metadata.sorted_tables if table is not schema]


def _empty(database: Database) -> bool:
    with database.reading() as connection:
        return not any(
            connection.scalar(sa.select(sa.exists().select_from(table))) for table in _tables()
        )


def _pour(connection: sa.Connection, target: Database) -> None:
    with target.writing() as written:
        _copy_rows(connection, written)


def _copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    for table in _tables():
        rows = source.execution_options(yield_per=_AT_ONCE).execute(sa.select(table))
        for block in rows.mappings().partitions(_AT_ONCE):
            target.execute(table.insert(), [dict(row) for row in block])
        if target.dialect.name == "postgresql":
            _count_on(target, table)


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let a table's own numbers go on after those that were written into it."""
    column = table.autoincrement_column
    if column is not None and column.autoincrement is True:
        connection.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence(:table, :column), "  # nosec B608 # names of our own tables
                f"coalesce((SELECT max({column.name}) FROM {table.name}), 0) + 1, false)"
            ),
            {"table": table.name, "column": column.name},
        )
