"""A reader says that two names are one person, thinks again, and finds it kept the next day."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.store import Store
from tests.browser.conftest import serve
from tests.dashboard.debates import make_debate

pytestmark = pytest.mark.browser

NAMES = ("Steve Barclay", "Steve Barkley", "Pat Moore", "Jo Lamb")
_SCRIPT = Path(__file__).with_name("serve_with_fakes.py")
_STARTED = 90_000


def ready(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=_STARTED
    )


def wide(page: Page) -> int:
    width = page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    return int(width)


def test_merge_is_accepted_undone_redone_and_survives_a_restart(page: Page, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with Store(f"sqlite:///{home / 'argmap.db'}") as store:
        session_id = store.save(make_debate(names=NAMES))
    cards = page.locator(".speaker .row > strong")
    undo = page.get_by_role("button", name="Undo: “Steve Barkley”")
    redo = page.get_by_role("button", name="Redo: “Steve Barkley”")
    with serve(_SCRIPT, home) as server:
        ready(page, f"{server.url}/speakers?debate={session_id}")
        expect(cards.filter(has_text="Steve Barkley")).to_be_visible(timeout=_STARTED)
        page.get_by_role("button", name="Same person: Steve Barclay").click()
        expect(page.get_by_text("Corrected: “Steve Barkley” is the same speaker")).to_be_visible()
        expect(cards.filter(has_text="Steve Barkley")).to_have_count(0)
        expect(page.locator(".speaker .tag.corrected")).to_be_visible()
        undo.first.click()
        expect(cards.filter(has_text="Steve Barkley")).to_be_visible()
        expect(page.get_by_role("button", name="Not the same")).to_be_visible()
        redo.first.click()
        expect(cards.filter(has_text="Steve Barkley")).to_have_count(0)
    with serve(_SCRIPT, home) as server:
        ready(page, f"{server.url}/speakers?debate={session_id}")
        expect(cards.filter(has_text="Steve Barclay")).to_be_visible(timeout=_STARTED)
        expect(cards.filter(has_text="Steve Barkley")).to_have_count(0)
        expect(undo.first).to_be_enabled()
        # The source shows whose the sentence is now, and what was read.
        page.locator(".speaker .quotes button").filter(has_text="two billion").first.click()
        expect(page.locator(".panel")).to_contain_text("The rules read: Steve Barkley")
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_text("Correct who is who").click()
        expect(page.get_by_role("tab", name="Split")).to_be_visible()
        assert wide(page) <= 390
