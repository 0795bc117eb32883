"""Debates that are kept between one start and the next."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from argmap.errors import DamagedStoreError, ProjectFileError, StoreError
from argmap.projectfile import dumps, loads, well_formed
from argmap.records import Debate, Edit, content_id
from argmap.store import edits
from argmap.store.engine import Database, home_address
from argmap.store.tables import sessions
from argmap.store.unfinished import Unfinished, from_text, to_text

_CODING = "json+zlib"
_ID_LENGTH = 64
_WORD = re.compile(r"[^\W_]+")

#: How long a deleted session can be had back.
KEPT_ASIDE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """What a list of sessions shows of one.

    Attributes:
        origin: ``"user"``, ``"bundled"`` or whatever the saver named.
        created, updated: moments in UTC; ``updated`` changes whenever what is loaded does.
        documents, statements: how many of each the debate has.
        unfinished: what a mapping that was stopped left to do.
        deleted: when it was deleted, for one that can still be had back.
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


class Store:
    """Keeps debates in a database; may be used from several threads and as a context manager.

    Args:
        url: SQLAlchemy address; by default the SQLite file ``argmap.db`` in the user's data
            folder (``ARGMAP_HOME`` overrides), which is made where it is missing.
        timeout: seconds to wait while another program writes.

    Raises:
        StoreError: the database cannot be opened. Nothing that was there is changed.
    """

    def __init__(self, url: str | None = None, *, timeout: float = 10.0) -> None:
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
        back.

        Args:
            unfinished: what a mapping that was stopped left to do.

        Raises:
            StoreError: the session cannot be kept; what was kept before is unchanged.
            ProjectFileError: the debate breaks the project file's contract.
        """
        if session_id is not None and not 0 < len(session_id) <= _ID_LENGTH:
            raise StoreError(f"A session's id has 1 to {_ID_LENGTH} characters.")
        session_id = None if session_id is None else well_formed(session_id)
        written = dumps(replace(debate, edits=()))
        now = datetime.now(UTC)
        values: dict[str, object] = {
            "title": well_formed(debate.title),
            "origin": well_formed(origin),
            "updated": now,
            "documents": len(debate.documents),
            "statements": len(debate.statements),
            "schema_version": debate.schema_version,
            "coding": _CODING,
            "payload": zlib.compress(written.encode("utf-8")),
            "deleted": None,
            "unfinished": None if unfinished is None else to_text(unfinished),
        }
        with self._database.writing() as connection:
            if session_id is None:
                session_id = _free_id(connection, written)
            changed = connection.execute(
                sessions.update().where(sessions.c.id == session_id).values(values)
            )
            if changed.rowcount == 0:
                connection.execute(sessions.insert().values(id=session_id, created=now, **values))
            edits.add_missing(connection, session_id, debate.edits)
        return session_id

    def add_edit(self, session_id: str, edit: Edit) -> Edit:
        """Keep one more correction of a session, and give it as it was kept.

        It gets the next place in the session's log, and the id that it has there. Nothing in a
        log is ever changed or taken out but by deleting the session.

        Raises:
            StoreError: there is no such session, or the log cannot be written.
        """
        session_id = well_formed(session_id)
        with self._database.writing() as connection:
            changed = connection.execute(
                sessions.update().where(_live(session_id)).values(updated=datetime.now(UTC))
            )
            if changed.rowcount == 0:
                raise _unknown(session_id)
            return edits.append(connection, session_id, edit)

    def load(self, session_id: str) -> Debate:
        """The debate kept under ``session_id``, with the title it was last given.

        It comes as it was mapped, with the log of its corrections in ``edits``.

        Raises:
            StoreError: there is no such session, or what is kept of it cannot be read.
        """
        session_id = well_formed(session_id)
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(sessions.c.title, sessions.c.coding, sessions.c.payload).where(
                    _live(session_id)
                )
            ).one_or_none()
            log = () if row is None else edits.read(connection, session_id)
        if row is None:
            raise _unknown(session_id)
        title, coding, payload = row
        try:
            if coding != _CODING:
                raise ProjectFileError(f"its coding, {coding!r}, is not known.")
            debate = loads(zlib.decompress(payload))
        except (zlib.error, ProjectFileError) as error:
            told = error.problem if isinstance(error, ProjectFileError) else error
            raise StoreError(
                f"The session “{title}” cannot be read: {told} It was left as it is; "
                "map its documents again to have a new one."
            ) from error
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
            if info.id == but or not text or not self._holds(info.id, motion, text):
                continue
            debate = self.load(info.id)
            own = tuple(s.id for s in debate.statements if same_words(s.text) == text)
            found += [
                SameSentence(info.id, debate.title, topic.id, own)
                for topic in debate.topics
                if own and same_words(topic.motion) == motion
            ]
        return tuple(found)

    def _holds(self, session_id: str, *texts: str) -> bool:
        """Whether a session may hold the texts: their longest words stand in what is kept."""
        with self._database.reading() as connection:
            payload = connection.scalar(
                sa.select(sessions.c.payload).where(sessions.c.id == session_id)
            )
        try:
            kept = zlib.decompress(payload or b"").decode("utf-8").casefold()
        except (zlib.error, UnicodeDecodeError):
            return True  # reading it says what is wrong
        words = (max(_WORD.findall(text), key=len, default="") for text in texts)
        return all(word in kept for word in words)

    def sessions(self) -> tuple[SessionInfo, ...]:
        """Every session but the deleted ones, the last updated first; no debate is read."""
        return self._listed(sessions.c.deleted.is_(None), sessions.c.updated)

    def deleted(self) -> tuple[SessionInfo, ...]:
        """The deleted sessions that can still be had back, the last deleted first.

        Those deleted longer than ``KEPT_ASIDE`` ago are forgotten here.
        """
        since = datetime.now(UTC) - KEPT_ASIDE
        found = self._listed(sessions.c.deleted.is_not(None), sessions.c.deleted)
        if any(info.deleted is not None and info.deleted < since for info in found):
            with self._database.writing() as connection:
                connection.execute(sessions.delete().where(sessions.c.deleted < since))
        return tuple(info for info in found if info.deleted is not None and info.deleted >= since)

    def _listed(
        self, which: sa.ColumnElement[bool], order: sa.ColumnElement[datetime]
    ) -> tuple[SessionInfo, ...]:
        columns = sessions.c
        with self._database.reading() as connection:
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
                )
                .where(which)
                .order_by(order.desc(), columns.created.desc(), columns.id)
            ).all()
        return tuple(
            SessionInfo(*row[:-2], unfinished=from_text(row.unfinished), deleted=row.deleted)
            for row in rows
        )

    def rename(self, session_id: str, title: str) -> None:
        """Give a session another title.

        Raises:
            StoreError: there is no such session, or the title is empty.
        """
        title = well_formed(title).strip()
        if not title:
            raise StoreError("A session needs a title. Type one.")
        self._change(
            sessions.update()
            .where(_live(session_id))
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
            sessions.update().where(_live(session_id)).values(deleted=datetime.now(UTC)), session_id
        )

    def restore(self, session_id: str) -> None:
        """Have a deleted session back as it was.

        Raises:
            StoreError: it is not among the deleted ones.
        """
        self._change(
            sessions.update()
            .where(sessions.c.id == well_formed(session_id), sessions.c.deleted.is_not(None))
            .values(deleted=None),
            session_id,
        )

    def delete(self, session_id: str) -> None:
        """Forget a session for good, be it set aside or not.

        Raises:
            StoreError: there is no such session.
        """
        self._change(sessions.delete().where(sessions.c.id == well_formed(session_id)), session_id)

    def _change(self, step: sa.Update | sa.Delete, session_id: str) -> None:
        with self._database.writing() as connection:
            if connection.execute(step).rowcount == 0:
                raise _unknown(session_id)


def _live(session_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(sessions.c.id == well_formed(session_id), sessions.c.deleted.is_(None))


def _free_id(connection: sa.Connection, written: str) -> str:
    # From the content, so that a run can be repeated; numbered, so that a debate that is kept
    # twice makes two sessions, of which one may be corrected.
    for number in count(1):
        candidate = content_id("m", written, str(number))
        taken = connection.scalar(sa.select(sessions.c.id).where(sessions.c.id == candidate))
        if taken is None:
            break
    return candidate


def _unknown(session_id: str) -> StoreError:
    return StoreError(
        f"There is no session {session_id!r}. It may have been deleted; choose another."
    )
