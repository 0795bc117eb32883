"""Every page against WCAG 2.2 A and AA, wide and narrow, light and dark; and from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from argmap.bundled import bundled_debates
from argmap.nlp import FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate
from argmap.records import SIDES, Debate
from argmap.store import Store
from tests.browser.audit import excused, findings
from tests.browser.conftest import Server, serve, watched
from tests.browser.waiting import drawn, opened, turned

pytestmark = pytest.mark.browser

_SCRIPT = Path(__file__).with_name("serve_empty.py")
_WIDTHS = (1280, 390)
#: Every page by its address; ``&`` leads on to the debate.
PAGES = {
    "debate": "",
    "tree": "tree",
    "icicle": "tree?view=icicle",
    "outline": "tree?view=outline",
    "stands": "stands",
    "speakers": "speakers",
    "compare": "compare",
    "read": "read",
    "correct": "correct",
    "differences": "differences",
    "model": "model",
    "take away": "take-away",
    "new": "new",
}
_WITH_PANEL = ("tree", "outline", "stands", "speakers", "compare", "read")


def mapped() -> Debate:
    """A bundled debate, mapped with the stand-ins."""
    bundled = next(one for one in bundled_debates() if one.id == "nurse-pay")
    return map_debate(
        bundled.documents,
        bundled.topics,
        title=bundled.title,
        classifier=FakeClassifier(),
        encoder=FakeEncoder(),
        relation_classifier=FakeClassifier(),
    )


def address(path: str, **query: str) -> str:
    """``path`` with more of a query; what is empty is left out."""
    more = urlencode({name: value for name, value in query.items() if value})
    return f"{path}{'&' if '?' in path else '?'}{more}"


@pytest.fixture(scope="module")
def debate() -> Debate:
    return mapped()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, debate: Debate) -> Iterator[tuple[Server, str]]:
    """A server with that debate alone, and the debate's id."""
    home = tmp_path_factory.mktemp("audit") / "home"
    home.mkdir()
    with Store(f"sqlite:///{home / 'argmap.db'}") as store:
        own = store.save(debate)
    with serve(_SCRIPT, home) as server:
        yield server, own


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(_SCRIPT, tmp_path_factory.mktemp("nothing") / "home") as server:
        yield server


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser for all audits: what it has loaded once it need not load again."""
    with watched(chromium, calm=True) as context:
        context.set_default_timeout(60_000)
        yield context


def audited(page: Page) -> list[str]:
    """What breaks a rule on the open page, in both themes and at both widths."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        turned(page, scheme)
        for width in _WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            drawn(page)
            found += [f"{scheme}, {width}: {one}" for one in findings(page) if not excused(one)]
            wide = page.evaluate(
                "Math.max(document.documentElement.scrollWidth,"
                " document.querySelector('[data-testid=stMain]').scrollWidth)"
            )
            if wide > width:
                found.append(f"{scheme}, {width}: the page scrolls sideways, {wide} pixels wide")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page_breaks_no_rule(reader: BrowserContext, kept: tuple[Server, str], name: str) -> None:
    server, own = kept
    page = reader.new_page()
    opened(page, f"{server.url}/{address(PAGES[name], debate=own)}")
    found = audited(page)
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", _WITH_PANEL)
def test_open_panel_and_boxes_break_no_rule(
    reader: BrowserContext, kept: tuple[Server, str], debate: Debate, name: str
) -> None:
    server, own = kept
    topic = debate.topics[0].id
    sided = next(s.statement for s in debate.stances if s.topic == topic and s.label in SIDES)
    page = reader.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, f"{server.url}/{address(PAGES[name], debate=own, sentence=sided)}")
    expect(page.locator(".panel .quote").first).to_be_visible()
    for box in page.get_by_test_id("stExpander").locator("summary").all():
        box.click()
        drawn(page)
    found = audited(page)
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("icicle", "outline")])
def test_page_without_a_debate_breaks_no_rule(
    reader: BrowserContext, empty: Server, name: str
) -> None:
    page = reader.new_page()
    opened(page, f"{empty.url}/{PAGES[name]}")
    found = audited(page)
    page.close()
    assert not found, "\n".join(found)


# What the keyboard stands on, in and out of our views, and whether a mark shows it.
_FOCUS = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const marked = (e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  // A field's own box, or the box drawn beside a hidden field, carries the mark for it.
  let shown = [...(at.parentElement?.children || [])].some(marked);
  let field = /^(INPUT|TEXTAREA)$/.test(at.tagName);
  for (let e = at, up = 0; e && up < 4; e = e.parentElement, up++) {
    shown ||= marked(e) || (field && getComputedStyle(e).borderColor
      !== getComputedStyle(document.querySelector('[data-testid=stMain]')).borderColor);
  }
  window.met ||= new Set();
  window.met.add(at);
  const name = at.getAttribute('aria-label') || at.textContent || at.tagName;
  return [name.trim().slice(0, 60), shown];
}"""
# Everything that a mouse can press and Tab has not met. Of a group of radio buttons, or of the
# items of a tree, Tab meets one and the arrows the rest.
_UNMET = """() => {
  const roots = [document, ...[...document.querySelectorAll('[data-testid^=stBidi]')]
    .map((host) => host.shadowRoot).filter(Boolean)];
  const wanted = 'a[href], button, input, summary, textarea, [role=button], [role=combobox]';
  return roots.flatMap((root) => [...root.querySelectorAll(wanted)]).filter((e) =>
    e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !e.disabled
    && e.tabIndex >= 0 && e.type !== 'file'
    && !e.matches('[type=radio], [role=radio], .modebar-container *')
    && !window.met.has(e)
  ).map((e) => e.outerHTML.slice(0, 160));
}"""
_MOST = 400


@pytest.mark.parametrize("name", ["debate", "speakers", "compare", "model", "new"])
def test_tab_reaches_everything_and_shows_where_it_is(
    reader: BrowserContext, kept: tuple[Server, str], name: str
) -> None:
    server, own = kept
    page = reader.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, f"{server.url}/{address(PAGES[name], debate=own)}")
    order: list[str] = []
    hidden: list[str] = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        now = page.evaluate(_FOCUS)
        if now is None and order:
            break
        if now is not None:
            order.append(now[0])
            hidden += [] if now[1] else [now[0]]
    unmet = page.evaluate(_UNMET)
    page.close()
    assert order[0] == "Skip to main content"
    assert unmet == []
    assert hidden == []


def test_skip_link_leads_past_the_navigation(
    reader: BrowserContext, kept: tuple[Server, str]
) -> None:
    server, own = kept
    page = reader.new_page()
    opened(page, f"{server.url}/{address('read', debate=own)}")
    expect(page).to_have_title("Read · Argument Mapper")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Debate", exact=True)).to_be_focused()
    page.close()


def test_enter_leads_to_the_sentence_and_escape_back(
    reader: BrowserContext, kept: tuple[Server, str]
) -> None:
    server, own = kept
    page = reader.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, f"{server.url}/{address('read', debate=own)}")
    sentence = page.locator("article .sentence.pro").nth(1)
    sentence.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".passage .sentence[aria-current]")).to_be_focused()
    drawn(page)
    # The page ran anew and its elements are new; the place is kept by key.
    page.keyboard.press("Escape")
    expect(page.locator("article .sentence[aria-current]")).to_be_focused()
    page.close()


def test_charts_follow_the_theme_when_it_turns(
    reader: BrowserContext, kept: tuple[Server, str]
) -> None:
    server, own = kept
    page = reader.new_page()
    page.emulate_media(color_scheme="light")
    opened(page, f"{server.url}/{address('speakers', debate=own)}")
    ink = "document.querySelector('.js-plotly-plot')._fullLayout.xaxis.tickfont.color"
    assert page.evaluate(ink) == "#1f2328"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ink} === '#e9e7e2'")
    page.close()
