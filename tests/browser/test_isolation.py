"""Two readers at once, and a debate whose every text would be markup if anything let it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from argmap.export.comparison import comparison_to_html
from argmap.nlp import FakeEncoder
from argmap.structure import contrast
from tests.browser.conftest import Server, watched
from tests.browser.test_accessibility import PAGES, address
from tests.browser.test_journeys import stored
from tests.browser.waiting import drawn, link, opened
from tests.dashboard.debates import make_debate
from tests.export.hostile import ATTACKS, hostile_debate

pytestmark = pytest.mark.browser

# Elements that only an attack could have put there, in the page and in our views.
_FOREIGN = """() => {
  const roots = [document.querySelector('[data-testid=stMain]'),
    ...[...document.querySelectorAll('[data-testid^=stBidi]')]
      .map((host) => host.shadowRoot).filter(Boolean)];
  const bad = 'script, img, iframe, object, embed, svg[onload], [onerror], [onload], .katex, '
    + "a[href^='javascript' i], a[href*='evil.example'], form[action], base, meta";
  return roots.flatMap((root) => [...root.querySelectorAll(bad)].map((e) => e.outerHTML));
}"""


@pytest.fixture(scope="module")
def hostile(server: Server) -> str:
    return stored(server, hostile_debate())


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    with watched(chromium) as context:
        yield context


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_only_text_on_every_page(
    reader: BrowserContext, server: Server, hostile: str, name: str
) -> None:
    page = reader.new_page()
    sentence = hostile_debate().statements[1].id if name in ("tree", "read") else ""
    opened(page, f"{server.url}/{address(PAGES[name], debate=hostile, sentence=sentence)}")
    for box in page.get_by_test_id("stExpander").locator("summary").all():
        box.click()
    drawn(page)
    assert page.evaluate(_FOREIGN) == []
    assert page.title().endswith("Argument Mapper")
    page.close()


def test_hostile_names_of_uploaded_files_are_only_text(
    reader: BrowserContext, server: Server
) -> None:
    page = reader.new_page()
    opened(page, f"{server.url}/new")
    name = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$"
    page.locator("input[type=file]").first.set_input_files(
        [
            {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": ATTACKS[0].encode()},
            {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 no"},
        ]
    )
    expect(page.get_by_role("alert").filter(has_text="[x](javascript:alert(1))")).to_be_visible()
    page.get_by_label("Motion 1").fill(ATTACKS[1])
    page.get_by_label("Motion 1").press("Tab")
    drawn(page)
    assert page.evaluate(_FOREIGN) == []
    page.close()


def test_hostile_comparison_to_print_is_only_text(reader: BrowserContext, tmp_path: Path) -> None:
    debate = hostile_debate()
    # The first speaker only reports what others hold.
    first, second = debate.speakers[1].id, debate.speakers[2].id
    made = contrast(debate, debate.topics[0].id, "speaker", first, second, encoder=FakeEncoder())
    page = reader.new_page()
    page.set_content(comparison_to_html(made, debate))
    assert page.locator("script, img, iframe, a[href^=javascript]").count() == 0
    assert page.title() != "owned"
    page.close()


def test_two_readers_do_not_disturb_each_other(chromium: Browser, server: Server) -> None:
    first, second = make_debate("First reader's"), make_debate("Second reader's")
    own = [stored(server, first), stored(server, second)]
    chosen = [first.statements[0], second.statements[1]]
    with watched(chromium) as one, watched(chromium) as other:
        pages: list[Page] = [one.new_page(), other.new_page()]
        for page, debate in zip(pages, own, strict=True):
            opened(page, f"{server.url}/{address('read', debate=debate)}")
        for turn in range(2):
            for page, statement in zip(pages, chosen, strict=True):
                page.locator("article .sentence").filter(has_text=statement.text).click()
                expect(page.locator(".panel .quote")).to_have_text(statement.text)
                drawn(page)
            if turn == 0:
                pages[0].get_by_label("Search in the source", exact=True).fill("pay")
                expect(pages[0].locator("article mark").first).to_be_visible()
        for page, debate, statement in zip(pages, own, chosen, strict=True):
            expect(page.locator(".panel .quote")).to_have_text(statement.text)
            link(page, f"debate={debate}", f"sentence={statement.id}")
        expect(pages[1].locator("article mark")).to_have_count(0)
        # Each goes on to another page, and finds there what is their own.
        for page, title in zip(pages, ("First reader's", "Second reader's"), strict=True):
            page.get_by_role("link", name="Debate", exact=True).first.click()
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
