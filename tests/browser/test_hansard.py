"""A day of Hansard from the file to the votes beside the words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import ready
from tests.sources.official import OLDER_DAY

pytestmark = pytest.mark.browser

_MAPPED = 90_000


def test_hansard_day_is_uploaded_and_votes_stand_beside_words(page: Page, server: Server) -> None:
    ready(page, f"{server.url}/new")
    page.locator("input[type=file]").set_input_files(
        [{"name": "day.xml", "mimeType": "text/xml", "buffer": OLDER_DAY.encode("latin-1")}]
    )
    expect(page.get_by_text("House of Commons debates, 28 October 2009").first).to_be_visible()
    page.get_by_label("Motion 1").press_sequentially("Lighthouses should be kept")
    expect(page.get_by_text("Lighthouses should not be kept.")).to_be_visible()
    page.get_by_role("button", name="Map the debate").click()
    expect(page.get_by_text("is mapped")).to_be_visible(timeout=_MAPPED)

    page.get_by_role("link", name="Compare the speakers").click()
    page.get_by_role("combobox", name="Division that decides this motion").click()
    page.get_by_role("option", name=re.compile("Division 7")).click()
    expect(page.get_by_text("Say what an aye means")).to_be_visible()
    page.get_by_text("For the motion", exact=True).click()
    chips = page.locator(".vote .chip")
    expect(chips).to_have_text(
        [re.compile(r"Voted against \(no\)"), re.compile(r"Voted for \(aye\)")]
    )
    expect(page.get_by_text("2 of 2 speakers with a vote and a stance")).to_be_visible()
    page.get_by_text("Every speaker’s vote beside their words").click()
    expect(page.get_by_role("cell", name="René Vale")).to_be_visible()

    page.reload()
    expect(chips.last).to_contain_text("Voted for (aye)", timeout=_MAPPED)

    page.get_by_role("link", name="Read", exact=True).click()
    expect(page.get_by_text("13:49 · column 302").first).to_be_visible()
    link = page.locator("article").get_by_role("link", name="official record")
    expect(link.first).to_have_attribute("href", "http://avalon.example/a")
    expect(link.first).to_have_attribute("rel", "noopener noreferrer")
