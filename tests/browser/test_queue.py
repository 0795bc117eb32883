"""Two who map at once: the second sees the place in the queue, and can leave."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, watched
from tests.browser.test_journeys import ARTICLE, kept, ready

pytestmark = pytest.mark.browser


def asked(page: Page, server: Server) -> None:
    ready(page, f"{server.url}/new")
    page.get_by_label("Paste a text").fill(ARTICLE)
    page.get_by_label("Motion 1").fill("Pay should rise slowly.")
    page.get_by_role("button", name="Map the debate").click()


def test_second_mapping_waits_in_sight_and_can_be_left(chromium: Browser, server: Server) -> None:
    with watched(chromium) as one, watched(chromium) as other:
        first, second = one.new_page(), other.new_page()
        asked(first, server)
        expect(first.get_by_text("judging each sentence")).to_be_visible()
        before = kept(server)
        asked(second, server)
        place = second.get_by_text("second in the queue: one debate is mapped before yours")
        expect(place).to_be_in_viewport()
        second.get_by_role("link", name="Read", exact=True).first.click()
        expect(place).to_be_in_viewport()
        second.get_by_role("button", name="Leave the queue").click()
        expect(second.get_by_text("nothing was changed")).to_be_visible()
        expect(place).to_have_count(0)
        expect(first.get_by_text(re.compile("judging each sentence"))).to_be_visible()
        first.get_by_role("button", name="Stop").click()
        expect(first.get_by_text("nothing was changed")).to_be_visible()
    assert kept(server) == before
