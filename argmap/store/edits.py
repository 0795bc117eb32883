"""The log of a session's corrections: rows are read and added, never changed.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from argmap.errors import ProjectFileError, StoreError
from argmap.projectfile import edit_from_dict, edit_to_dict
from argmap.records import Edit
from argmap.store.tables import speaker_edits, stored


def read(connection: sa.Connection, session_id: str) -> tuple[Edit, ...]:
    """Every correction of a session, in order.

    Raises:
        StoreError: one of them cannot be read.
    """
    columns = speaker_edits.c
    rows = connection.execute(
        sa.select(columns.sequence, columns.id, columns.payload).where(
            columns.session == session_id
        )
    ).all()
    # Sorted here, for databases differ in how they order text.
    return tuple(_read(row.id, row.payload) for row in sorted(rows, key=lambda r: tuple(r)[:2]))


def append(connection: sa.Connection, session_id: str, edit: Edit) -> Edit:
    """Add ``edit`` at the end of the log, and give it as it stands there."""
    columns = speaker_edits.c
    last = connection.scalar(
        sa.select(sa.func.max(columns.sequence)).where(columns.session == session_id)
    )
    kept = edit.numbered((last or 0) + 1)
    _insert(connection, session_id, kept)
    return kept


def add_missing(connection: sa.Connection, session_id: str, edits: Iterable[Edit]) -> None:
    """Add the edits that the log does not have, at the places they bring with them."""
    columns = speaker_edits.c
    there = set(
        connection.scalars(sa.select(columns.id).where(columns.session == session_id)).all()
    )
    for edit in edits:
        if stored(edit.id) not in there:
            _insert(connection, session_id, edit)


def _insert(connection: sa.Connection, session_id: str, edit: Edit) -> None:
    fields = edit_to_dict(edit)
    connection.execute(
        speaker_edits.insert().values(
            session=session_id,
            id=stored(edit.id),
            sequence=edit.sequence,
            payload=json.dumps(fields, ensure_ascii=False),
        )
    )


def _read(identifier: str, payload: str) -> Edit:
    try:
        return edit_from_dict(json.loads(payload), f"correction {identifier}")
    except (ValueError, RecursionError, ProjectFileError) as error:
        told = error.problem if isinstance(error, ProjectFileError) else error
        raise StoreError(
            f"A correction of this session cannot be read: {told} It was left as it is; "
            "open the debate's project file instead, if you have one."
        ) from error
