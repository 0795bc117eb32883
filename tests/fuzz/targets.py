"""What can be fuzzed: every way in for what others wrote, each with its inputs and its checks."""

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
        small: how many inputs the default tests give it.
        programs: the reader starts a program of its own.
    """

    name: str
    make: Callable[[random.Random], bytes]
    read: Callable[[bytes, random.Random], object]
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


#: How many of a thousand inputs or so each gets: many where one takes microseconds, few where it
#: takes a process.
SHARES = {
    "text": 25, "markdown": 20, "transcript": 8, "captions": 20, "html": 3, "rtf": 30, "mail": 8,
    "word": 2,
    "zip": 8, "hansard": 25, "parlamint": 25, "pdf": 12, "pdf in its own process": 0.2,
    "any bytes": 25, "decode": 120,
    "pasted text": 8, "walls": 5, "csv": 30, "excel": 4, "json rows": 30, "json list": 30,
    "column choice": 25,
    "batch csv": 0.3, "batch jsonl": 3, "batch parquet": 3, "project file": 30, "argdown": 10,
    "aif": 15, "xaif": 12,
    "sadface": 15, "graphml": 15, "yaml of argdown": 30, "used debate": 1, "model registry": 3,
    "own models": 3,
    "model settings": 3, "bundled debate": 2, "gold labels": 2, "robots.txt": 40,
    "limits in the environment": 20,
    "typed motions and columns": 50, "web address": 90, "redirect": 60, "address of a view": 90,
    "dates, hours and periods": 90,
}  # fmt: skip


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
