"""One queue for the work on the models that all browsers of a server share.

A bounded number of jobs runs at once. The others wait, and browsers take turns: whoever has been
served least recently is next, so that one with ten articles does not hold up another with one.
Short work, for which a reader waits at the page, goes before: a job pauses for it.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

#: Most jobs that wait. Each holds its sources in memory, 25 MB at the very most.
MOST = 64

# A job that has paused for so long goes on for a while, so that it ends however much is asked.
_PATIENCE, _GOES_ON = 5.0, 2.0
# How often who waits is told the place again, and a paused job looks whether it was stopped.
_TELL_EVERY = 0.5
# Jobs of a kind whose pace is remembered.
_REMEMBERED = 8


class Ticket(Protocol):
    """A job as the queue sees it.

    Attributes:
        owner: whose it is; those of one owner wait in one line.
        kind: jobs of one kind take a like time for their size.
        size: how much there is to do, in a unit of the kind; 0 where that is not known.
    """

    owner: str
    kind: str
    size: float

    def begin(self) -> None:
        """Start; called once, when it is its turn."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job stands in the queue.

    Attributes:
        ahead: jobs that are begun before it, those that run included.
        seconds: until it begins, from the pace of jobs that are done; ``None`` where unknown.
    """

    ahead: int
    seconds: float | None


class Queue:
    """Gives jobs their turn; every method may be called from any thread.

    Args:
        at_once: jobs that run side by side.
        most: jobs that may wait.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        *,
        at_once: int = 1,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once, self._most, self._clock = at_once, most, clock
        self._change = threading.Condition()
        self._waiting: list[Ticket] = []
        self._running: dict[Ticket, float] = {}
        self._turn = 0
        self._served: dict[str, int] = {}
        self._paces: dict[str, deque[tuple[float, float]]] = {}
        self._asked: list[object] = []
        self._paused: float | None = None
        self._goes_on = -1.0

    def join(self, ticket: Ticket) -> bool:
        """Give ``ticket`` its turn, or a place in the queue; ``False`` where the queue is full."""
        with self._change:
            if len(self._running) >= self._at_once and len(self._waiting) >= self._most:
                return False
            self._waiting.append(ticket)
            self._let_in()
        return True

    def leave(self, ticket: Ticket) -> bool:
        """Take out ``ticket``; ``False`` where it has begun."""
        with self._change:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            self._forget(ticket.owner)
        return True

    def end(self, ticket: Ticket, *, done: bool) -> None:
        """``ticket`` has ended, so the next may begin. Its pace counts where it was ``done``."""
        with self._change:
            began = self._running.pop(ticket)
            if done and ticket.size > 0:
                paces = self._paces.setdefault(ticket.kind, deque(maxlen=_REMEMBERED))
                paces.append((ticket.size, self._clock() - began))
            self._forget(ticket.owner)
            self._let_in()

    def place(self, ticket: Ticket) -> Place | None:
        """Where ``ticket`` waits; ``None`` once it has begun."""
        with self._change:
            order = self._order()
            if ticket not in order:
                return None
            before = order[: order.index(ticket)]
            return Place(len(self._running) + len(before), self._until(before))

    def _let_in(self) -> None:
        while self._waiting and len(self._running) < self._at_once:
            ticket = self._order()[0]
            self._waiting.remove(ticket)
            self._turn += 1
            self._served[ticket.owner] = self._turn
            self._running[ticket] = self._clock()
            ticket.begin()

    def _order(self) -> list[Ticket]:
        """The jobs that wait, in the order of their turns."""
        left, served, turn = list(self._waiting), dict(self._served), self._turn
        order: list[Ticket] = []
        while left:
            ticket = min(left, key=lambda one: served.get(one.owner, 0))
            left.remove(ticket)
            order.append(ticket)
            turn += 1
            served[ticket.owner] = turn
        return order

    def _until(self, before: list[Ticket]) -> float | None:
        """Seconds until the running and then those ``before`` leave room for one more."""
        now = self._clock()
        free = [0.0] * (self._at_once - len(self._running))
        for ticket, began in self._running.items():
            whole = self._takes(ticket)
            if whole is None:
                return None
            free.append(max(0.0, whole - (now - began)))
        heapq.heapify(free)
        for ticket in before:
            whole = self._takes(ticket)
            if whole is None:
                return None
            heapq.heappush(free, heapq.heappop(free) + whole)
        return free[0]

    def _takes(self, ticket: Ticket) -> float | None:
        paces = self._paces.get(ticket.kind)
        if not paces or ticket.size <= 0:
            return None
        return ticket.size * sum(s for _, s in paces) / sum(size for size, _ in paces)

    def _forget(self, owner: str) -> None:
        """Let go of an owner who has nothing left here."""
        if all(one.owner != owner for one in (*self._waiting, *self._running)):
            self._served.pop(owner, None)

    @contextmanager
    def brief(self, told: Callable[[int], None] | None = None) -> Iterator[None]:
        """Do short work, for which a reader waits, before the jobs go on.

        One at a time, in the order of asking.

        Args:
            told: called while others are first, with how many; what it raises ends the wait.
        """
        own = object()
        with self._change:
            self._asked.append(own)
        try:
            while ahead := self._before(own):
                if told is not None:
                    told(ahead)
                with self._change:
                    if self._asked[0] is not own:
                        self._change.wait(_TELL_EVERY)
            yield
        finally:
            with self._change:
                self._asked.remove(own)
                self._change.notify_all()

    def _before(self, own: object) -> int:
        with self._change:
            return self._asked.index(own)

    def give_way(self, stopped: Callable[[], bool]) -> None:
        """Pause the calling job while there is short work, unless that never ends."""
        with self._change:
            while self._asked and not stopped():
                now = self._clock()
                if now < self._goes_on:
                    return
                if self._paused is None:
                    self._paused = now
                if now - self._paused >= _PATIENCE:
                    self._goes_on, self._paused = now + _GOES_ON, None
                    return
                self._change.wait(_TELL_EVERY)
            self._paused = None
