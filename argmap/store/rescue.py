"""A damaged database file is put aside, and another takes its place with all that can be had back.

Whatever stops it, the damaged file is whole in one of its two places.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from argmap.errors import DamagedStoreError, StoreError
from argmap.store import copies
from argmap.store.backup import current, fit
from argmap.store.copies import Backup
from argmap.store.engine import Database, home_address
from argmap.store.faults import sound
from argmap.store.holding import Hold
from argmap.store.salvage import Salvaged, salvage
from argmap.store.tables import metadata
from argmap.wording import count

_TIMEOUT = 10.0
_ENDINGS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of a damaged database.

    Attributes:
        aside: where the damaged file lies now.
        backup: the backup that was restored, where one was.
        read: what was read of the damaged file itself; a correction whose debate could be read
            nowhere counts as unreadable.
    """

    aside: Path
    backup: Backup | None
    read: Salvaged

    @property
    def words(self) -> str:
        """What became of it, in sentences for the user."""
        begun = (
            "An empty database took its place."
            if self.backup is None
            else f"The backup of {self.backup.made:%Y-%m-%d %H:%M} UTC took its place, with "
            f"{count(self.backup.sessions, 'debate')} and "
            f"{count(self.backup.corrections, 'correction')}."
        )
        read = (
            f"{count(self.read.sessions, 'debate')} and "
            f"{count(self.read.corrections, 'correction')} could still be read of the damaged "
            "file; what was new in them was added."
            if self.read.sessions or self.read.corrections
            else "Nothing could be read of the damaged file."
        )
        lost = (
            f" {count(self.read.unreadable, 'entry', 'entries')} in it could not be read."
            if self.read.unreadable
            else ""
        )
        return f"The damaged database is kept as {self.aside}. {begun} {read}{lost}"


def rescue(path: Path, *, backup: Path | None = None) -> Rescued:
    """Put a damaged database aside and begin with a backup, or with an empty one.

    What can be read of the damaged file is added: debates and corrections that the backup does
    not have, and debates that changed since.

    Args:
        path: the database file. No other program may have it open.
        backup: what to begin with; an empty database where there is none.

    Raises:
        StoreError: the file is not damaged, or is open elsewhere, or the backup cannot be
            restored, or there is no room. Nothing was changed then.
    """
    found = None if backup is None else fit(backup)
    if _healthy(path):
        raise StoreError(
            f"The database {path} is sound, so nothing was put aside. To go back to a backup, "
            "give “argmap restore FILE”."
        )
    hold = Hold(path, alone=True)
    part = path.with_name(f".argmap-{secrets.token_hex(8)}.part")
    read_part = part.with_name(f"{part.name}.read")
    try:
        read = salvage(path, read_part)
        _begin(part, backup)
        read = _add(part, read_part, read)
        aside = _swap(path, part)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The database {path} could not be put aside: {error}. Free some space and make its "
            "folder writable, then try again. The damaged file was left as it is."
        ) from error
    finally:
        for one in (part, read_part):
            for ending in _ENDINGS:
                with suppress(OSError):
                    one.with_name(one.name + ending).unlink()
        hold.release()
    return Rescued(aside, found, read)


def look_through(url: sa.URL | str | None = None) -> None:
    """Read every row of a database, and every page where it is a file.

    Args:
        url: SQLAlchemy address; by default the user's own database.

    Raises:
        DamagedStoreError: something of it cannot be read.
        StoreError: it cannot be opened now.
    """
    database = Database(home_address() if url is None else url, timeout=_TIMEOUT)
    try:
        with database.reading() as connection:
            for table in metadata.sorted_tables:
                for _ in connection.execution_options(yield_per=20).execute(sa.select(table)):
                    pass
        if database.path is not None and not sound(database.path):
            raise database.damaged("is damaged")
    finally:
        database.close()


def _healthy(path: Path) -> bool:
    try:
        look_through(sa.URL.create("sqlite", database=str(path)))
    except DamagedStoreError:
        return False
    return True


def _begin(part: Path, backup: Path | None) -> None:
    """Make the new database, up to date."""
    if backup is None:
        _up_to_date(part)
        return
    with current(backup) as source:
        assert source.path is not None
        copies.copy(source.path, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("DROP TABLE IF EXISTS argmap_backup")


def _up_to_date(path: Path) -> None:
    Database(sa.URL.create("sqlite", database=str(path)), timeout=_TIMEOUT).close()


def _add(part: Path, read_part: Path, read: Salvaged) -> Salvaged:
    """Add what was salvaged to the new database; what that came to."""
    if not read.sessions and not read.corrections:
        return read
    try:
        _up_to_date(read_part)
    except StoreError:
        return Salvaged(unreadable=read.sessions + read.corrections + read.unreadable)
    finally:
        for copied in read_part.parent.glob(f"{read_part.stem}-version-*.db"):
            copied.unlink()
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS salvaged", (str(read_part),))
        connection.execute("BEGIN IMMEDIATE")
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM salvaged.sqlite_schema WHERE type = 'table' "
                "AND name NOT IN ('argmap_schema', 'argmap_backup')"
            )
        ]
        # Foreign keys are off here: rows are put in in any order and looked at afterwards.
        connection.execute(
            "DELETE FROM main.sessions WHERE EXISTS (SELECT 1 FROM salvaged.sessions AS new "
            "WHERE new.id = main.sessions.id AND new.updated > main.sessions.updated)"
        )
        for name in names:
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{name}")')
            )
            connection.execute(
                f'INSERT OR IGNORE INTO main."{name}" ({columns}) '  # nosec B608 # names of our own tables
                f'SELECT {columns} FROM salvaged."{name}"'
            )
        homeless = [
            (table, rowid)
            for table, rowid, *_ in connection.execute("PRAGMA main.foreign_key_check")
        ]
        for table, rowid in homeless:
            connection.execute(f'DELETE FROM main."{table}" WHERE rowid = ?', (rowid,))  # nosec B608 # names of our own tables
        connection.execute("COMMIT")
        connection.execute("DETACH salvaged")
    lost = sum(table == "speaker_edits" for table, _ in homeless)
    return replace(read, corrections=read.corrections - lost, unreadable=read.unreadable + lost)


def _swap(path: Path, part: Path) -> Path:
    """Put ``part`` in the place of ``path``, of which a copy under a dated name is made first."""
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    if not sound(part):
        raise OSError("the new database did not come out sound")
    copies.settle(part)
    aside = copies.free_name(path.parent, f"{path.stem}-damaged", datetime.now(UTC))
    for ending in _ENDINGS[:2]:
        source = path.with_name(path.name + ending)
        if source.is_file():
            shutil.copy2(source, aside.with_name(aside.name + ending))
            copies.settle(aside.with_name(aside.name + ending))
    copies.settle(path.parent)
    # The log of the damaged file must be gone before: SQLite would read it into the new one.
    for ending in _ENDINGS[1:]:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    copies.settle(path.parent)
    part.replace(path)
    copies.settle(path.parent)
    return aside
