"""A fault of ours behind a button: one plain sentence on the page, and what was loaded stays.

Streamlit ends a run at the first exception. In a callback that is before anything is drawn: the
page would be empty, and a reload of it loses what is being put together. So a callback that
fails is left, and the page is drawn as it was before, with the sentence above it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.elements import exception
from streamlit.runtime.state.session_state import SessionState

from argmap import logs
from argmap.dashboard import words
from argmap.errors import ArgmapError

_KEY = "fault"
_KEPT = "What was loaded and corrected is kept. Try again, or go on with something else."
_GUARDED = "_argmap_guarded"


def say() -> None:
    """Say once what went wrong behind the button that was pressed."""
    said = st.session_state.pop(_KEY, None)
    if said is not None:
        st.error(words.plain(said), icon=":material/error:")


def guard_buttons() -> None:
    """Let no callback that fails end the run of the page; once for this process.

    Streamlit has no way of its own to ask for that. Where a later version calls callbacks in
    another way, its own message stands, in our words.
    """
    exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT = (  # type: ignore[misc]
        f"A fault in the program stopped what was being drawn here. {_KEPT}"
    )
    run = getattr(SessionState, "_run_callback_and_record_rerun", None)
    if run is None or hasattr(run, _GUARDED):
        return

    def guarded(self: SessionState, votes: Any, callback: Callable[[], None]) -> None:
        run(self, votes, lambda: _safely(callback))

    setattr(guarded, _GUARDED, True)
    SessionState._run_callback_and_record_rerun = guarded  # type: ignore[method-assign, assignment]


def _safely(callback: Callable[[], None]) -> None:
    try:
        callback()
    except ArgmapError as error:
        st.session_state[_KEY] = f"{error} {_KEPT}"
    except Exception as error:
        found = logs.fault(error, kind="button")
        st.session_state[_KEY] = (
            f"A fault in the program ({type(error).__name__}) stopped this. It is named {found} in "
            f"the log; the page Model has what a report needs. {_KEPT}"
        )
