"""The same work in several threads, begun in one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable


def at_once(count: int, work: Callable[[int], object]) -> list[BaseException]:
    """Call ``work`` with 0, 1, ... in a thread each; what was raised."""
    failures: list[BaseException] = []
    gate = threading.Barrier(count)

    def begin(number: int) -> None:
        try:
            gate.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
