"""A shared server: two users in two browsers, and a stranger's link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from argmap.store import Store
from argmap.store.accounts import Accounts
from tests.browser.conftest import Server, serve, watched
from tests.browser.test_accessibility import audited
from tests.browser.waiting import opened
from tests.dashboard.debates import make_debate

pytestmark = pytest.mark.browser

WORDS = "four words not related"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which ada and bob sign in."""
    home = tmp_path_factory.mktemp("shared") / "home"
    for name in ("ada", "bob"):
        Accounts(home / "users.json").add(name, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGMAP_SIGN_IN", "password")
        with serve(Path(__file__).with_name("serve_empty.py"), home) as running:
            yield running


def sign_in(page: Page, address: str, name: str) -> None:
    opened(page, address)
    expect(page.get_by_role("heading", name="Sign in").last).to_be_visible()
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible()


def test_the_sign_in_page_breaks_no_rule(chromium: Browser, shared: Server) -> None:
    with watched(chromium, calm=True) as context:
        page = context.new_page()
        opened(page, shared.url)
        expect(page.get_by_role("heading", name="Sign in").last).to_be_visible()
        found = audited(page)
        page.get_by_label("User name").fill("ada")
        page.get_by_label("Password", exact=True).fill("not her words at all")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        found += audited(page)
    assert not found, "\n".join(found)


def test_a_debate_is_shared_and_a_strangers_link_finds_nothing(
    chromium: Browser, shared: Server
) -> None:
    with Store(f"sqlite:///{shared.home / 'argmap.db'}") as store:
        own = store.seen_by("ada").save(make_debate("Unpublished"))
        store.seen_by("bob").save(make_debate("Bob's own"))
    link = f"{shared.url}/?debate={own}"
    title = "Unpublished"
    with watched(chromium) as one, watched(chromium) as other:
        ada, bob = one.new_page(), other.new_page()
        sign_in(bob, link, "bob")
        expect(bob.get_by_text("The debate that was asked for is not on this")).to_be_visible()
        expect(bob.get_by_role("heading", name="Bob's own", exact=True)).to_be_visible()
        assert title not in bob.content()

        sign_in(ada, link, "ada")
        expect(ada.get_by_role("heading", name=title, exact=True)).to_be_visible()
        ada.get_by_role("button", name="More", exact=True).click()
        ada.get_by_label("User to share it with").fill("bob")
        ada.get_by_label("User to share it with").press("Tab")
        ada.get_by_role("button", name="Share", exact=True).click()
        expect(ada.get_by_text(f"bob may read “{title}” now.")).to_be_visible()

        # The link that found nothing opens now, in a new tab, once he has signed in there.
        tab = other.new_page()
        sign_in(tab, link, "bob")
        expect(tab.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(tab.get_by_text("ada shares this debate with you: you may read it")).to_be_visible()

        tab.get_by_role("button", name="Sign out").click()
        expect(tab.get_by_label("User name")).to_be_visible()
        assert title not in tab.content() and own not in tab.url
