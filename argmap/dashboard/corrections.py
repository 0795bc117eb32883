"""Corrections as the reader makes them: kept in the store at once, with a step back and forth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from argmap.corrections import EditOutcome, Replay, next_redo, next_undo
from argmap.dashboard import models, session, who, words
from argmap.dashboard.session import Open
from argmap.errors import ArgmapError
from argmap.records import Edit, EditKind

#: Whom corrections are by where the reader gave no name.
LOCAL_USER = "local user"
LONGEST_NAME = 120
_LONGEST_BUTTON = 70
_LONGEST_NOTICE = 400


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


def label_edit(found: Open, statement: str) -> Edit | None:
    """The correction that gives a statement its label on the open motion, if one does."""
    return next(
        (
            outcome.edit
            for outcome in reversed(replayed(found).outcomes)
            if outcome.status == "applied"
            and outcome.edit.kind == "label"
            and outcome.edit.topic == found.topic.id
            and statement in outcome.edit.statements
        ),
        None,
    )


def labelled_by(found: Open) -> Mapping[str, str]:
    """Whose each label of the open motion is that a person gave: ``you``, or a name."""
    names: dict[str, str] = {}
    for outcome in replayed(found).outcomes:
        edit = outcome.edit
        if outcome.status == "applied" and edit.kind == "label" and edit.topic == found.topic.id:
            own = edit.author == author()
            names.update(dict.fromkeys(edit.statements, "you" if own else edit.author))
    return names


def keep(session_id: str, kind: EditKind, **fields: object) -> Edit:
    """Keep one correction of a stored debate, in this browser's name.

    Once this returns, the correction is on the disk.

    Raises:
        StoreError: there is no such debate any more, or it cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    edit = Edit.create(kind, sequence=1, time=now, author=author(), **fields)
    return models.store().add_edit(session_id, edit)


def record(found: Open, kind: EditKind, **fields: object) -> tuple[EditOutcome, ...]:
    """Keep one correction and say so; what goes wrong is said in its place.

    Returns:
        What became of it, or nothing where it was not kept.
    """
    return record_all(found, ((kind, fields),))


def record_all(
    found: Open, wanted: Sequence[tuple[EditKind, Mapping[str, object]]]
) -> tuple[EditOutcome, ...]:
    """Keep corrections one after the other, as ``record`` does, until one cannot be kept."""
    state = session.browser()
    state.takes_back = ()
    kept: list[Edit] = []
    try:
        for kind, fields in wanted:
            kept.append(keep(found.info.id, kind, **fields))
    except ArgmapError as error:
        share = "The correction was" if len(wanted) == 1 else f"{len(wanted) - len(kept)} were"
        state.notice = f"{share} not kept. {error}"
        return ()
    try:
        now_open = session.current()
        outcomes = replayed(now_open).outcomes if now_open is not None else ()
    except ArgmapError as error:
        state.notice = str(error)
        return ()
    told = {outcome.edit.id: outcome for outcome in outcomes}
    own = tuple(told[edit.id] for edit in kept if edit.id in told)
    state.notice = _sentence(own, [told[i] for e in kept if (i := e.target or e.id) in told])
    if own and own[0].edit.kind not in ("undo", "redo"):
        state.takes_back = tuple((found.info.id, edit.id) for edit in kept)
    return own


def _sentence(own: Sequence[EditOutcome], about: Sequence[EditOutcome]) -> str | None:
    """What has just been done, in words."""
    if not own or not about:
        return None
    lead = {"undo": "Undone", "redo": "Redone"}.get(own[0].edit.kind, "Corrected")
    idle = [outcome for outcome in own if outcome.status == "not applicable"]
    if idle:
        line = words.shorten(idle[0].words, _LONGEST_NOTICE)
        return f"Kept, but without effect: {line}. {idle[0].reason or ''}".strip()
    if len(about) > 1:
        return f"{lead}: {words.count(len(about), 'place')} in the table."
    return f"{lead}: {words.shorten(about[0].words, _LONGEST_NOTICE)}."


def clear_label(found: Open, statement: str) -> tuple[EditOutcome, ...]:
    """Take a person's label off one statement, which then has the model's or an earlier one."""
    standing = label_edit(found, statement)
    if standing is None:
        return ()
    if len(standing.statements) > 1:
        session.browser().notice = (
            f"It was labelled together with {words.count(len(standing.statements) - 1, 'other')}. "
            "Choose another label for it, or undo the label of all of them in the log of the page "
            "Correct."
        )
        return ()
    return record(found, "undo", target=standing.id)


def take_back(steps: Sequence[tuple[str, str]]) -> None:
    """Undo corrections, each given as the debate's id and its own; the notice says how it went."""
    state = session.browser()
    state.takes_back = ()
    try:
        found = session.current()
    except ArgmapError as error:
        state.notice = str(error)
        return
    if len(steps) == 1 and found is not None and steps[0][0] == found.info.id:
        record(found, "undo", target=steps[0][1])
        return
    # The latest first, as if each had been undone by hand.
    for session_id, edit in reversed(steps):
        try:
            keep(session_id, "undo", target=edit)
        except ArgmapError as error:
            state.notice = f"Not everything was taken back. {error}"
            return
    state.notice = f"Undone: {words.count(len(steps), 'correction')}."


# --- whose they are --------------------------------------------------------------------------


def author() -> str:
    """Whom this browser's corrections are by: whoever is signed in, or the name that was typed."""
    return who.name() or session.browser().author.strip() or LOCAL_USER


def author_field(place: str) -> None:
    """Let the reader say whose the corrections are.

    Args:
        place: tells this field from those elsewhere on the page.
    """
    if (signed_in := who.name()) is not None:
        st.caption(words.plain(f"Each correction is kept with your name, {signed_in}."))
        return
    key = f"author-{place}"
    st.session_state[key] = session.browser().author
    st.text_input(
        "Your name, kept with each correction",
        placeholder=LOCAL_USER,
        max_chars=LONGEST_NAME,
        key=key,
        on_change=_author_typed,
        args=(key,),
    )


def _author_typed(key: str) -> None:
    session.browser().author = words.tame(str(st.session_state[key] or ""))[:LONGEST_NAME]


# --- back and forth --------------------------------------------------------------------------


def bar(found: Open, *, place: str, shortcut: str | None = None) -> None:
    """Undo and redo, once there is something to take back.

    Args:
        place: tells this bar's buttons from those elsewhere on the page.
        shortcut: the key that undoes.
    """
    outcomes = {outcome.edit.id: outcome for outcome in replayed(found).outcomes}
    if not outcomes:
        return
    back, forth = next_undo(found.debate.edits), next_redo(found.debate.edits)
    with st.container(horizontal=True, key=f"undo-bar-{place}"):
        _step(found, "undo", back, outcomes[back.id].words if back else None, place, shortcut)
        _step(found, "redo", forth, outcomes[forth.id].words if forth else None, place)


def _step(
    found: Open,
    kind: EditKind,
    edit: Edit | None,
    about: str | None,
    place: str,
    shortcut: str | None = None,
) -> None:
    title = "Undo" if kind == "undo" else "Redo"
    st.button(
        f"{title}: {words.plain(words.shorten(about, _LONGEST_BUTTON))}" if about else title,
        key=f"{kind}-{place}",
        icon=f":material/{kind}:",
        disabled=edit is None,
        on_click=_take_step,
        args=(found, kind, edit.id if edit else None),
        shortcut=shortcut,
    )


def _take_step(found: Open, kind: EditKind, target: str | None) -> None:
    record(found, kind, target=target)
