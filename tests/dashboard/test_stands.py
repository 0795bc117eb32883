"""The page What stands, run whole by Streamlit's own test harness."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.dashboard import models, standings
from argmap.records import Debate, Relation, Statement
from argmap.structure import weigh
from argmap.wording import moved, signed
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.debates import make_debate


def by_text(debate: Debate, start: str) -> Statement:
    return next(s for s in debate.statements if s.text.startswith(start))


@pytest.fixture
def argued(debate: Debate) -> Debate:
    """The small debate in which the cost is held against the pay rise."""
    cost, earned = by_text(debate, "A rise would cost"), by_text(debate, "Nurses have earned")
    attack = Relation(cost.id, earned.id, "pay", "attack", 0.9)
    return replace(debate, relations=(attack,))


def test_stands_page_shows_strengths_before_and_after_and_the_lists(
    open_app: OpenApp, argued: Debate
) -> None:
    models.store().save(argued)
    at = open_app("stands")
    text = page_text(at)
    earned = by_text(argued, "Nurses have earned")
    item = next(i for i in weigh(argued, "pay").statements if i.statement == earned.id)
    assert item.after < item.before
    assert moved(item.before, item.after) in text
    for part in ("Never answered: for the motion", "Most contested", "1 attack on it"):
        assert part in text
    assert "One attack only." in text
    assert "No statement was found that both sides make." in text


def test_stands_page_semantics_are_chosen_and_kept_in_the_address(
    open_app: OpenApp, argued: Debate
) -> None:
    models.store().save(argued)
    at = open_app("stands", semantics="quadratic-energy")
    earned = by_text(argued, "Nurses have earned")
    shown = {}
    for name in ("quadratic-energy", "df-quad"):
        at.segmented_control(key="pick-semantics").set_value(name).run()
        assert at.query_params["semantics"] == name
        found = weigh(argued, "pay", semantics=name).statements  # type: ignore[arg-type]
        item = next(i for i in found if i.statement == earned.id)
        shown[name] = moved(item.before, item.after)
        assert shown[name] in page_text(at)
    assert shown["df-quad"] != shown["quadratic-energy"]


def test_stands_page_opens_a_sentence_in_its_source(open_app: OpenApp, argued: Debate) -> None:
    session_id = models.store().save(argued)
    cost = by_text(argued, "A rise would cost")
    at = open_app("stands", debate=session_id, motion="pay", sentence=cost.id)
    assert "characters" in page_text(at)


def test_stands_page_without_relations_says_what_that_means(
    open_app: OpenApp, debate: Debate
) -> None:
    models.store().save(debate)
    text = page_text(open_app("stands"))
    assert "No attack between the sides was found" in text


def test_stands_page_without_sides_says_what_to_do(open_app: OpenApp, debate: Debate) -> None:
    none = tuple(replace(s, pro=0.0, con=0.0, none=1.0, label="none") for s in debate.stances)
    models.store().save(replace(debate, stances=none, key_points=()))
    assert "add sources that argue about this one" in page_text(open_app("stands"))


def test_stands_page_without_any_debate_says_what_to_do(open_app: OpenApp) -> None:
    assert "No debate yet" in page_text(open_app("stands"))


def test_standings_sides_count_in_the_singular() -> None:
    text = standings.sides(weigh(make_debate(), "pay")).text
    assert "for: statements" in text


@pytest.mark.parametrize("before", [0.874, 0.875, 0.865, 0.5, 0.0, 1.0])
@pytest.mark.parametrize("after", [0.866, 0.8749, 0.871, 0.5, 0.0, 1.0])
def test_moved_never_contradicts_the_numbers_it_shows(before: float, after: float) -> None:
    told = moved(before, after)
    first, last = f"{before:.2f}", f"{after:.2f}"
    if first == last:
        assert told == f"stays at {last}"
    else:
        verb = "rises" if after > before else "falls"
        assert told == f"{verb} from {first} to {last} ({signed(float(last) - float(first))})"
