"""The page that compares two analyses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models
from argmap.dashboard.changes import change_list, counted, matching
from argmap.export import to_json
from argmap.export.differences import difference_rows
from argmap.records import Debate
from argmap.structure import compare
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import make_debate
from tests.export.hostile import ATTACKS, hostile_debate


def later(debate: Debate) -> Debate:
    """One label turned, one sentence gone, another model."""
    stances = [
        replace(stance, label="con", pro=0.1, con=0.8, none=0.1) if index == 0 else stance
        for index, stance in enumerate(debate.stances[:-1])
    ]
    gone = debate.statements[-1].id
    return replace(
        debate,
        run=replace(debate.run, models={"stance": "other@1"}),
        statements=debate.statements[:-1],
        stances=tuple(stances),
        key_points=tuple(p for p in debate.key_points if gone not in p.statements),
    )


def chosen(at: AppTest, key: str, value: str) -> AppTest:
    at.selectbox(key=key).set_value(value)
    at.run()
    assert not at.exception, at.exception
    return at


def test_page_without_a_debate_says_what_to_do(open_app: OpenApp) -> None:
    assert "No debate yet" in page_text(open_app("differences"))


def test_page_with_one_debate_asks_for_another(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("differences")
    assert not at.error
    assert "There is only one debate" in page_text(at)


def test_two_kept_debates_are_compared(open_app: OpenApp, debate: Debate) -> None:
    first = models.store().save(debate)
    second = models.store().save(replace(later(debate), title="Nurse pay, again"))
    at = open_app("differences", debate=second)
    assert (at.selectbox(key="diff-earlier").value, at.selectbox(key="diff-later").value) == (
        first,
        second,
    )
    text = page_text(at)
    assert debate.statements[0].text in text
    assert "For (for 0.90" in text
    assert "Against (for 0.10" in text
    assert "statements: 1 removed" in text
    assert len(at.get("download_button")) == 2
    chosen(at, "diff-earlier", second)
    assert "Nothing differs; 5 statements in both." in page_text(at)


def test_filters_leave_what_was_asked_for(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    second = models.store().save(later(debate))
    at = open_app("differences", debate=second)
    at.multiselect(key="diff-sections").set_value(["label"])
    at.run()
    text = page_text(at)
    assert "1 change found." in text
    assert "other@1" not in text


def test_project_file_is_compared_with_the_open_debate(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("differences")
    upload = at.get("file_uploader")[0]
    upload.set_value(("theirs.json", to_json(later(debate)).encode(), "application/json"))
    at.run()
    assert not at.exception, at.exception
    assert "statements: 1 added" in page_text(at)
    broken = at.get("file_uploader")[0]
    broken.set_value(("broken.json", b"{}", "application/json"))
    at.run()
    assert not at.exception, at.exception
    assert "schema_version" in at.error[0].value.replace("\\", "")


@pytest.mark.parametrize("search", ["", "another title"])
def test_changes_of_hostile_text_are_only_text(search: str) -> None:
    rows = difference_rows(compare(make_debate(), hostile_debate()))
    shown = change_list(matching(rows, search=search)).text
    if search:
        assert "Nothing passes the filters" in shown
    else:
        assert ATTACKS[0] in shown
    assert "statements" in counted(rows).text


def test_matching_passes_what_every_filter_lets_through() -> None:
    rows = difference_rows(compare(make_debate(), later(make_debate())))
    assert matching(rows) == rows
    assert {row.section for row in matching(rows, sections=("label", "run"))} == {"label", "run"}
    assert {row.change for row in matching(rows, changes=("removed",))} == {"removed"}
    assert matching(rows, search="OTHER@1") == tuple(r for r in rows if r.after == "other@1")
