"""Sources under New debate: tables with their columns, archives, and files that are bad."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models, session
from argmap.dashboard.groups import grouped
from argmap.dashboard.session import Draft
from argmap.records import Debate
from argmap.sources import read_all
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import MOTION
from tests.dashboard.test_pages import button, click, errors, settled, typed
from tests.sources.files import archive

TABLE = (
    b"nr,reply,who,when,attribute_age\n"
    b"1,Nurses need more pay.,Pat Moore,2031-04-03,30\n"
    b"2,More pay for nurses is wrong.,Jo Lamb,2031-04-04,40\n"
    b"3,,Jo Lamb,,\n"
)
Upload = tuple[str, bytes, str]


def draft(at: AppTest) -> Draft:
    found: Draft = at.session_state["browser"].draft
    return found


def upload(at: AppTest, *files: Upload) -> AppTest:
    at.file_uploader(key=session.upload_key(draft(at))).set_value(list(files)).run()
    assert not at.exception, at.exception
    return at


def column(at: AppTest, name: str) -> object:
    return at.selectbox(key=session.column_key(draft(at), draft(at).tables[0], name))


def test_a_table_waits_for_its_columns_and_shows_its_first_rows(open_app: OpenApp) -> None:
    at = upload(open_app("new"), ("replies.csv", TABLE, "text/csv"))
    assert draft(at).documents == []
    shown = page_text(at)
    assert "replies.csv: a table of 3 rows" in shown
    assert "Nurses need more pay." in shown
    assert "attribute_age" in shown
    assert column(at, "text").value == "reply"  # type: ignore[attr-defined]
    assert column(at, "speaker").value == ""  # type: ignore[attr-defined]
    column(at, "speaker").select("who").run()  # type: ignore[attr-defined]
    column(at, "date").select("when").run()  # type: ignore[attr-defined]
    click(at, "Add 3 rows")
    first, second = draft(at).documents
    assert (first.title, first.date, first.attributes["attribute_age"]) == (
        "Row 2: Pat Moore",
        "2031-04-03",
        "30",
    )
    assert second.turns[0].speaker is not None
    assert draft(at).tables == []
    assert "2 rows · 2 with a speaker" in page_text(at)
    assert "1 row is without words" in page_text(at)


def test_a_mapped_table_is_one_source_with_its_speakers(open_app: OpenApp) -> None:
    at = upload(open_app("new"), ("replies.csv", TABLE, "text/csv"))
    column(at, "speaker").select("who").run()  # type: ignore[attr-defined]
    click(at, "Add 3 rows")
    typed(at, MOTION)
    click(at, "Map the debate")
    settled(at)
    (info,) = models.store().sessions()
    assert info.title == "replies.csv"
    debate = models.store().load(info.id)
    assert {speaker.name for speaker in debate.speakers} == {"Pat Moore", "Jo Lamb"}
    assert [d.attributes["row"] for d in debate.documents] == ["2", "3"]
    at.switch_page("argmap/dashboard/pages/debate.py").run()
    assert "2 rows" in page_text(at)


def test_mapping_waits_while_a_table_waits(open_app: OpenApp) -> None:
    at = upload(
        open_app("new"),
        ("a.txt", b"Nurses need more pay. It is only fair.", "text/plain"),
        ("replies.csv", TABLE, "text/csv"),
    )
    typed(at, MOTION)
    click(at, "Map the debate")
    assert "Add the table above to the sources, or leave it out" in errors(at)
    assert at.session_state["browser"].job is None
    click(at, "Leave it out")
    assert draft(at).tables == []
    assert len(draft(at).documents) == 1


def test_a_column_cannot_be_two_things(open_app: OpenApp) -> None:
    at = upload(open_app("new"), ("replies.csv", TABLE, "text/csv"))
    column(at, "speaker").select("reply").run()  # type: ignore[attr-defined]
    assert "“reply” is chosen more than once" in errors(at)
    assert button(at, "Add 3 rows").disabled  # type: ignore[attr-defined]


def test_a_table_without_a_likely_text_asks_for_one(open_app: OpenApp) -> None:
    at = upload(open_app("new"), ("codes.csv", b"a,b\n1,2\n", "text/csv"))
    assert column(at, "text").value is None  # type: ignore[attr-defined]
    assert button(at, "Add 1 row").disabled  # type: ignore[attr-defined]
    column(at, "text").select("a").run()  # type: ignore[attr-defined]
    click(at, "Add 1 row")
    assert [d.text for d in draft(at).documents] == ["1"]


def test_an_archive_says_what_it_held_and_what_was_refused(open_app: OpenApp) -> None:
    data = archive(
        {
            "a.rtf": rb"{\rtf1 Nurses need more pay.\par}",
            "b.txt": b"\x89PNG" + bytes(20),
            "c.csv": b"text,author\nIt is only fair.,Pat Moore\n",
        }
    )
    at = upload(
        open_app("new"),
        ("all.zip", data, "application/zip"),
        ("bad.txt", b"\x89PNG" + bytes(20), "text/plain"),
    )
    assert len(draft(at).documents) == 2
    (note,) = draft(at).notes
    assert note.name == "all.zip"
    assert "b.txt: this is a picture (PNG), although its name ends in .txt" in page_text(at)
    assert "c.csv: Taken from the columns’ names" in page_text(at)
    assert errors(at).startswith("bad.txt: this is a picture (PNG)")
    labels = [found.label.replace("\\", "") for found in at.expander]
    assert "all.zip: 2 texts read, 1 file refused; please check" in labels
    for _ in range(2):
        at.button(key=next(b.key for b in at.button if b.label == "Remove")).click().run()
    assert (draft(at).documents, draft(at).notes) == ([], [])


def test_a_pasted_table_is_a_table(open_app: OpenApp) -> None:
    at = open_app("new")
    at.text_area(key=session.paste_key(draft(at), "text")).set_value(
        "comment,author\nNurses need more pay.,Pat\nIt is wrong.,Jo\n"
    ).run()
    click(at, "Add this text")
    assert draft(at).tables[0].name == "Pasted text"
    assert at.text_area(key=session.paste_key(draft(at), "text")).value == ""


def test_the_same_file_twice_is_in_the_list_once(open_app: OpenApp) -> None:
    file = ("a.txt", b"Nurses need more pay. It is only fair.", "text/plain")
    at = upload(upload(open_app("new"), file), file)
    assert len(draft(at).documents) == 1
    assert "in the list already" in errors(at)


def test_files_beyond_the_limit_are_named(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_MAX_FILES", "1")
    at = upload(
        open_app("new"),
        ("a.txt", b"Nurses need more pay. It is only fair.", "text/plain"),
        ("b.txt", b"Pay is not the point. Time is.", "text/plain"),
    )
    assert len(draft(at).documents) == 1
    assert "b.txt: the list is full; one debate takes at most 1 source." in errors(at)


def test_a_wrong_setting_is_said_and_pasting_still_works(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_MAX_FILES", "lots")
    at = open_app("new")
    assert "ARGMAP_MAX_FILES: the setting “lots”" in errors(at)
    assert at.text_area(key=session.paste_key(draft(at), "text")) is not None


def test_rows_of_one_table_are_one_group(debate: Debate) -> None:
    rows = read_all(TABLE, name="replies.csv", mapping={"text": "reply"}).documents
    groups = grouped([*debate.documents[:1], *rows])
    assert [(group.title, group.table, len(group.documents)) for group in groups] == [
        (debate.documents[0].title, False, 1),
        ("replies.csv", True, 2),
    ]
