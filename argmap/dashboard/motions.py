"""The motions of a debate that is being put together: typed, suggested, ordered, taken out."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, models, parts, render, session, words
from argmap.dashboard.ordering import moved_buttons, undo_line
from argmap.dashboard.session import Draft, Gone
from argmap.dashboard.view import Element, el
from argmap.errors import ArgmapError, MotionError
from argmap.records import Topic
from argmap.stance import concerns, make_topic
from argmap.structure import Suggestion, suggest_motions

_MAX_MOTIONS = 12


def show(draft: Draft) -> list[Topic]:
    """Draw the part of the page that holds the motions; those that can be mapped, in order."""
    st.subheader("2. Motions", anchor=False)
    component.show(
        el("p", "A motion is a full sentence that someone can be for or against.", css="muted")
    )
    topics: list[Topic] = []
    for number, name in enumerate(list(draft.motions), start=1):
        topic = _motion(draft, name, number, topics)
        if topic is not None:
            topics.append(topic)
    undo_line(draft, "motion")
    if len(draft.motions) < _MAX_MOTIONS:
        st.button("Add another motion", on_click=add, args=(draft, ""), icon=":material/add:")
    _suggestions(draft, topics)
    return topics


def add(draft: Draft, motion: str) -> None:
    """Put a motion at the end of the list, or into its first empty field."""
    empty = next((n for n in draft.motions if motion and not typed(draft, n)), None)
    if empty is None:
        empty = f"m{draft.made}"
        draft.motions.append(empty)
        draft.made += 1
    st.session_state[session.motion_key(draft, empty)] = motion


def typed(draft: Draft, name: str) -> str:
    """What stands in a motion's field."""
    return str(st.session_state.get(session.motion_key(draft, name)) or "").strip()


def _motion(draft: Draft, name: str, number: int, before: list[Topic]) -> Topic | None:
    key = session.motion_key(draft, name)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            f"Motion {number}",
            key=key,
            live=True,
            placeholder="Nurses should receive a larger pay rise.",
            persist_state="session",
        )
        if len(draft.motions) > 1:
            moved_buttons(
                f"motion {number}",
                key=key,
                first=number == 1,
                last=number == len(draft.motions),
                move=lambda by: _move(draft, name, by),
            )
            st.button(
                "Remove",
                key=f"{key}-remove",
                on_click=_remove,
                args=(draft, name),
                type="tertiary",
                icon=":material/close:",
            )
    if not (text or "").strip():
        return None
    try:
        topic = make_topic(text or "")
    except MotionError as error:
        parts.problem(error)
        return None
    for place, known in enumerate(before, start=1):
        if topic.motion.casefold() == known.motion.casefold():
            parts.problem(f"This motion is in the list already, as number {place}. Take one out.")
            return None
        if topic.motion.casefold() == known.con.casefold():
            parts.problem(
                f"This is motion {place} the other way round; one map shows both sides. Take one "
                "out."
            )
            return None
    component.show(_preview(topic), key=f"{key}-positions")
    return topic


def _preview(topic: Topic) -> Element:
    """How a motion will be read, and what to look at before it is mapped."""
    warnings = concerns(topic.motion)
    return el(
        "div",
        el(
            "small", "Each sentence is read against the first of these; the second is the opposite:"
        ),
        render.positions(topic),
        el(
            "ul",
            *(el("li", el("span", "Look again: ", css="tag"), " ", w) for w in warnings),
            css="concerns",
        )
        if warnings
        else None,
    )


def _move(draft: Draft, name: str, by: int) -> None:
    at = draft.motions.index(name)
    to = at + by
    if 0 <= to < len(draft.motions):
        draft.motions[at], draft.motions[to] = draft.motions[to], draft.motions[at]


def _remove(draft: Draft, name: str) -> None:
    at, text = draft.motions.index(name), typed(draft, name)
    draft.motions.remove(name)
    if not text:
        return

    def back() -> None:
        draft.motions.insert(min(at, len(draft.motions)), name)
        st.session_state[session.motion_key(draft, name)] = text

    draft.gone.append(Gone("motion", text, back))


def _suggestions(draft: Draft, topics: list[Topic]) -> None:
    """Motions that the sources themselves put up, each with its sentence, to be added by hand."""
    if not draft.documents:
        return
    asked = st.button(
        "Find motions in the sources",
        key=f"draft{draft.number}-suggest",
        icon=":material/search:",
        help="Looks for what the sources call for, ask or propose. Nothing is added by itself.",
    )
    ids = tuple(document.id for document in draft.documents)
    if asked:
        try:
            with st.spinner("Looking for motions in the sources"):
                reader = models.encoder()
                with models.queue().brief():
                    draft.suggested = suggest_motions(draft.documents, encoder=reader)
        except ArgmapError as error:
            parts.problem(error)
            return
        draft.suggested_of = ids
    if draft.suggested is None or draft.suggested_of != ids:
        return
    known = {topic.motion.casefold() for topic in topics}
    left = [one for one in draft.suggested if one.motion.casefold() not in known]
    if not left:
        component.show(
            el(
                "p",
                "Every motion that was found is in the list."
                if draft.suggested
                else "No sentence that calls for, asks or proposes something was found. "
                "Type a motion.",
                css="muted",
            ),
            key=f"draft{draft.number}-none-suggested",
        )
        return
    titles = {document.id: document.title for document in draft.documents}
    for number, one in enumerate(left):
        with st.container(
            border=True,
            horizontal=True,
            vertical_alignment="center",
            key=f"draft{draft.number}-suggestion-{number}",
        ):
            component.show(
                _suggestion(one, titles[one.document]),
                key=f"draft{draft.number}-suggestion-text-{number}",
            )
            st.button(
                "Add",
                key=f"draft{draft.number}-suggestion-add-{number}",
                on_click=add,
                args=(draft, one.motion),
                icon=":material/add:",
                disabled=len(draft.motions) >= _MAX_MOTIONS,
            )


def _suggestion(one: Suggestion, title: str) -> Element:
    where = "the title of a source" if one.span is None else title
    more = f" · and {words.count(one.times - 1, 'sentence')} like it" if one.times > 1 else ""
    return el(
        "div",
        el("strong", one.motion),
        el("div", el("small", f"From: “{words.shorten(one.source, 300)}” ({where}){more}")),
    )
