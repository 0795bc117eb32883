"""Inside another site's page the dashboard hides, so that no click is stolen for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def other_site(server: Server) -> Iterator[str]:
    """A page of another origin with the dashboard in a frame."""
    page = f'<!doctype html><iframe src="{server.url}/new" width="900" height="700"></iframe>'

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_address[1]}/"
        site.shutdown()


def test_a_frame_shows_a_link_and_takes_no_click(
    chromium: Browser, server: Server, other_site: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(other_site)
    framed = page.frame_locator("iframe")
    expect(framed.locator("#argmap-framed")).to_be_visible()
    expect(framed.locator("body")).to_have_attribute("inert", "")
    expect(framed.get_by_role("button").first).to_be_hidden()
    page.goto(f"{server.url}/new")
    expect(page.get_by_role("textbox").first).to_be_visible()
    assert page.locator("#argmap-framed").count() == 0
    context.close()
