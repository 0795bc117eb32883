"""What a list of sessions shows, read without any debate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from argmap.store import access
from argmap.store.tables import sessions
from argmap.store.unfinished import Unfinished, from_text


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """What a list of sessions shows of one.

    Attributes:
        origin: ``"user"``, ``"bundled"`` or whatever the saver named.
        created, updated: moments in UTC; ``updated`` changes whenever what is loaded does.
        documents, statements: how many of each the debate has.
        unfinished: what a mapping that was stopped left to do.
        deleted: when it was deleted, for one that can still be had back.
        owner: the user whose it is; ``None`` for what is nobody's in particular.
        may: what the user who asked may do with it.
    """

    id: str
    title: str
    origin: str
    created: datetime
    updated: datetime
    documents: int
    statements: int
    unfinished: Unfinished | None = None
    deleted: datetime | None = None
    owner: str | None = None
    may: access.May = "own"


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Where the same sentence stands in another debate on the same motion.

    Attributes:
        session, title: of that debate.
        topic: id of the motion there.
        statements: ids of the statements with the sentence, one or more.
    """

    session: str
    title: str
    topic: str
    statements: tuple[str, ...]


def live(connection: sa.Connection, user: str | None) -> tuple[SessionInfo, ...]:
    """The sessions that a user sees but the deleted ones, the last updated first."""
    found = _listed(connection, user, sessions.c.deleted.is_(None), access.seen_by(user))
    return tuple(sorted(found, key=lambda info: info.updated, reverse=True))


def deleted(connection: sa.Connection, user: str | None) -> tuple[SessionInfo, ...]:
    """A user's own sessions that are deleted and not yet forgotten, the last deleted first."""
    found = _listed(connection, user, sessions.c.deleted.is_not(None), access.owned_by(user))
    return tuple(sorted(found, key=lambda info: info.deleted or info.updated, reverse=True))


def _listed(
    connection: sa.Connection, user: str | None, *which: sa.ColumnElement[bool]
) -> list[SessionInfo]:
    columns = sessions.c
    rows = connection.execute(
        sa.select(
            columns.id,
            columns.title,
            columns.origin,
            columns.created,
            columns.updated,
            columns.documents,
            columns.statements,
            columns.unfinished,
            columns.deleted,
            columns.owner,
        ).where(*which)
    ).all()
    given = access.given(connection, user)
    found = [
        SessionInfo(
            *row[:7],
            unfinished=from_text(row.unfinished),
            deleted=row.deleted,
            owner=row.owner,
            may=access.level(row.owner, user, given.get(row.id)),
        )
        for row in rows
    ]
    # Sorted here and not there, for databases differ in how they order text. The callers' sorts
    # are stable, so this decides between what was changed at one moment.
    found.sort(key=lambda info: info.id)
    found.sort(key=lambda info: info.created, reverse=True)
    return found
