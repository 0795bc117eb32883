"""The page Correct: the table, judging one by one, and the log."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from argmap.corrections import replay
from argmap.dashboard import component, correct_filters, correct_table, event_log, models
from argmap.dashboard.session import Open
from argmap.dashboard.turns import turns
from argmap.dashboard.view import Element
from argmap.errors import StoreError
from argmap.records import Debate, Edit
from argmap.store import SessionInfo
from tests.dashboard.conftest import OpenApp, kept, page_text, press, shown
from tests.dashboard.debates import make_debate

NAMES = ("Ann Lee", "Ben Moss", "Pat Moore", "Jo Lamb")


@pytest.fixture
def debate() -> Debate:
    return make_debate(names=NAMES)


def editor(at: AppTest) -> str:
    return at.session_state["correct-table"].key


def change(at: AppTest, *cells: tuple[int, str, object]) -> AppTest:
    """Change cells of the table as the browser tells it: all that were changed so far."""
    key = editor(at)
    edited: dict[int, dict[str, object]] = {}
    if key in at.session_state:
        edited = {row: dict(known) for row, known in at.session_state[key]["edited_rows"].items()}
    for row, column, value in cells:
        edited.setdefault(row, {})[column] = value
    at.session_state[key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    at.run()
    assert not at.exception, at.exception
    return at


def rows(at: AppTest) -> list[str]:
    return list(at.data_editor[0].value["sentence"])


# --- the table -------------------------------------------------------------------------------


def test_the_table_shows_what_is_known_of_each_sentence(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    frame = at.data_editor[0].value
    assert list(frame["sentence"]) == [s.text for s in debate.statements]
    first = frame.iloc[0]
    assert (first["model"], first["probability"], first["speaker"]) == ("+ For", 0.9, "Ann Lee")
    assert (first["source"], first["date"]) == ("Source 1", "2 March 2026")
    assert first["point"] == debate.key_points[0].id
    assert frame["label"].isna().all()


def test_a_changed_cell_is_one_event_kept_at_once(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    number = at.session_state["correct-table"].number
    change(at, (0, "label", "con"))
    (edit,) = kept(session_id).edits
    assert (edit.kind, edit.label, edit.statements) == ("label", "con", (debate.statements[0].id,))
    assert not edit.drawn
    assert not at.info  # nothing pushes the table away
    assert any(text.value.startswith("Corrected: “Nurses have earned") for text in at.text)
    at.run()
    change(at, (3, "label", "pro"))
    assert [e.statements[0] for e in kept(session_id).edits] == [
        debate.statements[0].id,
        debate.statements[3].id,
    ]
    # The editor was not made anew under the reader's hands.
    assert at.session_state["correct-table"].number == number
    assert list(at.data_editor[0].value["label"])[:1] == ["con"]


def test_pasted_cells_are_an_event_each_and_taken_back_together(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    change(at, (0, "label", "none"), (1, "label", "none"), (2, "label", "none"))
    assert len(kept(session_id).edits) == 3
    assert "Corrected: 3 places in the table." in [text.value for text in at.text]
    press(at, "undo-cells")
    assert [e.kind for e in kept(session_id).edits] == ["label"] * 3 + ["undo"] * 3
    assert shown(session_id).stances == debate.stances
    assert at.data_editor[0].value["label"].isna().all()


def test_a_step_back_or_another_browser_gives_the_editor_a_fresh_start(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    change(at, (0, "label", "con"))
    before = editor(at)
    press(at, "undo-correct")
    assert editor(at) != before
    at.run()
    assert len(kept(session_id).edits) == 2
    other = open_app("correct", debate=session_id)
    change(other, (1, "label", "pro"))
    before = editor(at)
    at.run()
    assert editor(at) != before
    assert list(at.data_editor[0].value["label"])[1] == "pro"
    assert len(kept(session_id).edits) == 3


def test_an_emptied_cell_takes_the_label_back(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    change(at, (0, "label", "con"))
    number = at.session_state["correct-table"].number
    change(at, (0, "label", None))
    assert [e.kind for e in kept(session_id).edits] == ["label", "undo"]
    assert at.session_state["correct-table"].number == number
    change(at, (1, "tick", True), (2, "tick", True))
    press(at, "correct-several-none")
    change(at, (1, "label", None))
    assert "labelled together with 1 other" in at.info[0].value
    assert len(kept(session_id).edits) == 3


def test_a_cell_without_effect_shows_again_what_is_stored(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    before = editor(at)
    change(at, (3, "point", debate.key_points[0].id))  # it takes no side
    assert "without effect" in at.info[0].value
    assert "Correct the label first" in at.info[0].value.replace("\\", "")
    assert editor(at) != before


def test_a_cell_that_cannot_be_kept_says_so_and_goes_back(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    before = editor(at)

    def full(*_: object) -> None:
        raise StoreError("The disk is full. Nothing was changed.")

    monkeypatch.setattr(type(models.store()), "add_edit", full)
    change(at, (0, "label", "con"))
    assert "The disk is full" in at.info[0].value
    assert editor(at) != before
    assert kept(session_id) == debate


def test_a_sentence_is_put_into_another_point_and_out_of_any(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    change(at, (0, "point", "\x00none"))
    assert debate.statements[0].id not in shown(session_id).key_points[0].statements
    change(at, (0, "point", debate.key_points[0].id))
    assert debate.statements[0].id in shown(session_id).key_points[0].statements


def test_ticked_sentences_are_labelled_at_once(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    change(at, (0, "tick", True), (2, "tick", True))
    assert kept(session_id).edits == ()
    press(at, "correct-several-none")
    (edit,) = kept(session_id).edits
    assert edit.statements == (debate.statements[0].id, debate.statements[2].id)
    assert not any(at.data_editor[0].value["tick"])
    press(at, "correct-tick-all")
    change(at, (1, "tick", False))
    press(at, "correct-several-con")
    assert len(kept(session_id).edits[-1].statements) == len(debate.statements) - 1


def test_filters_choose_rows_and_a_corrected_row_stays_until_listed_anew(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    at.toggle(key=f"correct-open-{session_id}").set_value(True).run()
    change(at, (0, "label", "con"))
    assert rows(at)[0] == debate.statements[0].text
    press(at, "correct-anew")
    assert debate.statements[0].text not in rows(at)
    assert len(rows(at)) == len(debate.statements) - 1
    at.toggle(key=f"correct-open-{session_id}").set_value(False).run()
    at.pills(key=f"correct-labels-{session_id}").set_value(["unclear"]).run()
    assert rows(at) == ["Nobody knows what the pay rise would do."]
    at.text_input(key=f"correct-search-{session_id}").set_value("no such words").run()
    assert "No sentence passes the filters" in page_text(at)


def test_the_least_sure_come_first_by_the_models_own_probability(debate: Debate) -> None:
    edit = Edit.create(
        "label", sequence=1, time="", topic="pay", label="pro",
        statements=(next(s.statement for s in debate.stances if s.label == "unclear"),),
    )  # fmt: skip
    seen = replay(debate, (edit,)).debate
    info = SessionInfo("x", "x", "user", None, None, 2, 6)  # type: ignore[arg-type]
    found = Open(info, seen, debate.topics[0], {s.statement: s for s in seen.stances})
    passing = correct_filters.passing(found, correct_filters.Filters(order="unsure"))
    assert passing[0].id == edit.statements[0]


def test_a_long_debate_comes_in_pages(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correct_table, "PAGE", 4)
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    assert rows(at) == [s.text for s in debate.statements[:4]]
    at.session_state["correct-table"].page = 2
    at.session_state["correct-table"].afresh()
    at.run()
    assert rows(at) == [s.text for s in debate.statements[4:]]
    change(at, (0, "label", "none"))
    assert kept(session_id).edits[0].statements == (debate.statements[4].id,)


def test_no_cell_is_written_to_a_debate_that_was_changed_for_another(
    open_app: OpenApp, debate: Debate
) -> None:
    other = models.store().save(make_debate("Another", names=NAMES))
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id)
    models.store().delete(session_id)
    change(at, (0, "label", "con"))
    assert at.query_params["debate"] == other
    assert kept(other).edits == ()
    assert "It may have been deleted" in at.info[0].value


# --- one by one ------------------------------------------------------------------------------


def test_drawn_sentences_are_judged_blind_and_then_compared(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id, task="judge")
    text = page_text(at)
    assert "Drawn at random" in text
    assert "model" not in text.replace("what the model said", "")
    asked = at.session_state[f"judging-{session_id}-pay"]
    assert asked.last is None
    press(at, "judge-con")
    (edit,) = kept(session_id).edits
    assert edit.drawn
    assert edit.statements == (asked.last,)
    assert "Against (you), model:" in page_text(at)
    assert not at.info
    press(at, "undo-correct")
    assert "(you)" not in page_text(at)


def test_a_skipped_sentence_comes_last_and_none_twice(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id, task="judge")
    press(at, "judge-skip")
    (skipped,) = at.session_state[f"judging-{session_id}-pay"].skipped
    for _ in range(len(debate.statements)):
        press(at, "judge-none")
    judged = [edit.statements[0] for edit in kept(session_id).edits]
    assert judged[-1] == skipped
    assert sorted(judged) == sorted(s.id for s in debate.statements)
    assert "Every sentence of this motion is judged" in page_text(at)


# --- the log ---------------------------------------------------------------------------------


def logged(debate: Debate) -> tuple[Edit, ...]:
    first, second = (s.id for s in debate.statements[:2])
    moment = "2026-05-01T10:00:00+00:00"
    return (
        Edit.create("label", sequence=1, time=moment, author="A. Reader", statements=(first,),
                    topic="pay", label="con"),
        Edit.create("label", sequence=2, time=moment, author="=HYPERLINK(1)", statements=(second,),
                    topic="pay", label="none"),
        Edit.create("point", sequence=3, time=moment, author="A. Reader", statements=(first,),
                    topic="pay"),
    )  # fmt: skip


@pytest.fixture
def picks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A button beside every view for each thing in it that can be picked."""
    drawn = component.show

    def show(*elements: Element, **options: Any) -> None:
        drawn(*elements, **options)
        on_pick = options.get("on_pick")
        for one in (e for element in elements for e in element.walk()):
            if on_pick is not None and one.pick:
                st.button(one.pick, key=f"pick-{one.pick}", on_click=on_pick, args=(one.pick,))

    monkeypatch.setattr(component, "show", show)


@pytest.mark.usefixtures("picks")
def test_the_log_says_who_did_what_and_takes_any_event_back(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(replace(debate, edits=logged(debate)))
    at = open_app("correct", debate=session_id, task="log")
    text = page_text(at)
    for told in ("For (model) → Against", "A. Reader", "Label", "has no effect now"):
        assert told in text
    press(at, f"pick-undo:{logged(debate)[0].id}")
    assert kept(session_id).edits[-1].target == logged(debate)[0].id
    assert shown(session_id).stances[0].label == "pro"
    assert shown(session_id).stances[1].label == "none"
    assert "undone" in page_text(at)
    press(at, f"pick-redo:{logged(debate)[0].id}")
    assert shown(session_id).stances[0].label == "con"


def test_the_log_is_filtered_and_taken_away(debate: Debate) -> None:
    edits = logged(debate)
    outcomes = replay(debate, edits).outcomes
    turned = turns(debate, outcomes)
    table = list(csv.DictReader(io.StringIO(event_log.to_csv(outcomes, outcomes, turned))))
    assert [row["author"] for row in table] == ["A. Reader", "'=HYPERLINK(1)", "A. Reader"]
    assert (table[0]["before"], table[0]["after"]) == ("For (model)", "Against")
    assert table[2]["status"] == "not applicable"
    held = json.loads(event_log.to_json(outcomes[:1], outcomes, turned))["corrections"]
    assert [one["edit"]["id"] for one in held] == [edits[0].id]
    assert held[0]["after"] == "Against"
