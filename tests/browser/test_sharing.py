"""A link to a view, opened by somebody else on the same server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_journeys import ready, settled, stored
from tests.dashboard.debates import make_debate

pytestmark = pytest.mark.browser


def test_a_link_opens_the_same_view_and_two_readers_do_not_disturb_each_other(
    page: Page, server: Server, chromium: Browser
) -> None:
    made = make_debate("Shared debate")
    shared = stored(server, made)
    text = "A rise would cost two billion pounds."
    ready(page, f"{server.url}/tree?debate={shared}&view=outline")
    page.get_by_role("treeitem").get_by_text(text).first.click()
    expect(page.locator(".panel .quote")).to_have_text(text)
    settled(page)
    page.get_by_role("button", name="Link", exact=True).click()
    link = page.get_by_test_id("stCode").filter(has_text="tree?debate=")
    expect(link).to_contain_text(f"{server.url}/tree?debate={shared}")
    address = link.inner_text().strip()
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as other:
        second = other.new_page()
        ready(second, address)
        expect(second.locator(".panel .quote")).to_have_text(text)
        expect(second.locator(".outline")).to_be_visible()
        second.get_by_role("link", name="Read", exact=True).first.click()
        second.locator("article .sentence.pro").first.click()
        expect(second.locator(".panel .quote")).not_to_have_text(text)
        settled(page)
        expect(page.locator(".panel .quote")).to_have_text(text)
        page.reload()
        expect(page.locator(".panel .quote")).to_have_text(text)
