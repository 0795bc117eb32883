"""A debate taken away, and brought back, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.dashboard import opening
from argmap.export import EXPORTERS
from tests.browser.conftest import Server
from tests.browser.test_journeys import kept, ready, stored
from tests.dashboard.debates import make_debate
from tests.interchange import foreign

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("key", ["json", "argdown", "xaif"])
def test_a_debate_taken_away_opens_again(
    page: Page, server: Server, tmp_path: Path, key: str
) -> None:
    title = f"Taken away as {key}"
    server.home.mkdir(parents=True, exist_ok=True)
    first = stored(server, make_debate(title))
    ready(page, f"{server.url}/take-away?debate={first}")
    with page.expect_download() as download:
        page.get_by_role("button", name=EXPORTERS[key].title, exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.endswith(EXPORTERS[key].suffix)
    ready(page, f"{server.url}/new")
    page.get_by_text(opening.TITLE).click()
    panel = page.get_by_test_id("stExpander")
    panel.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(f"“{title}” is open.")).to_be_visible()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    assert list(kept(server).values()).count(title) == 2


def test_a_map_of_another_program_opens_and_a_broken_one_is_named(
    page: Page, server: Server, tmp_path: Path
) -> None:
    broken, good = tmp_path / "broken.json", tmp_path / "tunnel.argdown"
    broken.write_text('{"nodes": [], "edges": [{"fromID": 1}], "locutions": []}')
    good.write_text(foreign.ARGDOWN, encoding="utf-8")
    ready(page, f"{server.url}/new")
    page.get_by_text(opening.TITLE).click()
    chooser = page.get_by_test_id("stExpander").locator("input[type=file]")
    chooser.set_input_files(broken)
    expect(page.get_by_role("alert").filter(has_text="broken.json")).to_be_visible()
    chooser.set_input_files(good)
    expect(page.get_by_role("heading", name="A tunnel under the strait")).to_be_visible()
