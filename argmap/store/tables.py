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


metadata = MetaData()

#: One row: how many migrations have been applied.
schema = Table("argmap_schema", metadata, Column("version", Integer, nullable=False))

#: One row a kept debate. ``payload`` is its project file, coded as ``coding`` says; ``deleted``
#: is when it was put aside; ``unfinished`` says in JSON what a stopped mapping left to do.
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
