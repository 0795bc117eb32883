"""What people do: some map articles of their own, the others click through their debate."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.load.client import Page, PageError, Part
from tests.load.invent import MOTIONS, article, title
from tests.load.watching import Seen, Watch

_PAGES = ("", "tree", "stands", "speakers", "compare", "read", "correct", "differences", "model",
          "take-away")  # fmt: skip
_PLACE = re.compile(r"Mapping .*?: (\w+|number \d+) in the queue")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_LOOK = 0.25
# A mapping that takes longer is held to be lost.
_LOST = 1800.0


@dataclass(slots=True)
class Record:
    """What one person did and how long it took.

    Attributes:
        clicks: (moment, what, seconds) of every answered click; moments as ``time.monotonic``.
        waits: seconds that each mapping waited in the queue.
        mapped: seconds from the press to the map of each mapping, waiting included.
        places: how often each place in the queue was read.
        left: mappings that were given up in the queue or while they ran.
        missing: actions that found nothing to press, by name.
    """

    clicks: list[tuple[float, str, float]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    mapped: list[float] = field(default_factory=list)
    places: Counter[int] = field(default_factory=Counter)
    left: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    seen: Seen = field(default_factory=Seen)


class Person:
    """One browser with one tab.

    Args:
        debate: id of a stored debate of their own.
        pace: mean seconds between two actions; 0 for as fast as the page answers.
    """

    def __init__(self, number: int, host: str, debate: str, *, pace: float, seed: int) -> None:
        self.number = number
        self.record = Record()
        self._debate, self._pace = debate, pace
        self._rng = random.Random(seed * 1000 + number)
        self._page = Page(host, cookie=f"browser{number}", heard=Watch(number, self.record.seen))
        self._made = 0

    async def start(self) -> None:
        await self._page.open(f"debate={self._debate}")

    async def stop(self) -> None:
        await self._page.close()

    async def click_about(self, actions: int) -> None:
        """So many actions on the person's own debate."""
        for _ in range(actions):
            await self._pause()
            await self._do(self._rng.choices(_ACTIONS, _WEIGHTS)[0])

    async def map_articles(self, actions: int, *, sentences: int, between: int) -> None:
        """Map article after article, with ``between`` clicks about the last, to so many actions."""
        done = 0
        while done < actions:
            done += await self._map(sentences)
            more = min(between, actions - done)
            await self.click_about(more)
            done += max(0, more)

    async def _pause(self) -> None:
        if self._pace:
            await asyncio.sleep(self._rng.uniform(0.5, 1.5) * self._pace)

    def _took(self, what: str, seconds: float) -> None:
        self.record.clicks.append((time.monotonic(), what, seconds))

    async def _do(self, what: str) -> None:
        seconds = await _DOES[what](self)
        if seconds is None:
            self.record.missing[what] += 1
            # Nothing to press: the person turns to another page, which is an action as well.
            what = "open the tree" if what in _AT_THE_TREE else "open Read"
            seconds = await _DOES[what](self)
            assert seconds is not None
        self._took(what, seconds)

    # --- single actions; each is one click, or None where the page has nothing to press --------

    async def _visit(self) -> float:
        name = self._rng.choice(_PAGES)
        return await self._page.go(name, f"debate={self._debate}")

    async def _read(self) -> float:
        return await self._page.go("read", f"debate={self._debate}")

    async def _tree(self) -> float:
        return await self._page.go("tree", f"debate={self._debate}")

    async def _pick(self) -> float | None:
        picks = self._page.picks()
        return await self._page.pick(*self._rng.choice(picks)) if picks else None

    async def _node(self) -> float | None:
        points = self._page.points()
        return await self._page.choose_point(*self._rng.choice(points)) if points else None

    async def _search(self) -> float | None:
        field = self._page.labelled("text_input", "Search") or self._page.labelled(
            "text_input", "Find"
        )
        word = self._rng.choice(("street", "report", "", "plan", "money"))
        return None if field is None else await self._page.set(field, word)

    async def _filter(self) -> float | None:
        lists = [p for p in self._page.find("multiselect") if len(p.proto.options)]
        if not lists:
            return None
        chosen = self._rng.choice(lists)
        kept = self._rng.sample(list(chosen.proto.options), k=self._rng.randint(0, 1))
        return await self._page.set(chosen, kept)

    async def _correct(self) -> float | None:
        group = self._page.labelled("button_group", "Your label on this motion")
        if group is None:
            return None
        option = self._rng.choice(list(group.proto.options)).content
        return await self._page.set(group, [option])

    async def _undo(self) -> float | None:
        button = self._page.labelled("button", "Undo")
        return None if button is None else await self._page.press(button)

    async def _motion(self) -> float | None:
        box = self._page.labelled("selectbox", "Motion")
        if box is None:
            return None
        return await self._page.set(box, self._rng.choice(list(box.proto.options)))

    async def _why(self) -> float | None:
        button = self._page.labelled("button", "Work it out")
        return None if button is None else await self._page.press(button)

    # --- mapping -----------------------------------------------------------------------------

    async def _map(self, sentences: int) -> int:
        """Map one article from the typing to the map; how many actions that was."""
        page, done = self._page, 0
        self._made += 1
        name = title(self.number, self._made)
        text = article(self.number, sentences=sentences, rng=self._rng)

        async def act(what: str, seconds: Awaitable[float]) -> None:
            nonlocal done
            self._took(what, await seconds)
            done += 1

        await self._pause()
        await act("open a page", page.go("new"))
        if (afresh := page.labelled("button", "Start afresh")) is not None:
            await act("start afresh", page.press(afresh))
        for label, kind, value in (
            ("Paste a text", "text_area", text),
            ("Its title", "text_input", name),
            ("Motion 1", "text_input", self._rng.choice(MOTIONS)),
            ("Name of the debate", "text_input", name),
        ):
            await self._pause()
            await act("type", page.set(self._needed(kind, label), value))
        await act("press Map", page.press(self._needed("button", "Map the debate")))
        await self._await_map(gives_up=self._rng.random() < 0.1)
        return done

    def _needed(self, kind: str, label: str) -> Part:
        part = self._page.labelled(kind, label)
        if part is None:
            there = [p.proto.label for p in self._page.find(kind)]
            raise PageError(f"person {self.number}: no {kind} “{label}”, only {there}")
        return part

    async def _await_map(self, *, gives_up: bool) -> None:
        page, began = self._page, time.monotonic()
        waited: float | None = None
        while time.monotonic() - began < _LOST:
            texts = [p.proto.text.replace("\\", "") for p in page.find("progress")]
            own = [text for text in texts if text.startswith("Mapping ")]
            places = [found[1] for text in own if (found := _PLACE.match(text))]
            if places:
                self.record.places[_place(places[0])] += 1
            elif waited is None:
                waited = time.monotonic() - began
            if page.page == page.pages[""] or not own:
                if gives_up and page.page != page.pages[""]:
                    self.record.left += 1
                    return
                self.record.waits.append(waited or 0.0)
                self.record.mapped.append(time.monotonic() - began)
                found = re.search(r"debate=([^&]+)", page.query)
                if found is not None:
                    self._debate = found[1]
                return
            stop = page.labelled("button", "Leave the queue") or page.labelled("button", "Stop")
            if gives_up and stop is not None and time.monotonic() - began > 1.0:
                self._took("leave the queue", await page.press(stop))
                # The stop counts at the job's next report; the page tells when it has ended.
                gives_up = True
            await asyncio.sleep(_LOOK)
        raise PageError(f"person {self.number}: the mapping was not done in {_LOST:.0f} s")


def _place(word: str) -> int:
    if word in _PLACES:
        return _PLACES.index(word) + 1
    return int(word.removeprefix("number "))


_Does = Callable[[Person], Awaitable[float | None]]
_DOES: dict[str, _Does] = {
    "open a page": Person._visit,
    "open Read": Person._read,
    "open the tree": Person._tree,
    "choose a sentence": Person._pick,
    "choose a node": Person._node,
    "search": Person._search,
    "filter": Person._filter,
    "correct a label": Person._correct,
    "undo": Person._undo,
    "change the motion": Person._motion,
    "ask why": Person._why,
}
_AT_THE_TREE = ("choose a node", "filter")
_ACTIONS = tuple(_DOES)
_WEIGHTS = (18, 8, 8, 26, 10, 6, 6, 9, 5, 2, 2)
