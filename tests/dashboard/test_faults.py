"""What a reader sees of a fault of ours: a sentence, the page, and everything that was loaded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.elements import exception
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from argmap.dashboard import faults, intake, models, parts
from argmap.errors import ArgmapError, StoreError
from argmap.records import Debate
from tests.dashboard.conftest import OpenApp

SECRET = "a word of an unpublished text"
_GUARD = faults.guard_buttons
_RUN = SessionState._run_callback_and_record_rerun


@pytest.fixture(autouse=True)
def as_served(home: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The app as it is served, which the other tests do without."""
    monkeypatch.setattr(faults, "guard_buttons", _GUARD)
    text = exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT
    yield
    exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT = text  # type: ignore[misc]
    SessionState._run_callback_and_record_rerun = _RUN  # type: ignore[method-assign]


def fails_with(error: Exception) -> object:
    def broken(*_: object, **__: object) -> None:
        raise error

    return broken


def said(at: AppTest) -> str:
    return "\n".join(found.value for found in at.error).replace("\\", "")


def add(at: AppTest, text: str) -> AppTest:
    at.text_area[0].input(text)
    next(b for b in at.button if b.label == "Add this text").click().run()
    return at


def test_a_page_that_fails_says_so_in_a_sentence_and_the_others_go_on(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.store().save(debate)
    at = open_app()
    with monkeypatch.context() as failing:
        failing.setattr(parts, "panel", fails_with(KeyError(SECRET)))
        at.switch_page("argmap/dashboard/pages/tree.py").run()
    assert "A fault in the program (KeyError) stopped this page." in said(at)
    assert "Traceback" not in said(at) and SECRET not in said(at)
    at.switch_page("argmap/dashboard/pages/speakers.py").run()
    assert not at.error and not at.exception


@pytest.mark.parametrize("error", [KeyError(SECRET), StoreError("The disk is full. Make room.")])
def test_a_button_that_fails_leaves_the_page_and_what_is_being_put_together(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    at = add(open_app("new"), "The port must sleep at night, its crews say.")
    assert len(at.session_state["browser"].draft.documents) == 1
    with monkeypatch.context() as failing:
        failing.setattr(intake, "read_text", fails_with(error))
        add(at, "Others say that it must not sleep.")
    assert not at.exception
    told = "The disk is full. Make room." if isinstance(error, ArgmapError) else "(KeyError)"
    assert told in said(at) and "What was loaded and corrected is kept." in said(at)
    assert SECRET not in said(at)
    # The whole page is there, with the text that was added and the one in the box.
    assert len(at.session_state["browser"].draft.documents) == 1
    assert "Others say" in str(at.text_area[0].value)
    next(b for b in at.button if b.label == "Add this text").click().run()
    assert not at.error
    assert len(at.session_state["browser"].draft.documents) == 2


def test_streamlit_calls_callbacks_where_ours_stands_guard() -> None:
    faults.guard_buttons()
    guarded = SessionState._run_callback_and_record_rerun
    assert guarded is not _RUN
    faults.guard_buttons()
    assert SessionState._run_callback_and_record_rerun is guarded
    # What is left to Streamlit itself is said in words that hold here, not on its own cloud.
    assert "Cloud" not in exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT
