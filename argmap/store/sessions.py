"""Debates that are kept between one start and the next."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from argmap.errors import DamagedStoreError, StoreError
from argmap.projectfile import dumps
from argmap.records import Debate, Edit, content_id
from argmap.store import access, edits, infos, payload
from argmap.store.access import GIVEN, May, Share, require, unknown, user_name
from argmap.store.engine import Database, home_address
from argmap.store.infos import SameSentence, SessionInfo
from argmap.store.tables import sessions, stored
from argmap.store.unfinished import Unfinished, to_text

_ID_LENGTH = 64

#: How long a deleted session can be had back.
KEPT_ASIDE = timedelta(days=30)


class Store:
    """Keeps debates in a database; may be used from several threads and as a context manager.

    Whoever has it sees and may do everything; :meth:`seen_by` gives what one user may.

    Args:
        url: SQLAlchemy address; by default what ``ARGMAP_DATABASE_URL`` says, or else the SQLite
            file ``argmap.db`` in the user's data folder (``ARGMAP_HOME`` overrides), which is
            made where it is missing.
        timeout: seconds to wait while another program writes.

    Raises:
        StoreError: the database cannot be opened. Nothing that was there is changed.
    """

    def __init__(self, url: str | None = None, *, timeout: float = 10.0) -> None:
        self._user: str | None = None
        self._database = Database(home_address() if url is None else url, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def damage(self) -> DamagedStoreError | None:
        """What was found wrong with the database's file, once something was."""
        return self._database.damage

    def close(self) -> None:
        """Close the database; every later call raises StoreError."""
        self._database.close()

    @property
    def user(self) -> str | None:
        """Whose view this is; ``None`` for the whole store."""
        return self._user

    def seen_by(self, user: str) -> Store:
        """The store as ``user`` sees it, over the same database: every method, each refusing.

        A session that the user may not see is not listed, and every method answers for it as for
        one that does not exist. One that is shared with them refuses what they may not do. What
        is bundled can be read by everyone. Sessions that were made without sign-in are nobody's
        and not seen. What is saved is the user's own.

        Raises:
            StoreError: the name cannot be a user's, or this is another user's view already.
        """
        name = user_name(user)
        if self._user not in (None, name):
            raise StoreError("A user's view cannot be another's.")
        view = copy.copy(self)
        view._user = name
        return view

    def sees(self, session_id: str) -> bool:
        """Whether there is such a session, not deleted, that may be seen."""
        with self._database.reading() as connection:
            found = connection.scalar(sa.select(sessions.c.id).where(self._live(session_id)))
        return found is not None

    def save(
        self,
        debate: Debate,
        *,
        session_id: str | None = None,
        origin: str = "user",
        unfinished: Unfinished | None = None,
    ) -> str:
        """Keep ``debate`` and give its session's id.

        Once this returns, the debate is on the disk. Without ``session_id`` a new session is
        made; with one, that session is replaced, or made under that id where there is none. The
        corrections that a session has stay, so that they apply to a debate mapped again; those
        of ``debate`` that are new to it are added. A session that was deleted meanwhile is had
        back. In a user's view an id that is none of theirs makes a new session, whatever there is
        under it, so that nothing can be learnt from it and no work is lost.

        Args:
            unfinished: what a mapping that was stopped left to do.

        Raises:
            StoreError: the session cannot be kept, or it is another's that may be read; what was
                kept before is unchanged.
            ProjectFileError: the debate breaks the project file's contract.
        """
        if session_id is not None and not 0 < len(session_id) <= _ID_LENGTH:
            raise StoreError(f"A session's id has 1 to {_ID_LENGTH} characters.")
        session_id = None if session_id is None else stored(session_id)
        written = dumps(replace(debate, edits=()))
        now = datetime.now(UTC)
        values: dict[str, object] = {
            "origin": stored(origin),
            "updated": now,
            "deleted": None,
            "unfinished": None if unfinished is None else to_text(unfinished),
            **_content(debate, written),
        }
        with self._database.writing() as connection:
            if session_id is not None and self._user is not None:
                session_id = self._own(connection, session_id)
            if session_id is None:
                session_id = _free_id(connection, written, self._user)
            changed = connection.execute(
                sessions.update().where(sessions.c.id == session_id).values(values)
            )
            if changed.rowcount == 0:
                connection.execute(
                    sessions.insert().values(id=session_id, created=now, owner=self._user, **values)
                )
            edits.add_missing(connection, session_id, debate.edits)
        return session_id

    def change(self, session_id: str, step: Callable[[Debate], Debate]) -> None:
        """Keep what ``step`` makes of a session's debate, with nobody writing in between.

        The title may be changed; the log of corrections, origin and what is unfinished stay.

        Raises:
            StoreError: there is no such session, it is not the user's own, or it cannot be read
                or kept; what was kept before is unchanged.
            ProjectFileError: what ``step`` made breaks the project file's contract.
        """
        session_id = stored(session_id)
        with self._database.writing() as connection:
            require(connection, session_id, self._user, "own")
            # On PostgreSQL this also locks the session's row until the step is kept.
            own = sessions.update().where(self._live(session_id))
            if connection.execute(own.values(updated=datetime.now(UTC))).rowcount == 0:
                raise unknown(session_id)
            made = replace(step(self._loaded(connection, session_id)), edits=())
            connection.execute(own.values(_content(made, dumps(made))))

    def add_edit(self, session_id: str, edit: Edit) -> Edit:
        """Keep one more correction of a session, and give it as it was kept.

        It gets the next place in the session's log, and the id that it has there. Nothing in a
        log is ever changed or taken out but by deleting the session.

        In a user's view it is by that user, whatever author it names.

        Raises:
            StoreError: there is no such session, the user may not correct it, or the log cannot
                be written.
        """
        session_id = stored(session_id)
        if self._user is not None:
            edit = replace(edit, author=self._user)
        with self._database.writing() as connection:
            require(connection, session_id, self._user, "correct")
            # On PostgreSQL this also locks the session's row until its log has grown.
            changed = connection.execute(
                sessions.update().where(self._live(session_id)).values(updated=datetime.now(UTC))
            )
            if changed.rowcount == 0:
                raise unknown(session_id)
            return edits.append(connection, session_id, edit)

    def load(self, session_id: str) -> Debate:
        """The debate kept under ``session_id``, with the title it was last given.

        It comes as it was mapped, with the log of its corrections in ``edits``.

        Raises:
            StoreError: there is no such session, or what is kept of it cannot be read.
        """
        with self._database.reading() as connection:
            return self._loaded(connection, stored(session_id))

    def _loaded(self, connection: sa.Connection, session_id: str) -> Debate:
        row = connection.execute(
            sa.select(sessions.c.title, sessions.c.coding, sessions.c.payload).where(
                self._live(session_id)
            )
        ).one_or_none()
        if row is None:
            raise unknown(session_id)
        log = edits.read(connection, session_id)
        title, coding, kept = row
        debate = payload.unpacked(coding, kept, title=title)
        # The debate's own words, unless it was renamed since.
        title = debate.title if title == stored(debate.title) else title
        return replace(debate, title=title, edits=log)

    def same_sentence(
        self, motion: str, text: str, *, but: str | None = None
    ) -> tuple[SameSentence, ...]:
        """Where the same sentence stands in kept debates on the same motion.

        Motion and sentence are compared as ``argmap.corrections.same_words`` reads them. Every
        session that could hold them is read, which takes a while where there are many.

        Args:
            but: id of a session to leave out, the one in which the sentence was found.

        Raises:
            StoreError: a session that may hold the sentence cannot be read.
        """
        # What corrections rest on is slow to load, and few calls need it.
        from argmap.corrections import same_words

        motion, text = same_words(motion), same_words(text)
        found: list[SameSentence] = []
        for info in self.sessions():
            if (
                info.id == but
                or not text
                or not payload.may_hold(self._payload(info.id), motion, text)
            ):
                continue
            debate = self.load(info.id)
            own = tuple(s.id for s in debate.statements if same_words(s.text) == text)
            found += [
                SameSentence(info.id, debate.title, topic.id, own)
                for topic in debate.topics
                if own and same_words(topic.motion) == motion
            ]
        return tuple(found)

    def _payload(self, session_id: str) -> bytes:
        with self._database.reading() as connection:
            kept: bytes | None = connection.scalar(
                sa.select(sessions.c.payload).where(self._live(session_id))
            )
        return kept or b""

    def sessions(self) -> tuple[SessionInfo, ...]:
        """Every session but the deleted ones, the last updated first; no debate is read."""
        with self._database.reading() as connection:
            return infos.live(connection, self._user)

    def deleted(self) -> tuple[SessionInfo, ...]:
        """The deleted sessions that can still be had back, the last deleted first.

        Those deleted longer than ``KEPT_ASIDE`` ago are forgotten here.
        """
        since = datetime.now(UTC) - KEPT_ASIDE
        with self._database.reading() as connection:
            found = infos.deleted(connection, self._user)
        if any(info.deleted is not None and info.deleted < since for info in found):
            with self._database.writing() as connection:
                connection.execute(sessions.delete().where(sessions.c.deleted < since))
        return tuple(info for info in found if info.deleted is not None and info.deleted >= since)

    def rename(self, session_id: str, title: str) -> None:
        """Give a session another title.

        Raises:
            StoreError: there is no such session, or the title is empty.
        """
        title = stored(title).strip()
        if not title:
            raise StoreError("A session needs a title. Type one.")
        self._change(
            sessions.update()
            .where(self._live(session_id))
            .values(title=title, updated=datetime.now(UTC)),
            session_id,
        )

    def duplicate(self, session_id: str, *, title: str) -> str:
        """Keep a copy of a session, with its corrections, as the user's own; give the copy's id.

        Raises:
            StoreError: there is no such session, it cannot be read, or the title is empty.
        """
        title = title.strip()
        if not title:
            raise StoreError("A session needs a title. Type one.")
        debate = self.load(session_id)
        left = next((s.unfinished for s in self.sessions() if s.id == session_id), None)
        return self.save(replace(debate, title=title), unfinished=left)

    def set_aside(self, session_id: str) -> None:
        """Delete a session so that it can be had back for as long as ``KEPT_ASIDE``.

        Raises:
            StoreError: there is no such session.
        """
        self._change(
            sessions.update().where(self._live(session_id)).values(deleted=datetime.now(UTC)),
            session_id,
        )

    def restore(self, session_id: str) -> None:
        """Have a deleted session back as it was.

        Raises:
            StoreError: it is not among the deleted ones.
        """
        self._change(
            sessions.update()
            .where(sessions.c.id == stored(session_id), sessions.c.deleted.is_not(None))
            .values(deleted=None),
            session_id,
            gone=True,
        )

    def delete(self, session_id: str) -> None:
        """Forget a session for good, be it set aside or not.

        Raises:
            StoreError: there is no such session.
        """
        self._change(
            sessions.delete().where(sessions.c.id == stored(session_id)), session_id, gone=True
        )

    def share(self, session_id: str, reader: str, may: May) -> None:
        """Let somebody read or correct a session, whatever they might do with it before.

        Args:
            reader: a user's name, or ``EVERYONE`` for all who sign in.
            may: ``"read"`` or ``"correct"``.

        Raises:
            StoreError: there is no such session, it is another's, or nobody can be called so.
        """
        if may not in GIVEN:
            raise StoreError("Others may read a session or correct it. Choose one of the two.")
        name = access.EVERYONE if reader == access.EVERYONE else user_name(reader)
        if name == self._user:
            raise StoreError("The session is your own already. Name somebody else.")
        with self._database.writing() as connection:
            self._must_own(connection, session_id)
            access.share(connection, session_id, name, may)

    def unshare(self, session_id: str, reader: str) -> None:
        """Take back what :meth:`share` gave; doing so twice does no harm.

        Raises:
            StoreError: there is no such session, or it is another's.
        """
        name = access.EVERYONE if reader == access.EVERYONE else user_name(reader)
        with self._database.writing() as connection:
            self._must_own(connection, session_id)
            access.withdraw(connection, session_id, name)

    def shares(self, session_id: str) -> tuple[Share, ...]:
        """With whom a session is shared, and what they may do: everyone first, then by name.

        Raises:
            StoreError: there is no such session, or it is another's.
        """
        with self._database.reading() as connection:
            self._must_own(connection, session_id)
            return access.shared_with(connection, session_id)

    def give(self, user: str) -> int:
        """Make a user the owner of all that is nobody's and not bundled; how many these are.

        Raises:
            StoreError: this is a user's view, or nobody can be called so.
        """
        if self._user is not None:
            raise StoreError("Only whoever runs the server may give sessions away.")
        with self._database.writing() as connection:
            changed = connection.execute(
                sessions.update()
                .where(sessions.c.owner.is_(None), sessions.c.origin != access.BUNDLED)
                .values(owner=user_name(user))
            )
            return changed.rowcount

    def _change(self, step: sa.Update | sa.Delete, session_id: str, *, gone: bool = False) -> None:
        with self._database.writing() as connection:
            require(connection, session_id, self._user, "own", gone=gone)
            if connection.execute(step).rowcount == 0:
                raise unknown(session_id)

    def _must_own(self, connection: sa.Connection, session_id: str) -> None:
        require(connection, session_id, self._user, "own")
        if connection.scalar(sa.select(sessions.c.id).where(self._live(session_id))) is None:
            raise unknown(session_id)

    def _own(self, connection: sa.Connection, session_id: str) -> str | None:
        """The id again where the session is the user's own, deleted or not."""
        try:
            require(connection, session_id, self._user, "own", gone=True)
        except StoreError:
            if connection.scalar(sa.select(sessions.c.id).where(self._live(session_id))):
                raise
            return None
        return session_id

    def _live(self, session_id: str) -> sa.ColumnElement[bool]:
        return sa.and_(
            sessions.c.id == stored(session_id),
            sessions.c.deleted.is_(None),
            access.seen_by(self._user),
        )


def _content(debate: Debate, written: str) -> dict[str, object]:
    """What a row holds of a debate; ``written`` is it as a project file without its log."""
    return {
        "title": stored(debate.title),
        "documents": len(debate.documents),
        "statements": len(debate.statements),
        "schema_version": debate.schema_version,
        **payload.packed(written),
    }


def _free_id(connection: sa.Connection, written: str, user: str | None) -> str:
    # From the content, so that a run can be repeated; numbered, so that a debate that is kept
    # twice makes two sessions, of which one may be corrected. A user's numbers are their own, so
    # that they do not tell whether somebody else keeps the same.
    whose = () if user is None else (user,)
    for number in count(1):
        candidate = content_id("m", written, *whose, str(number))
        taken = connection.scalar(sa.select(sessions.c.id).where(sessions.c.id == candidate))
        if taken is None:
            break
    return candidate
