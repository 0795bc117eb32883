"""What a user does from the first start on, in a real browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from argmap.bundled import bundled_debates
from argmap.records import Debate, Relation
from argmap.store import Store
from tests.browser.conftest import ROOT, Server, serve
from tests.browser.points import click_first_statement
from tests.dashboard.debates import HOSTILE, make_debate

pytestmark = pytest.mark.browser

_MAPPED = 90_000
ARTICLE = """Ministers met the unions on Monday.

"Nurses have earned a larger pay rise," said Pat Moore, who leads the union.

"A larger rise for nurses would cost two billion pounds," said Jo Lamb, a minister."""


def view(page: Page, key: str) -> Locator:
    """One of our views by the key of its widget."""
    return page.locator(f".st-key-{key}")


def ready(page: Page, address: str) -> None:
    """Open an address and wait until the page has run."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page has run, so that nothing is drawn anew under a click."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=_MAPPED
    )


def stored(server: Server, debate: Debate) -> str:
    """Keep a debate as an earlier session would have."""
    server.home.mkdir(parents=True, exist_ok=True)
    with Store(f"sqlite:///{server.home / 'argmap.db'}") as store:
        return store.save(debate)


def kept(server: Server) -> dict[str, str]:
    """Titles of every session by id."""
    with Store(f"sqlite:///{server.home / 'argmap.db'}") as store:
        return {info.id: info.title for info in store.sessions()}


@pytest.fixture(scope="module")
def session_id(server: Server) -> str:
    server.home.mkdir(parents=True, exist_ok=True)
    return stored(server, make_debate())


def test_first_start_shows_the_bundled_debates(page: Page, server: Server) -> None:
    page.goto(server.url)
    titles = [bundled.title for bundled in bundled_debates()]
    for title in titles:
        expect(page.get_by_text(title, exact=True).last).to_be_visible(timeout=_MAPPED)
    expect(page.get_by_role("link", name=re.compile(r"\d statements")).first).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_pasted_article_is_mapped_on_a_typed_motion(page: Page, server: Server) -> None:
    ready(page, f"{server.url}/new")
    page.get_by_label("Paste a text").fill(ARTICLE)
    page.get_by_label("Its title").fill("Talks on pay")
    page.get_by_role("button", name="Add this text").click()
    expect(page.get_by_text("Talks on pay")).to_be_visible()
    page.get_by_label("Motion 1").press_sequentially("Nurses should be paid")
    expect(page.get_by_text("Nurses should not be paid.")).to_be_visible()
    page.get_by_label("Motion 1").press_sequentially(" a larger salary")
    expect(page.get_by_text("Nurses should not be paid a larger salary.")).to_be_visible()
    page.get_by_role("button", name="Map the debate").click()
    expect(page.get_by_text("is mapped")).to_be_visible(timeout=_MAPPED)
    expect(page.get_by_role("heading", name="Talks on pay")).to_be_visible()
    page.get_by_role("link", name="Speakers").first.click()
    for name in ("Pat Moore", "Jo Lamb"):
        expect(page.locator(".speaker").get_by_text(name, exact=True)).to_be_visible()
    assert "Talks on pay" in kept(server).values()


def test_click_on_a_node_of_the_tree_shows_its_sentence_in_the_source(
    page: Page, server: Server, session_id: str
) -> None:
    ready(page, f"{server.url}/tree?debate={session_id}")
    expect(page.locator(".scatterlayer .point").first).to_be_visible()
    chosen = click_first_statement(page, ".js-plotly-plot")
    statement = next(s for s in make_debate().statements if s.id == chosen)
    marked = page.locator(".passage [aria-current]")
    expect(marked).to_contain_text(statement.text)
    expect(marked).to_be_in_viewport()
    expect(page.locator(".panel .quote")).to_have_text(statement.text)
    expect(page).to_have_url(re.compile(f"sentence={statement.id}"))
    page.get_by_role("link", name="Read the whole source").click()
    expect(page.locator("article [aria-current]").first).to_contain_text(statement.text)


def test_click_on_a_box_of_the_icicle_shows_its_sentence_in_the_source(
    page: Page, server: Server, session_id: str
) -> None:
    ready(page, f"{server.url}/tree?debate={session_id}&view=icicle")
    text = "A rise would cost two billion pounds."
    box = page.locator("g.slice").filter(has_text="two billion").last
    box.click()
    expect(page.locator(".passage [aria-current]")).to_contain_text(text)
    page.get_by_role("button", name="Back to the whole tree").click()
    expect(page.get_by_text("Choose a point or a statement")).to_be_visible()


def test_click_on_a_line_of_the_outline_shows_its_sentence(
    page: Page, server: Server, session_id: str
) -> None:
    ready(page, f"{server.url}/tree?debate={session_id}&view=outline")
    text = "Better pay would fill the empty posts."
    page.locator(".outline .node.statement").filter(has_text=text).click()
    expect(page.locator(".panel .quote")).to_have_text(text)


def test_click_on_a_sentence_of_the_article_shows_who_says_it(
    page: Page, server: Server, session_id: str
) -> None:
    ready(page, f"{server.url}/read?debate={session_id}")
    page.locator("article .sentence.con").first.click()
    expect(page.locator(".panel")).to_contain_text("[x](javascript:alert(1))")
    expect(page.locator(".panel .bar")).to_have_count(3)
    page.get_by_label("Search").fill("billion")
    expect(page.locator("article mark")).to_have_text(["billion"])


def test_broken_file_is_named_and_earlier_debates_stay(
    page: Page, server: Server, session_id: str
) -> None:
    before = kept(server)
    ready(page, f"{server.url}/new?debate={session_id}")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"},
            {"name": "sound.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()},
        ]
    )
    expect(page.get_by_role("alert").filter(has_text="broken.pdf")).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    assert kept(server) == before
    page.get_by_role("link", name="Debate", exact=True).first.click()
    expect(page.get_by_role("heading", name="Nurse pay", exact=True)).to_be_visible()


def test_reload_keeps_debate_view_and_sentence(page: Page, server: Server, session_id: str) -> None:
    ready(page, f"{server.url}/tree?debate={session_id}")
    page.get_by_test_id("stButtonGroup").get_by_text("Outline").click()
    page.locator(".outline .node.statement").first.click()
    quote = page.locator(".panel .quote")
    expect(quote).to_be_visible()
    said = quote.inner_text()
    expect(page).to_have_url(re.compile("view=outline.*sentence="))
    page.reload()
    expect(page.locator(".panel .quote")).to_have_text(said)
    expect(page.locator(".outline [aria-selected=true]")).to_contain_text(said)


def test_mapping_can_be_watched_and_stopped(page: Page, server: Server) -> None:
    before = kept(server)
    ready(page, f"{server.url}/new")
    page.get_by_label("Paste a text").fill(ARTICLE)
    page.get_by_label("Motion 1").fill("Pay should rise slowly.")
    page.get_by_role("button", name="Map the debate").click()
    progress = page.get_by_text("judging each sentence")
    expect(progress).to_be_visible()
    expect(progress).to_contain_text(re.compile(r"\d of 3\b"))
    expect(progress).to_be_in_viewport()
    expect(progress).to_contain_text("left", timeout=30_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("nothing was changed")).to_be_visible()
    assert kept(server) == before


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tree",
        "tree?view=icicle",
        "tree?view=outline",
        "speakers",
        "read",
        "correct",
        "correct?task=judge",
        "correct?task=agreement",
        "correct?task=log",
        "differences",
        "compare",
    ],
)
def test_hostile_names_are_only_text(
    page: Page, server: Server, session_id: str, path: str
) -> None:
    joint = "&" if "?" in path else "?"
    ready(page, f"{server.url}/{path}{joint}debate={session_id}")
    if path in ("speakers", "read"):
        for name in HOSTILE[:2]:
            expect(page.get_by_text(name).first).to_be_visible()
    for gone in ("img[src='x']", "a[href^='javascript']", ".katex"):
        assert page.locator(gone).count() == 0


@pytest.mark.parametrize(
    "path",
    ["", "tree", "tree?view=icicle", "speakers", "read", "differences", "take-away", "new"],
)
def test_no_page_scrolls_sideways_on_a_phone(
    page: Page, server: Server, session_id: str, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    joint = "&" if "?" in path else "?"
    ready(page, f"{server.url}/{path}{joint}debate={session_id}")
    width = page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert width <= 390


def test_debate_is_copied_renamed_deleted_and_had_back(page: Page, server: Server) -> None:
    doomed = stored(server, make_debate("Passing debate"))
    ready(page, f"{server.url}/?debate={doomed}")
    page.get_by_role("button", name="Duplicate this debate").click()
    expect(page.get_by_role("heading", name="Passing debate, copy", exact=True)).to_be_visible()
    copy = next(name for name, title in kept(server).items() if title == "Passing debate, copy")
    settled(page)
    page.locator(f".st-key-more-{copy}").get_by_role("button", name="More").click()
    page.get_by_label("New name").fill("Debate to pass")
    page.get_by_label("New name").press("Enter")
    page.get_by_role("button", name="Rename it").click()
    expect(page.get_by_role("heading", name="Debate to pass", exact=True)).to_be_visible()
    assert kept(server)[copy] == "Debate to pass"
    settled(page)
    delete = page.locator(f".st-key-delete-do-{copy}").get_by_role("button")
    if not delete.is_visible():  # a press on a box that is still open would close it
        page.locator(f".st-key-more-{copy}").get_by_role("button", name="More").click()
    delete.click()
    expect(page.get_by_text("“Debate to pass” is deleted.")).to_be_visible()
    assert copy not in kept(server)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Debate to pass", exact=True)).to_be_visible()
    assert kept(server)[copy] == "Debate to pass"


def test_results_are_taken_away_as_files(page: Page, server: Server, session_id: str) -> None:
    ready(page, f"{server.url}/take-away?debate={session_id}")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Project file (JSON)").click()
    assert caught.value.suggested_filename == "nurse-pay.json"
    project = json.loads(Path(caught.value.path()).read_text(encoding="utf-8"))
    assert len(project["statements"]) == len(make_debate().statements)


@pytest.mark.model
def test_first_start_maps_the_bundled_debates_with_the_shipped_model(
    page: Page, tmp_path: Path
) -> None:
    with serve(ROOT / "app.py", tmp_path / "home") as running:
        page.goto(running.url)
        for bundled in bundled_debates():
            expect(page.get_by_text(bundled.title, exact=True).last).to_be_visible(timeout=180_000)
        page.get_by_role("link", name="See the argument tree").click()
        expect(page.locator(".scatterlayer .point").first).to_be_visible()


REPLIES = (
    b"nr,reply,who,attribute_age\n"
    b'1,"Nurses should be paid more, because wards are empty. It is only fair.",Pat Moore,30\n'
    b"2,Nurses should not be paid more; it costs too much.,Jo Lamb,40\n"
    b"3,,Nobody,50\n"
)


def test_uploaded_table_is_mapped_by_its_columns_and_read(page: Page, server: Server) -> None:
    ready(page, f"{server.url}/new")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "replies.csv", "mimeType": "text/csv", "buffer": REPLIES},
            {"name": "fake.txt", "mimeType": "text/plain", "buffer": b"\x89PNG" + bytes(20)},
        ]
    )
    expect(page.get_by_text("fake.txt: this is a picture (PNG)")).to_be_visible()
    expect(page.get_by_role("heading", name="replies.csv: a table of 3 rows")).to_be_visible()
    expect(page.get_by_role("cell", name="Pat Moore")).to_be_visible()
    settled(page)
    speaker = page.get_by_role("combobox", name="Speaker")
    # A list closes when the page scrolls, so it is brought into sight before it is opened.
    page.get_by_role("button", name="Add 3 rows").scroll_into_view_if_needed()
    expect(speaker).to_be_in_viewport()
    speaker.click()
    page.get_by_role("option", name="who").click()
    page.get_by_role("button", name="Add 3 rows").click()
    expect(page.get_by_text("2 rows · 2 with a speaker")).to_be_visible()
    expect(page.get_by_text("fake.txt")).to_have_count(0)
    page.get_by_label("Motion 1").fill("Nurses should be paid more.")
    page.get_by_role("button", name="Map the debate").click()
    expect(page.get_by_text("is mapped")).to_be_visible(timeout=_MAPPED)
    page.get_by_role("link", name="Read").first.click()
    expect(page.get_by_role("combobox", name="Source")).to_have_value(re.compile("Pat Moore"))
    expect(page.locator(".article").get_by_text("It is only fair.")).to_be_visible(timeout=_MAPPED)


def test_what_stands_opens_a_sentence_and_keeps_the_semantics(page: Page, server: Server) -> None:
    made = make_debate("What stands in nurse pay")
    cost = next(s for s in made.statements if s.text.startswith("A rise would cost"))
    earned = next(s for s in made.statements if s.text.startswith("Nurses have earned"))
    attack = Relation(cost.id, earned.id, "pay", "attack", 0.9)
    own = stored(server, replace(made, relations=(attack,)))
    ready(page, f"{server.url}/stands?debate={own}")
    expect(page.get_by_role("heading", name="Most contested")).to_be_visible()
    entry = view(page, "view-contested")
    expect(entry).to_contain_text(re.compile(r"falls from 0\.\d\d to 0\.\d\d"))
    first = re.search(r"falls from [\d.]+ to [\d.]+", entry.locator("small").first.inner_text())
    assert first
    page.get_by_test_id("stButtonGroup").get_by_text("Quadratic energy").click()
    expect(page).to_have_url(re.compile("semantics=quadratic-energy"))
    expect(entry).not_to_contain_text(first[0])
    entry.get_by_role("button", name=earned.text).click()
    expect(page.locator(".panel .quote")).to_have_text(earned.text)
    page.reload()
    expect(page.locator(".panel .quote")).to_have_text(earned.text)
    expect(page).to_have_url(re.compile("semantics=quadratic-energy"))
