"""JSON Lines, one object a line, and a JSON list of such objects, as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from argmap.errors import SourceError
from argmap.sources.limits import MAX_COLUMNS, check_rows
from argmap.sources.tables import Table, make_table, number_shown


def looks_like_json_rows(text: str, *, hinted: bool = False) -> bool:
    """Whether the text is a list of objects, or has an object on each of its first two lines.

    One object alone is a row only where the file's name says so (``hinted``).
    """
    head = text.lstrip()
    if head.startswith("["):
        return head[1:].lstrip()[:1] == "{"
    first, _, rest = head.partition("\n")
    several = rest.lstrip()[:1] == "{" or hinted
    return several and first.startswith("{") and isinstance(_loaded(first), dict)


def looks_like_json(text: str) -> bool:
    """Whether the whole text is one JSON object or list."""
    return text.lstrip()[:1] in ("{", "[") and isinstance(_loaded(text), dict | list)


def parse_json_rows(text: str, where: str) -> Table:
    """The table whose columns are the objects' keys, in the order in which they first appear.

    Values that are lists or objects themselves stay JSON.

    Raises:
        SourceError: a line is no object, or there are too many rows or keys.
    """
    objects = list(_objects(text, where))
    columns: dict[str, None] = {}
    for _, row in objects:
        columns.update(dict.fromkeys(row))
        if len(columns) > MAX_COLUMNS:
            raise SourceError(
                where,
                f"the objects have more than {MAX_COLUMNS} different keys.",
                "Keep the keys you need and try again.",
            )

    def rows() -> Iterator[tuple[int, list[str]]]:
        yield 0, [name or "(no name)" for name in columns]
        for number, row in objects:
            yield number, [cell_text(row.get(name)) for name in columns]

    return make_table(rows(), where)


def _objects(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if text.lstrip().startswith("["):
        found = _loaded(text)
        if not isinstance(found, list):
            raise SourceError(
                where, "the JSON is malformed.", "Write it anew with the program it comes from."
            )
        numbered = enumerate(found, 1)
    else:
        numbered = (  # type: ignore[assignment]
            (number, _loaded(line))
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip()
        )
    for count, (number, row) in enumerate(numbered, 1):
        check_rows(count, where)
        if not isinstance(row, dict):
            raise SourceError(
                where,
                f"line {number:,} is not a JSON object.",
                "Write one object a line, or a list of objects.",
            )
        yield number, row


def _loaded(text: str) -> Any:
    """The value, or ``None`` where the text is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def cell_text(value: Any) -> str:
    """A value as the text of a cell; ``None`` is an empty one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return number_shown(value)
    return json.dumps(value, ensure_ascii=False)
