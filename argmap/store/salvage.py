"""Reading what can still be read of a damaged database file, row by row.

SQLite finds a row by its number through a tree of pages; where a page is damaged, only the rows
below it are lost. So each row is asked for by its number, and each is looked at before it counts.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from argmap.errors import ProjectFileError
from argmap.projectfile import edit_from_dict, loads
from argmap.store.copies import uri
from argmap.store.migrations import MIGRATIONS
from argmap.store.tables import UtcDateTime, metadata, sessions

_HEADER = 100
_SMALLEST = 512
_PAGE = 4096  # SQLite's own default since 2016
_MAGIC = b"SQLite format 3\x00"
# So many numbers without a row, past the last one known, and the table is taken to be at its end.
_MISSES = 2_000


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read of a damaged file.

    Attributes:
        sessions, corrections: how many of each could be read and are what they should be.
        unreadable: how many rows could not, as far as that can be told.
    """

    sessions: int = 0
    corrections: int = 0
    unreadable: int = 0


def salvage(damaged: Path, target: Path) -> Salvaged:
    """Write the rows of ``damaged`` that can be read into ``target``, which must be new.

    Args:
        damaged: the file, with its write-ahead log beside it if there is one; only copied.
        target: becomes a database with the same tables; not made where nothing can be read.

    Raises:
        OSError: there is no room.
    """
    copied = target.with_name(f"{target.name}.damaged")
    try:
        for ending in ("", "-wal"):
            source = damaged.with_name(damaged.name + ending)
            if source.is_file():
                shutil.copyfile(source, copied.with_name(copied.name + ending))
        _mend_header(copied)
        return _read(copied, target)
    except sqlite3.Error:
        return Salvaged()
    finally:
        for ending in ("", "-wal", "-shm"):
            copied.with_name(copied.name + ending).unlink(missing_ok=True)


def _mend_header(path: Path) -> None:
    """Give a file whose first bytes are damaged those of a sound one; the rest is as it was."""
    length = path.stat().st_size
    if length < _SMALLEST or _opens(path):
        return
    header = bytearray(_HEADER)
    header[:16] = _MAGIC
    header[16:18] = _PAGE.to_bytes(2, "big")
    header[18:24] = bytes((1, 1, 0, 64, 32, 32))
    header[24:28] = header[92:96] = (1).to_bytes(4, "big")
    header[28:32] = (-(-length // _PAGE)).to_bytes(4, "big")
    header[40:44] = header[44:48] = (4).to_bytes(4, "big")
    header[56:60] = (1).to_bytes(4, "big")
    with path.open("r+b") as file:
        file.write(header)


def _opens(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(uri(path), uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        # Opening it may have taken the log away; what is asked of a header is whether it serves.
        return False
    return True


def _read(source: Path, target: Path) -> Salvaged:
    with (
        closing(sqlite3.connect(uri(source), uri=True)) as read,
        closing(sqlite3.connect(target, isolation_level=None)) as written,
    ):
        # Otherwise SQLite reads nothing of a file that is shorter than its header says.
        read.execute("PRAGMA writable_schema = ON")
        definitions = read.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        ).fetchall()
        counts = {"sessions": 0, "speaker_edits": 0}
        unreadable = 0
        written.execute("BEGIN")
        for name, sql in definitions:
            written.execute(sql)
            for row in _rows(read, name):
                if row is None or not _is_right(name, row):
                    unreadable += 1
                    continue
                marks = ", ".join("?" * len(row))
                # A damaged file may call its columns anything.
                names = ", ".join('"{}"'.format(column.replace('"', '""')) for column in row)
                try:
                    written.execute(
                        f'INSERT INTO "{name}" ({names}) VALUES ({marks})',  # nosec B608 # quoted
                        tuple(row.values()),
                    )
                except sqlite3.Error:
                    unreadable += 1
                    continue
                counts[name] = counts.get(name, 0) + 1
        _know_version(written)
        written.execute("COMMIT")
    return Salvaged(counts["sessions"], counts["speaker_edits"], unreadable)


def _know_version(connection: sqlite3.Connection) -> None:
    """Where the number of the version is lost and the tables are today's, say so."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(sessions)")}
    known = connection.execute("SELECT count(*) FROM argmap_schema").fetchone()[0]
    if not known and columns == set(sessions.c.keys()):
        connection.execute("INSERT INTO argmap_schema (version) VALUES (?)", (len(MIGRATIONS),))


def _rows(connection: sqlite3.Connection, name: str) -> Iterator[dict[str, object] | None]:
    """Every row that can be read, and ``None`` for every one that cannot."""
    known = [0]
    for order in ("ASC", "DESC"):
        try:
            for (number,) in connection.execute(
                f'SELECT rowid FROM "{name}" ORDER BY rowid {order}'  # nosec B608 # names of our own tables
            ):
                known.append(number)
        except sqlite3.Error:
            continue
    whole, missed, number = max(known), 0, 0
    while number < whole or missed < _MISSES:
        number += 1
        try:
            asked = f'SELECT * FROM "{name}" WHERE rowid = ?'  # nosec B608 # names of our own tables
            cursor = connection.execute(asked, (number,))
            row = cursor.fetchone()
        except sqlite3.Error:
            if number <= whole:
                yield None
            missed += 1
            continue
        if row is None:
            missed += 1
            continue
        missed = 0
        yield dict(zip((column[0] for column in cursor.description), row, strict=True))


def _is_right(name: str, row: dict[str, object]) -> bool:
    """Whether a row holds what a row of its table must, as far as that can be told."""
    try:
        for column in metadata.tables[name].columns if name in metadata.tables else ():
            value = row.get(column.name)
            if isinstance(column.type, UtcDateTime) and value is not None:
                datetime.fromisoformat(value)  # type: ignore[arg-type]
        payload = row.get("payload")
        if name == "sessions":
            loads(zlib.decompress(payload))  # type: ignore[arg-type]
        elif name == "speaker_edits":
            edit_from_dict(json.loads(payload), "a correction")  # type: ignore[arg-type]
    except (zlib.error, ProjectFileError, ValueError, TypeError):
        return False
    return True
