"""A reader opens a cell of the matrix down to its quote; another searches and steps a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from argmap.store import Store
from tests.browser.conftest import serve
from tests.browser.test_journeys import settled
from tests.browser.waiting import link
from tests.dashboard.debates import HOSTILE, make_debate
from tests.dashboard.test_read import long_debate
from tests.dashboard.test_speakers import two_motions

pytestmark = pytest.mark.browser

_SCRIPT = Path(__file__).with_name("serve_with_fakes.py")
_STARTED = 90_000

# Where the page draws the cell of a speaker and a motion.
_CELL = """([speaker, topic]) => {
  const plot = document.querySelector('.st-key-matrix .js-plotly-plot');
  plot.scrollIntoView({block: 'center'});
  for (const trace of plot.data) {
    for (const [i, ids] of (trace.customdata || []).entries()) {
      if (ids[0] === speaker && ids[1] === topic) {
        const box = plot.getBoundingClientRect();
        const {xaxis, yaxis} = plot._fullLayout;
        return {x: box.left + xaxis._offset + xaxis.d2p(trace.x[i]),
                y: box.top + yaxis._offset + yaxis.d2p(trace.y[i])};
      }
    }
  }
}"""


def test_a_cell_of_the_matrix_opens_its_quote_and_the_link_the_same(
    page: Page, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    made = two_motions()
    with Store(f"sqlite:///{home / 'argmap.db'}") as store:
        session_id = store.save(made)
    who = next(s.id for s in made.speakers if s.name == HOSTILE[0])
    with serve(_SCRIPT, home) as server:
        page.goto(f"{server.url}/speakers?debate={session_id}&motion=pay")
        page.get_by_role("radio", name="Motions").or_(
            page.get_by_role("button", name="Motions")
        ).first.click(timeout=_STARTED)
        expect(page.locator(".matrix")).to_be_visible(timeout=_STARTED)
        settled(page)
        at = page.evaluate(_CELL, [who, "rail"])
        page.mouse.move(at["x"], at["y"])
        page.mouse.click(at["x"], at["y"])
        panel = page.locator(".panel.scrolls")
        expect(panel).to_contain_text("On the motion “Rail workers should strike.”")
        expect(panel.locator(".row strong")).to_have_text(HOSTILE[0])
        link(page, f"speaker={who}")
        # The same from the table, by keyboard.
        cell = page.locator(".matrix td button").filter(has_text="n = 1").first
        cell.focus()
        page.keyboard.press("Enter")
        expect(panel).to_contain_text("On the motion “Nurses should receive a larger pay rise.”")
        panel.locator(".quotes button").first.click()
        expect(page.locator(".panel .quote")).to_be_visible()
        address = link(page, "sentence=")
        other = page.context.new_page()
        other.set_viewport_size({"width": 390, "height": 844})
        other.goto(address)
        expect(other.locator(".panel.scrolls")).to_be_visible(timeout=_STARTED)
        expect(other.locator(".panel .quote")).to_be_visible()
        wide = other.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 390


def test_a_source_is_searched_stepped_through_by_key_and_filtered(
    page: Page, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with Store(f"sqlite:///{home / 'argmap.db'}") as store:
        session_id = store.save(long_debate(make_debate()))
    steps = page.locator(".st-key-steps")
    quote = page.locator(".panel .quote")
    with serve(_SCRIPT, home) as server:
        page.goto(f"{server.url}/read?debate={session_id}")
        expect(steps).to_contain_text("90 marked sentences", timeout=_STARTED)
        settled(page)
        page.locator("[data-listening]").wait_for(state="attached")
        page.keyboard.press("n")
        expect(steps).to_contain_text("1 of 90 marked sentences")
        expect(quote).to_have_text("Paragraph 0 tells of wards.")
        page.keyboard.press("j")
        expect(quote).to_have_text("Paragraph 10 tells of wards.")
        page.keyboard.press("k")
        expect(steps).to_contain_text("1 of 90 marked sentences")
        # In a field the same keys are letters.
        field = page.get_by_label("Search in the source")
        field.click()
        page.keyboard.type("paragraph 5")
        expect(field).to_have_value("paragraph 5")
        expect(steps).to_contain_text("111 hits")
        field.fill("herons")
        expect(steps).to_contain_text("18 hits")
        settled(page)
        page.get_by_role("button", name="Previous", exact=True).click()
        expect(steps).to_contain_text("18 of 18 hits")
        hit = page.locator("article mark[aria-current]")
        expect(hit).to_be_in_viewport()
        expect(quote).to_have_text("Paragraph 857 tells of herons.")
        address = link(page, "find=herons")
        page.get_by_role("button", name="Clear", exact=True).click()
        expect(steps).to_contain_text("marked sentences")
        settled(page)
        page.get_by_role("button", name="+ For", exact=True).click()
        expect(page.get_by_text("90 sentences found in this source.")).to_be_visible()
        settled(page)
        sentence = page.locator("article .sentence").filter(has_text="Paragraph 860 ").first
        sentence.click()
        expect(quote).to_have_text("Paragraph 860 tells of wards.")
        expect(steps).to_contain_text("87 of 90 sentences")
        other = page.context.new_page()
        other.goto(address)
        expect(other.locator("article mark[aria-current]")).to_be_in_viewport(timeout=_STARTED)
        expect(other.locator(".st-key-steps")).to_contain_text("18 of 18 hits")
