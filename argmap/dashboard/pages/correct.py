"""Correcting what the model made of the open motion: in a table, one by one, and looking back."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import (
    agreement,
    component,
    correct_filters,
    correct_table,
    corrections,
    event_log,
    judging,
    parts,
    render,
    session,
    words,
)
from argmap.dashboard.session import Open

_VIEWS = {
    "table": "Table",
    "judge": "One by one",
    "agreement": "Agreement",
    "log": "Log",
}
_KEY = "correct-view"


def _view_picked() -> None:
    session.choose(task=st.session_state[_KEY])


def _bar(found: Open) -> str:
    view = session.wanted("task")
    view = view if view in _VIEWS else "table"
    st.session_state[_KEY] = view
    st.segmented_control(
        "View",
        list(_VIEWS),
        format_func=_VIEWS.__getitem__,
        required=True,
        key=_KEY,
        on_change=_view_picked,
        label_visibility="collapsed",
    )
    return view


def _head(found: Open) -> None:
    judged = sum(stance.corrected for stance in found.stances.values())
    component.show(
        render.heading(
            found.topic.motion,
            f"{judged:,} of {words.count(len(found.stances), 'sentence')} judged by a person. "
            "A correction changes every page and every file you take away; what the model said "
            "is kept beside it, and every correction can be undone.",
        )
    )


def show() -> None:
    """Draw the page."""
    correct_table.take_in()
    found = parts.header()
    if found is None:
        return
    _head(found)
    view = _bar(found)
    if not found.stances and view != "log":
        component.show(
            render.empty(
                "No sentence was judged on this motion",
                "Choose another motion above, or map the debate's sources on it.",
            )
        )
        return
    left, right = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
    with right:
        corrections.author_field("correct")
    with left:
        corrections.bar(found, place="correct", shortcut="Z" if view == "judge" else None)
    match view:
        case "judge":
            judging.show(found)
        case "agreement":
            agreement.show(found)
        case "log":
            event_log.show(found)
        case _:
            correct_table.show(found, correct_filters.choose(found))


show()
