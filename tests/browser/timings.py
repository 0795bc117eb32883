"""How long the dashboard takes to answer in Chromium: ``python -m tests.browser.timings``.

A benchmark, not a test. A server is started afresh on an invented debate (``big.py``) with the
models' stand-ins, and each kind of click is made ten times, every time on something else. Time
runs from the press to the frame in which what was asked for is on the screen, and to the end of
the run that it caused. One visit comes before the first paint that counts, so packages are
warm. Server milliseconds are of its processors (Linux only) and page milliseconds of the
browser's main thread at work: these say nearly the same on a busy machine as on a quiet one.
Bytes are what the server sent for one click.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit
from playwright.sync_api import Browser, Locator, Page, WebSocket

from argmap.store import Store
from tests.browser.big import big_debate
from tests.browser.conftest import launched, serve
from tests.browser.points import node_ids, place_of
from tests.browser.waiting import drawn, opened

_SCRIPT = Path(__file__).with_name("serve_empty.py")
_WAIT = 180_000

# When the last press was; when its answer was drawn; when the run ended. Views stand in shadow
# roots, so a test looks into these.
_WATCH = """
for (const kind of ['pointerdown', 'keydown']) {
  document.addEventListener(kind, () => { window.pressed ||= performance.now(); }, true);
}
window.inViews = (selector) => [...document.querySelectorAll('[data-testid^=stBidi]')]
  .flatMap((host) => host.shadowRoot ? [...host.shadowRoot.querySelectorAll(selector)] : []);
window.textOf = (selector) => window.inViews(selector).map((e) => e.textContent).join('|');
window.watchFor = (test, arg) => {
  window.pressed = window.answered = window.ended = 0;
  const look = () => {
    const now = performance.now();
    if (window.pressed && !window.answered && test(arg)) window.answered = now - window.pressed;
    const app = document.querySelector('[data-testid=stApp]');
    if (window.answered && app.dataset.testScriptState === 'notRunning') {
      window.ended = now - window.pressed;
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
};
"""
_QUOTE = "(text) => window.textOf('.panel .quote').includes(text)"
_PANEL = "(before) => window.textOf('.panel, .empty') !== before"
_MOTION = "(text) => window.textOf('.lede h2, .positions').includes(text)"


@dataclass
class Taken:
    """One kind of click.

    Attributes:
        answers: milliseconds from the press until what was asked for is drawn.
        ends: milliseconds from the press until the run has ended.
        work: milliseconds of the server's processors.
        drawing: milliseconds of the page's main thread, waiting left out.
        sizes: kilobytes that the server sent.
    """

    name: str
    answers: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    drawing: list[float] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)

    def row(self) -> str:
        """A line of the table: medians and the worst."""
        cells = [f"{len(self.answers)}"]
        for values in (self.answers, self.ends):
            cells += [f"{statistics.median(values):,.0f}", f"{max(values):,.0f}"]
        cells += [
            f"{statistics.median(values):,.0f}" for values in (self.work, self.drawing, self.sizes)
        ]
        return f"| {self.name} | " + " | ".join(cells) + " |"


class Timer:
    """Times clicks on one page of one server."""

    def __init__(self, page: Page, process: int) -> None:
        self.page = page
        self.rows: list[Taken] = []
        self._process = process
        self._received = 0
        page.add_init_script(_WATCH)
        page.on("websocket", self._listen)
        self._inspector = page.context.new_cdp_session(page)
        self._inspector.send("Performance.enable", {"timeDomain": "threadTicks"})

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self._received += len(frame)

    def _work(self) -> float:
        stat = Path(f"/proc/{self._process}/stat")
        if not stat.exists():
            return 0.0
        user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def _drawing(self) -> float:
        told = self._inspector.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(m["value"] for m in told if m["name"] == "TaskDuration"))

    def begin(self, name: str) -> None:
        """What follows is of this kind."""
        self.rows.append(Taken(name))

    def time(self, press: Callable[[], object], answer: str, arg: object) -> None:
        """Press, wait until ``answer`` (a JavaScript test of ``arg``) holds and the run ends."""
        page, taken = self.page, self.rows[-1]
        received, work, drawing = self._received, self._work(), self._drawing()
        page.evaluate(f"(arg) => window.watchFor({answer}, arg)", arg)
        press()
        page.wait_for_function("window.ended", timeout=_WAIT)
        drawn(page)
        taken.answers.append(float(page.evaluate("window.answered")))
        taken.ends.append(float(page.evaluate("window.ended")))
        taken.work.append(self._work() - work)
        taken.drawing.append(self._drawing() - drawing)
        taken.sizes.append((self._received - received) / 1000)

    def quotes(self, found: Locator, count: int, said: str) -> None:
        """Press one of ``found`` after another; ``said`` gives the sentence that each opens."""
        every = found.count()
        for turn in range(count):
            one = found.nth((turn * 5 + 2) % every)
            text = str(one.evaluate(said))
            one.scroll_into_view_if_needed()
            self.time(one.click, _QUOTE, text)

    def nodes(self, count: int, known: set[str]) -> None:
        """Press points and statements in the drawn tree, as it folds and unfolds."""
        page, last = self.page, ""
        for turn in range(count):
            ids = [i for i in node_ids(page, ".js-plotly-plot") if i in known and i != last]
            last = ids[(turn * 37 + 3) % len(ids)]
            x, y = place_of(page, ".js-plotly-plot", last)
            page.mouse.move(x, y)
            before = page.evaluate("window.textOf('.panel, .empty')")
            self.time(lambda at=(x, y): page.mouse.click(*at), _PANEL, before)  # type: ignore[misc]

    def boxes(self, count: int) -> None:
        """Press boxes of the icicle, going back to the whole after each."""
        page = self.page
        for _ in range(count):
            before = page.evaluate("window.textOf('.panel, .empty')")
            self.time(page.locator("g.slice").last.click, _PANEL, before)
            page.get_by_role("button", name="Back to the whole tree").click()
            page.wait_for_timeout(300)
            drawn(page)

    def items(self, count: int) -> None:
        """Press items of the outline, as it folds and unfolds."""
        items = self.page.locator(".outline .node .said:visible")
        for turn in range(count):
            before = self.page.evaluate("window.textOf('.panel, .empty')")
            one = items.nth(2 + turn % (items.count() - 2))
            one.scroll_into_view_if_needed()
            self.time(lambda one=one: one.click(position={"x": 60, "y": 10}), _PANEL, before)  # type: ignore[misc]

    def motions(self, motions: list[str], count: int) -> None:
        """Choose one motion and the other in turn, from the press on the option."""
        for turn in range(count):
            motion = motions[(turn + 1) % len(motions)]
            self.page.get_by_role("combobox", name="Motion", exact=True).click()
            option = self.page.get_by_role("option", name=motion)
            self.time(option.click, _MOTION, motion)

    def pills(self, count: int) -> None:
        """Set and clear the filter of labels."""
        pill = self.page.get_by_role("button", name="+ For")
        for turn in range(count):
            wanted = "!" if turn % 2 else ""
            answer = f"() => {wanted}window.textOf('.lede').includes('found in this source')"
            self.time(pill.click, answer, None)

    def searches(self, word: str, count: int) -> None:
        """Type one more letter of a word, and clear it."""
        search = self.page.get_by_label("Search in the source", exact=True)
        marked = (
            "(typed) => window.inViews('mark').some((m) => m.textContent.toLowerCase() === typed)"
        )
        for turn in range(count):
            typed = word[: 2 + turn % 4]
            search.fill(typed[:-1])
            self.page.wait_for_timeout(500)
            drawn(self.page)
            search.press("End")
            self.time(lambda key=typed[-1]: search.press(key), marked, typed)  # type: ignore[misc]


def first_paint(browser: Browser, address: str, seen: str) -> float:
    """Milliseconds from asking for an address to our first heading, in a new browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="commit")
    told = page.wait_for_function(
        "(seen) => window.textOf('.lede h1, .lede h2').includes(seen) && performance.now()",
        arg=seen,
        timeout=_WAIT,
    )
    value = float(told.json_value())
    context.close()
    return value


_LABEL = "(e) => (e.getAttribute('aria-label') || '').replace(/^[^:]*: /, '')"
_WHOLE = "(e) => e.textContent.replace(/^[+−·?]/, '').trim()"


def measure(count: int, clicks: int, only: str) -> str:
    """Time every kind of click whose name holds ``only``; gives a Markdown table."""
    debate = big_debate(count)
    motions = [topic.motion for topic in debate.topics]
    known = {one.id for one in (*debate.statements, *debate.key_points)}
    word = debate.statements[0].text.split()[5]
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        home = Path(folder) / "home"
        home.mkdir()
        with Store(f"sqlite:///{home / 'argmap.db'}") as store:
            own = store.save(debate)
        with serve(_SCRIPT, home) as server:
            start = f"{server.url}/?debate={own}"
            cold = first_paint(browser, start, debate.title)
            warm = [first_paint(browser, start, debate.title) for _ in range(5)]
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(_WAIT)
            page = context.new_page()
            timer = Timer(page, server.process)
            quotes = page.locator(".quotes button:visible")
            plan: list[tuple[str, str, Callable[[], None]]] = [
                ("Debate: change the motion", "", lambda: timer.motions(motions, clicks)),
                ("Tree: choose a node", "tree?", lambda: timer.nodes(clicks, known)),
                ("Tree: change the motion", "tree?", lambda: timer.motions(motions, clicks)),
                ("Icicle: choose a box", "tree?view=icicle", lambda: timer.boxes(clicks)),
                ("Outline: choose a node", "tree?view=outline", lambda: timer.items(clicks)),
                ("What stands: choose an argument", "stands?", lambda: timer.quotes(
                    page.locator(".standings button.node:visible"), clicks, _LABEL)),
                ("Speakers: choose a quote", "speakers?",
                 lambda: timer.quotes(quotes, clicks, _LABEL)),
                ("Speakers: change the motion", "speakers?",
                 lambda: timer.motions(motions, clicks)),
                ("Compare: choose a quote", "compare?",
                 lambda: timer.quotes(quotes, clicks, _LABEL)),
                ("Read: choose a sentence", "read?", lambda: timer.quotes(
                    page.locator("article .sentence"), clicks, _WHOLE)),
                ("Read: change a filter", "read?", lambda: timer.pills(clicks)),
                ("Read: type a letter to search", "read?",
                 lambda: timer.searches(word.lower(), clicks)),
            ]  # fmt: skip
            for name, path, act in plan:
                if only.lower() not in name.lower():
                    continue
                opened(page, f"{server.url}/{path}{'' if '?' in path else '?'}&debate={own}")
                timer.begin(name)
                act()
                print(timer.rows[-1].row(), file=sys.stderr, flush=True)
            context.close()
    lines = [
        f"{len(debate.statements):,} invented statements, {len(debate.key_points)} key points, "
        f"{len(debate.relations)} relations, {len(motions)} motions; Streamlit "
        f"{streamlit.__version__}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, "
        f"{platform.machine()}. First paint: {cold:,.0f} ms on the server's first visit, then "
        f"median {statistics.median(warm):,.0f} ms, worst {max(warm):,.0f} ms of {len(warm)} new "
        "browsers.",
        "",
        "| click | n | answer, ms | worst | end of run, ms | worst | server, ms | page, ms | "
        "kB sent |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(taken.row() for taken in timer.rows),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=2000)
    parser.add_argument("--clicks", type=int, default=10)
    parser.add_argument("--only", default="", help="a part of the names of the clicks to time")
    asked = parser.parse_args()
    print(measure(asked.statements, asked.clicks, asked.only), end="")


if __name__ == "__main__":
    main()
