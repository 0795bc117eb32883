"""Failed tries to sign in, each of which makes the next one of that name wait longer."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

#: Tries that cost nothing, and the longest wait in seconds.
FREE, LONGEST = 3, 60.0
_MOST_NAMES = 10_000


class Attempts:
    """Counts failures by name, whether or not there is such a user; for any thread.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Begin a try: seconds that the name has to wait before it, or 0 to go ahead.

        A try that goes ahead counts as failed until :meth:`passed`, so that many at once are no
        way around the waiting.
        """
        with self._lock:
            now = self._clock()
            count, until = self._failed.get(name, (0, now))
            if until > now:
                return until - now
            count += 1
            wait = 0.0 if count < FREE else min(LONGEST, 2.0 ** (count - FREE))
            self._failed[name] = (count, now + wait)
            self._failed.move_to_end(name)
            while len(self._failed) > _MOST_NAMES:
                self._failed.popitem(last=False)
            return 0.0

    def passed(self, name: str) -> None:
        """The password was right: the name begins anew."""
        with self._lock:
            self._failed.pop(name, None)
