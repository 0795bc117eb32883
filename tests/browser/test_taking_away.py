"""Downloads, differences and the field for web addresses, as a user meets them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from argmap.export import EXPORTERS, to_json
from argmap.projectfile import loads
from argmap.store import Store
from tests.browser.conftest import Server
from tests.browser.test_journeys import ready, stored
from tests.dashboard.debates import make_debate
from tests.dashboard.test_differences import later

pytestmark = pytest.mark.browser

# A file is made when it is asked for; on a busy machine that takes its time.
_MADE = 120_000


@pytest.fixture(scope="module")
def session_id(server: Server) -> str:
    server.home.mkdir(parents=True, exist_ok=True)
    return stored(server, make_debate("Pay to take away"))


def test_every_format_is_downloaded_whole(page: Page, server: Server, session_id: str) -> None:
    with Store(f"sqlite:///{server.home / 'argmap.db'}") as store:
        debate = store.load(session_id)
    for exporter in EXPORTERS.values():
        # Chromium holds back the eleventh download of one visit until the reader agrees to it.
        ready(page, f"{server.url}/take-away?debate={session_id}")
        expect(page.get_by_text(exporter.purpose)).to_be_visible()
        with page.expect_download(timeout=_MADE) as caught:
            page.get_by_role("button", name=exporter.title).click()
        assert caught.value.suggested_filename == f"pay-to-take-away{exporter.suffix}"
        data = Path(caught.value.path()).read_bytes()
        assert data == exporter.write(debate).encode("utf-8")


def test_downloaded_report_opens_offline(
    page: Page, server: Server, session_id: str, chromium: Browser, tmp_path: Path
) -> None:
    ready(page, f"{server.url}/take-away?debate={session_id}")
    with page.expect_download(timeout=_MADE) as caught:
        page.get_by_role("button", name=EXPORTERS["html"].title).click()
    file = tmp_path / "report.html"
    caught.value.save_as(file)
    context = chromium.new_context(offline=True)
    report = context.new_page()
    requests: list[str] = []
    report.on("request", lambda request: requests.append(request.url))
    report.goto(file.as_uri())
    expect(report.locator("#tree-1 .scatterlayer .point").first).to_be_visible()
    expect(report.get_by_role("heading", name="Pay to take away")).to_be_visible()
    assert requests == [file.as_uri()]
    context.close()


def test_differences_are_counted_filtered_and_taken_away(page: Page, server: Server) -> None:
    earlier = make_debate("Compared pay")
    stored(server, earlier)
    second = stored(server, replace(later(earlier), title="Compared pay, mapped again"))
    ready(page, f"{server.url}/differences?debate={second}")
    page.locator("input[type=file]").set_input_files(
        {"name": "theirs.json", "mimeType": "application/json", "buffer": to_json(earlier).encode()}
    )
    counts = page.locator(".st-key-view-diff-counts")
    expect(counts).to_contain_text("statements: 1 removed")
    changes = page.locator(".st-key-view-changes")
    expect(changes).to_contain_text("For (for 0.90")
    page.get_by_role("button", name="− Removed").click()
    expect(changes).not_to_contain_text("For (for 0.90")
    expect(changes).to_contain_text(earlier.statements[-1].text)
    with page.expect_download(timeout=_MADE) as caught:
        page.get_by_role("button", name="List (Markdown)").click()
    text = Path(caught.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# From theirs.json to Compared pay, mapped again")


def test_address_is_not_fetched_while_typing_and_refused_in_place(
    page: Page, server: Server
) -> None:
    ready(page, f"{server.url}/new")
    field = page.get_by_role("textbox", name="Web address")
    field.press_sequentially(f"{server.url}/secret")
    field.press("Enter")
    expect(page.get_by_text("only pages of the public web")).to_have_count(0)
    page.get_by_role("button", name="Fetch").click()
    expect(page.get_by_text("only pages of the public web")).to_be_visible()
    expect(field).to_have_value(f"{server.url}/secret")


def test_project_file_that_was_taken_away_reads_back(
    page: Page, server: Server, session_id: str
) -> None:
    ready(page, f"{server.url}/take-away?debate={session_id}")
    with page.expect_download(timeout=_MADE) as caught:
        page.get_by_role("button", name=EXPORTERS["json"].title).click()
    data = Path(caught.value.path()).read_bytes()
    assert loads(data) == make_debate("Pay to take away")
    assert json.loads(data)["schema_version"] == 1
