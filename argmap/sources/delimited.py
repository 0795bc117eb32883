"""CSV and TSV: cells parted by a comma, semicolon, tab or bar, quoted as RFC 4180 says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from argmap.errors import SourceError
from argmap.sources.columns import TEXT_NAMES, guess, plain_name
from argmap.sources.limits import MAX_CHARACTERS
from argmap.sources.tables import Table, make_table

_DELIMITERS = ",;\t|"
# Excel's own first line.
NAMED_DELIMITER = re.compile(r"sep=([,;\t|])\r?\n")
_SAMPLE_LINES = 60
_SAMPLE = 200_000
_NAME_LENGTH = 60
#: Lines in a last cell that a person may have written.
_MOST_LINES = 50
#: Share of sampled rows that have as many cells as the first.
_STEADY = 0.8


def looks_like_delimited(text: str, *, hinted: bool = False, columns: Iterable[str] = ()) -> bool:
    """Whether the text is a table; ``hinted`` where its name says so.

    It is one where its first line names all of ``columns``, which the user gave.
    Without that hint the first line must name the columns, one of them like a text, two rows
    must follow, and every sampled row must have as many cells.
    """
    if hinted or NAMED_DELIMITER.match(text):
        return True
    first = text.lstrip("\ufeff")[:_SAMPLE].split("\n", 1)[0]
    if not any(mark in first for mark in _DELIMITERS):
        return False
    delimiter, share = delimiter_of(text)
    if delimiter is None:
        return False
    rows = _sample(text, delimiter)
    names = [plain_name(cell) for cell in rows[0]]
    given = {plain_name(column) for column in columns if column}
    if given and given <= set(names):
        return True
    return (
        share == 1.0
        and len(rows) >= 3
        and all(name and len(name) <= _NAME_LENGTH for name in names)
        and bool(TEXT_NAMES & set(names))
        and len(guess(rows[0], [])) >= 2
    )


def parse_delimited(text: str, where: str) -> Table:
    """The table of a CSV or TSV text.

    Raises:
        SourceError: a cell or the table is too large, it has no rows, or a quotation mark is
            never closed.
    """
    text = text.removeprefix("\ufeff")
    named = NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    delimiter = named[1] if named else delimiter_of(body)[0]
    table = make_table(_rows(body, delimiter or ",", where), where)
    breaks = max(cell.count("\n") for cell in table.rows[-1])
    if body.count('"') % 2 and breaks > _MOST_LINES:
        # The reader takes all that follows for one cell, and so loses rows without a word.
        raise SourceError(
            where,
            f"a quotation mark that opens in row {table.numbers[-1]:,} is never closed, so "
            f"{breaks:,} lines stand in one cell.",
            "Close it, or open the table in a spreadsheet and save it anew as CSV.",
        )
    return table


def _rows(text: str, delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    # The limit is the process's; whoever lowers it meanwhile only makes us refuse sooner.
    csv.field_size_limit(MAX_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise SourceError(
            where,
            f"the table breaks off after row {number:,} ({error}).",
            "Open it in a spreadsheet, save it anew as CSV and try again.",
        ) from error


def delimiter_of(text: str) -> tuple[str | None, float]:
    """The mark that cuts the most rows into as many cells as the first, and their share."""
    best: tuple[float, int, str] | None = None
    for mark in _DELIMITERS:
        try:
            rows = [row for row in _sample(text, mark) if row]
        except csv.Error:
            continue
        if not rows or len(rows[0]) < 2:
            continue
        share = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
        if share >= _STEADY and (best is None or (share, len(rows[0])) > best[:2]):
            best = (share, len(rows[0]), mark)
    return (best[2], best[0]) if best else (None, 0.0)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are whole in the sample."""
    head = text[:_SAMPLE]
    rows = list(
        islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), _SAMPLE_LINES)
    )
    cut = len(text) > len(head) and len(rows) < _SAMPLE_LINES
    return [row for row in (rows[:-1] if cut else rows) if row]
