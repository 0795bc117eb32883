"""A server of our own and Debian's Chromium. Nothing is fetched from outside this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_START_SECONDS = 90
# A page is drawn in well under a second, but not on two cores that others are busy on.
expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Server:
    """A running dashboard."""

    url: str
    home: Path
    process: int


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(script: Path, home: Path) -> Iterator[Server]:
    """Run ``script`` with Streamlit on a free port until the block ends."""
    port = free_port()
    log = home.parent / f"{script.stem}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "streamlit", "run", str(script),
                "--server.headless", "true", "--server.address", "127.0.0.1",
                "--server.port", str(port),
            ],
            cwd=ROOT,
            env={**os.environ, "ARGMAP_HOME": str(home), "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/_stcore/health", process, log)
            yield Server(url, home, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The dashboard did not start. Its log:\n{log.read_text()}")


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, until the block ends."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium and none was found. Install it with "
            "`apt-get install chromium`, or leave these tests out with `-m 'not browser'`."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


# Not for the whole session: Playwright keeps an event loop running in this thread, in which the
# tests of other folders could not start their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the stand-ins for the models, for all journeys."""
    home = tmp_path_factory.mktemp("argmap") / "home"
    with serve(Path(__file__).with_name("serve_with_fakes.py"), home) as running:
        yield running


@contextmanager
def watched(browser: Browser, *, calm: bool = False) -> Iterator[BrowserContext]:
    """A browser of its own, which fails the test if anything is asked of another machine."""
    opened = browser.new_context(
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce" if calm else "no-preference",
    )
    opened.set_default_timeout(30_000)
    outside: list[str] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))

    opened.on("page", watch)
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else outside.append(request.url)
        ),
    )
    yield opened
    opened.close()
    assert outside == [], "something was asked of another machine"
    assert faults == [], "the page's own scripts failed"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with watched(chromium) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
