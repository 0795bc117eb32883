"""Files, bytes, pasted text and web addresses -> ``Document``.

Cleaning happens here, before offsets exist.
"""

from argmap.sources.columns import FIELD_WORDS, FIELDS, Field
from argmap.sources.dates import to_iso
from argmap.sources.draft import Reading
from argmap.sources.limits import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_ROWS,
    READABLE,
    max_bytes,
    max_files,
)
from argmap.sources.online import read_address
from argmap.sources.reading import (
    guess_columns,
    read,
    read_all,
    read_bytes,
    read_text,
    table_in,
)
from argmap.sources.tables import Table, read_table

__all__ = [
    "FIELDS",
    "FIELD_WORDS",
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_ROWS",
    "READABLE",
    "Field",
    "Reading",
    "Table",
    "guess_columns",
    "max_bytes",
    "max_files",
    "read",
    "read_address",
    "read_all",
    "read_bytes",
    "read_table",
    "read_text",
    "table_in",
    "to_iso",
]
