"""Tables as streams: what their rows are and where each stands, and a range of them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from argmap.batch.blocks import Layout, Piece, Unit
from argmap.batch.columnar import Rows, batches, column_names
from argmap.batch.lines import UNTOLD, Record, beginning, csv_rows, decoded, delimiter, json_lines
from argmap.errors import SourceError
from argmap.sources.columns import Field, settle
from argmap.sources.jsonlines import cell_text
from argmap.sources.limits import MAX_COLUMNS
from argmap.sources.rows import DateOrders
from argmap.sources.tables import SAMPLE_ROWS, unique_names

#: Characters of a statement, for the estimate; a day of Hansard has 134 on average.
CHARACTERS = 130

_SAVE_AGAIN = "Write it anew with the program it comes from."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or why it cannot be read."""

    number: int
    cells: Mapping[Field, str]
    problem: str = ""


def scan_table(
    path: Path, source: str, kind: str, mapping: Mapping[str, str] | None
) -> Iterator[Unit]:
    """Every row of a table as a unit, in one pass over it, or two where dates need it.

    Raises:
        SourceError: no column holds the text, or the table breaks off (what came before it has
            been given then).
        OSError: the file cannot be read.
    """
    if kind == "parquet":
        yield from _scan_parquet(path, source, mapping)
        return
    with path.open("rb") as file:
        yield from _scan_lines(file, path, source, kind, mapping)


def read_table(piece: Piece, rows: Rows) -> Iterator[Row]:
    """The rows of a piece that ``scan_table`` gave.

    Args:
        rows: where the reading of Parquet files stands.

    Raises:
        SourceError: the table breaks off.
        OSError: the file cannot be read.
    """
    layout = piece.layout
    if layout is None:
        raise TypeError(f"{piece.source}: a piece of a table without a layout")
    if piece.kind == "parquet":
        names = [column for _, column in layout.fields]
        taken = rows.take(Path(piece.path), names, piece.start, piece.end)
        for number, cells in enumerate(taken, piece.first):
            yield Row(number, _by_field(layout, dict(zip(names, cells, strict=True))))
        return
    with Path(piece.path).open("rb") as file:
        for record in _records(file, piece.kind, piece.start, piece.end, piece.first, layout,
                               piece.source):  # fmt: skip
            yield _row(record, layout, piece.kind)


def _scan_lines(
    file: BinaryIO, path: Path, source: str, kind: str, mapping: Mapping[str, str] | None
) -> Iterator[Unit]:
    start = beginning(file, source)
    if kind == "csv":
        mark, start = delimiter(file, start)
        head = next(csv_rows(file, start, None, first=1, mark=mark, where=source), None)
        if head is None:
            raise SourceError(source, "the table is empty.", _SAVE_AGAIN)
        columns, first, start = unique_names(head.cells[:MAX_COLUMNS]), head.number + 1, head.end
    else:
        mark, columns, first = ",", (), 1
    plain = Layout(columns, (), delimiter=mark)
    sample = list(islice(_records(file, kind, start, None, first, plain, source), SAMPLE_ROWS))
    layout = _layout(plain, sample, kind, source, mapping)
    if _needs_order(layout, sample, kind):
        orders = DateOrders()
        for record in _records(file, kind, start, None, first, layout, source):
            orders.see(_row(record, layout, kind).cells.get("date", ""))
        layout = Layout(layout.columns, layout.fields, orders.order, mark)
    salt = repr(layout).encode()
    for record in _records(file, kind, start, None, first, layout, source):
        row = _row(record, layout, kind)
        yield _unit(
            row, salt + b"\0" + record.raw, path, source, kind, layout, record.start, record.end
        )


def _scan_parquet(path: Path, source: str, mapping: Mapping[str, str] | None) -> Iterator[Unit]:
    names = column_names(path, source)
    sample = list(islice(chain.from_iterable(batches(path, names)), SAMPLE_ROWS))
    layout = Layout(names, _fields(mapping, names, sample, source))
    wanted = [column for _, column in layout.fields]
    if "date" in dict(layout.fields):
        orders = DateOrders()
        for (cell,) in chain.from_iterable(batches(path, [dict(layout.fields)["date"]])):
            orders.see(cell)
        layout = Layout(names, layout.fields, orders.order)
    salt = repr(layout).encode()
    for at, cells in enumerate(chain.from_iterable(batches(path, wanted))):
        row = Row(at + 1, _by_field(layout, dict(zip(wanted, cells, strict=True))))
        content = json.dumps(cells, ensure_ascii=True).encode()
        yield _unit(row, salt + b"\0" + content, path, source, "parquet", layout, at, at + 1)


def _unit(
    row: Row, content: bytes, path: Path, source: str, kind: str, layout: Layout,
    start: int, end: int,
) -> Unit:  # fmt: skip
    piece = Piece(
        source=source,
        path=str(path),
        kind="csv" if kind == "csv" else "jsonl" if kind == "jsonl" else "parquet",
        statements=max(1, round(len(row.cells.get("text", "")) / CHARACTERS)),
        first=row.number,
        start=start,
        end=end,
        layout=layout,
    )
    return Unit(piece, hashlib.sha256(content).digest())


def _records(
    file: BinaryIO,
    kind: str,
    start: int,
    end: int | None,
    first: int,
    layout: Layout,
    where: str,
) -> Iterator[Record]:
    if kind == "csv":
        return csv_rows(file, start, end, first=first, mark=layout.delimiter, where=where)
    return json_lines(file, start, end, first=first)


def _row(record: Record, layout: Layout, kind: str) -> Row:
    if record.problem:
        return Row(record.number, {}, record.problem)
    if kind == "csv":
        cells = dict(zip(layout.columns, record.cells, strict=False))
        return Row(record.number, _by_field(layout, cells))
    found = _object(record.raw)
    if isinstance(found, str):
        return Row(record.number, {}, found)
    columns = [column for _, column in layout.fields]
    return Row(record.number, _by_field(layout, {c: cell_text(found.get(c)) for c in columns}))


def _object(raw: bytes) -> dict[str, object] | str:
    """The object of a line, or what is wrong with it."""
    text = decoded(raw)
    if text is None:
        return UNTOLD
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return "the line is not JSON."
    return found if isinstance(found, dict) else "the line is not a JSON object."


def _by_field(layout: Layout, cells: Mapping[str, str]) -> dict[Field, str]:
    return {field: cells.get(column, "") for field, column in layout.fields}


def _layout(
    plain: Layout,
    sample: Sequence[Record],
    kind: str,
    source: str,
    mapping: Mapping[str, str] | None,
) -> Layout:
    if kind == "csv":
        width = len(plain.columns)
        rows = [tuple((*record.cells, *[""] * width)[:width]) for record in sample]
        fields = _fields(mapping, plain.columns, rows, source)
        return Layout(plain.columns, fields, delimiter=plain.delimiter)
    found = [item for record in sample if isinstance(item := _object(record.raw), dict)]
    if not found:
        raise SourceError(
            source, "none of its first lines is a JSON object.", "Write one object a line."
        )
    columns = tuple(dict.fromkeys(name for item in found for name in item if name))[:MAX_COLUMNS]
    rows = [tuple(cell_text(item.get(name)) for name in columns) for item in found]
    return Layout(columns, _fields(mapping, columns, rows, source))


def _fields(
    mapping: Mapping[str, str] | None,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    source: str,
) -> tuple[tuple[Field, str], ...]:
    return tuple(sorted(settle(mapping, columns, rows, source).items()))


def _needs_order(layout: Layout, sample: Sequence[Record], kind: str) -> bool:
    """Whether the dates of the first rows are written with strokes, dots or dashes, year last."""
    orders = DateOrders()
    for record in sample:
        orders.see(_row(record, layout, kind).cells.get("date", ""))
    return orders.seen
