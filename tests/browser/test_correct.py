"""A reader corrects a label, sees it in the tree, takes it back, and judges by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.store import Store
from tests.browser.conftest import serve
from tests.dashboard.debates import make_debate

pytestmark = pytest.mark.browser

NAMES = ("Ann Lee", "Ben Moss", "Pat Moore", "Jo Lamb")
_SCRIPT = Path(__file__).with_name("serve_with_fakes.py")
_STARTED = 90_000


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=_STARTED
    )


def wide(page: Page) -> int:
    width = page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    return int(width)


def test_a_label_is_corrected_seen_in_the_tree_and_taken_back(page: Page, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    debate = make_debate(names=NAMES)
    database = f"sqlite:///{home / 'argmap.db'}"
    with Store(database) as store:
        session_id = store.save(debate)
    statement = next(s for s in debate.statements if s.text.startswith("The talks went on"))
    outline = page.locator(".outline")
    with serve(_SCRIPT, home) as server:
        link = f"debate={session_id}&sentence={statement.id}&view=outline"
        page.goto(f"{server.url}/tree?{link}")
        settled(page)
        expect(outline).not_to_contain_text(statement.text)
        page.get_by_label("Your name, kept with each correction").fill("A. Reader")
        page.get_by_label("Your name, kept with each correction").press("Enter")
        settled(page)
        page.get_by_role("radio", name="For", exact=False).first.click()
        expect(outline).to_contain_text(statement.text)
        expect(page.locator(".panel .verdict")).to_have_text(
            "For (you), model: takes no side, 0.90"
        )
        with Store(database) as store:
            edit = store.load(session_id).edits[-1]
        assert (edit.kind, edit.label, edit.author) == ("label", "pro", "A. Reader")
        page.get_by_role("button", name="Undo", exact=True).first.click()
        expect(outline).not_to_contain_text(statement.text)
        expect(page.locator(".panel .verdict")).to_have_count(0)

        page.goto(f"{server.url}/correct?debate={session_id}&task=judge")
        settled(page)
        asked = page.locator(".panel .quote")
        first = asked.inner_text()
        page.keyboard.press("a")
        expect(asked).not_to_have_text(first)
        expect(page.locator(".verdict")).to_contain_text("Against (you)")
        page.keyboard.press("z")
        expect(page.locator(".verdict")).to_have_count(0)
        page.get_by_role("radio", name="Log").click()
        expect(page.locator(".history .event")).to_have_count(4)
        page.get_by_role("button", name="Bring back correction 1").click()
        expect(page.get_by_text("Redone:").first).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 844})
        settled(page)
        assert wide(page) <= 390
