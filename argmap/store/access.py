"""Whose a session is, and who else may do what with it.

Without sign-in there is no user and everything may be done. With sign-in a session is seen by
its owner and by those it is shared with, and what is bundled by everybody. A session that a user
may not see is to them exactly as one that does not exist. Every function works inside the
caller's transaction.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.store.tables import sessions, shares, stored

#: What a user may do with a session, each with all before it: look at it and copy it; correct
#: it; and change, rename, share and delete it.
May = Literal["read", "correct", "own"]

#: What others may be given.
GIVEN: tuple[Literal["read", "correct"], ...] = ("read", "correct")
_ORDER: tuple[May, ...] = get_args(May)

#: The reader who stands for everyone who signs in here; no user can be called so.
EVERYONE = "*"

#: Origin of the debates that come with the program.
BUNDLED = "bundled"

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Share:
    """With whom a session is shared: a user's name or ``EVERYONE``, and what they may do."""

    reader: str
    may: May


def user_name(name: str) -> str:
    """A user's name as it is compared: in small letters, without white space around it.

    Raises:
        StoreError: it cannot be one.
    """
    folded = unicodedata.normalize("NFC", name.strip().casefold())
    if (
        not 0 < len(folded) <= _LONGEST_NAME
        or folded == EVERYONE
        or not folded.isprintable()
        or any(character.isspace() for character in folded)
    ):
        raise StoreError(
            f"A user's name has 1 to {_LONGEST_NAME} characters, no white space among them, and "
            f"is not {EVERYONE}. Choose another."
        )
    return folded


def seen_by(user: str | None) -> sa.ColumnElement[bool]:
    """Which sessions a user may see; all of them where there is no user."""
    if user is None:
        return sa.true()
    shared = sa.exists().where(
        shares.c.session == sessions.c.id, shares.c.reader.in_((user, EVERYONE))
    )
    bundled = sa.and_(sessions.c.origin == BUNDLED, sessions.c.owner.is_(None))
    return sa.or_(sessions.c.owner == user, bundled, shared)


def owned_by(user: str | None) -> sa.ColumnElement[bool]:
    """Which sessions are a user's own; all of them where there is no user."""
    return sa.true() if user is None else sessions.c.owner == user


def given(connection: sa.Connection, user: str | None) -> dict[str, May]:
    """What is shared with a user, by session, with the most that they may do."""
    found: dict[str, May] = {}
    if user is not None:
        rows = connection.execute(
            sa.select(shares.c.session, shares.c.may).where(shares.c.reader.in_((user, EVERYONE)))
        )
        for session_id, may in rows:
            found[session_id] = max(found.get(session_id, "read"), may, key=_ORDER.index)
    return found


def level(owner: str | None, user: str | None, shared: May | None) -> May:
    """What a user may do with a session that they see."""
    return "own" if user is None or owner == user else shared or "read"


def require(
    connection: sa.Connection, session_id: str, user: str | None, needed: May, *, gone: bool = False
) -> None:
    """Refuse a user who may not do so much with a session.

    Args:
        gone: a deleted session counts too.

    Raises:
        StoreError: they may not, or there is no such session for them.
    """
    if user is None:
        return
    which = sessions.c.id == stored(session_id)
    row = connection.execute(
        sa.select(sessions.c.title, sessions.c.owner, sessions.c.deleted).where(
            which, seen_by(user)
        )
    ).one_or_none()
    # A deleted one is its owner's alone.
    if row is None or (row.deleted is not None and not (gone and row.owner == user)):
        raise unknown(session_id)
    may = level(row.owner, user, given(connection, user).get(stored(session_id)))
    if _ORDER.index(may) < _ORDER.index(needed):
        raise _refused(row.title, row.owner, may)


def unknown(session_id: str) -> StoreError:
    """There is no such session, or none that may be seen."""
    return StoreError(
        f"There is no session {session_id!r}. It may have been deleted; choose another."
    )


def _refused(title: str, owner: str | None, may: May) -> StoreError:
    leave = "read and correct" if may == "correct" else "read"
    asked = f"ask {owner}, whose it is, or " if owner else ""
    return StoreError(
        f"You may {leave} “{title}”, and no more. To do this {asked}duplicate it and work on "
        "the copy."
    )


def share(connection: sa.Connection, session_id: str, reader: str, may: May) -> None:
    """Let a reader do so much with a session, whatever they might do before."""
    withdraw(connection, session_id, reader)
    connection.execute(shares.insert().values(session=stored(session_id), reader=reader, may=may))


def withdraw(connection: sa.Connection, session_id: str, reader: str) -> None:
    """Take from a reader what a session's owner gave them, if anything."""
    connection.execute(
        shares.delete().where(shares.c.session == stored(session_id), shares.c.reader == reader)
    )


def shared_with(connection: sa.Connection, session_id: str) -> tuple[Share, ...]:
    """With whom a session is shared: everyone first, then by name."""
    rows = connection.execute(
        sa.select(shares.c.reader, shares.c.may).where(shares.c.session == stored(session_id))
    )
    found = (Share(reader, may) for reader, may in rows)
    return tuple(sorted(found, key=lambda one: (one.reader != EVERYONE, one.reader)))
