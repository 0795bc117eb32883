"""Waiting until a page is there: run, and drawn."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

# What Streamlit shows in the place of a component whose code is on its way, and of a chart.
_STAND_INS = "[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]"
_DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(
  (box) => box.querySelector('.main-svg')
) && document.fonts.status === 'loaded'"""
_STARTED = 90_000


def drawn(page: Page) -> None:
    """Wait until the page has run and nothing on it is a stand-in or from the run before."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=_STARTED
    )
    expect(page.locator(_STAND_INS)).to_have_count(0, timeout=_STARTED)
    page.wait_for_function(_DRAWN, timeout=_STARTED)


def turned(page: Page, theme: str) -> None:
    """Let the device turn to ``light`` or ``dark``, and wait until the page is drawn for it."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    expect(page.locator(f"h1[data-theme={theme}]")).to_have_count(1, timeout=_STARTED)
    drawn(page)


def opened(page: Page, address: str) -> None:
    """Open an address and wait until all of it is drawn."""
    page.goto(address)
    expect(page.get_by_test_id("stMainBlockContainer")).to_be_visible(timeout=_STARTED)
    drawn(page)


def link(page: Page, *parts: str) -> str:
    """The page's address, once it holds ``parts``: the server writes it after it has drawn."""
    for part in parts:
        expect(page).to_have_url(re.compile(rf"[?&]{re.escape(part)}"))
    return page.url
