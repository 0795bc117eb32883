"""Whether a database of sessions is whole: its pages, its references, and every row in it.

Nothing is written, not even what a start would mend, so it may be asked of a database that is in
use, damaged, write-protected, or of a newer version.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from argmap.errors import ProjectFileError, StoreError
from argmap.projectfile import edit_from_dict, loads
from argmap.store.migrations import MIGRATIONS

Kind = Literal["structure", "reference", "debate", "correction"]

#: Problems of one kind that are told; what is broken throughout is not told a thousand times.
MOST = 50
_CODING = "json+zlib"
_TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written.

    Attributes:
        where: id of the session, and of the correction; ``""`` for the database as a whole.
        what: a sentence of ours; nothing of a debate is in it.
    """

    kind: Kind
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was found in a database.

    Attributes:
        backend: ``"sqlite"`` or ``"postgresql"``, and the version of the program behind it.
        version: how many migrations it has had, 0 for one that is empty.
        known: how many this Argument Mapper knows.
        bytes: its size.
        sessions, deleted, corrections: how many there are; ``None`` where they were not counted.
    """

    backend: tuple[str, str]
    version: int
    known: int
    bytes: int
    sessions: int | None
    deleted: int | None
    corrections: int | None
    problems: tuple[Problem, ...]

    @property
    def newer(self) -> bool:
        """It was written by a newer Argument Mapper; its rows were not read."""
        return self.version > self.known


def check(
    url: sa.URL | str,
    *,
    timeout: float = _TIMEOUT,
    progress: Callable[[int, int], None] | None = None,
) -> Integrity:
    """Read the whole of a database.

    Args:
        url: SQLAlchemy's address of it.
        timeout: seconds to wait for another program that has an SQLite file locked.
        progress: called with the rows read and those there are.

    Raises:
        StoreError: it cannot be opened, is locked, or is no database at all.
    """
    parsed = make_url(url)
    try:
        with _opened(parsed, timeout) as connection:
            return _checked(connection, progress)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The driver of this database is not installed ({error.name}). Install it with pip."
        ) from error
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        raise _plain(error) from error


def _checked(connection: sa.Connection, progress: Callable[[int, int], None] | None) -> Integrity:
    backend = connection.dialect.name
    problems = list(_structure(connection)) if backend == "sqlite" else []
    tables = set(sa.inspect(connection).get_table_names())
    version = 0
    if "argmap_schema" in tables:
        version = int(connection.scalar(sa.text("SELECT max(version) FROM argmap_schema")) or 0)
    counts: tuple[int | None, int | None, int | None] = (None, None, None)
    if version <= len(MIGRATIONS) and "sessions" in tables:
        counts = _counts(connection, tables, version)
        problems += _rows(connection, tables, progress)
    return Integrity(
        backend=(backend, ".".join(map(str, connection.dialect.server_version_info or ()))),
        version=version,
        known=len(MIGRATIONS),
        bytes=_size(connection),
        sessions=counts[0],
        deleted=counts[1],
        corrections=counts[2],
        problems=_first(problems),
    )


def _structure(connection: sa.Connection) -> Iterator[Problem]:
    """What SQLite itself finds (its documentation, "PRAGMA integrity_check")."""
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})"):
        if line != "ok":
            # Its words name tables, pages and columns, none of what a column holds.
            yield Problem("structure", "", str(line).splitlines()[0])
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem("reference", "", f"A row of {row[0]} belongs to no row of {row[2]}.")


def _counts(connection: sa.Connection, tables: set[str], version: int) -> tuple[int, int, int]:
    def count(what: str) -> int:
        return int(connection.scalar(sa.text(f"SELECT count(*) FROM {what}")) or 0)  # nosec B608 # our own words

    deleted = count("sessions WHERE deleted IS NOT NULL") if version >= 3 else 0
    edits = count("speaker_edits") if "speaker_edits" in tables else 0
    return count("sessions") - deleted, deleted, edits


def _rows(
    connection: sa.Connection, tables: set[str], progress: Callable[[int, int], None] | None
) -> Iterator[Problem]:
    ids = connection.scalars(sa.text("SELECT id FROM sessions ORDER BY id")).all()
    for number, session in enumerate(ids):
        if progress is not None:
            progress(number, len(ids))
        # One at a time: a debate may be large, and all of them larger than the memory.
        coding, payload = connection.execute(
            sa.text("SELECT coding, payload FROM sessions WHERE id = :id"), {"id": session}
        ).one()
        if coding != _CODING:
            yield Problem("debate", str(session), "The debate is coded in a way not known here.")
        elif (wrong := _debate(payload)) is not None:
            yield Problem("debate", str(session), wrong)
    if "speaker_edits" not in tables:
        return
    rows = connection.execute(
        sa.text("SELECT session, id, payload FROM speaker_edits ORDER BY session, sequence, id")
    )
    known = set(ids)
    for session, edit, payload in rows:
        where = f"{session}/{edit}"
        if session not in known:
            yield Problem("reference", where, "The correction belongs to no session.")
        try:
            edit_from_dict(json.loads(payload), "a correction")
        except (ValueError, TypeError, RecursionError, ProjectFileError):
            yield Problem("correction", where, "The correction cannot be read.")


def _debate(payload: bytes) -> str | None:
    try:
        loads(zlib.decompress(payload))
    except (zlib.error, TypeError):
        return "The debate cannot be unpacked."
    except (ProjectFileError, ValueError, RecursionError):
        return "The debate is no project file that can be read."
    return None


def _first(problems: list[Problem]) -> tuple[Problem, ...]:
    kept: list[Problem] = []
    told: dict[Kind, int] = {}
    for problem in dict.fromkeys(problems):
        told[problem.kind] = told.get(problem.kind, 0) + 1
        if told[problem.kind] <= MOST:
            kept.append(problem)
    return tuple(kept)


def _size(connection: sa.Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        return int(pages * (connection.exec_driver_sql("PRAGMA page_size").scalar() or 0))
    return int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)


@contextmanager
def _opened(url: sa.URL, timeout: float) -> Iterator[sa.Connection]:
    if url.get_backend_name() != "sqlite":
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, poolclass=sa.NullPool)
    else:
        path = Path(url.database or "").absolute()
        engine = sa.create_engine(
            "sqlite://", creator=lambda: _read_only(path, timeout), poolclass=sa.NullPool
        )
    try:
        with engine.connect() as connection:
            if url.get_backend_name() != "sqlite":
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            yield connection
    finally:
        engine.dispose()


def _read_only(path: Path, timeout: float) -> sqlite3.Connection:
    """The file opened for reading, also where its folder cannot be written to.

    A file that keeps a log beside it ("write-ahead logging") needs files of its own to be read.
    Where these cannot be made nobody else writes either, so the file alone is the database.
    """
    address = path.as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=timeout)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        if not path.is_file() or (log.exists() and log.stat().st_size):
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, timeout=timeout)
    return connection


def _plain(error: Exception) -> StoreError:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig else error
    family = "_".join(str(getattr(cause, "sqlite_errorname", "")).split("_")[:2])
    match family:
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return StoreError("The database is locked by another program.")
        case "SQLITE_NOTADB" | "SQLITE_CORRUPT":
            return StoreError("The database is damaged, or is no database.")
        case "SQLITE_CANTOPEN" | "SQLITE_PERM" | "SQLITE_READONLY":
            return StoreError("The database cannot be opened.")
    # Another database's words can name the server and the user.
    return StoreError(f"The database cannot be read ({type(cause).__name__}).")
