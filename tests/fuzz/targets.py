"""What can be fuzzed: every way in for text of another hand, each with its inputs and its checks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from argmap.errors import ArgmapError
from tests.fuzz import checks

#: What came of an input that broke nothing.
READ, REFUSED = "read", "refused"


@dataclass(frozen=True, slots=True)
class Target:
    """One way in.

    Attributes:
        make: an input, by chance.
        read: reads it and checks what came of it; whatever it raises beside ``ArgmapError`` is a
            fault.
        share: how many inputs it gets, against the other targets.
        small: how many inputs the default tests give it.
        programs: the reader starts a program of its own.
        same: message of the ``ArgmapError`` must pass ``checks.message``.
    """

    name: str
    make: Callable[[random.Random], bytes]
    read: Callable[[bytes, random.Random], object]
    share: int = 10
    small: int = 100
    programs: bool = False

    def input(self, seed: int, number: int) -> bytes:
        """The input of that number, always the same."""
        return self.make(random.Random(f"{seed} {self.name} {number}"))

    def tried(self, data: bytes, *, seed: int = 0, number: int = 0) -> str:
        """``READ`` or ``REFUSED``.

        Raises:
            Exception: the reader broke.
        """
        try:
            self.read(data, random.Random(f"{seed} {self.name} {number} read"))
        except ArgmapError as error:
            checks.message(error)
            return REFUSED
        return READ


def every() -> dict[str, Target]:
    """All targets by name."""
    from tests.fuzz import addresses, debates, settings, sources, tables

    found: dict[str, Target] = {}
    for module in (sources, tables, debates, settings, addresses):
        for target in module.targets():
            if target.name in found:
                raise ValueError(f"two targets are called {target.name}")
            found[target.name] = target
    return found
