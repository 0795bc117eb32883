"""A large file mapped while somebody else reads: ``python -m tests.browser.day FILE``.

A benchmark, not a test. The dashboard is started as a user starts it, with the shipped models. One
browser uploads the file and maps it on one motion; a second one goes on from page to page of a
bundled debate, and each of its clicks is timed until the page has run and is drawn. The same clicks
are timed before the mapping, for comparison.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, launched, serve
from tests.browser.test_journeys import ready
from tests.browser.waiting import drawn, opened

_WAIT = 3_600_000
_PAGES = ("Argument tree", "Speakers", "Read", "Debate")
_NAME = "The whole day"
_MOTION = "The government should spend more on health care"


def main() -> None:
    """Time one mapping and the clicks beside it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--motion", default=_MOTION)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(ROOT / "app.py", Path(folder) / "home") as server,
        launched() as browser,
    ):
        reader = browser.new_page(viewport={"width": 1280, "height": 900})
        reader.set_default_timeout(_WAIT)
        opened(reader, server.url)
        # The bundled debates are mapped when the server first starts.
        expect(reader.get_by_role("link", name="statements").first).to_be_visible(timeout=_WAIT)
        expect(reader.get_by_text("Mapping the bundled debates")).to_have_count(0, timeout=_WAIT)
        drawn(reader)
        before = [_click(reader, name) for name in _PAGES * 3]

        writer = browser.new_page(viewport={"width": 1280, "height": 900})
        writer.set_default_timeout(_WAIT)
        ready(writer, f"{server.url}/new")
        writer.locator("input[type=file]").set_input_files(wanted.file)
        writer.get_by_label("Motion 1").press_sequentially(wanted.motion)
        expect(writer.get_by_text("should not")).to_be_visible()
        writer.get_by_label("Name of the debate").fill(_NAME)
        writer.get_by_label("Name of the debate").press("Tab")
        drawn(writer)
        begun = time.perf_counter()
        writer.get_by_role("button", name="Map the debate").click()
        mapped = writer.get_by_text(f"“{_NAME}” is mapped")
        during: list[float] = []
        seen: list[str] = []
        names = itertools.cycle(_PAGES)
        while not mapped.is_visible():
            shown = writer.get_by_test_id("stProgress").first
            if shown.is_visible():
                seen.append(" ".join(shown.inner_text().split()))
            during.append(_click(reader, next(names)))
        spent = time.perf_counter() - begun
        _tell(f"{wanted.file.name}: mapped in {spent:.0f} s to the end of a click")
        _tell(f"progress, as it was shown: {' / '.join(dict.fromkeys(seen))}")
        _tell(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        for name, times in (("before", before), ("while it is mapped", during)):
            ordered = sorted(times)
            late = ordered[int(0.95 * (len(ordered) - 1))]
            _tell(
                f"{name}: {len(times)} clicks, median {statistics.median(times):.2f} s, "
                f"95% under {late:.2f} s, worst {ordered[-1]:.2f} s"
            )


def _click(page: Page, name: str) -> float:
    """Seconds from a click on a page's name until that page is drawn."""
    begun = time.perf_counter()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_function("(name) => document.title.startsWith(`${name} ·`)", arg=name)
    drawn(page)
    return time.perf_counter() - begun


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
