"""``argmap bench batch``: a large invented input through a whole run, killed on the way.

The input is one JSON Lines file of speeches, ten sentences each, of 20 words on average drawn
from common English words; no sentence stands twice. The run is a process of its own, which
is killed with SIGKILL while a block is under way and started again, as often as is asked.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from argmap.batch import BLOCK, Job, State, find_files, load_models, load_stand_ins, make_plan, run
from argmap.batch.files import sha256_of
from argmap.batch.manifest import MANIFEST
from argmap.errors import ArgmapError
from argmap.stance import make_topic, threshold_of

_SEED = 29
_SENTENCES = 10
_MOTIONS = (
    "Nurses should receive a larger pay rise.",
    "The town should close its centre to cars.",
    "Schools should end homework for young children.",
    "The country should build new nuclear power stations.",
    "Voting should be a duty of every citizen.",
)
_WORD = re.compile("[a-z]+")
_WORDS = _WORD.findall(
    """
    people government hospital nurses pay rise budget tax money public service council
    town school children teachers parents family work hours week year minister party vote
    members house debate question answer report evidence cost benefit risk plan power
    station energy road cars traffic city centre shop trade business market price wage
    union strike law court right duty citizen country nation world history future change
    reform problem need help support oppose believe think know say argue show find make
    take give keep lose bring build close end begin pass reject accept larger smaller
    better worse fair wrong safe young old new local national clear simple strong weak
    never always often still already perhaps
    """
)
_JOINS = _WORD.findall(
    """
    the a of to in and that is for it with on by at from but not this we they our
    """
)


@dataclass(frozen=True, slots=True)
class Bulk:
    """One run, its restarts with it.

    Attributes:
        seconds: of all its runs together, from start to end.
        processor: seconds that they and their workers kept a core busy; Ray's are not counted.
        megabytes: the most memory that the main process held at once; with one worker it is the
            one that judges.
        repeated: blocks that had been finished and were judged again; none is expected.
        manifest: SHA-256 of what the run wrote down of its blocks and their files.
    """

    statements: int
    motions: int
    workers: int
    engine: str
    models: str
    blocks: int
    kills: int
    repeated: int
    seconds: float
    processor: float
    megabytes: float
    manifest: str


def write_invented(path: Path, statements: int) -> None:
    """The same file for the same number of statements."""
    random = Random(_SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(-(-statements // _SENTENCES)):
            count = min(_SENTENCES, statements - number * _SENTENCES)
            text = " ".join(_sentence(random) for _ in range(count))
            row = {"id": f"r{number}", "speaker": f"Speaker {number % 400}", "text": text}
            file.write(json.dumps(row) + "\n")


def _sentence(random: Random) -> str:
    words = [
        random.choice(_JOINS if random.random() < 0.4 else _WORDS)
        for _ in range(random.randint(10, 28))
    ]
    # "in." could be inches, and the sentence go on.
    return " ".join([*words, random.choice(_WORDS)]).capitalize() + "."


def measure_bulk(
    folder: Path,
    *,
    statements: int,
    motions: int = 1,
    workers: int = 1,
    engine: str = "local",
    stand_ins: bool = False,
    kills: int = 0,
    block: int = BLOCK,
    progress: Callable[[str, int, int], None],
) -> Bulk:
    """Make an input in ``folder``, run it, kill it up to ``kills`` times, and say what it took.

    Raises:
        ArgmapError: the run failed, or its result is not whole.
    """
    source, out = folder / "invented.jsonl", folder / "out"
    write_invented(source, statements)
    # Names without the folder, so that the same run leaves the same bytes in any.
    settings = {
        "source": source.name,
        "out": out.name,
        "motions": motions,
        "workers": workers,
        "engine": engine,
        "stand_ins": stand_ins,
        "block": block,
    }
    random = Random(_SEED)
    seconds, processor, peak, repeated, before = 0.0, 0.0, 0.0, 0, 0
    killed, ended = 0, False
    while not ended:
        # Killed after so many blocks of its own and a part of the next.
        limit = random.randint(1, 4) if killed < kills else None
        begun = time.perf_counter()
        ended, first, last, usage = _attempt(folder, settings, limit, random.random(), progress)
        seconds += time.perf_counter() - begun
        killed += not ended
        processor += usage.ru_utime + usage.ru_stime
        # Linux counts in kilobytes, macOS in bytes.
        unit = 1 if platform.system() == "Darwin" else 1024
        peak = max(peak, usage.ru_maxrss * unit / 1e6)
        repeated += max(0, before - first)
        before = max(before, last)
    manifest = json.loads((out / MANIFEST).read_bytes())
    found = sum(entry["statements"] for entry in manifest["blocks"])
    if not manifest["complete"] or found != statements:
        raise ArgmapError(f"The run ended with {found:,} of {statements:,} statements.")
    return Bulk(
        statements=statements,
        motions=motions,
        workers=workers,
        engine=engine,
        models="stand-ins" if stand_ins else manifest["model"],
        blocks=len(manifest["blocks"]),
        kills=killed,
        repeated=repeated,
        seconds=seconds,
        processor=processor,
        megabytes=peak,
        manifest=sha256_of(out / MANIFEST),
    )


def _attempt(
    folder: Path,
    settings: dict[str, Any],
    limit: int | None,
    part: float,
    progress: Callable[[str, int, int], None],
) -> tuple[bool, int, int, resource.struct_rusage]:
    """Whether it ended before the kill, blocks done at its start and last seen, what it used."""
    with subprocess.Popen(  # nosec B603 # our own module, with its own arguments
        [sys.executable, "-m", "argmap.evaluation.bulk", json.dumps(settings)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        first = last = 0
        begun = took = 0.0
        # Ray writes what befalls its workers there too.
        lines = (line for line in child.stdout or () if line.startswith("{"))
        for number, line in enumerate(lines):
            state = State(**json.loads(line))
            last, now = state.done, time.perf_counter()
            first, took, begun = (last, 0.0, now) if number == 0 else (first, now - begun, now)
            progress("Judging", state.reached, state.expected)
            if limit is not None and number >= limit and state.done < state.blocks:
                time.sleep(part * took)
                os.kill(child.pid, signal.SIGKILL)  # it is still ours to wait for, if it has ended
                break
        tail = child.stderr.read() if child.stderr else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, -signal.SIGKILL):
        raise ArgmapError(f"The run failed. {tail.strip()[-500:]}")
    return child.returncode == 0, first, last, usage


def bulk_table(results: Sequence[Bulk]) -> str:
    """A Markdown table, with what it was measured on."""
    head = (
        "statements", "motions", "models", "engine", "workers", "blocks", "killed",
        "finished blocks repeated", "seconds", "statements/s", "core seconds",
        "statements/core s", "peak MB", "manifest",
    )  # fmt: skip
    lines = [
        f"Invented speeches (seed {_SEED}), {os.cpu_count()} cores, {platform.machine()}; seconds "
        "from start to end, with loading the models after every kill",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
    ]
    for r in results:
        cells = (
            f"{r.statements:,}", str(r.motions), r.models, r.engine, str(r.workers), str(r.blocks),
            str(r.kills), str(r.repeated), f"{r.seconds:,.1f}", f"{r.statements / r.seconds:,.1f}",
            f"{r.processor:,.1f}", f"{r.statements / r.processor:,.1f}", f"{r.megabytes:,.0f}",
            r.manifest[:12],
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _run(settings: dict[str, Any]) -> None:
    """What the process of its own does; one line a block to standard output."""
    topics = tuple(
        make_topic(motion, id=f"m{number}")
        for number, motion in enumerate(_MOTIONS[: settings["motions"]])
    )
    load = load_stand_ins if settings["stand_ins"] else partial(load_models, None)
    models = load()
    threshold, _ = threshold_of(None, models.classifier)
    job = Job(
        topics=topics,
        threshold=threshold,
        settings={},
        columns={},
        model=f"{models.classifier.model_id}@{models.classifier.revision}",
        load=load,
    )
    plan = make_plan(find_files([settings["source"]]), size=settings["block"])
    alone = settings["engine"] == "local" and settings["workers"] == 1

    def say(state: State) -> None:
        sys.stdout.write(json.dumps(asdict(state)) + "\n")
        sys.stdout.flush()

    given = models if alone else None
    del models
    run(
        plan, job, out=Path(settings["out"]), models=given, engine=settings["engine"],
        workers=settings["workers"], progress=say,
    )  # fmt: skip


if __name__ == "__main__":
    _run(json.loads(sys.argv[1]))
