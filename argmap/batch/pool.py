"""Blocks spread over processes of this machine; one that dies costs the blocks it held."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from pathlib import Path

from argmap.batch.blocks import Block
from argmap.batch.judge import Job, Judge
from argmap.batch.manifest import Entry, commit
from argmap.errors import ArgmapError

#: How often a block may be under way while a worker dies before it is given up.
TRIES = 3

# Of a worker's process.
_job: Job | None = None
_judge: Judge | None = None


def judge_in_pool(
    blocks: Sequence[Block], job: Job, *, out: Path, workers: int
) -> Iterator[tuple[Block, Entry]]:
    """Entries in the order in which they are finished.

    Raises:
        ArgmapError: workers died over the same block, or loading the models failed.
    """
    left = {block.number: block for block in blocks}
    deaths: Counter[int] = Counter()
    while left:
        others = set(multiprocessing.active_children())
        pool = _pool(job, min(workers, len(left)))
        under_way: dict[Future[Entry], Block] = {}
        waiting = iter(list(left.values()))
        try:
            while True:
                # Few at a time: a worker that dies takes all of its pool's with it.
                for block in islice(waiting, 2 * workers - len(under_way)):
                    under_way[pool.submit(_work, block, out)] = block
                if not under_way:
                    break
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    entry = future.result()
                    block = under_way.pop(future)
                    del left[block.number]
                    yield block, entry
        except BrokenProcessPool:
            deaths.update(block.number for block in under_way.values())
            number, times = deaths.most_common(1)[0]
            if times >= TRIES:
                source = left[number].pieces[0].source if number in left else ""
                raise ArgmapError(
                    f"{source}: Workers stopped {times} times at about this place. Give fewer "
                    "--workers, if memory is short; what is done is kept."
                ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()  # a block that is under way has written nothing that counts
                child.join()


def _pool(job: Job, workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    cores = multiprocessing.cpu_count() // workers
    start = (job, str(max(1, cores)))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=start)


def _start(job: Job, threads: str) -> None:
    global _job
    # Before torch is imported, which reads it; the workers share the cores.
    os.environ.setdefault("OMP_NUM_THREADS", threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _job = job


def _end_with(sentinel: int) -> None:
    """End this process when its parent is gone; it would wait for work for ever."""
    connection.wait([sentinel])
    os._exit(1)


def _work(block: Block, out: Path) -> Entry:
    global _judge
    if _job is None:
        raise RuntimeError("the worker was not started")
    if _judge is None:
        _judge = Judge(_job)
    return commit(out, block, _judge(block))
