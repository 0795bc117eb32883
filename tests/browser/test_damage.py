"""A damaged database, met in the browser, and the backup had back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.store import Store, back_up
from tests.browser.conftest import serve
from tests.browser.waiting import opened
from tests.dashboard.debates import make_debate

pytestmark = pytest.mark.browser


def test_a_damaged_database_is_told_and_the_backup_had_back(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("ARGMAP_HOME", str(home))
    with Store() as store:
        store.save(make_debate())
    back_up()
    path = home / "argmap.db"
    damaged = b"\x07" * 100 + path.read_bytes()[100:]
    path.write_bytes(damaged)
    with serve(Path(__file__).with_name("serve_empty.py"), home) as server:
        opened(page, f"{server.url}/tree")
        expect(page.get_by_role("heading", name="The database is damaged")).to_be_visible()
        expect(page.get_by_role("button", name="Start with an empty database")).to_be_visible()
        page.get_by_role("button", name="Restore the backup of").click()
        expect(page.get_by_test_id("stAlert").filter(has_text="took its place")).to_be_visible()
        expect(page.get_by_text("Nurses should receive a larger pay rise").first).to_be_visible()
        (aside,) = home.glob("argmap-damaged-*.db")
        assert aside.read_bytes() == damaged
