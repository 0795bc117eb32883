"""Put together a debate: its sources, its motions, and the mapping."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import addresses, component, library, opening, parts, render, session, words
from argmap.dashboard.session import Draft
from argmap.dashboard.view import Element, el
from argmap.errors import MotionError, SourceError
from argmap.records import Document, Topic
from argmap.sources import read_bytes, read_text
from argmap.stance import make_topic

_MAX_MOTIONS = 12


def _add(draft: Draft, document: Document) -> None:
    if any(known.id == document.id for known in draft.documents):
        draft.problems.append(f"{document.title}: this text is in the list already.")
    else:
        draft.documents.append(document)


def _paste(draft: Draft) -> None:
    """Take the pasted text into the list, if there is any."""
    text = str(st.session_state.get(session.paste_key(draft, "text"), ""))
    title = str(st.session_state.get(session.paste_key(draft, "title"), "")).strip()
    draft.problems.clear()
    if not text.strip():
        draft.problems.append("Pasted text: there is nothing in the box yet. Paste a text first.")
        return
    try:
        document = read_text(text, title=title or None)
    except SourceError as error:
        draft.problems.append(str(error))
        return
    _add(draft, document)
    st.session_state[session.paste_key(draft, "text")] = ""
    st.session_state[session.paste_key(draft, "title")] = ""


def _take_paste(draft: Draft) -> None:
    """Whoever pastes a text and maps at once means it to be mapped."""
    draft.blocked = False
    if str(st.session_state.get(session.paste_key(draft, "text"), "")).strip():
        _paste(draft)
        draft.blocked = bool(draft.problems)


def _uploads(draft: Draft) -> None:
    files = st.file_uploader(
        "Upload files",
        accept_multiple_files=True,
        key=session.upload_key(draft),
        help="Text, Markdown, HTML, PDF, Word, Hansard XML and ParlaMint TEI. 25 MB a file.",
    )
    if not files:
        return
    if not draft.read:
        draft.problems.clear()
    bar = st.progress(0.0, text="Reading")
    for index, file in enumerate(files):
        if file.file_id in draft.read:
            continue
        bar.progress(index / len(files), text=words.plain(f"Reading {file.name}"))
        try:
            _add(draft, read_bytes(file.getvalue(), name=file.name))
        except SourceError as error:
            draft.problems.append(str(error))
        draft.read.add(file.file_id)
    # A fresh uploader: what could be read is in the list below, what could not is named.
    draft.uploads += 1
    draft.read.clear()
    st.rerun()


def _remove(draft: Draft, document_id: str) -> None:
    draft.documents = [d for d in draft.documents if d.id != document_id]


def _sources(draft: Draft) -> None:
    st.subheader("1. Sources", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        st.text_area(
            "Paste a text",
            key=session.paste_key(draft, "text"),
            height=150,
            placeholder="An article, a transcript, a speech",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Its title",
                key=session.paste_key(draft, "title"),
                placeholder="Optional",
                max_chars=200,
            )
            st.button("Add this text", on_click=_paste, args=(draft,), icon=":material/add:")
    with right:
        _uploads(draft)
        addresses.show(draft, _add)
    for text in draft.problems:
        parts.problem(text)
    if not draft.documents:
        component.show(
            el("p", "No source yet. Paste a text, upload a file or fetch a page.", css="muted")
        )
    for document in draft.documents:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            component.show(_source_line(document), key=f"draft-{document.id}")
            st.button(
                "Remove",
                key=f"remove-{document.id}",
                on_click=_remove,
                args=(draft, document.id),
                type="tertiary",
                icon=":material/close:",
            )


def _source_line(document: Document) -> Element:
    known = [words.source_line(document), words.count(len(document.text), "character")]
    if document.removed:
        known.append(f"{words.count(len(document.removed), 'line')} left out")
    return el(
        "div",
        el("strong", document.title),
        el("div", el("small", " · ".join(part for part in known if part))),
    )


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
    default = draft.documents[0].title if draft.documents else ""
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
        on_click=_take_paste,
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
    _sources(draft)
    topics = _motions(draft)
    _map(draft, topics)


show()
