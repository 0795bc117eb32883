"""The user's data folder: what lies there and whether it is whole. Nothing of a debate is told."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argmap import logs
from argmap.doctor.findings import Finding, Progress, size
from argmap.errors import StoreError
from argmap.resources import home_dir

_FOLDER = "Data folder"
_DATABASE = "Database"
_SCARCE, _TOO_LITTLE = 500_000_000, 50_000_000
_OTHER = "or name another folder in the environment variable ARGMAP_HOME."


def folder() -> Iterator[Finding]:
    """Where it is, whether it can be written to, and how much room is left."""
    home = home_dir()
    yield Finding(_FOLDER, "place", str(home))
    if home.exists() and not home.is_dir():
        yield Finding(_FOLDER, "kind", "a file is in its place", "wrong",
                      f"Move that file away, {_OTHER}")  # fmt: skip
        return
    nearest = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(nearest).free
    state, remedy = "ok", ""
    if free < _SCARCE:
        state = "wrong" if free < _TOO_LITTLE else "look"
        remedy = f"Free some space, {_OTHER}"
    yield Finding(_FOLDER, "free disk", size(free), state, remedy)  # type: ignore[arg-type]
    try:
        with tempfile.TemporaryFile(dir=nearest) as trial:
            trial.write(b"x" * 4096)
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        yield Finding(
            _FOLDER,
            "writing",
            f"cannot be written to: {error.strerror}",
            "wrong",
            f"Make it writable, or free some space, {_OTHER}",
        )
    else:
        yield Finding(
            _FOLDER, "writing", "can be written to" if home.exists() else "is made when needed"
        )


def database(progress: Progress) -> Iterator[Finding]:
    """Its kind, version, size and counts, and whether every row can be read."""
    from argmap.store import integrity

    url = os.environ.get("ARGMAP_DATABASE_URL", "")
    path = home_dir() / "argmap.db"
    if not url and not path.exists():
        yield Finding(_DATABASE, "kind", "SQLite, made at the first start")
        return
    try:
        found = integrity.check(
            url or f"sqlite:///{path}",
            progress=lambda done, total: progress("Reading the database", done, total),
        )
    except StoreError as error:
        locked = "locked" in str(error)
        remedy = (
            "Close that program, or wait a moment, and ask again."
            if locked
            else "Start the dashboard: it keeps a damaged database aside. argmap restore brings "
            "back the latest backup."
            if not url
            else "See that the server runs and ARGMAP_DATABASE_URL is right."
        )
        yield Finding(_DATABASE, "kind", f"{'as ARGMAP_DATABASE_URL says' if url else 'SQLite'}: "
                      f"{str(error)[:1].lower()}{str(error)[1:]}",
                      "look" if locked else "wrong", remedy)  # fmt: skip
        return
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    kind, version = found.backend
    yield Finding(_DATABASE, "kind", f"{names.get(kind, kind)} {version}, {size(found.bytes)}")
    if found.newer:
        yield Finding(
            _DATABASE,
            "version",
            f"{found.version}, written by a newer Argument Mapper; this one knows {found.known}",
            "wrong",
            "Update Argument Mapper.",
        )
    else:
        old = found.version < found.known
        told = f"{found.version} of {found.known}"
        yield Finding(_DATABASE, "version", told + (", brought up to date at the next start"
                      if old else ""))  # fmt: skip
    if found.sessions is not None:
        yield Finding(
            _DATABASE,
            "holds",
            f"{found.sessions} debates, {found.deleted} deleted ones that can be had back, "
            f"{found.corrections} corrections",
        )
    if not found.problems:
        yield Finding(_DATABASE, "whole", "every check passed" if not found.newer else
                      "the file is whole; its rows were not read")  # fmt: skip
        return
    told = "; ".join(
        f"{problem.where}: {problem.what}" if problem.where else problem.what
        for problem in found.problems[:5]
    )
    more = len(found.problems) - 5
    yield Finding(
        _DATABASE,
        "whole",
        told + (f"; and {more} more" if more > 0 else ""),
        "wrong",
        ("Dump the database" if url else "Copy the data folder")
        + " before anything else. What can "
        "be read stays usable; argmap restore brings back the latest backup.",
    )


def backups() -> Iterator[Finding]:
    """How many backups there are and of when the last is."""
    lying = home_dir() / "backups"
    files = [p for p in lying.iterdir() if p.is_file()] if lying.is_dir() else []
    if not files:
        needed = (home_dir() / "argmap.db").exists()
        yield Finding(_DATABASE, "backup", "none", "look" if needed else "ok",
                      "Make one: argmap backup" if needed else "")  # fmt: skip
        return
    last = datetime.fromtimestamp(max(p.stat().st_mtime for p in files), UTC)
    total = size(sum(p.stat().st_size for p in files))
    yield Finding(_DATABASE, "backup", f"the last of {last:%Y-%m-%d %H:%M} UTC, "
                  f"{len(files)} files, {total}")  # fmt: skip


def cache() -> Iterator[Finding]:
    """The remembered judgements: hashes and numbers, which may be deleted at any time."""
    path = home_dir() / "scores.db"
    if not path.exists():
        yield Finding(_FOLDER, "cache", "none yet")
        return
    told = size(path.stat().st_size)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)) as opened:
            (rows,) = opened.execute("SELECT count(*) FROM scores").fetchone()
    except sqlite3.Error as error:
        yield Finding(_FOLDER, "cache", f"{told}, cannot be read ({type(error).__name__})", "look",
                      "Delete scores.db in the data folder; it is made anew.")  # fmt: skip
        return
    yield Finding(_FOLDER, "cache", f"{told}, {rows:,} judgements")


def logged() -> Iterator[Finding]:
    """The size of the logs, and the last fault in them: its kind and places, no words."""
    files = sorted(logs.folder().glob(f"{logs.FILE_NAME}*")) if logs.folder().is_dir() else []
    total = size(sum(path.stat().st_size for path in files))
    text = logs.with_text()
    yield Finding(
        _FOLDER,
        "logs",
        f"{len(files)} files, {total}" + (", with the text of documents" if text else ""),
        "look" if text else "ok",
        "Unset ARGMAP_LOG_TEXT, and delete the logs before you share them." if text else "",
    )
    faults = [line for path in files for line in _faults(path)]
    if faults:
        last = max(faults, key=lambda line: str(line.get("time")))
        chain = last.get("exception") or [{}]
        places = " < ".join(reversed((chain[0].get("at") or [])[-3:]))
        yield Finding(
            _FOLDER,
            "last fault",
            f"{last.get('fault')} of {last.get('time')}, {len(faults)} in all: "
            f"{chain[0].get('type')} at {places}",
            "look",
            "Report it with this page.",
        )


def _faults(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if '"event": "fault"' not in line:
            continue
        try:
            found = json.loads(line)
        except ValueError:
            continue  # cut off by a full disk
        if isinstance(found, dict):
            yield found
