"""Numbered steps that bring a database of any earlier version up to date.

A step never changes once released: it spells out the tables as they were at its time and does
not use ``tables.py``, which moves on.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.store.tables import schema

Migration = Callable[[sa.Connection], None]


def _sessions(connection: sa.Connection) -> None:
    moment = sa.DateTime(timezone=True)
    sa.Table(
        "sessions",
        sa.MetaData(),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("statements", sa.Integer, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("coding", sa.String(16), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    ).create(connection)


def _speaker_edits(connection: sa.Connection) -> None:
    known = sa.MetaData()
    sa.Table("sessions", known, sa.Column("id", sa.String(64), primary_key=True))
    sa.Table(
        "speaker_edits",
        known,
        sa.Column(
            "session",
            sa.String(64),
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    ).create(connection)


def _put_aside(connection: sa.Connection) -> None:
    moment = sa.DateTime(timezone=True).compile(connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE sessions ADD COLUMN deleted {moment}")
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN unfinished TEXT")


def _owners(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN owner VARCHAR(255)")
    known = sa.MetaData()
    sa.Table("sessions", known, sa.Column("id", sa.String(64), primary_key=True))
    sa.Table(
        "shares",
        known,
        sa.Column(
            "session",
            sa.String(64),
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("reader", sa.String(255), primary_key=True),
        sa.Column("may", sa.String(16), nullable=False),
    ).create(connection)


#: Step ``n`` (counted from 1) brings version ``n - 1`` to version ``n``. Only ever append.
MIGRATIONS: tuple[Migration, ...] = (_sessions, _speaker_edits, _put_aside, _owners)


def current_version(connection: sa.Connection) -> int:
    """How many steps the database has had; 0 for a new one.

    Raises:
        StoreError: it was written by a newer Argument Mapper.
    """
    version = 0
    if sa.inspect(connection).has_table(schema.name):
        version = connection.scalar(sa.select(sa.func.max(schema.c.version))) or 0
    if version > len(MIGRATIONS):
        raise StoreError(
            f"The database is of version {version}, written by a newer Argument Mapper; this one "
            f"knows up to {len(MIGRATIONS)}. Update Argument Mapper, then start it again."
        )
    return version


def migrate(connection: sa.Connection) -> None:
    """Apply the steps that are missing, inside the caller's transaction."""
    version = current_version(connection)
    schema.create(connection, checkfirst=True)
    for step in MIGRATIONS[version:]:
        step(connection)
    connection.execute(schema.delete())
    connection.execute(schema.insert().values(version=len(MIGRATIONS)))
