"""Blocks spread with Ray Data: actors that load the model once, on one machine or many.

Ray is the optional extra ``ray`` and is imported here alone. Without ``RAY_ADDRESS`` it is started
for the run, on the loopback address, without its dashboard and without its usage report; with it
the run joins the cluster there, whose machines must see the inputs and the output folder under
the same paths.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from argmap.batch.blocks import Block
from argmap.batch.judge import Job, Judge
from argmap.batch.manifest import Entry, commit, read_entry
from argmap.errors import ArgmapError, InputError

# Only numbers of blocks pass through Ray's store.
_STORE = 100_000_000

# Ray's switch for a node that no other machine can reach: it then binds to the loopback address.
_LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"


class Actor:
    """Judges the blocks whose numbers Ray Data hands it, one a batch."""

    def __init__(self, job: Job, blocks: Sequence[Block], out: str) -> None:
        self._blocks = {block.number: block for block in blocks}
        self._out = Path(out)
        self._judge = Judge(job)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        for number in batch["block"]:
            block = self._blocks[int(number)]
            commit(self._out, block, self._judge(block))
        return batch


def judge_on_ray(
    blocks: Sequence[Block], job: Job, *, out: Path, workers: int
) -> Iterator[tuple[Block, Entry]]:
    """Entries in the order in which they are finished.

    An actor that dies is started again and its block judged again by whichever is free.

    Raises:
        InputError: Ray is not installed.
        ArgmapError: Ray gave up.
    """
    if not blocks:
        return
    known = {block.number: block for block in blocks}
    with _started(workers) as ray:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        rows = ray.data.from_items(
            [{"block": block.number} for block in blocks], override_num_blocks=len(blocks)
        )
        judged = rows.map_batches(
            Actor,
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=min(workers, len(blocks))),
            fn_constructor_args=(job, tuple(blocks), str(out.absolute())),
            num_cpus=1,
        )
        try:
            for row in judged.iter_rows():
                number = int(row["block"])
                yield known[number], read_entry(out, number)
        except ray.exceptions.RayError as error:
            raise ArgmapError(
                f"Ray gave up ({_first_line(error)}). What is done is kept; run the command again, "
                "with fewer --workers if memory is short."
            ) from error


@contextmanager
def _started(workers: int) -> Iterator[Any]:
    joined = bool(os.environ.get("RAY_ADDRESS"))
    # Ray reads these when it is first imported.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not joined:
        os.environ.setdefault(_LOOPBACK, "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError(
            "--engine ray needs Ray, which is not installed. Install it with "
            "pip install 'argmap[ray]', or leave --engine out."
        ) from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if joined:
        ray.init(**quiet)
    else:
        ray.init(include_dashboard=False, num_cpus=workers, object_store_memory=_STORE, **quiet)
    try:
        yield ray
    finally:
        ray.shutdown()


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip() if lines else type(error).__name__
