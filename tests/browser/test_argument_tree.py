"""The argument tree in a browser: fold, focus, to the sentence, and the outline by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from argmap.records import Debate
from tests.browser.conftest import Server
from tests.browser.points import click_node
from tests.browser.test_journeys import ready, settled, stored
from tests.structure.builders import debate

pytestmark = pytest.mark.browser

_CHART = ".js-plotly-plot"
_FIRST = 90_000


def made() -> Debate:
    """Two points with links between them, and ten loose statements."""
    return debate(
        ("a", "pro", 0.95, "p1"),
        ("b", "pro", 0.9, "p2"),
        ("x", "con", 0.8, "p2"),
        ("y", "con", 0.7, "p3"),
        *((f"s{n}", "pro", 0.9 - n / 100, "p1") for n in range(10)),  # type: ignore[misc]
        texts=("Wards run short.", "Nurses leave.", "There is no money.", "Prices would rise."),
        points=[("pro", "a b"), ("con", "x y")],
        relations=[("x", "a", "attack"), ("x", "b", "undercut")],
    )


def focused(page: Page) -> Locator:
    """The item of the outline that has the focus."""
    return page.locator("[role=treeitem]:focus")


def test_tree_folds_focuses_and_opens_a_sentence(page: Page, server: Server) -> None:
    own = stored(server, made())
    ready(page, f"{server.url}/tree?debate={own}")
    # The first chart of a server brings the drawing library with it.
    expect(page.locator(f"{_CHART} .point").first).to_be_visible(timeout=_FIRST)
    labels = page.locator(f"{_CHART} .textpoint")
    expect(labels.filter(has_text="Nurses leave.")).not_to_have_count(0)

    click_node(page, _CHART, "fold:k1")
    expect(page).to_have_url(re.compile("fold=open%2Ck1"))
    expect(labels.filter(has_text="+2")).to_have_count(1)
    expect(labels.filter(has_text="Nurses leave.")).to_have_count(0)
    settled(page)
    click_node(page, _CHART, "fold:k1")
    expect(labels.filter(has_text="Nurses leave.")).not_to_have_count(0)
    settled(page)

    click_node(page, _CHART, "more:loose:pay:pro")
    expect(labels.filter(has_text="Sentence s9.")).to_have_count(1)
    settled(page)

    click_node(page, _CHART, "b")
    expect(page.locator(".panel .quote")).to_have_text("Nurses leave.")
    expect(page.locator(".passage [aria-current]")).to_contain_text("Nurses leave.")
    settled(page)

    click_node(page, _CHART, "k2")
    page.get_by_role("button", name="Show only this branch").click()
    expect(page).to_have_url(re.compile("focus=k2"))
    expect(labels.filter(has_text="Nurses leave.")).to_have_count(0)
    # A link opens the same view.
    page.reload()
    expect(labels.filter(has_text="Prices would rise.")).not_to_have_count(0, timeout=_FIRST)
    expect(labels.filter(has_text="Nurses leave.")).to_have_count(0)
    page.get_by_role("button", name="Whole tree", exact=True).click()
    expect(labels.filter(has_text="Nurses leave.")).not_to_have_count(0)


def test_outline_is_walked_by_keyboard(page: Page, server: Server) -> None:
    own = stored(server, made())
    ready(page, f"{server.url}/tree?debate={own}&view=outline&fold=open")
    tree = page.get_by_role("tree")
    expect(tree).to_be_visible()
    items = tree.get_by_role("treeitem")
    # One stop for the Tab key.
    assert tree.locator("[tabindex='0']").count() == 1
    tree.locator("[tabindex='0']").focus()
    expect(focused(page)).to_have_attribute("aria-level", "1")

    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_attribute("data-key", "side:pay:pro")
    page.keyboard.press("ArrowDown")
    expect(focused(page)).to_have_attribute("data-key", "k1")
    page.keyboard.press("ArrowLeft")
    expect(focused(page)).to_have_attribute("aria-expanded", "false")
    expect(tree.locator("[data-key='a']")).to_have_count(0)
    settled(page)
    page.keyboard.press("ArrowDown")
    expect(focused(page)).to_have_attribute("data-key", "loose:pay:pro")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(tree.locator("[data-key='a']")).to_be_visible()
    settled(page)
    expect(focused(page)).to_have_attribute("data-key", "k1")
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_attribute("data-key", "a")
    page.keyboard.press("ArrowLeft")
    expect(focused(page)).to_have_attribute("data-key", "k1")
    page.keyboard.press("End")
    expect(focused(page)).to_have_attribute("data-key", items.last.get_attribute("data-key") or "")
    page.keyboard.press("Home")
    expect(focused(page)).to_have_attribute("data-key", "motion:pay")

    # Letters go to the next sentence that begins with them.
    page.keyboard.type("nurses l")
    expect(focused(page)).to_have_attribute("data-key", "b")
    # A link leads to its other end.
    page.keyboard.press("Tab")
    expect(page.locator("button.jump:focus")).to_contain_text("There is no money.")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_attribute("data-key", "x")

    # The list that was cut goes on where the reader is.
    page.locator("[data-key='more:loose:pay:pro']").focus()
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_attribute("data-key", "s8")
    settled(page)

    page.keyboard.press("Space")
    expect(page.locator(".panel .quote")).to_have_text("Sentence s8.")
    expect(focused(page)).to_have_attribute("data-key", "s8")
    settled(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".panel .quote")).to_have_text("Sentence s9.")
    expect(page.locator(".passage [aria-current]")).to_be_focused()
