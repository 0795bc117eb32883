"""The field of the New debate page that fetches a page from the web, when the user says so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from argmap.dashboard import parts, session, words
from argmap.dashboard.session import Draft
from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources import read_address

_HELP = (
    "Only this page is fetched, once, and only when you press Fetch. Its site learns that you "
    "asked for it, as with any browser. A page behind a login: save it in your browser and "
    "upload the file."
)


def show(draft: Draft, add: Callable[[Draft, Document], None]) -> None:
    """Draw the field; ``add`` takes the page that was fetched."""
    field = session.paste_key(draft, "address")
    # A field cannot be emptied once it is drawn, so what was fetched is emptied a run later.
    fetched = session.paste_key(draft, "fetched")
    if st.session_state.pop(fetched, False):
        st.session_state[field] = ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            "Web address",
            key=field,
            placeholder="https://",
            max_chars=4000,
            help=_HELP,
        )
        asked = st.button("Fetch", key=session.paste_key(draft, "fetch"), icon=":material/public:")
    place = st.empty()
    if not asked:
        return
    draft.problems.clear()
    with place.container():
        document = _fetched(typed)
    if document is None:
        return
    add(draft, document)
    if caution := document.attributes.get("caution"):
        draft.problems.append(f"{document.title}: {caution}")
    st.session_state[fetched] = True
    st.rerun()


def _fetched(typed: str) -> Document | None:
    """The page; ``None`` where it cannot be had, and then the page says why."""
    bar = st.progress(0.0, text="Asking the site")

    def report(stage: str, done: int, total: int) -> None:
        size = f", {words.size(done)}" if done else ""
        bar.progress(min(1.0, done / total) if total else 0.0, text=words.plain(stage + size))

    try:
        return read_address(typed, report=report)
    except SourceError as error:
        bar.empty()
        parts.problem(error)
        return None
