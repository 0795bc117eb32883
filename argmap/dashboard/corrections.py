"""Corrections as the reader makes them: kept in the store at once, with a step back and forth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from argmap.corrections import Replay, next_redo, next_undo
from argmap.dashboard import models, session, words
from argmap.dashboard.session import Open
from argmap.errors import ArgmapError
from argmap.records import Edit, EditKind, Statement

#: Whom corrections are by where the reader gave no name.
LOCAL_USER = "local user"
_LONGEST_NAME = 120
_LONGEST_BUTTON = 70

# Choices that are no speaker; a speaker's id is never one of these.
_NOBODY, _NEW = "\x00nobody", "\x00new"


def replayed(found: Open) -> Replay:
    """The open debate with its corrections, and what became of each."""
    return models.replayed(found.info.id, found.info.updated)


def touched(found: Open) -> frozenset[str]:
    """Ids of the speakers that a person merged, renamed or made."""
    return replayed(found).touched


def read_as(found: Open) -> Mapping[str, str | None]:
    """Whom the rules read in each sentence that a person put on another."""
    moved = {s.id for s in found.debate.statements if s.attribution.corrected}
    if not moved:
        return {}
    names = {speaker.id: speaker.name for speaker in found.mapped.speakers}
    return {s.id: names.get(s.speaker or "") for s in found.mapped.statements if s.id in moved}


def record(found: Open, kind: EditKind, **fields: object) -> bool:
    """Keep one correction and say so; what goes wrong is said in its place."""
    state = session.browser()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    author = state.author.strip() or LOCAL_USER
    edit = Edit.create(kind, sequence=1, time=now, author=author, **fields)
    try:
        kept = models.store().add_edit(found.info.id, edit)
        now_open = session.current()
        outcomes = replayed(now_open).outcomes if now_open is not None else ()
    except ArgmapError as error:
        state.notice = str(error)
        return False
    told = {outcome.edit.id: outcome for outcome in outcomes}
    about = told.get(kept.target or "") or told.get(kept.id)
    if about is not None:
        lead = {"undo": "Undone: ", "redo": "Redone: "}.get(kind, "Corrected: ")
        state.notice = f"{lead}{about.words}."
    return True


def bar(found: Open, *, place: str) -> None:
    """Undo and redo, once there is something to take back.

    Args:
        place: tells this bar's buttons from those elsewhere on the page.
    """
    outcomes = {outcome.edit.id: outcome for outcome in replayed(found).outcomes}
    if not outcomes:
        return
    back, forth = next_undo(found.debate.edits), next_redo(found.debate.edits)
    with st.container(horizontal=True, key=f"undo-bar-{place}"):
        _step(found, "undo", back, outcomes[back.id].words if back else None, place)
        _step(found, "redo", forth, outcomes[forth.id].words if forth else None, place)


def _step(found: Open, kind: EditKind, edit: Edit | None, about: str | None, place: str) -> None:
    title = "Undo" if kind == "undo" else "Redo"
    st.button(
        f"{title}: {words.plain(words.shorten(about, _LONGEST_BUTTON))}" if about else title,
        key=f"{kind}-{place}",
        icon=f":material/{kind}:",
        disabled=edit is None,
        on_click=_take_step,
        args=(found, kind, edit.id if edit else None),
    )


def _take_step(found: Open, kind: EditKind, target: str | None) -> None:
    record(found, kind, target=target)


def speaker_choice(
    found: Open, label: str, *, key: str, without: str | None = None, nobody: bool = False
) -> tuple[str | None, str | None]:
    """Let the reader choose a speaker of the debate, nobody, or type a new name.

    Returns:
        The speaker's id and the new name; at most one of them is set.
    """
    names = found.speaker_names
    known = sorted((i for i in names if i != without), key=lambda i: (names[i].casefold(), i))
    options = [*([_NOBODY] if nobody else []), _NEW, *known]
    titles = {_NOBODY: "Nobody who is named", _NEW: "Somebody new: type a name"}
    chosen = st.selectbox(
        label, options, format_func=lambda i: titles.get(i) or names[i], key=key, index=0
    )
    if chosen == _NEW:
        name = st.text_input("Name", key=f"{key}-name", max_chars=_LONGEST_NAME) or ""
        return None, name.strip()
    return (None if chosen == _NOBODY else chosen), None


def sentence(found: Open, statement: Statement) -> None:
    """Put one sentence on somebody else, or on nobody."""
    speaker = statement.speaker
    name = found.speaker_names.get(speaker or "")
    # The log's length is in the keys: after a correction the fields start afresh.
    key = f"said-{statement.id}-{len(found.debate.edits)}"
    title = f"Not said by {name}?" if name else "Said by somebody?"
    with st.expander(words.plain(title), icon=":material/person_edit:", key=f"box-{key}"):
        into, new = speaker_choice(
            found, "Who says it", key=key, without=speaker, nobody=speaker is not None
        )
        label = f"Not said by {words.shorten(name, 40)}" if name else "Put it on this speaker"
        st.button(
            words.plain(label),
            key=f"do-{key}",
            disabled=new == "",
            on_click=_not_said_by,
            args=(found, statement, into, new),
        )
        bar(found, place="panel")


def _not_said_by(found: Open, statement: Statement, into: str | None, name: str | None) -> None:
    record(
        found,
        "not_said_by",
        speaker=statement.speaker,
        statements=(statement.id,),
        into=into,
        name=name,
    )
