"""What stands between the user's work and its loss: daily backups, and what to do after damage."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from argmap import projectfile
from argmap.dashboard import component, library, models, parts, session, who, words
from argmap.dashboard.view import el
from argmap.errors import ArgmapError, DamagedStoreError, StoreError
from argmap.export.names import file_name
from argmap.records import Debate
from argmap.resources import home_dir
from argmap.store import Backup, back_up, backups, daily, latest_sound, look_through, rescue

log = logging.getLogger(__name__)

# How often it is looked whether today's backup is there, in seconds.
_EVERY = 3600.0


@dataclass(slots=True)
class _Watch:
    """What the server knows of its database, whichever browser asks.

    Attributes:
        looked: when it was last looked whether a backup is due.
        damage: what was found wrong meanwhile.
    """

    looked: float | None = None
    damage: DamagedStoreError | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@st.cache_resource(show_spinner=False)
def _watch(home: str) -> _Watch:
    return _Watch()


def watch() -> None:
    """Look the database through once, and write a backup a day, in a thread of its own."""
    state = _watch(str(home_dir()))
    now = time.monotonic()
    with state.lock:
        first = state.looked is None
        if state.looked is not None and now - state.looked < _EVERY:
            return
        state.looked = now
    threading.Thread(
        target=keep_watch,
        args=(state,),
        kwargs={"first": first},
        name="argmap: backup",
        daemon=True,
    ).start()


def keep_watch(state: _Watch, *, first: bool) -> None:
    """One round of the watch; what goes wrong is logged, and damage is remembered."""
    try:
        if first:
            look_through()
        daily()
    except DamagedStoreError as error:
        state.damage = error
    except StoreError as error:
        log.warning("Today's backup was not written. %s", error)


def ready() -> bool:
    """Whether the database can be used. Where not, the page says why and what can be done."""
    try:
        damage = models.store().damage or _watch(str(home_dir())).damage
    except StoreError as error:
        trouble(error)
        return False
    if damage is not None:
        trouble(damage)
        return False
    watch()
    return True


def trouble(error: StoreError) -> None:
    """Say what is wrong with the database, and offer what helps."""
    parts.notice()
    if who.shared():
        # What would be restored or thrown away is everybody's.
        damaged = isinstance(error, DamagedStoreError)
        parts.problem(
            "The database is damaged. Tell whoever runs this server." if damaged else error
        )
        return
    if not isinstance(error, DamagedStoreError):
        parts.problem(error)
        st.button("Try again", key="trouble-again", icon=":material/refresh:")
        _in_memory()
        return
    with st.spinner("Looking for a backup"):
        backup = latest_sound(home_dir())
    component.show(
        el("h2", "The database is damaged"),
        el("p", f"{error.path} cannot be read any more. It was not changed."),
        el(
            "p",
            "Choose what to go on with. The damaged file is then kept beside it under a name with "
            "the date, and debates and corrections that can still be read in it are added.",
        ),
        key="view-trouble",
    )
    with st.container(horizontal=True, key="trouble"):
        if backup is not None:
            st.button(
                f"Restore the backup of {words.moment(backup.made)}",
                key="trouble-restore",
                icon=":material/history:",
                type="primary",
                on_click=_rescue,
                args=(error.path, backup.path),
                help=_holds(backup),
            )
        st.button(
            "Start with an empty database",
            key="trouble-empty",
            icon=":material/note_add:",
            on_click=_rescue,
            args=(error.path, None),
        )
    component.show(
        el("small", _holds(backup) if backup else "There is no sound backup on this machine."),
        key="view-trouble-backup",
    )
    _in_memory()


def _holds(backup: Backup) -> str:
    return (
        f"The backup holds {words.count(backup.sessions, 'debate')} and "
        f"{words.count(backup.corrections, 'correction')}."
    )


def _rescue(path: Path, backup: Path | None) -> None:
    _only_mine()
    state = session.browser()
    try:
        done = models.with_store_closed(lambda: rescue(path, backup=backup))
    except ArgmapError as error:
        state.notice = str(error)
    else:
        state.notice = done.words
    _watch.clear()
    library.retry_bundled()


def _in_memory() -> None:
    """Offer the debate that this browser last had open, which the server may still hold."""
    info = session.browser().seen
    if info is None:
        return
    try:
        found = models.mapped(info.id, info.updated)
    except StoreError:
        return
    st.download_button(
        words.plain(f"Download “{words.shorten(info.title, 60)}” as a project file"),
        data=_as_file(found),
        file_name=file_name(info.title, ".json"),
        mime="application/json",
        key="trouble-save",
        icon=":material/download:",
        on_click="ignore",
        help="It is still in memory, with its corrections",
    )


def _as_file(found: Debate) -> str:
    return projectfile.dumps(found)


def box() -> None:
    """When the last backup was made, and one more now; on a shared server nothing.

    A backup holds what is everybody's.
    """
    if who.shared():
        return
    made = backups(home_dir())
    with st.expander("Backups", key="backups", icon=":material/save:"):
        last = (
            f"The last one is of {words.moment(made[0].made)}, with "
            f"{words.count(made[0].sessions, 'debate')} and "
            f"{words.count(made[0].corrections, 'correction')}."
            if made
            else "There is none yet."
        )
        st.text(
            f"Every debate and correction in one file. One is made every day, and the last seven "
            f"are kept. {last} “argmap restore” has one back."
        )
        st.button("Back up now", key="backup-now", on_click=_now, icon=":material/save:")
        asked = next((one for one in made if one.kind == "asked"), None)
        if asked is not None:
            st.download_button(
                f"Download {asked.path.name}, {words.size(asked.size)}",
                data=asked.path.read_bytes,
                file_name=asked.path.name,
                mime="application/vnd.sqlite3",
                key="backup-download",
                on_click="ignore",
                icon=":material/download:",
            )


def _only_mine() -> None:
    """Refuse what touches all debates at once where they are several users'."""
    if who.shared():
        raise StoreError("Only whoever runs the server may do this, by argmap backup or restore.")


def _now() -> None:
    _only_mine()
    try:
        made = back_up()
    except ArgmapError as error:
        session.browser().notice = f"No backup was made. {error}"
    else:
        session.browser().notice = f"The backup is made and read again: {made.path}"
