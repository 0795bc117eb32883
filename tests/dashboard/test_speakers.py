"""The Speakers page: positions, motions, who answers whom, and one speaker by themself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from argmap.dashboard import choosing, exchange_view, models, speaker_view
from argmap.dashboard.pick import picked_ids
from argmap.records import Debate, Relation, Stance
from argmap.stance import make_topic
from argmap.structure import summarise_speakers, who_answers_whom
from tests.dashboard.conftest import OpenApp, page_text, picked_views, views
from tests.dashboard.debates import HOSTILE, make_debate
from tests.structure.contrasts import side_by_side

RAIL = make_topic("Rail workers should strike.", id="rail")


def two_motions() -> Debate:
    """The debate of the other tests with a second motion and a link between two speakers."""
    made = make_debate()
    first, second = made.statements[:2]
    return replace(
        made,
        topics=(*made.topics, RAIL),
        stances=(
            *made.stances,
            *(Stance(s.id, "rail", 0.1, 0.8, 0.1, "con") for s in made.statements[:1]),
        ),
        relations=(Relation(second.id, first.id, "pay", "attack", 0.8),),
    )


def _speaker(debate: Debate, number: int) -> str:
    return next(s.id for s in debate.speakers if s.name == HOSTILE[number])


@pytest.mark.parametrize(
    ("event", "ids"),
    [
        ({}, ()),
        ({"selection": {"points": []}}, ()),
        ({"selection": {"points": [{"customdata": "s1"}]}}, ("s1",)),
        ({"selection": {"points": [{"customdata": ["s1", "t1"]}]}}, ("s1", "t1")),
        ({"selection": {"points": [{"x": 1}]}}, ()),
    ],
)
def test_a_click_on_a_chart_says_its_ids(event: dict[str, Any], ids: tuple[str, ...]) -> None:
    assert picked_ids(event) == ids


def test_order_puts_who_has_no_position_last_and_names_break_ties() -> None:
    names = {"a": "Zoe", "b": "Ann", "c": "Bob"}
    counts = {"a": 5, "b": 5, "c": 9}
    means = {"a": 0.5, "c": -0.5}
    assert choosing.ordered(counts, means, "statements", names) == ["c", "b", "a"]
    assert choosing.ordered(counts, means, "for", names) == ["a", "c", "b"]
    assert choosing.ordered(counts, means, "against", names) == ["c", "a", "b"]
    assert choosing.ordered(counts, means, "name", names) == ["b", "c", "a"]


def test_positions_name_those_of_whom_too_little_is_known(open_app: OpenApp) -> None:
    session_id = models.store().save(two_motions())
    at = open_app("speakers", debate=session_id, motion="pay")
    assert "too few to say" in page_text(at)
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert {t["name"] for t in spec["data"]} == {"Too few to say (n < 4)"}
    assert at.query_params["part"] == "positions"


def test_a_chosen_speaker_has_their_quotes_beside_the_chart(open_app: OpenApp) -> None:
    made = two_motions()
    session_id = models.store().save(made)
    who = _speaker(made, 1)
    at = open_app("speakers", debate=session_id, motion="pay", part="positions", speaker=who)
    panels = [v for v in views(at) if "Quotes of" in json.dumps(v)]
    assert len(panels) == 1
    assert "A rise would cost two billion pounds." in json.dumps(panels[0])
    at.button(key="speaker-close").click().run()
    assert "speaker" not in at.query_params
    assert not [v for v in views(at) if "Quotes of" in json.dumps(v)]


def test_motions_are_a_matrix_and_the_same_table(open_app: OpenApp) -> None:
    made = two_motions()
    session_id = models.store().save(made)
    at = open_app("speakers", debate=session_id, motion="pay", part="motions")
    first, second = _speaker(made, 0), _speaker(made, 1)
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    (targets,) = (t["customdata"] for t in spec["data"] if t.get("customdata"))
    cells = {tuple(own) for own in targets}
    assert {(first, "pay"), (first, "rail"), (second, "pay")} <= cells
    assert (second, "rail") not in cells
    assert {speaker_view.PART.join(cell) for cell in cells} <= set(picked_views(at))
    assert "There is one motion" not in page_text(at)


def test_one_motion_is_no_matrix_and_the_page_says_so(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers", debate=session_id, part="motions")
    assert "There is one motion" in page_text(at)


def test_who_answers_whom_counts_and_quotes(open_app: OpenApp) -> None:
    made = two_motions()
    session_id = models.store().save(made)
    first, second = _speaker(made, 0), _speaker(made, 1)
    where = {"debate": session_id, "motion": "pay", "part": "answers"}
    at = open_app("speakers", **where)
    assert "1 link from one named speaker to another" in page_text(at)
    assert f"{second}{speaker_view.PART}{first}" in picked_views(at)
    at = open_app("speakers", **where, speaker=second, whom=first)
    assert "attacked by the next, 80% sure" in page_text(at)


def test_who_answers_whom_says_when_nothing_is_linked(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    text = page_text(open_app("speakers", debate=session_id, part="answers"))
    assert "No link between two named speakers was found" in text
    assert "mapped without the model that links statements" in text


def test_link_to_a_speaker_opens_all_that_they_say(open_app: OpenApp) -> None:
    made = two_motions()
    session_id = models.store().save(made)
    who = _speaker(made, 1)
    at = open_app("speakers", debate=session_id, motion="pay", speaker=who)
    assert at.query_params["part"] == "one"
    text = page_text(at)
    assert "A rise would cost two billion pounds." in text
    assert "Critics say the pay is fair already." not in text
    at.button_group(key=f"one-voice-{session_id}-{who}").set_value("reported").run()
    text = page_text(at)
    assert "Critics say the pay is fair already." in text
    at.toggle(key=f"cite-on-one-{session_id}-{who}").set_value(True).run()
    assert any("reporting another's view" in code.value for code in at.code)


def test_link_to_a_speaker_who_is_gone_says_so(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("speakers", debate=session_id, part="one", speaker="s-gone")
    assert "not in the debate any more" in at.info[0].value
    assert at.query_params["speaker"] != "s-gone"


def test_one_speaker_over_time_with_both_quotes(open_app: OpenApp) -> None:
    session_id = models.store().save(side_by_side())
    at = open_app("speakers", debate=session_id, part="one", speaker="p1")
    text = page_text(at)
    assert "Earlier and later" in text
    assert "1 sentence in sources without a date." in text
    assert len(at.get("plotly_chart")) == 1


def test_one_speaker_without_a_date_says_what_to_do(open_app: OpenApp) -> None:
    made = side_by_side()
    bare = tuple(replace(d, date=None) for d in made.documents)
    session_id = models.store().save(replace(made, documents=bare))
    text = page_text(open_app("speakers", debate=session_id, part="one", speaker="p1"))
    assert "None of these sources has a date" in text


@pytest.mark.parametrize("part", ["positions", "motions", "answers", "one"])
def test_names_of_speakers_stay_text(open_app: OpenApp, part: str) -> None:
    made = two_motions()
    session_id = models.store().save(made)
    at = open_app("speakers", debate=session_id, part=part, speaker=_speaker(made, 0))
    for found in (*at.markdown, *at.caption, *at.info):
        assert not any(name in found.value for name in HOSTILE)
    for chart in at.get("plotly_chart"):
        assert "<img" not in chart.proto.spec


def test_tables_have_every_cell_and_pair() -> None:
    made = two_motions()
    summaries = summarise_speakers(made)
    order = [s.id for s in made.speakers]
    table = speaker_view.matrix_table(summaries, made, order)
    buttons = {e.pick: e for e in table.walk() if e.tag == "button"}
    assert set(buttons) == {f"{s.speaker}{speaker_view.PART}{s.topic}" for s in summaries}
    assert all("too few to say" in str(b.label) for b in buttons.values())
    names = {s.id: s.name for s in made.speakers}
    pairs = exchange_view.exchange_table(who_answers_whom(made, "pay").pairs, names)
    assert [e.text for e in pairs.walk() if e.tag == "button"] == ["−1"]
