"""Putting a debate together: details, order, undo, suggestions and warnings."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import session
from argmap.dashboard.details import edited
from argmap.errors import SourceError
from argmap.records import Document
from argmap.stance import concerns
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.test_pages import click, errors, pasted, typed

LIDO = "Members urged the council to keep the lido in Arden open. The pool is old."


def draft(at: AppTest) -> session.Draft:
    found: session.Draft = at.session_state["browser"].draft
    return found


def with_sources(at: AppTest, *texts: str) -> AppTest:
    for text in texts:
        pasted(at, text)
        click(at, "Add this text")
    return at


def test_sources_are_ordered_taken_out_and_put_back(open_app: OpenApp) -> None:
    at = with_sources(open_app("new"), "One source stands here.", LIDO, "A third source is here.")
    first, second, third = (d.id for d in draft(at).documents)
    at.button(key=f"icon-down-draft{draft(at).number}-source-{first}").click().run()
    assert [d.id for d in draft(at).documents] == [second, first, third]
    at.button(key=f"remove-draft{draft(at).number}-source-{second}").click().run()
    at.button(key=f"icon-up-draft{draft(at).number}-source-{third}").click().run()
    assert [d.id for d in draft(at).documents] == [third, first]
    click(at, "Put it back")
    assert [d.id for d in draft(at).documents] == [second, third, first]
    assert not at.exception


def test_details_of_a_source_are_set_right_and_a_wrong_date_is_refused(open_app: OpenApp) -> None:
    at = with_sources(open_app("new"), LIDO)
    (document,) = draft(at).documents
    key = f"draft{draft(at).number}-source-{document.id}"
    at.session_state[f"edit-{key}"] = True
    at.run()
    at.text_input(key=f"{key}-field-title").set_value("The lido")
    at.text_input(key=f"{key}-field-outlet").set_value("The Herald")
    at.text_input(key=f"{key}-field-date").set_value("3 March 2026").run()
    at.button(key=f"{key}-save").click().run()
    (now,) = draft(at).documents
    assert (now.id, now.text) == (document.id, document.text)
    assert (now.title, now.outlet, now.date) == ("The lido", "The Herald", "2026-03-03")
    assert "The Herald" in page_text(at)


def test_an_edit_touches_only_its_documents_and_names_what_is_wrong() -> None:
    documents = [Document.create(title=t, text=f"{t}. It rained.") for t in ("One", "Two")]
    ids = frozenset({documents[0].id})
    (first, second) = edited(documents, ids, {"title": " One  more ", "date": "", "kind": ""})
    assert (first.title, first.date, first.kind) == ("One more", None, documents[0].kind)
    assert second == documents[1]
    with pytest.raises(SourceError, match="no date"):
        edited(documents, ids, {"date": "yesterday"})
    with pytest.raises(SourceError, match="needs a title"):
        edited(documents, ids, {"title": " "})


def test_motions_are_ordered_taken_out_and_put_back(open_app: OpenApp) -> None:
    at = typed(open_app("new"), "Buses should be free.")
    click(at, "Add another motion")
    typed(at, "Trains should be free.", "m1")
    key = session.motion_key(draft(at), "m1")
    at.button(key=f"icon-up-{key}").click().run()
    assert draft(at).motions == ["m1", "m0"]
    at.button(key=f"{key}-remove").click().run()
    assert draft(at).motions == ["m0"]
    click(at, "Put it back")
    assert draft(at).motions == ["m1", "m0"]
    assert at.text_input(key=key).value == "Trains should be free."


def test_a_motion_and_its_opposite_are_refused_together(open_app: OpenApp) -> None:
    at = typed(open_app("new"), "Buses should be free.")
    click(at, "Add another motion")
    typed(at, "buses should not be free", "m1")
    assert "motion 1 the other way round" in errors(at)


def test_suggestions_show_their_sentence_and_are_added_by_a_click(open_app: OpenApp) -> None:
    at = with_sources(open_app("new"), LIDO)
    click(at, "Find motions in the sources")
    assert "The council should keep the lido in Arden open." in page_text(at)
    assert "From: “Members urged the council to keep the lido in Arden open.”" in page_text(at)
    at.button(key=f"draft{draft(at).number}-suggestion-add-0").click().run()
    key = session.motion_key(draft(at), "m0")
    assert at.text_input(key=key).value == "The council should keep the lido in Arden open."
    assert "Every motion that was found is in the list." in page_text(at)
    with_sources(at, "Another source is here.")
    assert "Every motion that was found" not in page_text(at)


def test_nothing_found_says_so(open_app: OpenApp) -> None:
    at = with_sources(open_app("new"), "It rained all day. The wind was cold.")
    click(at, "Find motions in the sources")
    assert "Type a motion." in page_text(at)


@pytest.mark.parametrize(
    ("motion", "told"),
    [
        ("Free buses for every child.", "no full sentence"),
        ("The state should not refuse to fund buses.", "denies twice"),
        ("Buses should not be free.", "says “not”"),
        ("Buses should be free and trains should be cheaper.", "two motions"),
        ("The state should fund buses and cut fares.", "two motions"),
    ],
)
def test_a_doubtful_motion_is_warned_of(motion: str, told: str) -> None:
    assert any(told in warning for warning in concerns(motion))


@pytest.mark.parametrize(
    "motion",
    ["Buses should be free.", "Nurses and doctors should be paid more.", "The tax is unfair."],
)
def test_a_plain_motion_is_not(motion: str) -> None:
    assert concerns(motion) == ()


def test_a_warning_stands_beside_the_preview(open_app: OpenApp) -> None:
    at = typed(open_app("new"), "Buses should be free and trains should be cheaper.")
    assert "Make two motions of it." in page_text(at)
