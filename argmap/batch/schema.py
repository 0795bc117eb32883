"""The shapes of what is written: a row for a statement on a motion, and a row for an error.

pyarrow is imported where it is used: it takes a moment, and ``argmap --help`` needs none of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

#: Rises when a column changes its name, type or meaning.
SCHEMA_VERSION = 1

#: Name, type and whether it may be empty, in order.
ROWS: tuple[tuple[str, str, bool], ...] = (
    ("document_id", "string", False),
    ("statement_id", "string", False),
    ("start", "int64", False),
    ("end", "int64", False),
    ("text", "string", False),
    ("speaker_id", "string", True),
    ("speaker", "string", True),
    ("party", "string", True),
    ("reported", "bool", False),
    ("date", "string", True),
    ("title", "string", False),
    ("outlet", "string", True),
    ("source", "string", False),
    ("row", "int64", True),
    ("motion_id", "string", False),
    ("label", "string", False),
    ("pro", "float64", False),
    ("con", "float64", False),
    ("none", "float64", False),
    ("model", "string", False),
    ("engine", "string", False),
    ("settings", "string", False),
)
ERRORS: tuple[tuple[str, str, bool], ...] = (
    ("source", "string", False),
    ("row", "int64", True),
    ("problem", "string", False),
    ("remedy", "string", False),
)
# Cells that repeat from row to row; the others are all different.
_REPEATING = [
    "document_id", "speaker_id", "speaker", "party", "date", "title", "outlet", "source",
    "motion_id", "label", "model", "engine", "settings",
]  # fmt: skip


def schema_of(columns: Sequence[tuple[str, str, bool]]) -> pa.Schema:
    """The Arrow schema of ``ROWS`` or ``ERRORS``."""
    import pyarrow as pa

    types = {
        "string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()
    }  # fmt: skip
    return pa.schema([pa.field(name, types[kind], nullable) for name, kind, nullable in columns])


def parquet(columns: Sequence[tuple[str, str, bool]], cells: Mapping[str, Sequence[Any]]) -> bytes:
    """A Parquet file; the same cells give the same bytes with the same pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(dict(cells), schema=schema_of(columns))
    names = [name for name, _, _ in columns]
    sink = io.BytesIO()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        use_dictionary=[name for name in _REPEATING if name in names],
    )
    return sink.getvalue()
