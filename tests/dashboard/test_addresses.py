"""The field that fetches a page, on the New debate page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import OpenApp, page_text
from tests.sources.misbehaving import Site, answer, serving

ARTICLE = "Pay talks stall\n\nNurses deserve a larger pay rise, the union said on Monday."


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as running:
        monkeypatch.setattr("argmap.sources.fetching.Network", running.network)
        running.pages["/pay"] = answer(ARTICLE, media="text/plain")
        yield running


def typed(at: AppTest, address: str) -> AppTest:
    next(field for field in at.text_input if field.label == "Web address").set_value(address)
    at.run()
    assert not at.exception, at.exception
    return at


def fetched(at: AppTest) -> AppTest:
    next(button for button in at.button if button.label == "Fetch").click()
    at.run()
    assert not at.exception, at.exception
    return at


def test_page_is_fetched_when_the_button_is_pressed_and_not_before(
    open_app: OpenApp, site: Site
) -> None:
    at = typed(open_app("new"), site.url("/pay"))
    assert site.connections == 0
    fetched(at)
    assert site.paths == ["/robots.txt", "/pay"]
    assert "Pay talks stall" in page_text(at)
    assert "news.example" in page_text(at)
    assert [field.value for field in at.text_input if field.label == "Web address"] == [""]
    at.run()
    assert len(site.paths) == 2


def test_page_that_cannot_be_had_is_named_and_the_address_stays(
    open_app: OpenApp, site: Site
) -> None:
    site.pages["/pay"] = answer("no", status="403 Forbidden")
    at = fetched(typed(open_app("new"), site.url("/pay")))
    told = "\n".join(found.value for found in at.error).replace("\\", "")
    assert "browsers only, or to nobody (403)" in told
    assert "save the page, and load the file" in told
    assert [f.value for f in at.text_input if f.label == "Web address"] == [site.url("/pay")]
    assert "No source yet" in page_text(at)


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "http://169.254.169.254/x"])
def test_address_that_is_not_fetched_is_refused_in_place(open_app: OpenApp, address: str) -> None:
    at = fetched(typed(open_app("new"), address))
    assert len(at.error) == 1


def test_same_page_is_taken_once(open_app: OpenApp, site: Site) -> None:
    at = open_app("new")
    for _ in range(2):
        fetched(typed(at, site.url("/pay")))
    assert "in the list already" in at.error[0].value.replace("\\", "")
    assert page_text(at).count("Pay talks stall") == 1
