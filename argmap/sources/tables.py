"""A table of texts: one ``Document`` for every row.

Consultation exports, survey answers and lists of articles come as tables. A row becomes a
document of its own, and not a turn in one long document, because what people compare by later
belongs to the row: its date, its outlet, its address, and every other column, which a document
keeps (``Document.attributes``) and a turn cannot. So a row can be filtered, cited and removed
like any other source, ids stay the same when rows are added, and the sentence before a sentence
is never another person's. A table is at most 10,000 rows; the rooms after this one take a
document at a time, and their work grows with the text, not with the number of documents.

A row with a speaker is that person's words: all of it is kept, as one turn. A row without one,
in a table that names outlets or titles, is an article and is cleaned as articles are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources.characters import one_line
from argmap.sources.columns import Field, settle
from argmap.sources.draft import Reading
from argmap.sources.limits import MAX_COLUMNS, check_characters, check_rows
from argmap.sources.rows import date_order, read_day, row_document

#: Rows that a guess and a preview look at.
SAMPLE_ROWS = 50
_NAMED_ROWS = 8
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Table:
    """A table before anyone has said what its columns are.

    Attributes:
        columns: unique names, in order.
        rows: cells as text, as many as there are columns; blank rows are not among them.
        numbers: where each row stands in the file, counted as its program counts rows.
        warnings: what was left out in reading it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    warnings: tuple[str, ...] = ()


def make_table(
    rows: Iterator[tuple[int, Sequence[str]]], where: str, *, warnings: Sequence[str] = ()
) -> Table:
    """The table of numbered rows whose first row names the columns.

    Raises:
        SourceError: there is no row below the names, or there are too many rows or columns.
    """
    columns: tuple[str, ...] = ()
    kept: list[tuple[str, ...]] = []
    numbers: list[int] = []
    length = 0
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            raise SourceError(
                where,
                f"row {number:,} of the table has {len(cells):,} columns and the limit is "
                f"{MAX_COLUMNS}.",
                "Keep the columns you need and try again.",
            )
        if not columns:
            columns = unique_names(cells[:MAX_COLUMNS])
            continue
        check_rows(len(kept) + 1, where)
        length += sum(len(cell) for cell in cells)
        check_characters(length, where)
        kept.append(tuple((*cells, *[""] * len(columns))[: len(columns)]))
        numbers.append(number)
    if not kept:
        raise SourceError(
            where,
            "the table has no rows below its first one, which names the columns.",
            "Put a name such as “text” above each column.",
        )
    return Table(columns, tuple(kept), tuple(numbers), tuple(warnings))


def read_table(table: Table, where: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """A document for each row that holds words.

    Its attributes name the table and the row, so that every quote can be found again.

    Args:
        mapping: column by field (see ``columns.FIELDS``); what it leaves open is guessed.

    Raises:
        SourceError: a column is unknown, none holds the text, or no row holds words.
    """
    fields = settle(mapping, table.columns, table.rows[:SAMPLE_ROWS], where)
    place = {field: table.columns.index(column) for field, column in fields.items()}
    days = [row[place["date"]] for row in table.rows] if "date" in place else []
    order = date_order(days)
    dates = [read_day(cell, order) for cell in days]
    documents: dict[str, Document] = {}
    blank, repeated, problems = 0, [], []
    for index, (number, row) in enumerate(zip(table.numbers, table.rows, strict=True)):
        cell = {field: row[at] for field, at in place.items()}
        if not any(char.isalnum() for char in cell["text"]):
            blank += 1
            continue
        others = {
            name: value
            for at, name in enumerate(table.columns)
            if at not in place.values() and (value := one_line(row[at]))
        }
        day = dates[index] if dates else None
        if "date" in place and day is None and (shown := one_line(cell["date"])):
            others.setdefault(fields["date"], shown)
        try:
            document = row_document(cell, number, day, {"table": where, **others})
        except SourceError as error:
            problems.append(f"Row {number:,}: {error.problem}")
            continue
        if document.id in documents:
            repeated.append(number)
        documents.setdefault(document.id, document)
    if not documents:
        raise SourceError(
            where,
            f"no row holds words in the column “{fields['text']}”.",
            "Say which column is the text (--column text=NAME).",
        )
    warnings = [*table.warnings, *_guessed(fields, mapping), *_some(problems)]
    if blank:
        warnings.append(f"{_rows(blank)} without words in “{fields['text']}” left out.")
    if repeated:
        warnings.append(f"{_rows(len(repeated))} the same as an earlier one in id and text.")
    if dates and any(row[place["date"]].strip() and not day
                     for row, day in zip(table.rows, dates, strict=True)):  # fmt: skip
        warnings.append(
            f"Some dates in “{fields['date']}” can be read two ways or not at all and are kept as "
            "they stand. Write them as 2031-04-03."
        )
    return Reading(tuple(documents.values()), tuple(warnings))


def number_shown(value: float) -> str:
    """A number as a person writes it: spreadsheets and data frames make ids ``8.0``."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else str(value)


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for the columns: their own, or where they stand, no two alike."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    names: list[str] = []
    seen: Counter[str] = Counter()
    for number, cell in enumerate(cells, 1):
        name = one_line(cell)[:_TITLE_LENGTH] or f"Column {number}"
        seen[name] += 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in seen:
            seen[name] += 1
        name = name if seen[name] == 1 else f"{name} ({seen[name]})"
        seen[name] = max(seen[name], 1)
        names.append(name)
    return tuple(names)


def _guessed(fields: Mapping[Field, str], mapping: Mapping[str, str] | None) -> list[str]:
    """Which columns were taken for what without the user having said so."""
    taken = [f"{field} is “{column}”" for field, column in fields.items()
             if field not in (mapping or {})]  # fmt: skip
    return [f"Taken from the columns’ names: {', '.join(taken)}."] if taken else []


def _some(problems: Sequence[str]) -> list[str]:
    more = len(problems) - _NAMED_ROWS
    return [*problems[:_NAMED_ROWS], *([f"And {more:,} rows more."] if more > 0 else [])]


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"
