"""Every page, run whole by Streamlit's own test harness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models, session
from argmap.errors import ModelError, StoreError
from argmap.export import EXPORTERS
from argmap.export.names import file_name
from argmap.nlp import FakeClassifier
from argmap.records import Debate
from argmap.store import SessionInfo
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import HOSTILE, MOTION, make_debate

PAGES = ("", "tree", "speakers", "read", "take_away", "new")


def button(at: AppTest, label: str) -> object:
    return next(found for found in at.button if found.label == label)


def click(at: AppTest, label: str) -> AppTest:
    button(at, label).click()  # type: ignore[attr-defined]
    at.run()
    assert not at.exception, at.exception
    return at


def errors(at: AppTest) -> str:
    return "\n".join(found.value for found in at.error).replace("\\", "")


def settled(at: AppTest) -> AppTest:
    """Run the page until it has taken in the end of the mapping."""
    job = at.session_state["browser"].job
    if job is not None:
        job.wait(30)
        at.run()
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize("page", PAGES)
def test_page_without_any_debate_says_what_to_do(open_app: OpenApp, page: str) -> None:
    at = open_app(page)
    text = page_text(at)
    assert "New debate" in text
    if page != "new":
        assert "No debate yet" in text


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_a_stored_debate(open_app: OpenApp, debate: Debate, page: str) -> None:
    session_id = models.store().save(debate)
    at = open_app(page)
    assert not at.error
    if page != "new":
        assert at.selectbox(key="pick-debate").value == session_id
        assert at.query_params["debate"] == session_id
        assert at.query_params["motion"] == "pay"


def test_first_start_opens_the_bundled_debates_mapped(
    open_app: OpenApp, bundle: BundledDebate
) -> None:
    at = open_app()
    assert bundle.title in page_text(at)
    assert at.selectbox(key="pick-debate").options == ["Pay of nurses (bundled)"]
    assert [info.origin for info in models.store().sessions()] == ["bundled"]


def test_bundled_debates_that_cannot_be_mapped_are_named_and_can_be_tried_again(
    open_app: OpenApp, bundle: BundledDebate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> FakeClassifier:
        raise ModelError("The stance model is missing. Install argmap again.")

    with monkeypatch.context() as patch:
        patch.setattr(models, "classifier", missing)
        at = open_app()
    assert "The stance model is missing. Install argmap again." in errors(at)
    click(at, "Try again")
    library.bundled_job().wait(30)
    at.run()
    assert bundle.title in page_text(at)


def test_link_opens_the_view_that_it_names(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(make_debate("Another"))
    session_id = models.store().save(debate)
    statement = debate.statements[1]
    at = open_app("read", debate=session_id, motion="pay", sentence=statement.id)
    assert at.selectbox(key="pick-debate").value == session_id
    assert at.selectbox(key=f"pick-source-{session_id}").value == statement.document
    assert statement.text in page_text(at)
    assert "characters" in page_text(at)


def test_link_to_a_debate_that_is_gone_says_so_and_opens_another(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("", debate="m000000000000")
    assert "not on this machine" in at.info[0].value
    assert at.query_params["debate"] == session_id


def test_speakers_page_counts_and_names(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    text = page_text(open_app("speakers"))
    assert "Based on 1 statement (1 for)" in text
    assert f"Without a statement of their own that takes a side: {HOSTILE[3]}" in text


def test_read_page_filters_by_label_speaker_and_words(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read")
    document = debate.documents[0].id
    at.button_group(key=f"filter-labels-{session_id}").set_value(["con"]).run()
    assert "2 sentences found in this source." in page_text(at)
    at.text_input(key=f"filter-search-{session_id}").set_value("BILLION").run()
    assert "1 sentence found in this source." in page_text(at)
    at.multiselect(key=f"filter-speakers-{document}").set_value(
        [debate.statements[0].speaker]
    ).run()
    assert "0 sentences found in this source." in page_text(at)


def test_read_page_shows_what_cleaning_left_out(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("read")
    assert "2 lines left out" in [found.label for found in at.expander]
    assert "Advertisement" in page_text(at)


def test_citation_can_be_copied(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    statement = debate.statements[1]
    at = open_app("read", debate=session_id, sentence=statement.id)
    assert any(f"characters {statement.start}–{statement.end}" in c.value for c in at.code)


def test_take_away_offers_every_format(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("take_away")
    labels = [found.proto.label for found in at.get("download_button")]
    assert labels == [*(exporter.title for exporter in EXPORTERS.values()), "Charts (HTML)"]
    click(at, "Make the archive")
    assert at.get("download_button")[-1].proto.label.startswith("Everything (zip), ")
    for exporter in EXPORTERS.values():
        assert exporter.purpose in page_text(at)
        assert file_name("Nurse pay", exporter.suffix) == f"nurse-pay{exporter.suffix}"


def test_take_away_makes_nothing_until_it_is_asked_for(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.store().save(debate)
    made: list[str] = []
    counting = {
        key: replace(exporter, write=lambda debate, key=key: made.append(key) or key)
        for key, exporter in EXPORTERS.items()
    }
    monkeypatch.setattr("argmap.export.EXPORTERS", counting)
    open_app("take_away")
    assert made == []


@pytest.mark.parametrize("page", ["take_away", "differences"])
def test_page_opens_a_debate_without_a_statement(
    open_app: OpenApp, debate: Debate, page: str
) -> None:
    bare = replace(debate, statements=(), stances=(), key_points=(), speakers=())
    models.store().save(bare)
    models.store().save(bare)
    at = open_app(page)
    assert not at.error
    expected = "nearly empty" if page == "take_away" else "Nothing differs; 0 statements in both."
    assert expected in page_text(at)


@pytest.mark.parametrize("page", PAGES)
def test_no_name_reaches_a_place_that_reads_markdown(open_app: OpenApp, page: str) -> None:
    models.store().save(make_debate(title=":red[hi] <b>$x$</b>"))
    at = open_app(page)
    written = [
        found.value for kind in (at.markdown, at.caption, at.info, at.error) for found in kind
    ]
    written += [found.label for kind in (at.button, at.expander) for found in kind]
    written += [title.value for title in (*at.subheader, *at.header, *at.title)]
    for text in written:
        if text.lstrip().startswith("<style>"):
            continue
        for hostile in (*HOSTILE, "<b>"):
            assert hostile not in text


def typed(at: AppTest, text: str, field: str = "m0") -> AppTest:
    draft = at.session_state["browser"].draft
    at.text_input(key=session.motion_key(draft, field)).set_value(text).run()
    return at


def pasted(at: AppTest, text: str) -> AppTest:
    draft = at.session_state["browser"].draft
    at.text_area(key=session.paste_key(draft, "text")).set_value(text).run()
    return at


def test_motion_is_shown_as_the_model_reads_it(open_app: OpenApp) -> None:
    at = typed(open_app("new"), "nurses should be paid more")
    assert "Nurses should be paid more." in page_text(at)
    assert "Nurses should not be paid more." in page_text(at)


@pytest.mark.parametrize("motion", ["Pay", "Should nurses be paid more?", "x" * 400])
def test_faulty_motion_is_named_beside_its_field(open_app: OpenApp, motion: str) -> None:
    at = typed(open_app("new"), motion)
    assert "The motion" in errors(at)


def test_same_motion_twice_is_refused(open_app: OpenApp) -> None:
    at = typed(open_app("new"), MOTION)
    click(at, "Add another motion")
    typed(at, MOTION, "m1")
    assert "in the list already" in errors(at)


def test_pasted_text_is_mapped_on_several_motions_and_opened(open_app: OpenApp) -> None:
    at = pasted(open_app("new"), "Nurses need more pay. The pay rise is not affordable.")
    typed(at, MOTION)
    click(at, "Add another motion")
    typed(at, "Taxes must rise to pay for nurses.", "m1")
    settled(click(at, "Map the debate"))
    (info,) = models.store().sessions()
    assert at.query_params["debate"] == info.id
    assert "is mapped" in at.info[0].value
    stored = models.store().load(info.id)
    assert [t.motion for t in stored.topics] == [MOTION, "Taxes must rise to pay for nurses."]
    assert len(stored.statements) == 2


def test_mapping_that_ends_elsewhere_does_not_take_the_reader_away(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id)
    job = library.start_mapping(debate.documents, debate.topics, title="Mapped meanwhile")
    at.session_state["browser"].job = job
    settled(at)
    assert at.query_params["debate"] == session_id
    assert "Mapped meanwhile" in at.info[0].value
    assert at.session_state["browser"].job is None


def test_mapping_without_sources_or_motion_says_what_is_missing(open_app: OpenApp) -> None:
    at = click(open_app("new"), "Map the debate")
    assert "Add at least one source" in errors(at)
    assert "Type at least one motion" in errors(at)
    assert at.session_state["browser"].job is None


def test_files_are_read_and_a_broken_one_is_named_while_the_rest_stays(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("new")
    draft = at.session_state["browser"].draft
    at.file_uploader(key=session.upload_key(draft)).set_value(
        [
            (
                "talks.txt",
                b"Nurses need more pay. Ministers met the unions on Monday.",
                "text/plain",
            ),
            ("broken.pdf", b"%PDF-1.7 nothing here", "application/pdf"),
            ("empty.txt", b"", "text/plain"),
        ]
    ).run()
    assert not at.exception
    assert "broken.pdf" in errors(at)
    assert "empty.txt" in errors(at)
    assert len(at.session_state["browser"].draft.documents) == 1
    assert models.store().load(session_id) == debate


def test_stopped_mapping_leaves_everything_as_it_was(
    open_app: OpenApp, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    started, go_on = threading.Event(), threading.Event()

    def slow() -> FakeClassifier:
        started.set()
        assert go_on.wait(20)
        return FakeClassifier()

    session_id = models.store().save(debate)
    at = pasted(open_app("new"), "Nurses need more pay.")
    monkeypatch.setattr(models, "classifier", slow)
    typed(at, MOTION)
    click(at, "Map the debate")
    assert started.wait(10)
    click(at, "Stop")
    go_on.set()
    settled(at)
    assert "nothing was changed" in at.info[0].value
    assert [info.id for info in models.store().sessions()] == [session_id]
    assert len(at.session_state["browser"].draft.documents) == 1


def test_failed_mapping_is_shown_and_keeps_the_draft(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> FakeClassifier:
        raise ModelError("The stance model is missing. Install argmap again.")

    at = pasted(open_app("new"), "Nurses need more pay.")
    monkeypatch.setattr(models, "classifier", missing)
    typed(at, MOTION)
    settled(click(at, "Map the debate"))
    assert "The stance model is missing. Install argmap again." in errors(at)
    assert len(at.session_state["browser"].draft.documents) == 1
    click(at, "Dismiss")
    assert not at.error


def test_changing_a_debate_fills_the_draft_and_maps_over_it(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app()
    click(at, "Change its sources or motions")
    draft = at.session_state["browser"].draft
    assert (draft.replaces, len(draft.documents)) == (session_id, 2)
    assert at.text_input(key=session.motion_key(draft, "m0")).value == MOTION
    settled(click(at, "Map again"))
    assert [info.id for info in models.store().sessions()] == [session_id]


def test_store_that_cannot_be_read_is_named_in_plain_words(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_app()

    def broken(self: object) -> tuple[SessionInfo, ...]:
        raise StoreError("The sessions cannot be read: the file is damaged. Move it away.")

    monkeypatch.setattr(type(models.store()), "sessions", broken)
    at.run()
    assert not at.exception
    assert "the file is damaged" in errors(at)


def test_two_browsers_do_not_disturb_each_other(open_app: OpenApp, debate: Debate) -> None:
    first_id = models.store().save(debate)
    second_id = models.store().save(make_debate("Another"))
    first = open_app("read", debate=first_id)
    second = open_app("tree", debate=second_id)
    pasted(second.switch_page("argmap/dashboard/pages/new.py").run(), "Their own text.")
    first.run()
    assert first.selectbox(key="pick-debate").value == first_id
    assert first.session_state["browser"] is not second.session_state["browser"]


def test_result_survives_a_restart(open_app: OpenApp, debate: Debate) -> None:
    import streamlit as st

    session_id = models.store().save(debate)
    open_app()
    models.store().close()
    st.cache_resource.clear()
    at = open_app("read", debate=session_id, sentence=debate.statements[0].id)
    assert debate.statements[0].text in page_text(at)
