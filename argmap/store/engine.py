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

from argmap.errors import StoreError
from argmap.store.migrations import MIGRATIONS, current_version, migrate

_OTHER_FOLDER = "or name another folder in the environment variable ARGMAP_HOME"


class Database:
    """An engine, brought up to date, whose transactions may come from any thread.

    Args:
        url: SQLAlchemy address of the database.
        timeout: seconds to wait for another program that is writing to an SQLite file.

    Raises:
        StoreError: the database cannot be opened or brought up to date.
    """

    def __init__(self, url: sa.URL | str, *, timeout: float) -> None:
        # One transaction at a time within the process: SQLite has one writer anyway, and a
        # database in memory has one connection. Other processes wait through the timeout.
        self._lock = threading.RLock()
        self._closed = False
        try:
            parsed = make_url(url)
            self.where = _where(parsed)
            self._engine = _engine(parsed, timeout)
        except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
            # The address itself is not repeated: it may hold a password.
            raise StoreError(
                f"The database's address cannot be used: {_first_line(error)}. "
                "Give one such as sqlite:///argmap.db."
            ) from error
        try:
            with self.reading() as connection:
                version = current_version(connection)
            if version < len(MIGRATIONS):
                with self.writing() as connection:
                    migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is kept whole when the block ends, or not at all."""
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[sa.Connection]:
        with self._lock:
            if self._closed:
                raise StoreError(f"{self.where} is closed. Open the store again.")
            try:
                with (
                    self._engine.connect().execution_options(argmap_write=write) as connection,
                    connection.begin(),
                ):
                    yield connection
            except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
                raise _plain(error, self.where) from error

    def close(self) -> None:
        """Close every connection; closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._engine.dispose()


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
            f"Make it writable, {_OTHER_FOLDER}."
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


def _where(url: sa.URL) -> str:
    if url.get_backend_name() == "sqlite":
        return f"The database {url.database or 'in memory'}"
    return f"The database {url.database} at {url.host}"


def _plain(error: Exception, where: str) -> StoreError:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig else error
    # Extended codes (SQLITE_READONLY_DIRECTORY) say more than is needed here.
    family = "_".join(str(getattr(cause, "sqlite_errorname", "")).split("_")[:2])
    match family:
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return StoreError(
                f"{where} is in use by another program. Close that program, or wait a moment, "
                "and try again. Nothing was changed."
            )
        case "SQLITE_NOTADB" | "SQLITE_CORRUPT":
            return StoreError(
                f"{where} is damaged or is not a database. It was left as it is: keep a copy, "
                "move it away and start again to begin with an empty one."
            )
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM":
            return StoreError(
                f"{where} cannot be opened for writing. Make the file and its folder writable, "
                f"{_OTHER_FOLDER}."
            )
        case "SQLITE_FULL":
            return StoreError(
                f"{where} cannot grow: the disk is full. Free some space and try again. "
                "Nothing was changed."
            )
    return StoreError(
        f"{where} could not be used: {_first_line(cause)}. Nothing was changed; try again, "
        "and start the program anew if it happens twice."
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
