"""Connections, transactions, and what a database's errors mean in plain words."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from argmap.errors import DamagedStoreError, StoreError
from argmap.resources import database_url, home_dir
from argmap.store import postgres
from argmap.store.faults import OTHER_FOLDER, cause_of, first_line, is_damage, plain
from argmap.store.holding import Hold
from argmap.store.keeping import emptied, keep_before_migration
from argmap.store.migrations import MIGRATIONS, current_version, migrate
from argmap.store.tables import sessions

# Seconds between two tries to turn a file to the write-ahead log.
_MOMENT = 0.02


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
        self._closed = False
        self.damage: DamagedStoreError | None = None
        try:
            parsed = postgres.driven(make_url(url))
            self.where = _where(parsed)
            self.path = _file(parsed)
            # One transaction at a time within the process: SQLite has one writer anyway, and a
            # database in memory has one connection. Other processes wait through the timeout.
            # PostgreSQL looks after its own, and takes many at once.
            self._lock: AbstractContextManager[object] = (
                nullcontext() if postgres.is_postgres(parsed) else threading.RLock()
            )
            self._engine = _engine(parsed, timeout)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"The database's address cannot be used: {first_line(error)}. For PostgreSQL "
                "install Argument Mapper's extra: pip install argmap[postgres]."
            ) from error
        except (sa.exc.ArgumentError, ValueError):
            # Neither the address nor what is said of it is repeated: they may hold a password.
            raise StoreError(
                "The database's address cannot be used. Give one such as sqlite:///argmap.db or "
                "postgresql://user:password@host/argmap, with % and the like in a password "
                "written as %25."
            ) from None
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
            if (
                self.path is not None
                and version == 0
                and sa.inspect(connection).has_table(sessions.name)
            ):
                raise self.damaged("has lost the number of its version, or is another program's")
        if version == len(MIGRATIONS):
            return
        with self.writing() as connection:
            version = current_version(connection)
            if 0 < version < len(MIGRATIONS) and self.path is not None:
                keep_before_migration(self.path, version)
            migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is on the disk, whole, when the block ends; or leaves no trace."""
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[sa.Connection]:
        with self._lock:
            if self._closed:
                raise StoreError(f"{self.where} is closed. Open the store again.")
            try:
                with self._begun(write=write) as connection:
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

    @contextmanager
    def _begun(self, *, write: bool) -> Iterator[sa.Connection]:
        with ExitStack() as stack:
            for last in (False, True):
                try:
                    connection = stack.enter_context(
                        self._engine.connect().execution_options(argmap_write=write)
                    )
                    stack.enter_context(connection.begin())
                    break
                except sa.exc.SQLAlchemyError as error:
                    # Nothing was done yet, so nothing can be done twice.
                    if last or not postgres.passes(error):
                        raise
                    stack.close()
            yield connection

    def close(self) -> None:
        """Close every connection; closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._engine.dispose()
            if self._hold is not None:
                self._hold.release()


def home_address() -> sa.URL | str:
    """The database of this user: what ``ARGMAP_DATABASE_URL`` says, or else ``argmap.db``.

    That lies in the data folder, which is made if need be.

    Raises:
        StoreError: the folder cannot be made.
    """
    if (url := database_url()) is not None:
        return url
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
        if postgres.is_postgres(url):
            return postgres.engine(url, timeout)
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
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
        _log_ahead(cursor, timeout)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("argmap_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _log_ahead(cursor: sqlite3.Cursor, timeout: float) -> None:
    """Turn a file to SQLite's write-ahead log, where it is not yet.

    SQLite does not wait by itself when another connection does so in the same moment.
    """
    end = time.monotonic() + timeout
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end:
                raise
            time.sleep(_MOMENT)


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
    return f"The database {url.database} at {url.host or 'this machine'}"
