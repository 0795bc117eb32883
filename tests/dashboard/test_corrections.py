"""Every control for who is who, worked as a reader works it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import article, identity, models, render, words
from argmap.errors import StoreError
from argmap.export import EXPORTERS
from argmap.records import Attribution, Debate, Edit, Statement
from tests.dashboard.conftest import OpenApp, kept, page_text, press, shown
from tests.dashboard.debates import HOSTILE, make_debate

#: One person under two spellings, and two others.
NAMES = ("Steve Barclay", "Steve Barkley", "Pat Moore", "Jo Lamb")
KEEP = "Same person: Steve Barclay"


@pytest.fixture
def debate() -> Debate:
    return make_debate(names=NAMES)


def id_of(debate: Debate, name: str) -> str:
    return next(s.id for s in debate.speakers if s.name == name)


def field(at: AppTest, kind: str, part: str) -> object:
    """The widget whose key holds ``part``."""
    return next(found for found in getattr(at, kind) if part in str(found.key))


def labels(at: AppTest) -> list[str]:
    return [found.label.replace("\\", "") for found in at.button]


# --- offers ----------------------------------------------------------------------------------


def test_an_offer_names_both_with_counts_and_quotes(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("speakers")
    text = page_text(at)
    assert "1 pair of names that may be one speaker" in text
    assert "Nearly the same spelling; the same role is told of both." in text
    assert "Nurses have earned a larger pay rise." in text
    assert {KEEP, "Same person: Steve Barkley", "Not the same"} <= set(labels(at))


@pytest.mark.parametrize(("goes", "stays"), [(NAMES[0], NAMES[1]), (NAMES[1], NAMES[0])])
def test_an_accepted_offer_is_a_merge_that_keeps_the_chosen_name(
    open_app: OpenApp, debate: Debate, goes: str, stays: str
) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    press(at, f"same-{id_of(debate, goes)}-{id_of(debate, stays)}")
    assert at.info[0].value.replace("\\", "") == (
        f"Corrected: “{goes}” is the same speaker as “{stays}”."
    )
    names = [s.name for s in shown(session_id).speakers]
    assert goes not in names
    assert stays in names
    assert "may be one speaker" not in page_text(at)
    # What was mapped is still there.
    assert replace(kept(session_id), edits=()) == debate
    assert kept(session_id).edits[0].kind == "merge"


def test_a_refused_offer_does_not_come_back(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    key = next(str(b.key) for b in at.button if str(b.key).startswith("distinct-"))
    press(at, key)
    assert "may be one speaker" not in page_text(at)
    assert "may be one speaker" not in page_text(open_app("speakers"))
    assert [s.name for s in shown(session_id).speakers] == [s.name for s in debate.speakers]
    press(at, "undo-speakers")
    assert "1 pair of names" in page_text(at)


# --- undo and redo ---------------------------------------------------------------------------


def test_undo_and_redo_take_the_page_back_and_forth(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    assert "Undo" not in " ".join(labels(at))
    press(at, f"same-{id_of(debate, NAMES[1])}-{id_of(debate, NAMES[0])}")
    merged = shown(session_id)
    press(at, "undo-speakers")
    assert shown(session_id).statements == debate.statements
    assert at.info[0].value.startswith("Undone")
    assert at.button(key="undo-speakers").disabled
    press(at, "redo-speakers")
    assert shown(session_id).statements == merged.statements
    assert at.button(key="redo-speakers").disabled
    assert [edit.kind for edit in kept(session_id).edits] == ["merge", "undo", "redo"]


# --- the tools -------------------------------------------------------------------------------


def test_a_speaker_is_renamed_with_role_and_party(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    assert at.button(key="do-rename").disabled
    field(at, "selectbox", "rename-who").set_value(id_of(debate, "Jo Lamb")).run()  # type: ignore[attr-defined]
    key = f"rename-0-{id_of(debate, 'Jo Lamb')}"
    at.text_input(key=f"{key}-name").set_value("Joanna Lamb")
    at.text_input(key=f"{key}-party").set_value("Blue").run()
    press(at, "do-rename")
    speaker = next(s for s in shown(session_id).speakers if s.name == "Joanna Lamb")
    assert (speaker.role, speaker.party) == ("minister", "Blue")
    assert "Jo Lamb" in speaker.aliases


def test_any_two_speakers_are_merged(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    field(at, "selectbox", "merge-goes").set_value(id_of(debate, "Jo Lamb")).run()  # type: ignore[attr-defined]
    field(at, "selectbox", "merge-stays").set_value(id_of(debate, "Pat Moore")).run()  # type: ignore[attr-defined]
    press(at, "do-merge")
    assert {s.name for s in shown(session_id).speakers} == set(NAMES) - {"Jo Lamb"}


def test_ticked_sentences_are_split_off_to_a_new_speaker(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")
    barkley = id_of(debate, "Steve Barkley")
    field(at, "selectbox", "split-who").set_value(barkley).run()  # type: ignore[attr-defined]
    assert at.button(key="do-split").disabled
    statement = next(s for s in debate.statements if s.speaker == barkley)
    at.checkbox(key=f"split-0-{barkley}-{statement.id}").check().run()
    assert at.button(key="do-split").disabled  # the new speaker has no name yet
    at.text_input(key=f"split-to-0-{barkley}-name").set_value("Ann Other").run()
    assert at.button(key="do-split").label == "Move 1 sentence"
    press(at, "do-split")
    found = shown(session_id)
    moved = next(s for s in found.statements if s.id == statement.id)
    assert next(s.name for s in found.speakers if s.id == moved.speaker) == "Ann Other"
    assert any(s.speaker == barkley for s in found.statements)


def test_history_says_what_was_done_by_whom_and_what_has_no_effect(
    open_app: OpenApp, debate: Debate
) -> None:
    gone = Edit.create(
        "merge", sequence=1, time="2026-05-01T10:00:00+00:00", speaker="nobody-of-old",
        into=id_of(debate, "Jo Lamb"),
    )  # fmt: skip
    models.store().save(replace(debate, edits=(gone,)))
    at = open_app("speakers")
    at.text_input(key="author-speakers").set_value("A. Reader").run()
    press(at, f"same-{id_of(debate, NAMES[1])}-{id_of(debate, NAMES[0])}")
    press(at, "undo-speakers")
    text = page_text(at)
    assert "Undone: “Steve Barkley” is the same speaker as “Steve Barclay”" in text
    assert "A. Reader" in text
    assert "has no effect now" in text
    assert "“nobody-of-old” is no speaker of this debate any more." in text


# --- one sentence ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["read", "tree", "speakers"])
def test_a_sentence_is_put_on_another_or_on_nobody(
    open_app: OpenApp, debate: Debate, page: str
) -> None:
    session_id = models.store().save(debate)
    statement = debate.statements[0]
    at = open_app(page, debate=session_id, sentence=statement.id)
    assert "Not said by Steve Barclay" in labels(at)
    press(at, f"do-said-{statement.id}-0")
    first = next(s for s in shown(session_id).statements if s.id == statement.id)
    assert first.speaker is None
    assert "corrected by a person" in page_text(at)
    assert "The rules read: Steve Barclay" in page_text(at)
    key = f"said-{statement.id}-1"
    at.selectbox(key=key).set_value(id_of(debate, "Pat Moore")).run()
    press(at, f"do-{key}")
    second = next(s for s in shown(session_id).statements if s.id == statement.id)
    assert second.speaker == id_of(debate, "Pat Moore")
    press(at, "undo-panel")
    press(at, "undo-panel")
    assert shown(session_id).statements == debate.statements


def test_a_sentence_is_put_on_somebody_new(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    statement = next(s for s in debate.statements if s.speaker is None)
    at = open_app("read", debate=session_id, sentence=statement.id)
    key = f"said-{statement.id}-0"
    assert at.button(key=f"do-{key}").disabled
    at.text_input(key=f"{key}-name").set_value("Ann Other").run()
    press(at, f"do-{key}")
    found = next(s for s in shown(session_id).statements if s.id == statement.id)
    assert next(s.name for s in shown(session_id).speakers if s.id == found.speaker) == "Ann Other"


def test_a_filter_on_a_merged_speaker_is_let_go(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    statement = debate.statements[0]
    at = open_app("read", debate=session_id, sentence=statement.id)
    barclay = id_of(debate, "Steve Barclay")
    at.multiselect(key=f"filter-speakers-{statement.document}").set_value([barclay]).run()
    press(at, f"do-said-{statement.id}-0")
    assert at.multiselect(key=f"filter-speakers-{statement.document}").value == []


def test_a_correction_that_cannot_be_kept_is_said(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers")

    def full(*_: object) -> None:
        raise StoreError("The disk is full. Nothing was changed.")

    monkeypatch.setattr(type(models.store()), "add_edit", full)
    press(at, f"same-{id_of(debate, NAMES[1])}-{id_of(debate, NAMES[0])}")
    assert "The disk is full" in at.info[0].value
    assert kept(session_id) == debate


# --- what follows ----------------------------------------------------------------------------


def test_every_page_and_file_follows_the_corrections(open_app: OpenApp, debate: Debate) -> None:
    merge = Edit.create(
        "merge", sequence=1, time="2026-05-01T10:00:00+00:00",
        speaker=id_of(debate, "Steve Barkley"), into=id_of(debate, "Steve Barclay"),
    )  # fmt: skip
    session_id = models.store().save(replace(debate, edits=(merge,)))
    for page in ("read", "tree", "speakers"):
        at = open_app(page, debate=session_id, sentence=debate.statements[1].id)
        assert "Steve Barclay" in page_text(at)
    row = list(csv.DictReader(io.StringIO(EXPORTERS["csv"].text(kept(session_id)))))[1]
    assert (row["speaker"], row["corrected"]) == ("Steve Barclay", "true")
    speakers = models.speakers(session_id, models.store().sessions()[0].updated)
    both = next(s for s in speakers if s.speaker == id_of(debate, "Steve Barclay"))
    assert (both.pro, both.con) == (1, 1)


def test_no_hostile_name_is_read_as_markdown_by_the_tools(open_app: OpenApp) -> None:
    debate = make_debate(names=("<b>Steve</b> Barclay", "<b>Steve</b> Barkley", *HOSTILE[2:]))
    session_id = models.store().save(debate)
    at = open_app("speakers", debate=session_id, sentence=debate.statements[0].id)
    press(at, next(str(b.key) for b in at.button if str(b.key).startswith("same-")))
    written = [f.label for kind in (at.button, at.expander, at.checkbox) for f in kind]
    written += [f.value for kind in (at.markdown, at.caption, at.info) for f in kind]
    for text in written:
        if not text.lstrip().startswith("<style>"):
            for hostile in (*HOSTILE, "<b>"):
                assert hostile not in text


# --- words and elements ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attribution", "name", "said", "sure"),
    [
        (Attribution("p", "quote", "said", 0.95), "Ann", "Ann", "speaker 95% sure"),
        (
            Attribution("p", "indirect", "said", 0.85, True),
            "Ann",
            "Ann, reporting others",
            "speaker 85% sure",
        ),
        (Attribution(None, "indirect", "say", 0.5, True), None, "a view of others, unnamed", None),
        (Attribution(), None, None, None),
        (
            Attribution("p", "quote", "said", 1.0, corrected=True),
            "Ann",
            "Ann, corrected",
            "speaker set by a person",
        ),
        (
            Attribution(None, "quote", "said", 1.0, corrected=True),
            None,
            "nobody named, corrected",
            "speaker set by a person",
        ),
        # After a merge the rules' confidence in the quotation still stands.
        (
            Attribution("p", "quote", "said", 0.9, corrected=True),
            "Ann",
            "Ann, corrected",
            "speaker 90% sure",
        ),
    ],
)
def test_who_is_heard_and_how_sure_that_is(
    attribution: Attribution, name: str | None, said: str | None, sure: str | None
) -> None:
    statement = Statement("s", "d", 0, 1, "x", attribution)
    assert words.voice(statement, {"p": name} if name else {}) == said
    assert identity.sureness(attribution) == sure


def test_panel_and_quotes_tell_how_sure_the_speaker_is(debate: Debate) -> None:
    reading = render.Reading(
        stances={s.statement: s for s in debate.stances},
        names={s.id: s.name for s in debate.speakers},
        touched={debate.speakers[0].id},
    )
    panel = render.sentence_panel(debate.statements[0], debate, debate.topics[0], reading)
    assert "Read from a quotation, “said”; speaker 90% sure" in panel.text
    assert "speaker 90% sure" in render.quote(debate.statements[0], debate, reading).text
    shown_sentence = next(
        e
        for e in article.article(debate.documents[0], debate.statements, reading).walk()
        if e.key == debate.statements[0].id
    )
    assert shown_sentence.note == "For 90%, Steve Barclay, speaker 90% sure"
    assert identity.mark().text == "corrected by a person"
