"""Work that takes more than a moment: a thread that can be watched and stopped, in its turn.

A job either ends with a result or leaves everything as it was; only its last act, keeping the
result, changes anything. One that is stopped may still keep what it has finished.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from argmap import logs
from argmap.dashboard.queueing import Place, Queue
from argmap.errors import ArgmapError

State = Literal["waiting", "running", "done", "stopped", "failed"]

#: Called as ``report(stage, done, total)``; raises :class:`StoppedError` once the job is stopped.
Report = Callable[[str, int, int], None]

# Below this share of a stage, or this many seconds, its speed says nothing yet.
_LEAST_SHARE = 0.05
_LEAST_SECONDS = 1.0


class StoppedError(Exception):
    """The user stopped the job."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands.

    Attributes:
        stage: what it is doing.
        done, total: counts within the stage; ``total`` is 0 where there is nothing to count.
        since: seconds since the stage began.
    """

    stage: str
    done: int = 0
    total: int = 0
    since: float = 0.0

    @property
    def share(self) -> float:
        """How much of the stage is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What is left of the stage at its speed so far, or ``None`` while that is unknown."""
        if self.share < _LEAST_SHARE or self.since < _LEAST_SECONDS:
            return None
        return self.since * (1.0 - self.share) / self.share


class Job:
    """Runs ``work(report)`` in a thread of its own, at once or in its turn.

    Args:
        title: what the job makes, for the reader.
        work: returns the id of the session it kept. It calls ``report`` often, which raises
            :class:`StoppedError` once for every time that the user asks to stop; work that catches
            it and returns a session has kept what was done.
        told: a sentence for when it is done, where it makes no debate.
        queue: where it waits for its turn; it begins at once where none is given.
        owner, kind, size: see :class:`~argmap.dashboard.queueing.Ticket`.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Report], str | None],
        *,
        told: str | None = None,
        queue: Queue | None = None,
        owner: str = "",
        kind: str = "",
        size: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.title = title
        self.told = told
        self.owner, self.kind, self.size = owner, kind, size
        self._queue = queue
        self._clock = clock
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._cut_short = False
        self._stage = ("Starting", 0, 0)
        self._born = self._began = clock()
        self._state: State = "waiting"
        self._result: str | None = None
        self._error: str | None = None
        self._failure: ArgmapError | None = None
        # Only the thread holds the work, so that what it was given goes when it has ended.
        self._thread: threading.Thread | None = threading.Thread(
            target=self._run, args=(work,), name=f"argmap: {title}", daemon=True
        )
        if queue is None:
            self.begin()
        elif not queue.join(self):
            self._end(
                "failed",
                error="Too many debates wait to be mapped on this server, so this one was not "
                "added. Nothing was changed. Try again in some minutes.",
            )

    def begin(self) -> None:
        """Start; the queue calls this, once."""
        with self._lock:
            assert self._thread is not None
            self._state, self._began = "running", self._clock()
            self._thread.start()

    @property
    def state(self) -> State:
        with self._lock:
            return self._state

    @property
    def live(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def place(self) -> Place | None:
        """Where it waits in the queue; ``None`` where it does not."""
        return self._queue.place(self) if self._queue is not None else None

    @property
    def result(self) -> str | None:
        """What ``work`` returned, once it is done or was stopped with something to keep."""
        with self._lock:
            return self._result

    @property
    def error(self) -> str | None:
        """A plain sentence on what went wrong, once it has failed."""
        with self._lock:
            return self._error

    @property
    def failure(self) -> ArgmapError | None:
        """The error that it failed with, where that was no fault of ours."""
        with self._lock:
            return self._failure

    @property
    def progress(self) -> Progress:
        with self._lock:
            stage, done, total = self._stage
            return Progress(stage, done, total, self._clock() - self._began)

    def stop(self) -> None:
        """Leave the queue at once, or ask the job to stop, which it does at its next report."""
        if self._queue is not None and self._queue.leave(self):
            self._end("stopped")
        else:
            self._stop.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set() and self.state == "running"

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the job has ended, at most ``seconds``."""
        self._ended.wait(seconds)

    def _report(self, stage: str, done: int, total: int) -> None:
        self._raise_if_stopped()
        with self._lock:
            if stage != self._stage[0]:
                self._began = self._clock()
            self._stage = (stage, done, total)
        if self._queue is not None:
            self._queue.give_way(self._stop.is_set)
            self._raise_if_stopped()

    def _raise_if_stopped(self) -> None:
        if self._stop.is_set():
            self._cut_short = True
            self._stop.clear()
            raise StoppedError

    def _end(self, state: State, *, result: str | None = None, error: str | None = None) -> None:
        with self._lock:
            self._state, self._result, self._error = state, result, error
            self._thread = None
        logs.event("job", state=state, session=result, seconds=round(self._clock() - self._born, 3))
        self._ended.set()

    def _run(self, work: Callable[[Report], str | None]) -> None:
        try:
            result = work(self._report)
        except StoppedError:
            self._over("stopped")
        except ArgmapError as error:
            self._failure = error
            self._over("failed", error=str(error))
        except Exception as error:
            # A fault of ours in a thread would otherwise vanish: show it and log where it was.
            found = logs.fault(error, kind="job")
            self._over(
                "failed",
                error=f"A fault in the program stopped the mapping ({type(error).__name__}: "
                f"{error}). Nothing was changed. It is named {found} in the log, and the page "
                "Model has what a report needs.",
            )
        else:
            self._over("stopped" if self._cut_short else "done", result=result)

    def _over(self, state: State, *, result: str | None = None, error: str | None = None) -> None:
        if self._queue is not None:
            self._queue.end(self, done=state == "done")
        self._end(state, result=result, error=error)
