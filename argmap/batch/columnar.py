"""Parquet files a few rows at a time; no row group is ever decoded whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import SourceError
from argmap.sources.jsonlines import cell_text
from argmap.sources.limits import MAX_COLUMNS

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS = 256
_BUFFER = 1 << 20


def column_names(path: Path, source: str) -> tuple[str, ...]:
    """The columns whose cells are text, numbers, dates or the like.

    Raises:
        SourceError: the file is no Parquet file, is damaged, or has none.
    """
    import pyarrow as pa

    try:
        with _opened(path) as file:
            schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(
            source,
            f"this is no Parquet file, or it is damaged ({_said(error)}).",
            "Write it anew with the program it comes from.",
        ) from error
    return tuple(f.name for f in schema if not pa.types.is_nested(f.type))[:MAX_COLUMNS]


def batches(
    path: Path, columns: Sequence[str], *, group: int = 0
) -> Iterator[Iterator[tuple[str, ...]]]:
    """Rows as text from the row group ``group`` on, in the order of ``columns``.

    Raises:
        SourceError: the table breaks off; what came before has been given then.
    """
    with _whole(path), _opened(path) as file:
        for batch in file.iter_batches(
            batch_size=_ROWS,
            columns=list(columns),
            row_groups=list(range(group, file.num_row_groups)),
            use_threads=False,
        ):
            found = [[_text(cell) for cell in batch.column(name).to_pylist()] for name in columns]
            yield zip(*found, strict=True)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Whatever pyarrow says of damaged pages, as an error of the source."""
    import pyarrow as pa

    try:
        yield
    # A value that Python cannot hold, such as a date of the year 200,000, is a ValueError.
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise SourceError(
            path.name,
            f"the table breaks off: its file is damaged ({_said(error)}).",
            "Write it anew with the program it comes from.",
        ) from error


def _said(error: Exception) -> str:
    return " ".join(str(error).split())


class Rows:
    """Ranges of the rows of Parquet files.

    Ranges that follow each other in one file are read on, so that a file is decoded once and
    not from the beginning of its row group for every block.
    """

    def __init__(self) -> None:
        self._key: tuple[Path, tuple[str, ...]] | None = None
        self._at = 0
        self._rows: Iterator[tuple[str, ...]] = iter(())

    def take(
        self, path: Path, columns: Sequence[str], start: int, end: int
    ) -> Iterator[tuple[str, ...]]:
        """Rows ``start`` to ``end``, counted from 0, half-open."""
        key = (path, tuple(columns))
        group, begins = _group_at(path, start)
        if key != self._key or not begins <= self._at <= start:
            self._key, self._at = key, begins
            self._rows = (row for batch in batches(path, columns, group=group) for row in batch)
        for _ in islice(self._rows, start - self._at):
            pass
        self._at = start
        for row in islice(self._rows, end - start):
            self._at += 1
            yield row


def _group_at(path: Path, row: int) -> tuple[int, int]:
    """The row group that holds ``row``, and its first row."""
    begins = 0
    with _whole(path), _opened(path) as file:
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            if row < begins + size:
                return group, begins
            begins += size
    return 0, 0


def _opened(path: Path) -> pq.ParquetFile:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    try:
        return cell_text(cell)
    except TypeError:  # a decimal, a duration
        return str(cell)
