"""What the stance model said of a sentence on a motion, kept between runs.

``scores.db`` lies in the user's data folder. It holds hashes and probabilities, no text. It is
a cache: where it is damaged it is put aside, and where it cannot be used the work goes on
without it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from argmap.nlp import PairClassifier
from argmap.nlp.cached import CachedClassifier, Row
from argmap.resources import home_dir

log = logging.getLogger(__name__)

#: Most rows that are kept, about 40 MB; the oldest go first.
MOST = 500_000
_ASKED_AT_ONCE = 500
_TIMEOUT = 5.0
_TABLE = """
CREATE TABLE IF NOT EXISTS scores (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE,
    pro REAL NOT NULL, con REAL NOT NULL, none REAL NOT NULL
)
"""


class Scores:
    """A ``ScoreCache`` in an SQLite file that several processes may use at once.

    Args:
        path: the file; made where it does not exist.
        most: rows that are kept.
    """

    def __init__(self, path: Path, *, most: int = MOST) -> None:
        self._path = path
        self._most = most

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Row]:
        """The rows of those keys that are known."""
        found: dict[bytes, Row] = {}

        def read(connection: sqlite3.Connection) -> None:
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                part = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                asked = f"SELECT key, pro, con, none FROM scores WHERE key IN ({marks})"  # nosec B608 # only "?"
                for key, *row in connection.execute(asked, part):
                    found[key] = tuple(row)

        self._use(read)
        return found

    def put(self, rows: Mapping[bytes, Row]) -> None:
        """Keep rows, and let the oldest go past the most."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT OR IGNORE INTO scores (key, pro, con, none) VALUES (?, ?, ?, ?)",
                [(key, *row) for key, row in rows.items()],
            )
            connection.execute(
                "DELETE FROM scores WHERE number <= (SELECT max(number) FROM scores) - ?",
                (self._most,),
            )
            connection.execute("COMMIT")

        self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do ``work`` on a connection of its own, so any thread may; faults end in the log."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self._path, timeout=_TIMEOUT, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                # A lost last moment costs a second of work, so no write waits for the disk.
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(_TABLE)
                work(connection)
        except (sqlite3.OperationalError, OSError) as error:  # locked, full, read-only
            log.warning("%s could not be used: %s. Going on without it.", self._path, error)
        except sqlite3.DatabaseError as error:
            self._put_aside(error)

    def _put_aside(self, error: sqlite3.DatabaseError) -> None:
        aside = self._path.with_name(f"{self._path.name}.damaged")
        try:
            self._path.replace(aside)
            for ending in ("-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as other:
            log.warning("%s is damaged and could not be moved: %s", self._path, other)
            return
        log.warning("%s was damaged (%s). It lies in %s now.", self._path, error, aside)


def remembered(classifier: PairClassifier) -> PairClassifier:
    """The classifier with the user's cache before it; itself where it cannot say what it is."""
    fingerprint = getattr(classifier, "fingerprint", None)
    if not isinstance(fingerprint, str):
        return classifier
    return CachedClassifier(classifier, Scores(home_dir() / "scores.db"), fingerprint=fingerprint)
