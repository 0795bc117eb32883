"""The panel's controls for a sentence's label, key point and links, worked as a reader does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models, words
from argmap.dashboard.linking import ways
from argmap.records import (
    Debate,
    Document,
    Edit,
    Relation,
    Stance,
    Statement,
    content_id,
)
from tests.dashboard.conftest import OpenApp, kept, page_text, press, shown
from tests.dashboard.debates import HOSTILE, make_debate

NAMES = ("Ann Lee", "Ben Moss", "Pat Moore", "Jo Lamb")
PAGES = ("read", "tree", "speakers", "stands")


@pytest.fixture
def debate() -> Debate:
    return make_debate(names=NAMES)


def stance(session_id: str, statement: str) -> Stance:
    return next(s for s in shown(session_id).stances if s.statement == statement)


def pick(at: AppTest, statement: str, label: str | None) -> AppTest:
    at.segmented_control(key=f"label-{statement}-pay").set_value(label).run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    return at.info[0].value.replace("\\", "")


# --- labels ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_label_is_set_from_any_page_and_the_models_stays_visible(
    open_app: OpenApp, debate: Debate, page: str
) -> None:
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = pick(open_app(page, debate=session_id, sentence=own), own, "con")
    assert (stance(session_id, own).label, stance(session_id, own).model_label) == ("con", "pro")
    assert replace(kept(session_id), edits=()) == debate
    assert "Against (you), model: for, 0.90" in page_text(at)
    assert "Against" in said(at)
    assert at.segmented_control(key=f"label-{own}-pay").value == "con"
    press(at, "undo-notice")
    assert said(at).startswith("Undone")
    assert stance(session_id, own).label == "pro"
    assert "(you)" not in page_text(at)
    press(at, "redo-panel")
    assert stance(session_id, own).label == "con"


def test_the_model_is_right_is_a_label_of_ones_own(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = open_app("read", debate=session_id, sentence=own)
    press(at, f"right-{own}-pay")
    assert stance(session_id, own).corrected
    assert "For (you), model: for, 0.90" in page_text(at)
    assert at.button(key=f"right-{own}-pay").disabled


def test_taking_the_mark_off_takes_the_judgement_back(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = pick(open_app("read", debate=session_id, sentence=own), own, "none")
    pick(at, own, None)
    assert [edit.kind for edit in kept(session_id).edits] == ["label", "undo"]
    assert not stance(session_id, own).corrected


def test_somebody_elses_label_is_told_by_their_name(open_app: OpenApp, debate: Debate) -> None:
    own = debate.statements[0].id
    edit = Edit.create(
        "label", sequence=1, time="2026-05-01T10:00:00+00:00", author=HOSTILE[0],
        statements=(own,), topic="pay", label="con",
    )  # fmt: skip
    session_id = models.store().save(replace(debate, edits=(edit,)))
    at = open_app("read", debate=session_id, sentence=own)
    assert f"Against ({HOSTILE[0]}), model: for, 0.90" in page_text(at)


def test_two_browsers_correct_one_sentence_and_the_last_stands(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    first = open_app("read", debate=session_id, sentence=own)
    second = open_app("read", debate=session_id, sentence=own)
    second.text_input(key="author-panel").set_value("B. Reader").run()
    pick(first, own, "con")
    pick(second, own, "none")
    assert [(e.label, e.author) for e in kept(session_id).edits] == [
        ("con", "local user"),
        ("none", "B. Reader"),
    ]
    first.run()
    assert "Takes no side (B. Reader), model: for" in page_text(first)
    assert first.segmented_control(key=f"label-{own}-pay").value == "none"
    assert "Takes no side (you), model: for" in page_text(second)


def test_a_correction_of_a_debate_deleted_meanwhile_is_said_to_be_lost(
    open_app: OpenApp, debate: Debate
) -> None:
    other = models.store().save(make_debate("Another"))
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = open_app("read", debate=session_id, sentence=own)
    models.store().delete(session_id)
    pick(at, own, "con")
    assert "The correction was not kept." in said(at)
    assert "It may have been deleted" in said(at)
    assert at.query_params["debate"] == other
    assert kept(other).edits == ()


def test_the_name_is_kept_for_the_whole_visit(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = open_app("read", debate=session_id, sentence=own)
    at.text_input(key="author-panel").set_value(" A.\u202e Reader\n").run()
    at.switch_page("argmap/dashboard/pages/tree.py").run()
    assert at.text_input(key="author-panel").value == "A. Reader"
    pick(at, own, "con")
    assert kept(session_id).edits[0].author == "A. Reader"


# --- the same sentence elsewhere ---------------------------------------------------------------


def test_a_label_is_offered_for_the_very_sentence_elsewhere_and_taken_back_everywhere(
    open_app: OpenApp, debate: Debate
) -> None:
    other = models.store().save(make_debate("Another day", names=NAMES))
    bundled = models.store().save(debate, session_id="bundled-pay", origin="bundled")
    session_id = models.store().save(debate)
    own = debate.statements[0].id
    at = open_app("read", debate=session_id, sentence=own)
    assert not any("very sentence" in text.value for text in at.text)
    pick(at, own, "con")
    (line,) = [text.value for text in at.text if "very sentence" in text.value]
    assert line == "1 other place has this very sentence: 1 in 1 other debate with this motion."
    press(at, f"too-{own}-pay")
    assert said(at) == "Labelled as “Against” in 1 more place in 1 debate."
    assert kept(other).edits[0].label == "con"
    assert kept(bundled).edits == ()
    assert not any("very sentence" in text.value for text in at.text)
    press(at, "undo-notice")
    assert [edit.kind for edit in kept(other).edits] == ["label", "undo"]
    assert [edit.kind for edit in kept(session_id).edits] == ["label"]


def test_a_label_is_offered_for_the_same_words_in_the_same_debate(
    open_app: OpenApp, debate: Debate
) -> None:
    said_twice = ("Pay must rise.", "It is late.", "Pay must rise.", "“Pay must rise”")
    document = Document.create(title="Twice", text=" ".join(said_twice))
    statements, at_char = [], 0
    for text in said_twice:
        end = at_char + len(text)
        statements.append(Statement(content_id("u", str(at_char)), document.id, at_char, end, text))
        at_char = end + 1
    twice = replace(
        debate,
        documents=(document,),
        speakers=(),
        statements=tuple(statements),
        stances=tuple(Stance(s.id, "pay", 0.3, 0.3, 0.4, "unclear") for s in statements),
        key_points=(),
    )
    session_id = models.store().save(twice)
    own = statements[0].id
    at = pick(open_app("read", debate=session_id, sentence=own), own, "pro")
    (line,) = [text.value for text in at.text if "very sentence" in text.value]
    assert line == "2 other places have this very sentence: 2 in this debate."
    press(at, f"too-{own}-pay")
    edit = kept(session_id).edits[-1]
    assert edit.statements == (statements[2].id, statements[3].id)
    assert [s.label for s in shown(session_id).stances] == ["pro", "unclear", "pro", "pro"]


# --- key points ------------------------------------------------------------------------------


def test_a_sentence_goes_into_a_new_point_and_out_of_any(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    own = debate.key_points[0].statements[-1]
    at = open_app("read", debate=session_id, sentence=own)
    key = f"point-{own}-pay-0"
    assert at.button(key=f"do-{key}").disabled  # the new point has no heading yet
    at.text_input(key=f"{key}-name").set_value("  ").run()
    assert at.button(key=f"do-{key}").disabled
    at.text_input(key=f"{key}-name").set_value("Empty\u202e <b>posts</b>").run()
    press(at, f"do-{key}")
    made = next(p for p in shown(session_id).key_points if own in p.statements)
    assert (made.text, made.statements, made.corrected) == ("Empty <b>posts</b>", (own,), True)
    at.selectbox(key=f"point-{own}-pay-1-into").set_value("\x00none").run()
    press(at, f"do-point-{own}-pay-1")
    assert not any(own in p.statements for p in shown(session_id).key_points)
    at.selectbox(key=f"point-{own}-pay-2-into").set_value(debate.key_points[0].id).run()
    press(at, f"do-point-{own}-pay-2")
    assert own in shown(session_id).key_points[0].statements


def test_a_heading_is_rewritten(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    own = debate.key_points[0].statements[0]
    at = open_app("read", debate=session_id, sentence=own)
    key = f"point-{own}-pay-0"
    assert at.button(key=f"head-{key}").disabled
    at.text_input(key=f"{key}-heading").set_value("Pay is too low").run()
    press(at, f"head-{key}")
    assert shown(session_id).key_points[0].text == "Pay is too low"


def test_a_sentence_without_a_side_stands_in_no_point_and_has_no_link(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    own = next(s.statement for s in debate.stances if s.label == "none")
    at = open_app("read", debate=session_id, sentence=own)
    told = [text.value for text in at.text]
    assert sum("Correct the label first." in text for text in told) == 2
    pick(at, own, "pro")
    assert not any("Correct the label first." in text.value for text in at.text)


# --- links -----------------------------------------------------------------------------------


def test_a_link_is_made_and_taken_away(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    pro, con = debate.key_points[0].statements[0], debate.key_points[1].statements[0]
    at = open_app("read", debate=session_id, sentence=con)
    key = f"link-{con}-pay-0"
    at.text_input(key=f"{key}-find").set_value("EARNED a larger").run()
    assert at.selectbox(key=f"{key}-target").value == pro
    press(at, f"do-{key}")
    (made,) = shown(session_id).relations
    assert (made.source, made.target, made.shown, made.corrected) == (con, pro, "attack", True)
    press(at, f"cut-link-{con}-pay-1-{con}-{pro}")
    assert shown(session_id).relations == ()
    press(at, "undo-panel")
    assert len(shown(session_id).relations) == 1


def test_a_link_of_the_model_is_told_with_its_probability(
    open_app: OpenApp, debate: Debate
) -> None:
    pro, con = debate.key_points[0].statements[0], debate.key_points[1].statements[0]
    linked = replace(debate, relations=(Relation(con, pro, "pay", "attack", 0.71),))
    session_id = models.store().save(linked)
    at = open_app("read", debate=session_id, sentence=pro)
    lines = [m.value.replace("\\", "") for m in at.markdown]
    assert "“A rise would cost two billion pounds.” attacks it" in lines
    assert "model: 0.71" in [caption.value for caption in at.caption]


def test_only_the_links_that_fit_the_sides_are_offered() -> None:
    same = {kind for _, kind in ways("pro", "pro")}
    crossing = {kind for _, kind in ways("pro", "con")}
    assert (same, crossing) == ({"support", "undercut"}, {"attack", "undercut"})
    assert {forth for forth, _ in ways("con", "con")} == {True, False}


# --- hostile text ----------------------------------------------------------------------------


def test_what_a_reader_types_stays_text_and_within_bounds(
    open_app: OpenApp, debate: Debate
) -> None:
    own, other = debate.key_points[0].statements[0], debate.key_points[0].statements[-1]
    long = "\u202e" + "<b>[x](javascript:alert(1)) :red[hi] $x$</b> " * 250
    edits = [
        Edit.create(
            "point", sequence=1, time="x", author=long, topic="pay", statements=(other,), name=long
        ),
        Edit.create(
            "label", sequence=2, time="", author=long, topic="pay", statements=(own,), label="pro"
        ),
    ]
    session_id = models.store().save(replace(debate, edits=tuple(edits)))
    for page in ("read", "tree", "correct"):
        at = open_app(page, debate=session_id, sentence=other)
        written = [f.label for kind in (at.button, at.expander, at.checkbox) for f in kind]
        written += [f.value for kind in (at.markdown, at.caption, at.info) for f in kind]
        for text in written:
            if not text.lstrip().startswith("<style>"):
                for hostile in (*HOSTILE, "<b>", "\u202e"):
                    assert hostile not in text
                assert len(text) < 2_000


def test_words_typed_are_tamed_and_labels_keep_no_turns() -> None:
    assert words.tame(" a\u202eb\u200b\n\tc\x07 ") == "ab c"
    assert words.plain("x\u202ey\u2066z") == "xyz"
