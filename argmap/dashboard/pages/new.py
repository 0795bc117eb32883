"""Put together a debate: its sources, its motions, and the mapping."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, intake, library, motions, opening, parts, render, session
from argmap.dashboard.groups import grouped
from argmap.dashboard.session import Draft
from argmap.records import Topic

# Arrows, whose names only a screen reader says.
_STYLE = """<style>
[class*="st-key-icon-"] button [data-testid="stMarkdownContainer"] { position: absolute;
  width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[class*="st-key-icon-"] button { min-width: 2rem; }
</style>"""


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
    busy = job is not None and job.live
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
                owner=session.owner(),
            )
            st.rerun()
    if busy:
        st.caption(
            "A mapping is under way. Stop it above or wait for its end."
            if job is not None and job.state == "running"
            else "A mapping waits in the queue. Wait for its turn, or leave the queue above."
        )


def _faulty(draft: Draft, topics: list[Topic]) -> bool:
    typed = [name for name in draft.motions if motions.typed(draft, name)]
    return bool(typed) and len(typed) != len(topics)


def show() -> None:
    """Draw the page."""
    st.html(_STYLE)
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
    topics = motions.show(draft)
    _map(draft, topics)


show()
