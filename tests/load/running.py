"""One run: a server, its people, and whoever clicks on an idle server beside it."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import shutil
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.browser.conftest import Server, serve
from tests.load.client import Page
from tests.load.people import Person, Record
from tests.load.serving import busy, fill, memory
from tests.load.watching import Seen, Watch

ROOT = Path(__file__).resolve().parents[2]
FAKES = ROOT / "tests" / "browser" / "serve_with_fakes.py"
_FOR_EVER = 86_400.0
_SAMPLE, _TELL = 5.0, 12
log = logging.getLogger(__name__)
# The person on the idle server; no mark is theirs.
_BESIDE = 999


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    Attributes:
        browsers: people; every second one maps articles.
        actions: of each of them.
        pace: mean seconds between two actions of one person; 0 for as fast as answered.
        sentences: of an article.
        between: clicks of a mapping person between two articles.
        fakes: with the models' stand-ins.
        limit: seconds after which everybody stops where they are.
        beside: another server with one person who clicks, and nobody who maps.
    """

    browsers: int
    actions: int
    pace: float
    sentences: int
    between: int
    fakes: bool
    beside: bool
    seed: int
    limit: float = math.inf


@dataclass(frozen=True, slots=True)
class Sample:
    """A look at the server: seconds since the start, its megabytes, the machine's load."""

    at: float
    megabytes: float
    load: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        mapping, clicking: the records of those who map and of those who only click.
        beside: of the one on the idle server.
        failures: what ended a person's visit early, in words.
        seconds: from the first action to the last.
        server_busy, clients_busy: seconds of processor.
        log: what the server wrote that looks like a fault.
    """

    plan: Plan
    mapping: tuple[Record, ...]
    clicking: tuple[Record, ...]
    beside: Record | None
    failures: tuple[str, ...]
    samples: tuple[Sample, ...]
    began: float
    seconds: float
    server_busy: float
    clients_busy: float
    log: tuple[str, ...]


def run(plan: Plan, folder: Path, *, filled: Path | None = None) -> Outcome:
    """Start the server on a filled store, let the people in, and wait until they have done.

    Args:
        folder: where the servers keep what they keep.
        filled: a folder in which the stores are filled once, for several runs.
    """
    script = FAKES if plan.fakes else ROOT / "app.py"
    home = folder / "home"
    debates = _stored(plan, home, plan.browsers, filled)
    with serve(script, home) as server:
        if not plan.beside:
            found = asyncio.run(_visit(plan, server, debates, None, ""))
        else:
            other = folder / "beside" / "home"
            own = _stored(plan, other, plan.browsers, filled)
            with serve(script, other) as idle:
                found = asyncio.run(_visit(plan, server, debates, idle, own[0]))
    faults = tuple(
        line
        for line in (folder / f"{script.stem}.log").read_text().splitlines()
        if "Traceback" in line or "Error" in line
    )
    return Outcome(**{**found, "log": faults})


def _stored(plan: Plan, home: Path, people: int, filled: Path | None) -> list[str]:
    """Debates of so many people in ``home``, mapped now or copied from ``filled``."""
    source = home if filled is None else filled / f"{people}-{plan.sentences}-{plan.seed}"
    ids = source / "debates.json"
    if not ids.is_file():
        found = fill(source, people, sentences=plan.sentences, fakes=plan.fakes, seed=plan.seed)
        ids.write_text(json.dumps(found))
    if source != home:
        shutil.copytree(source, home)
    return list(json.loads(ids.read_text()))


async def _visit(
    plan: Plan, server: Server, debates: Sequence[str], idle: Server | None, own: str
) -> dict[str, object]:
    await _ready(server)
    people = [
        Person(n, _host(server), debates[n], pace=plan.pace, seed=plan.seed)
        for n in range(plan.browsers)
    ]
    mapping, clicking = people[::2], people[1::2]
    if len(people) == 1:
        mapping, clicking = [], people
    beside = None
    if idle is not None:
        await _ready(idle)
        beside = Person(0, _host(idle), own, pace=plan.pace or 2.0, seed=_BESIDE)
        await beside.start()
    began, used, own_used = time.monotonic(), busy(server.process), time.process_time()
    samples: list[Sample] = []
    watch = asyncio.create_task(_watch(server, began, samples, people))
    failures: list[str] = []
    tasks = [
        *(
            _attempt(
                one,
                one.map_articles(plan.actions, sentences=plan.sentences, between=plan.between),
                failures,
            )
            for one in mapping
        ),
        *(_attempt(one, one.click_about(plan.actions), failures) for one in clicking),
    ]
    at_its_side = asyncio.create_task(beside.click_about(1_000_000)) if beside is not None else None
    doing = [asyncio.create_task(task) for task in tasks]
    _, late = await asyncio.wait(doing, timeout=min(plan.limit, _FOR_EVER))
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    seconds = time.monotonic() - began
    samples.append(_sample(server, began))
    watch.cancel()
    if at_its_side is not None:
        at_its_side.cancel()
    return {
        "plan": plan,
        "mapping": tuple(one.record for one in mapping),
        "clicking": tuple(one.record for one in clicking),
        "beside": beside.record if beside is not None else None,
        "failures": tuple(failures),
        "samples": tuple(samples),
        "began": began,
        "seconds": seconds,
        "server_busy": busy(server.process) - used,
        "clients_busy": time.process_time() - own_used,
    }


async def _attempt(person: Person, visit: Awaitable[None], failures: list[str]) -> None:
    try:
        await person.start()
        await visit
        await person.stop()
    except Exception as error:  # the others go on, and the run fails at its end
        failures.append(f"person {person.number}: {type(error).__name__}: {error}")


async def _ready(server: Server) -> None:
    """Wait until the bundled debates are mapped and the models loaded."""
    page = await Page(_host(server), cookie="first", heard=Watch(_BESIDE, Seen())).open()
    while any(p.proto.text.startswith("Mapping") for p in page.find("progress")):
        await asyncio.sleep(0.5)
    await page.close()


async def _watch(
    server: Server, began: float, samples: list[Sample], people: Sequence[Person]
) -> None:
    while True:
        samples.append(now := _sample(server, began))
        if len(samples) % _TELL == 0:
            clicks = sum(len(one.record.clicks) for one in people)
            log.info(
                "%.0f s: %d actions, %.0f MB, load %.1f", now.at, clicks, now.megabytes, now.load
            )
        await asyncio.sleep(_SAMPLE)


def _sample(server: Server, began: float) -> Sample:
    return Sample(time.monotonic() - began, memory(server.process), os.getloadavg()[0])


def _host(server: Server) -> str:
    return server.url.removeprefix("http://")
