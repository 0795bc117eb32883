"""The page that sets two of a debate side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.dashboard import models
from tests.dashboard.conftest import OpenApp, page_text
from tests.export.hostile import hostile_debate
from tests.structure.contrasts import side_by_side


def test_page_without_a_debate_says_what_to_do(open_app: OpenApp) -> None:
    assert "No debate yet" in page_text(open_app("compare"))


def test_two_who_say_most_are_set_side_by_side(open_app: OpenApp) -> None:
    made = side_by_side()
    at = open_app("compare", debate=models.store().save(made))
    text = page_text(at)
    assert "Ann Adeyemi: 6 statements, worth" in text
    assert "1 view that is only reported is not counted" in text
    assert "The numbers are small: fewer than 5 independent statements of John Smith" in text
    assert "Points that only John Smith makes" in text
    assert "it, 90% sure" in text
    assert "Earlier and later; both labels right: 86%" in text
    assert "1 March 2022" in text and "20 January 2024" in text
    assert len(at.get("download_button")) == 2


def test_address_opens_the_same_view_and_follows_the_choice(open_app: OpenApp) -> None:
    made = side_by_side()
    key = models.store().save(made)
    at = open_app("compare", debate=key, by="date", a="2022..2023", b="2024")
    assert "2022 to 2023: 8 statements" in page_text(at)
    assert "The same person on both sides" in page_text(at)
    choice = at.selectbox(key=f"compare-b-{key}-date")
    choice.set_value("2024-01").run()
    assert not at.exception, at.exception
    assert "2024-01" in at.query_params["b"]
    assert "2024-01: 4 statements" in page_text(at)


def test_link_to_somebody_who_is_gone_says_so_and_shows_others(open_app: OpenApp) -> None:
    at = open_app("compare", debate=models.store().save(side_by_side()), by="speaker", a="p9")
    assert "There is no speaker" in at.error[0].value
    assert "over time" in page_text(at)


@pytest.mark.parametrize("by", ["party", "outlet", "date"])
def test_kind_of_which_there_are_no_two_says_what_to_do(open_app: OpenApp, by: str) -> None:
    made = side_by_side()
    bare = replace(
        made,
        documents=tuple(replace(d, date=None, outlet=None) for d in made.documents),
        speakers=tuple(replace(s, party=None) for s in made.speakers),
    )
    text = page_text(open_app("compare", debate=models.store().save(bare), by=by))
    assert "There are no two" in text
    assert "Speakers, under Correct" in text or "under New debate" in text


@pytest.mark.parametrize("by", ["speaker", "party", "outlet", "document", "date"])
def test_page_draws_every_kind_and_hostile_text(open_app: OpenApp, by: str) -> None:
    for made in (side_by_side(), hostile_debate()):
        at = open_app("compare", debate=models.store().save(made), by=by)
        assert not at.exception
