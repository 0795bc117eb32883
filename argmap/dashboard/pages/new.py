"""Put together a debate: its sources, its motions, and the mapping."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, intake, library, opening, parts, render, session
from argmap.dashboard.groups import grouped
from argmap.dashboard.session import Draft
from argmap.dashboard.view import el
from argmap.errors import MotionError
from argmap.records import Topic
from argmap.stance import make_topic

_MAX_MOTIONS = 12


def _motions(draft: Draft) -> list[Topic]:
    st.subheader("2. Motions", anchor=False)
    component.show(
        el(
            "p",
            "A motion is a full sentence that someone can be for or against.",
            css="muted",
        )
    )
    topics: list[Topic] = []
    for number, name in enumerate(list(draft.motions), start=1):
        key = session.motion_key(draft, name)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            typed = st.text_input(
                f"Motion {number}",
                key=key,
                live=True,
                placeholder="Nurses should receive a larger pay rise.",
                persist_state="session",
            )
            if len(draft.motions) > 1:
                st.button(
                    "Remove",
                    key=f"{key}-remove",
                    on_click=draft.motions.remove,
                    args=(name,),
                    type="tertiary",
                    icon=":material/close:",
                )
        if not (typed or "").strip():
            continue
        try:
            topic = make_topic(typed or "")
        except MotionError as error:
            parts.problem(error)
            continue
        if any(topic.id == known.id for known in topics):
            parts.problem("This motion is in the list already.")
            continue
        topics.append(topic)
        component.show(render.positions(topic), key=f"{key}-positions")
    if len(draft.motions) < _MAX_MOTIONS:
        st.button("Add another motion", on_click=_another, args=(draft,), icon=":material/add:")
    return topics


def _another(draft: Draft) -> None:
    draft.motions.append(f"m{draft.made}")
    draft.made += 1


def _map(draft: Draft, topics: list[Topic]) -> None:
    st.subheader("3. Map it", anchor=False)
    default = grouped(draft.documents)[0].title if draft.documents else ""
    title = st.text_input(
        "Name of the debate",
        key=session.title_key(draft),
        placeholder=default or "As the first source",
        max_chars=200,
        persist_state="session",
    )
    job = session.browser().job
    busy = job is not None and job.state == "running"
    label = "Map again" if draft.replaces else "Map the debate"
    asked = st.button(
        label,
        type="primary",
        disabled=busy,
        on_click=intake.take_paste,
        args=(draft,),
        icon=":material/account_tree:",
    )
    if asked and not draft.blocked:
        missing = [
            text
            for text, there in (
                ("Add at least one source: paste a text or upload a file.", draft.documents),
                ("Type at least one motion.", topics),
            )
            if not there
        ]
        if draft.tables:
            missing.append(
                "Add the table above to the sources, or leave it out: its columns are not chosen."
            )
        if _faulty(draft, topics):
            missing.append("Correct or clear the motion that is marked above.")
        for text in missing:
            parts.problem(text)
        if not missing:
            session.browser().job = library.start_mapping(
                draft.documents,
                topics,
                title=(title or "").strip() or default,
                session_id=draft.replaces,
            )
            st.rerun()
    if busy:
        st.caption("A mapping is under way. Stop it above or wait for its end.")


def _faulty(draft: Draft, topics: list[Topic]) -> bool:
    typed = [
        name
        for name in draft.motions
        if str(st.session_state.get(session.motion_key(draft, name), "")).strip()
    ]
    return bool(typed) and len(typed) != len(topics)


def show() -> None:
    """Draw the page."""
    parts.notice()
    draft = session.browser().draft
    with st.container(horizontal=True, vertical_alignment="bottom"):
        component.show(
            render.heading(
                "Change a debate" if draft.replaces else "New debate",
                "Everything is read and judged on this machine.",
            )
        )
        if draft.documents or draft.replaces:
            st.button("Start afresh", on_click=session.start_draft, args=(Draft(),))
    if not draft.replaces:
        opening.show()
    intake.show(draft)
    topics = _motions(draft)
    _map(draft, topics)


show()
