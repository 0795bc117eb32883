"""What happened, as JSON lines in the data folder, without a word of the user's text.

Every line is one event: its time, its level, its name and fields of a closed list, numbers and
names of our own. What others log is kept without its words: of a record of argmap's only the
template, of anybody else's only who logged it, of an exception its type and the places it passed
through, never its message or the values there. ``ARGMAP_LOG_TEXT=1`` keeps the words as well, to
look for a fault on one's own machine, and every line then says so; ``ARGMAP_LOG=off`` writes
nothing. The terminal is told the same in one plain line.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argmap.resources import home_dir

#: Bytes of one file, and how many older ones are kept: 4 MB in all.
MOST_BYTES, OLDER = 1_000_000, 3
FILE_NAME = "argmap.jsonl"

#: Fields that hold a word: names out of our own code, ids and hashes. Nothing the user wrote.
WORDS = frozenset({"command", "error", "fault", "format", "kind", "model", "page", "precision",
                   "revision", "session", "source", "state", "version"})  # fmt: skip
#: Fields that hold a number, a count or seconds.
NUMBERS = frozenset({"bytes", "code", "documents", "models", "motions", "pairs", "seconds",
                     "sessions", "sources", "speakers", "statements"})  # fmt: skip
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,79}")
_PLACES = re.compile(r"(?:^|[\\/])(?:site-packages|dist-packages|lib[\\/]python3\.\d+)[\\/](.*)$")
_MOST_FRAMES = 40
_ID = "argmap_fault"
_ours = logging.getLogger("argmap")
_events = logging.getLogger("argmap.events")
# Streamlit says there what a page's run or a button's answer raised, with all its words.
_PAGES = logging.getLogger("streamlit.error_util")


def folder() -> Path:
    """Where the logs lie. It need not be there."""
    return home_dir() / "logs"


def with_text() -> bool:
    """Whether the logs may hold the user's text: ``ARGMAP_LOG_TEXT`` is set."""
    return os.environ.get("ARGMAP_LOG_TEXT", "").lower() in ("1", "true", "yes", "on")


def configure() -> None:
    """Begin to log; a second call changes nothing."""
    if any(isinstance(handler, _Terminal) for handler in _ours.handlers):
        return
    _ours.addHandler(_Terminal())
    _ours.setLevel(logging.INFO)
    logging.getLogger().addHandler(_Lines())
    _PAGES.addFilter(_of_a_page)


def event(name: str, **fields: str | float | None) -> None:
    """Log that something happened.

    Args:
        name: what, in a word or two of our own.
        fields: of ``WORDS`` and ``NUMBERS``; ``None`` is left out, and so is what a field of its
            name cannot hold.

    Raises:
        KeyError: a field that is on neither list.
    """
    _events.info(name, extra={"argmap_fields": _kept(fields)})


def _kept(fields: Mapping[str, str | float | None]) -> dict[str, str | float]:
    kept: dict[str, str | float] = {}
    for key, value in fields.items():
        if key not in NUMBERS | WORDS:
            raise KeyError(f"logs hold no field {key}")
        fits = isinstance(value, int | float) if key in NUMBERS else _is_word(value)
        if value is not None:
            kept[key] = value if fits else "withheld"
    return kept


def _is_word(value: object) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def fault(error: BaseException, **fields: str | float | None) -> str:
    """Log a fault of ours with its trace, and give the id by which the user can name it.

    The same error keeps its id, and is written once.
    """
    known = getattr(error, _ID, None)
    if isinstance(known, str):
        return known
    found = secrets.token_hex(4)
    with suppress(AttributeError, TypeError):
        setattr(error, _ID, found)
    kept = _kept({**fields, "fault": found})
    _events.error("fault", exc_info=error, extra={"argmap_fields": kept})
    return found


def _of_a_page(record: logging.LogRecord) -> bool:
    """Write a page's fault as ours are written, and keep its words off the terminal."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        fault(error, kind="page")
    return error is None or with_text()


class _Lines(logging.Handler):
    """Appends to the file, which is opened anew for each line: the data folder may change, and
    several processes may write. Where it cannot be written, the work goes on without.
    """

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._writing = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        if os.environ.get("ARGMAP_LOG", "").lower() == "off":
            return
        # Other programs' loggers are heard where something went wrong, and no more.
        if not record.name.startswith("argmap") and record.levelno < logging.ERROR:
            return
        with suppress(OSError), self._writing:
            path = folder() / FILE_NAME
            path.parent.mkdir(parents=True, exist_ok=True)
            line = (json.dumps(_line(record), ensure_ascii=False) + "\n").encode("utf-8", "replace")
            if path.exists() and path.stat().st_size + len(line) > MOST_BYTES:
                _turn_over(path)
            # For the user alone: on a shared machine even counts are nobody else's business.
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(file, "ab") as stream:
                stream.write(line)


class _Terminal(logging.Handler):
    """Says on the terminal what went wrong, in one line, with as little text as the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "argmap_fields", {})
        if "fault" in fields:
            said = f"a fault in the program, {fields['fault']}. Its trace is in {folder()}"
        else:
            said = record.getMessage() if with_text() else _template(record)
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(f"argmap: {said}\n")


def _turn_over(path: Path) -> None:
    for number in range(OLDER, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)


def _line(record: logging.LogRecord) -> dict[str, Any]:
    time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line: dict[str, Any] = {"time": time, "level": record.levelname.lower()}
    if record.name == _events.name:
        line["event"] = record.msg
        line |= getattr(record, "argmap_fields", {})
    else:
        line |= {"event": "log", "logger": record.name}
        if record.name.startswith("argmap"):
            line["template"] = _template(record)
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        line["exception"] = _chain(error)
    if with_text():
        line["text"] = {"message": record.getMessage()}
        if error is not None:
            line["text"]["trace"] = "".join(traceback.format_exception(error))
    return line


def _template(record: logging.LogRecord) -> str:
    """The words that stand in our code, without what was filled in."""
    return str(record.msg)


def _chain(error: BaseException) -> list[dict[str, Any]]:
    """The error and what it came of, outermost first: types and places, no message, no value."""
    found: list[dict[str, Any]] = []
    at: BaseException | None = error
    while at is not None and len(found) < 10:
        frames = traceback.extract_tb(at.__traceback__)[-_MOST_FRAMES:]
        one: dict[str, Any] = {
            "type": f"{type(at).__module__}.{type(at).__qualname__}",
            "at": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
        }
        if isinstance(at, OSError) and at.errno is not None:
            one["errno"] = at.errno
        found.append(one)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return found


def _place(path: str) -> str:
    """A file of a program without the folder that it was installed in."""
    if found := _PLACES.search(path):
        return found[1].replace("\\", "/")
    parts = Path(path).parts
    if "argmap" in parts:
        last = len(parts) - 1 - parts[::-1].index("argmap")
        return "/".join(parts[last:])
    return parts[-1] if parts else path
