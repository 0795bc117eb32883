"""What is PostgreSQL's own: its driver, its transactions, and its errors in plain words."""

from __future__ import annotations

import math
from typing import Any

import sqlalchemy as sa

from argmap.errors import StoreError

# Names this program's lock among those of others that use the same database.
_WRITER = 0x617267_6D6170

#: How the driver says that a connection could not be made, for it gives no code: what is looked
#: for in its message, and what that means.
_UNREACHED: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("password authentication failed", "no password supplied", "role", "pg_hba.conf"),
        "does not let this user in. Look at the user's name and password in ARGMAP_DATABASE_URL, "
        "and at who may connect in the server's pg_hba.conf",
    ),
    (
        ("does not exist", "permission denied for database"),
        "cannot be found, or this user may not open it. Make it with createdb, or correct its "
        "name in ARGMAP_DATABASE_URL",
    ),
    (
        ("too many clients", "remaining connection slots", "too many connections"),
        "has no connection left. Close other programs that use it, or raise max_connections",
    ),
    (("starting up", "shutting down"), "is starting or stopping. Wait a moment and try again"),
    (
        ("SSL", "certificate"),
        "refused the way that the connection is secured. Look at sslmode in ARGMAP_DATABASE_URL",
    ),
)
_AWAY = (
    "cannot be reached. See that the server runs, and that host and port in ARGMAP_DATABASE_URL "
    "are right"
)

#: What the server's codes mean (PostgreSQL, appendix A), by the code or by its class.
_CODES: dict[str, str] = {
    "25006": "may only be read. Give this user leave to write, or use the main server and not its "
    "standby",
    "42501": "does not give this user leave. Let the user own the database, or grant it ALL ON "
    "SCHEMA public",
    "53100": "cannot grow: the disk is full. Free some space and try again",
    "53200": "is out of memory. Try again in a moment",
    "53300": "has no connection left. Close other programs that use it, or raise max_connections",
    "53": "is out of resources. Try again in a moment",
    "55P03": "is in use by another program. Close that program, or wait a moment, and try again",
    "57014": "took too long, and was stopped. Try again in a moment",
    "57P03": "is starting or stopping. Wait a moment and try again",
    "57": "was stopped by whoever runs the server. Try again in a moment",
    "08": "was lost in the midst of it. Try again",
    "40": "was changed by two programs at the same moment. Try again",
    "28": "does not let this user in. Look at the user's name and password in ARGMAP_DATABASE_URL",
    "3D": "cannot be found. Make it with createdb, or correct its name in ARGMAP_DATABASE_URL",
    "22P05": "cannot hold every character. Make one whose encoding is UTF8 (createdb -E UTF8)",
    "XX001": "is damaged. It was left as it is: restore it from a backup",
    "XX002": "is damaged. It was left as it is: restore it from a backup",
}

# The transaction was undone and the same may well succeed: it is tried once more.
_PASSING = ("57P03", "57P01", "57P02", "08")


def is_postgres(url: sa.URL) -> bool:
    """Whether the address is of a PostgreSQL server."""
    return url.drivername.split("+")[0] in ("postgresql", "postgres")


def driven(url: sa.URL) -> sa.URL:
    """The address with psycopg 3 as its driver, where none is named."""
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def engine(url: sa.URL, timeout: float) -> sa.Engine:
    """An engine whose writers come one after the other, as in SQLite, from any process.

    Reading sees one state of the database from its first statement to its last. A writer takes
    an advisory lock of this program's own before its first statement (PostgreSQL, 13.3.5), so
    that nobody else adds to a session's log between its reading of the log's end and its commit.

    Args:
        timeout: seconds to wait for the server, and for another writer.
    """
    made = sa.create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,  # what users wrote stays out of messages and logs
        connect_args={
            "connect_timeout": max(1, math.ceil(timeout)),
            "client_encoding": "utf8",
            "application_name": "argmap",
        },
    )

    @sa.event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("argmap_write", False):
            waits = max(1, round(timeout * 1000))
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {waits}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return made


def passes(error: sa.exc.SQLAlchemyError) -> bool:
    """Whether the connection is gone or not yet to be had, so that another may do."""
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    code = _code(error.orig)
    return error.connection_invalidated or (code is not None and code.startswith(_PASSING))


def plain(cause: BaseException, where: str) -> StoreError | None:
    """What an error of the driver means, where that is known.

    The driver's own message is not repeated: it may hold what somebody wrote.
    """
    code = _code(cause)
    if code is not None:
        known = next((_CODES[key] for key in (code, code[:2]) if key in _CODES), None)
        if known is None:
            return None
    elif type(cause).__module__.split(".")[0] == "psycopg" and _unconnected(cause):
        text = str(cause)
        known = next((told for marks, told in _UNREACHED if any(m in text for m in marks)), _AWAY)
    else:
        return None
    return StoreError(f"{where} {known}. Nothing was changed.")


def _unconnected(cause: BaseException) -> bool:
    return type(cause).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError")


def _code(cause: Any) -> str | None:
    code = getattr(cause, "sqlstate", None)
    return code if isinstance(code, str) else None
