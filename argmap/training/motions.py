"""The statements of ``corpus/motions``: a short set on each of many motions.

A set opens with its motion (``@motion``), and may give the same in other words (``@same``), what
an opponent would propose (``@opposite``) and a noun phrase that those for it speak well of
(``@target``). Then come its statements, one a line: ``+``, ``-`` or ``0`` and the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from argmap.errors import InputError
from argmap.training.prose import LABELS, Motion, own_files

_HEAD = re.compile(r"@(?P<what>same|opposite|target) (?P<text>.+)")
_MOTION = re.compile(r"@motion (?P<text>.+)")
_LINE = re.compile(r"(?P<sign>[-+0]) (?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A motion and its statements, each as (words, ``"pro"``, ``"con"`` or ``"none"``)."""

    motion: Motion
    statements: tuple[tuple[str, str], ...]


def read_motions(folder: Path) -> tuple[Judged, ...]:
    """Every set of the ``*.txt`` files of ``folder``, in order.

    Raises:
        InputError: there are none, or a line is not of the form.
    """
    files = own_files(folder, "there are no statements")
    return tuple(judged for file in files for judged in _read(file))


def _read(path: Path) -> Iterator[Judged]:
    words: dict[str, str] = {}
    statements: list[tuple[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        if found := _MOTION.fullmatch(line):
            if statements:
                yield Judged(Motion.of(words), tuple(statements))
            words, statements = {"motion": found["text"]}, []
        elif words and (found := _HEAD.fullmatch(line)):
            words[found["what"]] = found["text"]
        elif words and (found := _LINE.fullmatch(line)):
            statements.append((found["text"], LABELS[found["sign"]]))
        else:
            raise InputError(f"{path}, line {number}: not a motion or a statement: {line!r}.")
    if statements:
        yield Judged(Motion.of(words), tuple(statements))
