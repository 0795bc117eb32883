"""The records of a CSV or JSON Lines file one at a time, each with the bytes that it takes.

The whole is never in memory, so an encoding cannot be told from it: a line is UTF-8 or, where it
cannot be, Windows-1252.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from argmap.errors import SourceError
from argmap.sources.delimited import NAMED_DELIMITER, delimiter_of
from argmap.sources.limits import MAX_CHARACTERS

#: Longest line that is read, in bytes.
MAX_LINE = 25 * 1024 * 1024

#: What is said of a line that is in no encoding that is read.
UNTOLD = "the text is in an encoding that cannot be told."

_MEGABYTES = MAX_LINE // 1_048_576
_SAMPLE = 400_000
_MOST_LINES = 50
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a file; ``raw`` is empty and ``whole`` false where it is too long to keep."""

    number: int
    start: int
    end: int
    raw: bytes
    whole: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file.

    Attributes:
        number: of the line (JSON Lines) or row (CSV), from 1.
        start, end: half-open range of bytes.
        raw: those bytes; empty where the record is too long to keep.
        cells: of a CSV row.
        problem: why it cannot be read.
    """

    number: int
    start: int
    end: int
    raw: bytes
    cells: tuple[str, ...] = ()
    problem: str = ""


def decoded(raw: bytes) -> str | None:
    """The text of a line, or ``None`` where it is in neither encoding."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def beginning(file: BinaryIO, where: str) -> int:
    """Where the text begins after a byte-order mark.

    Raises:
        SourceError: it is UTF-16 or UTF-32, whose lines cannot be told byte by byte.
    """
    file.seek(0)
    head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return len(codecs.BOM_UTF8)
    if head.startswith(_WIDE) or 0 in head:
        raise SourceError(
            where, "this is no UTF-8 text.", "Save it as UTF-8 text and run the command again."
        )
    return 0


def json_lines(file: BinaryIO, start: int, end: int | None, *, first: int) -> Iterator[Record]:
    """The lines of a range that hold something; ``first`` is the number of the first line."""
    for line in _lines(file, start, end, first):
        if line.whole and not line.raw.strip():
            continue
        problem = "" if line.whole else f"the line is longer than {_MEGABYTES} MB."
        yield Record(line.number, line.start, line.end, line.raw, problem=problem)


def delimiter(file: BinaryIO, start: int) -> tuple[str, int]:
    """What parts the cells, and where the table begins after Excel's line that names it."""
    file.seek(start)
    sample = file.read(_SAMPLE)
    text = decoded(sample[: sample.rfind(b"\n") + 1] or sample) or sample.decode("latin-1")
    named = NAMED_DELIMITER.match(text)
    if named is not None:
        return named[1], start + named.end()
    return delimiter_of(text)[0] or ",", start


def csv_rows(
    file: BinaryIO, start: int, end: int | None, *, first: int, mark: str, where: str
) -> Iterator[Record]:
    """The rows of a range that hold something; ``first`` is the number of the first row.

    Raises:
        SourceError: the table breaks off, so that where its next row begins cannot be told.
    """
    csv.field_size_limit(MAX_CHARACTERS)
    feed = _Feed(_lines(file, start, end, 1), where)
    reader = csv.reader(feed, delimiter=mark)
    number, at = first, start
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                where,
                f"the table breaks off after row {number - 1:,} ({error}).",
                "Open it in a spreadsheet, save it anew as CSV and run the command again.",
            ) from error
        raw, problem = feed.take()
        if feed.lines > _MOST_LINES and raw.count(b'"') % 2:
            raise SourceError(
                where,
                f"a quotation mark that opens in row {number:,} is never closed.",
                "Close it, or open the table in a spreadsheet and save it anew as CSV.",
            )
        if any(cell.strip() for cell in cells):
            yield Record(number, at, at + len(raw), raw, tuple(cells), problem)
        number, at = number + 1, at + len(raw)


class _Feed:
    """Lines for ``csv.reader``, which draws as many as a row takes; keeps their bytes."""

    def __init__(self, lines: Iterator[_Line], where: str) -> None:
        self._lines = lines
        self._where = where
        self._raw = bytearray()
        self._problem = ""
        self._drawn = 0
        self.lines = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if not line.whole or len(self._raw) > MAX_LINE:
            raise SourceError(
                self._where,
                f"line {line.number:,}, or the row that it is part of, is longer than "
                f"{_MEGABYTES} MB.",
                "Split the text, or write it to a file of its own.",
            )
        self._raw += line.raw
        self._drawn += 1
        text = decoded(line.raw)
        if text is None:
            self._problem = UNTOLD
            text = line.raw.decode("cp1252", errors="replace")
        return text

    def take(self) -> tuple[bytes, str]:
        """The bytes of the row that was just read, and what is wrong with them."""
        raw, problem, self.lines = bytes(self._raw), self._problem, self._drawn
        self._raw.clear()
        self._problem, self._drawn = "", 0
        return raw, problem


def _lines(file: BinaryIO, start: int, end: int | None, first: int) -> Iterator[_Line]:
    file.seek(start)
    at, number = start, first
    while end is None or at < end:
        raw = file.readline(MAX_LINE if end is None else min(MAX_LINE, end - at))
        if not raw:
            return
        length, whole = len(raw), raw.endswith(b"\n") or len(raw) < MAX_LINE
        while not whole and (rest := file.readline(1_048_576)):
            length += len(rest)
            if rest.endswith(b"\n"):
                break
        yield _Line(number, at, at + length, raw if whole else b"", whole)
        at, number = at + length, number + 1
