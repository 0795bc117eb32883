"""The HTML report opened from the disk, in a browser that is offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from argmap.export import to_html
from argmap.records import Debate
from tests.browser.points import click_first_statement
from tests.dashboard.debates import make_debate
from tests.export.hostile import ATTACKS, hostile_debate

pytestmark = pytest.mark.browser


class Opened:
    """A page and everything that it asked for or complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))

    def open(self, debate: Debate, folder: Path) -> str:
        file = folder / "report.html"
        file.write_text(to_html(debate), encoding="utf-8")
        self.page.goto(file.as_uri())
        expect(self.page.locator(".js-plotly-plot").first).to_be_visible()
        return file.as_uri()


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 390)])
def opened(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    scheme, width = request.param
    context = chromium.new_context(
        offline=True, color_scheme=scheme, viewport={"width": width, "height": 844}
    )
    yield Opened(context.new_page())
    context.close()


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Opened]:
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 844})
    yield Opened(context.new_page())
    context.close()


def test_report_opens_offline_and_asks_for_nothing(opened: Opened, tmp_path: Path) -> None:
    address = opened.open(make_debate(), tmp_path)
    page = opened.page
    expect(page.locator("#tree-1 .scatterlayer .point").first).to_be_visible()
    expect(page.locator("#balance .bars .point").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    assert opened.requests == [address]
    assert opened.faults == []


def test_no_script_of_the_content_runs(opened: Opened, tmp_path: Path) -> None:
    address = opened.open(hostile_debate(), tmp_path)
    page = opened.page
    assert page.title().startswith("<script>")
    assert page.evaluate(
        "document.querySelectorAll('main img, main svg:not(.main-svg)').length"
    ) == (page.evaluate("document.querySelectorAll('.modebar svg').length"))
    expect(page.get_by_role("heading", name=ATTACKS[0]).first).to_be_visible()
    # Even a script that got in would not run.
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = "
        "\"document.title = 'owned'\"; document.body.append(s); }"
    )
    assert page.title().startswith("<script>")
    assert opened.requests == [address]
    assert [fault for fault in opened.faults if "Content Security Policy" not in fault] == []


def test_click_on_a_node_goes_to_the_sentence_in_its_source(wide: Opened, tmp_path: Path) -> None:
    wide.open(make_debate(), tmp_path)
    page = wide.page
    chosen = click_first_statement(page, "#tree-1")
    statement = next(s for s in make_debate().statements if s.id == chosen)
    expect(page.locator(":target")).to_contain_text(statement.text)
    expect(page.locator(":target")).to_be_in_viewport()


def test_report_prints_with_everything_open_and_every_address(wide: Opened, tmp_path: Path) -> None:
    debate = hostile_debate()
    wide.open(debate, tmp_path)
    printed = pypdf.PdfReader(_pdf(wide.page, tmp_path))
    text = "".join("".join(page.extract_text() for page in printed.pages).split())
    assert "linesleftoutasnotpartofthesource" in text
    assert "https://news.example/" in text
    assert "Method,modelandcaveats" in text
    assert wide.page.evaluate("document.querySelectorAll('details[open]').length") == 0


def _pdf(page: Page, folder: Path) -> Path:
    path = folder / "report.pdf"
    page.pdf(path=path, format="A4")
    return path
