"""A whole run: plan, what is done already, the rest by one process, several, or Ray."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from argmap import __version__
from argmap.batch.blocks import BLOCK, Block, Unit, split
from argmap.batch.inputs import InputFile, units
from argmap.batch.judge import Job, Judge, Models
from argmap.batch.manifest import Entry, begin, commit, finish, still_there
from argmap.batch.schema import ROWS, SCHEMA_VERSION
from argmap.errors import InputError
from argmap.records import LABELS

Engine = Literal["local", "ray"]
ENGINES: tuple[Engine, ...] = ("local", "ray")

_UNITS_BETWEEN = 2_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        size: estimated statements that a block was filled to.
    """

    files: tuple[InputFile, ...]
    blocks: tuple[Block, ...]
    size: int

    @property
    def statements(self) -> int:
        """About how many there are in all."""
        return sum(block.statements for block in self.blocks)

    @property
    def records(self) -> int:
        return sum(piece.rows for block in self.blocks for piece in block.pieces)


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is.

    Attributes:
        expected: estimated statements of all blocks, and of those that are done: ``reached``.
        kept: the part of ``reached`` that an earlier run did.
        statements: how many there really were in the blocks that this run did.
    """

    blocks: int
    done: int
    expected: int
    reached: int
    kept: int
    statements: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a finished run comes to, blocks of earlier runs with it.

    Attributes:
        labels: how often each of ``LABELS`` was given, by motion.
        judged: blocks that this run did; the others it found done.
    """

    documents: int
    statements: int
    errors: int
    labels: Mapping[str, tuple[int, ...]]
    blocks: int
    judged: int


def make_plan(
    files: Sequence[InputFile],
    *,
    columns: Mapping[str, str] | None = None,
    size: int = BLOCK,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Read the inputs through once, keeping where the blocks begin and end and not what is said.

    Args:
        progress: called with the bytes of the files that were read and of all.
    """
    sizes = [_bytes(file.path) for file in files]
    total, read = sum(sizes), 0

    def every() -> Iterator[InputFile]:
        nonlocal read
        for file, length in zip(files, sizes, strict=True):
            if progress is not None:
                progress(read, total)
            yield file
            read += length

    def watched() -> Iterator[Unit]:
        for number, unit in enumerate(units(every(), columns)):
            if progress is not None and not number % _UNITS_BETWEEN:
                lines = unit.piece.kind in ("csv", "jsonl")
                progress(read + (unit.piece.end if lines else 0), total)
            yield unit

    return Plan(tuple(files), tuple(split(watched(), size=size)), size)


def run(
    plan: Plan,
    job: Job,
    *,
    out: Path,
    models: Models | None = None,
    engine: Engine = "local",
    workers: int = 1,
    progress: Callable[[State], None] | None = None,
) -> Summary:
    """Judge every block that is not done yet and write the rows below ``out``.

    Args:
        models: used where one local process does the work; otherwise each worker loads its own.
        workers: processes that judge.
        progress: called after every block; may raise to stop the work, which can be resumed.

    Raises:
        InputError: the folder holds something else, is in use, or a worker keeps failing.
        OSError: it cannot be written.
    """
    header = _header(plan, job)
    if len({topic.id.casefold() for topic in job.topics}) < len(job.topics):
        raise InputError("Two motions have ids that differ only in their case. Rename one.")
    with _alone(out):
        known = begin(out, header)
        done = {
            block.number: known[block.number]
            for block in plan.blocks
            if (entry := known.get(block.number)) is not None
            and entry.input_sha256 == block.sha256
            and still_there(out, entry)
        }
        kept = sum(block.statements for block in plan.blocks if block.number in done)
        left = [block for block in plan.blocks if block.number not in done]
        expected, reached, found = plan.statements, kept, 0

        def report() -> None:
            if progress is not None:
                progress(State(len(plan.blocks), len(done), expected, reached, kept, found))

        report()
        for block, entry in _judged(left, job, out, models, engine, workers):
            done[block.number] = entry
            reached, found = reached + block.statements, found + entry.statements
            report()
        finish(out, header, done.values())
    return _summary(done, job, len(left))


def _judged(
    blocks: Sequence[Block],
    job: Job,
    out: Path,
    models: Models | None,
    engine: Engine,
    workers: int,
) -> Iterator[tuple[Block, Entry]]:
    if engine == "ray":
        from argmap.batch.cluster import judge_on_ray

        return judge_on_ray(blocks, job, out=out, workers=workers)
    if workers > 1:
        from argmap.batch.pool import judge_in_pool

        return judge_in_pool(blocks, job, out=out, workers=workers)
    return _judge_here(blocks, job, out, models)


def _judge_here(
    blocks: Sequence[Block], job: Job, out: Path, models: Models | None
) -> Iterator[tuple[Block, Entry]]:
    if not blocks:
        return
    judge = Judge(job, models)
    for block in blocks:
        yield block, commit(out, block, judge(block))


def _header(plan: Plan, job: Job) -> dict[str, Any]:
    """What two runs must share for one to go on where the other stopped."""
    return {
        "schema_version": SCHEMA_VERSION,
        "argmap": __version__,
        "model": job.model,
        "topics": [{"id": topic.id, "motion": topic.motion} for topic in job.topics],
        "settings": {"threshold": job.threshold, **job.settings},
        "columns": dict(job.columns),
        "block": plan.size,
        "row": [name for name, _, _ in ROWS],
    }


def _summary(done: Mapping[int, Entry], job: Job, judged: int) -> Summary:
    entries = list(done.values())
    labels = {
        topic.id: tuple(
            sum(entry.labels[topic.id][place] for entry in entries) for place in range(len(LABELS))
        )
        for topic in job.topics
    }
    return Summary(
        documents=sum(entry.documents for entry in entries),
        statements=sum(entry.statements for entry in entries),
        errors=sum(entry.errors for entry in entries),
        labels=labels,
        blocks=len(entries),
        judged=judged,
    )


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # said when it is read


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Refuse a folder that another process is writing; the lock goes with the process."""
    if os.name != "posix":
        yield
        return
    import fcntl

    if not out.exists():
        out.mkdir(parents=True, exist_ok=True)
    elif not out.is_dir():
        raise InputError(f"{out}: This is a file. Name a folder.")
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"{out}: Another argmap is writing there. Wait for it, or name another folder."
            ) from None
        yield
    finally:
        os.close(handle)
