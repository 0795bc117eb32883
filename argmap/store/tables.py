"""The tables as they are now. A change here needs a step in ``migrations.py``."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

from argmap.projectfile import well_formed


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stored(text: str) -> str:
    """``text`` as every database can hold it; its length stays.

    PostgreSQL's texts have no NUL, and UTF-8 has no lone surrogate.
    """
    return well_formed(text).replace("\x00", "\N{REPLACEMENT CHARACTER}")


metadata = MetaData()

#: One row: how many migrations have been applied.
schema = Table("argmap_schema", metadata, Column("version", Integer, nullable=False))

#: One row a kept debate. ``payload`` is its project file, coded as ``coding`` says; ``deleted``
#: is when it was put aside; ``unfinished`` says in JSON what a stopped mapping left to do;
#: ``owner`` is the user who made it, where users sign in.
sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("origin", String(64), nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("coding", String(16), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("deleted", UtcDateTime, nullable=True),
    Column("unfinished", Text, nullable=True),
    Column("owner", String(255), nullable=True),
)

#: One row for every reader that a session is shared with; ``*`` is everyone who signs in.
shares = Table(
    "shares",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", String(255), primary_key=True),
    Column("may", String(16), nullable=False),
)

#: One row a correction; rows are added and never changed. ``payload`` is the edit as the project
#: file holds it. The name is from when only speakers could be corrected.
speaker_edits = Table(
    "speaker_edits",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("payload", Text, nullable=False),
)
