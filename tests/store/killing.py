"""SIGKILL at random moments: ``python -m tests.store.killing --kills 200 --seed 1``.

A real dashboard, which four readers use at once over its own protocol, is killed again and
again. After every kill all that the screen had told them must be in the database, in order,
unaltered and once, and the database must be sound. What was pressed without an answer may be
there or not, but whole.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import shutil
import signal
import sqlite3
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from argmap.records import Debate, Edit
from argmap.store import Store
from tests.dashboard.debates import make_debate
from tests.store.nursery import Nursery, nursery
from tests.store.readers import Act, Corrector, Keeper, Mapper, Reader, text_of
from tests.store.serve_killed import COMMITTING, IDLE, WRITING

_STEPS = {IDLE: "between writes", WRITING: "inside a transaction", COMMITTING: "inside COMMIT"}
# A log that grows without end would slow the pages down, and the kills would hit only reading.
_ROUNDS_A_DEBATE = 10
_LONGEST = 2.5


class LostError(Exception):
    """Something that was promised is not there."""


@dataclass
class Known:
    """What the readers were promised so far.

    Attributes:
        debate, source: the debate that is corrected now, and what it was mapped as.
        log: its corrections as they stood after the last kill.
        here, gone: ids of the debates that are listed and of those that are deleted, but for the
            mapped ones.
        titles: of the debates that were mapped.
        counts: what was done, by kind.
        unsaid: what was done without an answer.
    """

    debate: str = ""
    source: Debate = field(default_factory=make_debate)
    log: tuple[Edit, ...] = ()
    here: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)


def kill_again_and_again(kills: int, *, seed: int, home: Path, say: bool = False) -> Known:
    """Kill the server ``kills`` times and look after each.

    Raises:
        LostError: something was lost, altered or doubled.
    """
    known, chosen = Known(), random.Random(seed)
    steps = home.parent / "step"
    with nursery(home, steps) as servers:
        for number in range(kills):
            if number % _ROUNDS_A_DEBATE == 0:
                _begin_anew(known, number)
            readers = _round(known, chosen, home, number, servers, steps)
            for reader in readers:
                if reader.fault is not None:
                    raise LostError(f"kill {number + 1}: a reader met a fault") from reader.fault
            _look(known, home, readers)
            if say:
                print(f"{number + 1:4d}  {dict(known.steps)}  {dict(known.counts)}", flush=True)
    return known


def _begin_anew(known: Known, number: int) -> None:
    with Store() as store:
        for info in (*store.sessions(), *store.deleted()):
            store.delete(info.id)
        known.source = make_debate(f"Corrected from kill {number + 1} on")
        known.debate = store.save(known.source)
    known.log, known.here, known.gone, known.titles = (), {known.debate}, set(), set()


def _round(
    known: Known,
    chosen: random.Random,
    home: Path,
    number: int,
    servers: Nursery,
    steps: Path,
) -> list[Reader]:
    """Start the server, let the readers in, and kill it."""
    steps.write_bytes(bytes(1))
    own = tuple(statement.id for statement in known.source.statements)
    with steps.open("r+b") as file, mmap.mmap(file.fileno(), 1) as step:
        process, port = servers.start()

        def mind() -> random.Random:
            return random.Random(chosen.random())

        readers: list[Reader] = [
            Corrector(port, mind(), debate=known.debate, statements=own[:3]),
            Corrector(port, mind(), debate=known.debate, statements=own[3:]),
            Keeper(port, mind(), debate=known.debate),
            Mapper(port, mind(), name=f"Mapped-{number}"),
        ]
        threads = [threading.Thread(target=reader.run) for reader in readers]
        for thread in threads:
            thread.start()
        for reader in readers:
            reader.ready.wait(120)
        time.sleep(chosen.random() * _LONGEST)
        # Most of the time there is no write, so three kills of four wait for one.
        index = home / "argmap.db-shm"
        match number % 4:
            case 1:
                _wait(lambda: step[0] == WRITING)
            case 2:
                _wait(lambda: _in_checkpoint(index))
            case 3:
                _wait(lambda: step[0] == COMMITTING)
                time.sleep(chosen.random() * 0.02)
        os.kill(process, signal.SIGKILL)
        servers.ended(process)
        known.steps[_STEPS[step[0]]] += 1
        known.steps["inside a checkpoint"] += _in_checkpoint(index)
        for thread in threads:
            thread.join(120)
    known.steps["with something unanswered"] += any(reader.pending for reader in readers)
    return readers


def _wait(there: Callable[[], bool], *, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not there() and time.monotonic() < end:
        time.sleep(0.00005)


def _in_checkpoint(index: Path) -> bool:
    """Whether SQLite was copying from the log into the database when it was stopped.

    The log's index says how many frames are copied, and how many it set out to copy (SQLite,
    "WAL-mode file format", 2.1: nBackfill and nBackfillAttempted).
    """
    try:
        data = index.read_bytes()[96:132]
    except FileNotFoundError:
        return False
    copied, *_, attempted = struct.unpack("=9I", data) if len(data) == 36 else (0, 0)
    return bool(attempted > copied)


def _look(known: Known, home: Path, readers: Sequence[Reader]) -> None:
    """Hold the database, as the kill left it, against what the readers were told."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that the next server mends what the kill left, not this process.
        path = Path(folder) / "argmap.db"
        for ending in ("", "-wal"):
            source = home / f"argmap.db{ending}"
            if source.is_file():
                shutil.copyfile(source, path.with_name(path.name + ending))
        with Store(f"sqlite:///{path}") as store:
            _log(known, store, readers)
            _debates(known, store, readers)
        raw = sqlite3.connect(path)
        for check, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            if (found := raw.execute(f"PRAGMA {check}").fetchall()) != sound:
                raise LostError(f"{check} says {found}")
        raw.close()


def _log(known: Known, store: Store, readers: Sequence[Reader]) -> None:
    log = store.load(known.debate).edits
    if log[: len(known.log)] != known.log:
        raise LostError("corrections from before the last start are not as they were")
    if [edit.sequence for edit in log] != list(range(1, len(log) + 1)):
        raise LostError(f"the places in the log are {[edit.sequence for edit in log]}")
    if len({edit.id for edit in log}) != len(log):
        raise LostError("a correction stands twice in the log")
    about = {edit.id: edit.statements for edit in log}
    for reader in readers:
        if not isinstance(reader, Corrector):
            continue
        found: list[Act] = []
        for edit in log[len(known.log) :]:
            (statement,) = edit.statements or about[edit.target or ""]
            if statement in reader.statements:
                found.append((edit.label or edit.kind, statement))
        if found != reader.told and found != [*reader.told, reader.pending]:
            raise LostError(
                f"told {reader.told}, unanswered {reader.pending}, but the log has {found}"
            )
        known.unsaid["corrections"] += len(found) - len(reader.told)
        known.counts["corrections"] += sum(kind != "undo" for kind, _ in reader.told)
        known.counts["undone"] += sum(kind == "undo" for kind, _ in reader.told)
    known.log = log


def _debates(known: Known, store: Store, readers: Sequence[Reader]) -> None:
    here = {info.id: info.title for info in store.sessions()}
    gone = {info.id for info in store.deleted()}
    wanted, wanted_gone, titles = set(known.here), set(known.gone), set(known.titles)
    open_ends: list[Act] = []
    for reader in readers:
        if isinstance(reader, Corrector):
            continue
        for kind, about in reader.told:
            known.counts[kind] += 1
            if kind == "map":
                titles.add(about)
            elif kind == "delete":
                wanted.discard(about)
                wanted_gone.add(about)
            else:
                wanted_gone.discard(about)
                wanted.add(about)
        if reader.pending is not None:
            open_ends.append(reader.pending)
    mapped = {name: title for name, title in here.items() if title.startswith("Mapped-")}
    if len(set(mapped.values())) != len(mapped):
        raise LostError("a debate that was mapped once is there twice")
    extra_titles = {about for kind, about in open_ends if kind == "map"}
    if not titles <= set(mapped.values()) <= titles | extra_titles:
        raise LostError(f"mapped {titles}, unanswered {extra_titles}, there are {mapped}")
    others = set(here) - set(mapped)
    for kind, about in open_ends:
        if kind == "delete" and about in gone:
            wanted, wanted_gone = wanted - {about}, wanted_gone | {about}
            known.unsaid[kind] += 1
        elif kind == "restore" and about in here:
            wanted, wanted_gone = wanted | {about}, wanted_gone - {about}
            known.unsaid[kind] += 1
        elif kind == "copy" and len(extra := others - wanted) == 1:
            wanted |= extra
            known.unsaid[kind] += 1
    if others != wanted or gone != wanted_gone:
        raise LostError(f"listed {others}, promised {wanted}; deleted {gone}, told {wanted_gone}")
    known.unsaid["map"] += len(set(mapped.values()) - titles)
    for name, title in here.items():
        _is_whole(known, store.load(name), title if name in mapped else None)
    known.here, known.gone, known.titles = others, gone, set(mapped.values())


def _is_whole(known: Known, found: Debate, mapped: str | None) -> None:
    """Whether a debate is one of those that were saved, to the last word."""
    if mapped is None:
        right = (found.statements, found.stances, found.key_points, found.documents) == (
            known.source.statements,
            known.source.stances,
            known.source.key_points,
            known.source.documents,
        )
    else:
        right = [d.text for d in found.documents] == [text_of(mapped)] and len(found.stances) == 25
    if not right:
        raise LostError(f"the debate “{found.title}” is not as it was saved")


def report(known: Known, kills: int, seed: int) -> str:
    """The counts, as JSON."""
    told = {
        "kills": kills,
        "seed": seed,
        "hit": dict(known.steps),
        "acknowledged and found": dict(known.counts),
        "unanswered, and kept whole": dict(known.unsaid),
        "lost, altered or doubled": 0,
    }
    return json.dumps(told, indent=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        os.environ["ARGMAP_HOME"] = str(home)
        known = kill_again_and_again(given.kills, seed=given.seed, home=home, say=True)
    print(report(known, given.kills, given.seed))


if __name__ == "__main__":
    sys.exit(main())
