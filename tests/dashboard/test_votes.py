"""The Speakers page of a day with a division: choosing it, its sense, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import library, models, words
from argmap.errors import StoreError
from argmap.nlp import FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate
from argmap.records import Debate, Division, Span, Turn
from argmap.sources import read_text
from argmap.stance import make_topic
from argmap.structure import SpeakerVote
from tests.dashboard.conftest import OpenApp, page_text, views
from tests.dashboard.debates import make_debate
from tests.sources.official import DAY, OLDER_DAY

MOTION = "Night work in harbours should end."


@pytest.fixture
def day() -> Debate:
    return map_debate(
        (read_text(DAY),),
        (make_topic(MOTION, id="night"), make_topic("Harbours should close.", id="close")),
        title="Harbours",
        classifier=FakeClassifier(),
        encoder=FakeEncoder(),
    )


def _choose(at: AppTest, session_id: str, aye: str | None) -> AppTest:
    place = f"{session_id}-night"
    box = at.selectbox(key=f"vote-division-{place}")
    debate = models.store().load(session_id)
    box.set_value(debate.divisions[0].id).run()
    if aye is not None:
        at.radio(key=f"vote-aye-{place}").set_value(aye).run()
    assert not at.exception, at.exception
    return at


def test_page_without_divisions_offers_none(open_app: OpenApp) -> None:
    models.store().save(make_debate())
    at = open_app("speakers")
    assert not [box for box in at.selectbox if box.label.startswith("Division")]


def test_votes_wait_for_the_sense_of_an_aye(open_app: OpenApp, day: Debate) -> None:
    session_id = models.store().save(day)
    at = _choose(open_app("speakers"), session_id, None)
    assert "Say what an aye means" in page_text(at)
    assert "voted" not in page_text(at).lower()
    assert models.store().load(session_id).decisions == ()


def test_votes_stand_beside_stances_and_are_kept(open_app: OpenApp, day: Debate) -> None:
    session_id = models.store().save(day, origin="user")
    at = _choose(open_app("speakers"), session_id, "pro")
    shown = page_text(at)
    assert "Voted for (aye)" in shown
    assert "Voted against (no)" in shown
    assert "3 of 3 speakers with a vote and a stance voted the way their words lean" in shown
    kept = models.store().load(session_id)
    assert [(d.topic, d.aye) for d in kept.decisions] == [("night", "pro")]
    again = open_app("speakers", debate=session_id, motion="night")
    assert "Voted for (aye)" in page_text(again)
    other = open_app("speakers", debate=session_id, motion="close")
    assert "Voted for" not in page_text(other)


def test_sense_can_be_turned_and_division_taken_back(open_app: OpenApp, day: Debate) -> None:
    session_id = models.store().save(day)
    at = _choose(open_app("speakers"), session_id, "con")
    assert "0 of 3 speakers with a vote" in page_text(at)
    assert "Voted against (aye)" in page_text(at)
    at.selectbox(key=f"vote-division-{session_id}-night").set_value(None).run()
    assert "voted" not in page_text(at).lower()
    assert models.store().load(session_id).decisions == ()


def test_decision_survives_mapping_again(day: Debate) -> None:
    session_id = models.store().save(day)
    info = models.store().sessions()[0]
    library.set_division(info, "night", day.divisions[0].id, aye="con")
    job = library.start_mapping(
        day.documents,
        (make_topic(MOTION), make_topic("Ports should grow.")),
        title="Harbours again",
        session_id=session_id,
    )
    job.wait(60)
    assert job.state == "done", job.error
    kept = models.store().load(session_id)
    assert [(d.topic, d.aye) for d in kept.decisions] == [(make_topic(MOTION).id, "con")]


def test_choice_that_cannot_be_kept_is_said(
    open_app: OpenApp, day: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = models.store().save(day)
    at = open_app("speakers")

    def refuse(*args: object, **kwargs: object) -> None:
        raise StoreError("The disk is full. Make room and try again.")

    monkeypatch.setattr(library, "set_division", refuse)
    at = _choose(at, session_id, "pro")
    assert any("The disk is full" in box.value for box in at.info)


def test_many_speakers_are_shown_a_part_at_a_time(open_app: OpenApp) -> None:
    names = ["Ann", "Bea", "Cem"]
    turns = "".join(
        f'<speech person_id="p/{n}" speakername="{names[n % 3]} {n:02d}">'
        "<p>Night work in harbours should end.</p></speech>"
        for n in range(60)
    )
    made = map_debate(
        (read_text(f"<publicwhip>{turns}</publicwhip>"),),
        (make_topic(MOTION, id="night"),),
        title="Many",
        classifier=FakeClassifier(),
        encoder=FakeEncoder(),
    )
    session_id = models.store().save(made)
    at = open_app("speakers")
    cards = page_text(at).count("Based on 1 statement")
    assert cards == 25
    at.text_input(key=f"find-speaker-{session_id}").set_value("bea").run()
    assert page_text(at).count("Based on 1 statement") == 20
    at.text_input(key=f"find-speaker-{session_id}").set_value("zoe").run()
    assert "No speaker passes" in page_text(at)
    at.text_input(key=f"find-speaker-{session_id}").set_value("").run()
    for shown in (25, 10):
        next(b for b in at.button if b.label == "Next").click().run()
        assert page_text(at).count("Based on 1 statement") == shown
    at.number_input(key=f"least-positions-{session_id}").set_value(1).run()
    assert page_text(at).count("Based on 1 statement") == 10


def test_read_page_says_where_a_speech_stands(open_app: OpenApp) -> None:
    made = map_debate(
        (read_text(OLDER_DAY.partition("\n")[2]),),
        (make_topic("Lighthouses should be kept."),),
        title="Lights",
        classifier=FakeClassifier(),
        encoder=FakeEncoder(),
    )
    hostile = replace(made.documents[0].turns[1], url="javascript:alert(1)")
    turns = (made.documents[0].turns[0], hostile, *made.documents[0].turns[2:])
    made = replace(made, documents=(replace(made.documents[0], turns=turns),))
    models.store().save(made)
    at = open_app("read")
    assert "13:49 · column 302" in page_text(at)
    assert "15:47 · column 303" in page_text(at)
    links = [node["href"] for view in views(at) for node in _nodes(view) if "href" in node]
    assert links == ["http://avalon.example/b"]


def _nodes(node: object) -> list[dict[str, str]]:
    if not isinstance(node, dict):
        return []
    below = [*(node.get("nodes") or []), *(node.get("k") or [])]
    return [node, *(found for child in below for found in _nodes(child))]


def test_citation_names_column_and_link(day: Debate) -> None:
    statement = next(s for s in day.statements if s.speaker == "uk.org.publicwhip/person/90003")
    text = words.citation(statement, None, None, day)
    assert "In the record: the speech that begins at 14:20 · column 8" in text
    assert "Link: https://avalon.example/8" in text


@pytest.mark.parametrize(
    ("vote", "line"),
    [
        (SpeakerVote("p"), "did not vote, or not known"),
        (SpeakerVote("p", side="both"), "voted in both lobbies"),
        (SpeakerVote("p", side="abstain"), "abstained"),
        (SpeakerVote("p", side="aye", position="con", proxy=True), "voted against (aye, by proxy)"),
        (SpeakerVote("p", side="no", position="pro", teller=True), "voted for (no, teller)"),
    ],
)
def test_vote_line_says_what_is_known(vote: SpeakerVote, line: str) -> None:
    assert words.vote_line(vote) == line


def test_division_line_leaves_out_what_is_not_known() -> None:
    bare = Division("v", "d", Span(0, 1))
    assert words.division_line(bare) == "Division"
    assert words.place_line(None) == ""
    assert words.place_line(Turn(Span(0, 1), None, column="9")) == "column 9"
