"""A reader sets two speakers side by side, opens a quote in its source and shares the view."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.store import Store
from tests.browser.conftest import serve
from tests.browser.test_journeys import settled
from tests.browser.waiting import link
from tests.structure.contrasts import side_by_side

pytestmark = pytest.mark.browser

_SCRIPT = Path(__file__).with_name("serve_with_fakes.py")
_STARTED = 90_000


def test_two_speakers_are_compared_and_the_link_opens_the_same(page: Page, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with Store(f"sqlite:///{home / 'argmap.db'}") as store:
        session_id = store.save(side_by_side())
    with serve(_SCRIPT, home) as server:
        page.goto(f"{server.url}/compare?debate={session_id}")
        expect(page.get_by_text("Ann Adeyemi: 6 statements")).to_be_visible(timeout=_STARTED)
        expect(page.get_by_text("The numbers are small: fewer")).to_be_visible()
        second = page.get_by_role("combobox", name="Second")
        # While the page is run anew, its old elements stand beside the new ones.
        settled(page)
        expect(second).to_have_count(1)
        second.click()
        page.get_by_role("option", name="Jo Smith").click()
        expect(page.get_by_text("Jo Smith: 1 statement")).to_be_visible()
        # The earlier and the later sentence; the later one opens in its source.
        pair = page.locator(".two").filter(has_text="Earlier and later").first
        expect(pair).to_contain_text("1 March 2022")
        expect(pair.locator("button")).to_have_count(2)
        pair.locator("button").nth(1).click()
        expect(page.locator(".panel .quote")).to_have_text(
            "A larger rise would not keep nurses in the wards."
        )
        address = link(page, "b=p3", "sentence=")
        with page.expect_download() as download:
            page.get_by_role("button", name="Page to print").click()
        saved = tmp_path / "compared.html"
        download.value.save_as(saved)
        other = page.context.new_page()
        other.goto(address)
        expect(other.get_by_text("Jo Smith: 1 statement")).to_be_visible(timeout=_STARTED)
        expect(other.locator(".panel .quote")).to_be_visible()
        other.set_viewport_size({"width": 390, "height": 844})
        wide = other.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 390
        other.set_content(saved.read_text(encoding="utf-8"))
        expect(other.get_by_role("heading", name="Ann Adeyemi and Jo Smith")).to_be_visible()
