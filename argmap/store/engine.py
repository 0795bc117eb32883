"""Connections, transactions, and what a database's errors mean in plain words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from argmap.errors import DamagedStoreError, StoreError
from argmap.resources import home_dir
from argmap.store.faults import OTHER_FOLDER, cause_of, first_line, is_damage, plain
from argmap.store.holding import Hold
from argmap.store.keeping import emptied, keep_before_migration
from argmap.store.migrations import MIGRATIONS, current_version, migrate
from argmap.store.tables import sessions


class Database:
    """An engine, brought up to date, whose transactions may come from any thread.

    Args:
        url: SQLAlchemy address of the database.
        timeout: seconds to wait for another program that is writing to an SQLite file.

    Attributes:
        where: names it in messages.
        path: the SQLite file, where it is one.
        damage: what was found wrong with that file, once something was.

    Raises:
        DamagedStoreError: its file is damaged or no database.
        StoreError: the database cannot be opened or brought up to date.
    """

    def __init__(self, url: sa.URL | str, *, timeout: float) -> None:
        # One transaction at a time within the process: SQLite has one writer anyway, and a
        # database in memory has one connection. Other processes wait through the timeout.
        self._lock = threading.RLock()
        self._closed = False
        self.damage: DamagedStoreError | None = None
        try:
            parsed = make_url(url)
            self.where = _where(parsed)
            self.path = _file(parsed)
            self._engine = _engine(parsed, timeout)
        except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
            # The address itself is not repeated: it may hold a password.
            raise StoreError(
                f"The database's address cannot be used: {first_line(error)}. "
                "Give one such as sqlite:///argmap.db."
            ) from error
        self._hold = None if self.path is None else Hold(self.path)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self) -> None:
        if self.path is not None and emptied(self.path):
            raise self.damaged("is empty although there are backups of it")
        with self.reading() as connection:
            version = current_version(connection)
            if version == 0 and sa.inspect(connection).has_table(sessions.name):
                raise self.damaged("has lost the number of its version, or is another program's")
        if version == len(MIGRATIONS):
            return
        with self.writing() as connection:
            version = current_version(connection)
            if 0 < version < len(MIGRATIONS) and self.path is not None:
                keep_before_migration(self.path, version)
            migrate(connection)

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and changes nothing.

        Args:
            snapshot: several statements see the same state on a server's database too.
        """
        options: dict[str, Any] = {}
        if snapshot and self.path is None and self._engine.dialect.name != "sqlite":
            options["isolation_level"] = "REPEATABLE READ"
        with self._transaction(write=False, **options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is on the disk, whole, when the block ends; or leaves no trace."""
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool, **options: Any) -> Iterator[sa.Connection]:
        options["argmap_write"] = write
        with self._lock:
            if self._closed:
                raise StoreError(f"{self.where} is closed. Open the store again.")
            try:
                with (
                    self._engine.connect().execution_options(**options) as connection,
                    connection.begin(),
                ):
                    yield connection
            except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
                raise self._plain(error) from error
            except ValueError as error:
                # SQLite has no checksums, so damage can also show as a date that is none.
                if write or self.path is None or isinstance(error, UnicodeEncodeError):
                    raise
                raise self.damaged(f"holds what cannot be read ({first_line(error)})") from error

    def _plain(self, error: Exception) -> StoreError:
        cause = cause_of(error)
        if self.path is not None and is_damage(cause, self.path):
            return self.damaged("is damaged or is not a database")
        return plain(cause, self.where)

    def damaged(self, what: str) -> DamagedStoreError:
        """The error to raise for a damaged file; it is remembered in ``damage``."""
        assert self.path is not None
        self.damage = DamagedStoreError(
            f"{self.where} {what}. It was left as it is. In the dashboard choose between the "
            "latest backup and an empty database, or give “argmap restore --latest” or “argmap "
            "restore --empty”: what can still be read is taken over, and the damaged file is "
            "kept aside.",
            self.path,
        )
        return self.damage

    def close(self) -> None:
        """Close every connection; closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._engine.dispose()
            if self._hold is not None:
                self._hold.release()


def home_address() -> sa.URL:
    """The database of this user: ``argmap.db`` in the data folder, which is made if need be.

    Raises:
        StoreError: the folder cannot be made.
    """
    folder = home_dir()
    make_folder(folder)
    return sa.URL.create("sqlite", database=str(folder / "argmap.db"))


def make_folder(folder: Path) -> None:
    """Make the data folder where it does not exist.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data folder {folder} cannot be made: {error.strerror or error}. "
            f"Make it writable, {OTHER_FOLDER}."
        ) from error


def _engine(url: sa.URL, timeout: float) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    in_memory = url.database in (None, "", ":memory:")
    engine = sa.create_engine(
        url,
        connect_args={"timeout": timeout} | ({"check_same_thread": False} if in_memory else {}),
        **({"poolclass": StaticPool} if in_memory else {}),
    )

    # The driver's own transactions leave out SELECT and CREATE TABLE, so it is told to stay out
    # of it and BEGIN is sent from here (SQLAlchemy, "Enabling Non-Legacy SQLite Transactional
    # Modes"). A writer takes the lock at once: it could not be had safely after reading.
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("argmap_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _file(url: sa.URL) -> Path | None:
    """The file of an SQLite database; ``None`` for one in memory, by URI or on a server."""
    name = url.database
    if url.get_backend_name() != "sqlite" or name in (None, "", ":memory:"):
        return None
    assert name is not None
    return None if name.startswith("file:") else Path(name).absolute()


def _where(url: sa.URL) -> str:
    if url.get_backend_name() == "sqlite":
        return f"The database {url.database or 'in memory'}"
    return f"The database {url.database} at {url.host}"
