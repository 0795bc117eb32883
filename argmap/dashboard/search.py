"""Finding words in a source, and the places in it that a reader steps through."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from argmap.records import SIDES, Document, Label, Stance, Statement

#: Where words were found: start and end, in order, not overlapping.
Hits = Sequence[tuple[int, int]]

# A reader types straight quotation marks and gets curly ones as well.
_ALIKE = {"'": "['‘’]", '"': '["“”]'}


def pattern(search: str) -> re.Pattern[str] | None:
    """What finds ``search`` in a text, whatever its case and white space; ``None`` of nothing."""
    words = search.split()
    if not words:
        return None
    escaped = ("".join(_ALIKE.get(c) or re.escape(c) for c in word) for word in words)
    return re.compile(r"\s+".join(escaped), re.I)


def find_all(text: str, search: str) -> tuple[tuple[int, int], ...]:
    """Every place where ``search`` stands in ``text``."""
    wanted = pattern(search)
    return () if wanted is None else tuple(found.span() for found in wanted.finditer(text))


def pieces(start: int, end: int, hits: Hits) -> list[tuple[int, int, int | None]]:
    """The text from ``start`` to ``end`` cut where hits begin and end.

    Returns:
        start, end and, within a hit, where that hit begins: it may begin or end outside.
    """
    found: list[tuple[int, int, int | None]] = []
    at = start
    for begin, stop in hits[bisect_right(hits, start, key=lambda h: h[1]) :]:
        if begin >= end:
            break
        if at < begin:
            found.append((at, begin, None))
            at = begin
        last = min(stop, end)
        found.append((at, last, begin))
        at = last
    if at < end:
        found.append((at, end, None))
    return found


def matching(
    statements: Iterable[Statement],
    stances: Mapping[str, Stance],
    *,
    labels: Collection[Label] = (),
    speakers: Collection[str] = (),
    corrected: bool = False,
    sure: tuple[float, float] | None = None,
    search: str = "",
) -> tuple[Statement, ...]:
    """The statements that pass every filter that is set.

    Args:
        corrected: only those whose speaker or label a person gave.
        sure: least and most probable that their label may be, 0 to 1.
        search: words that stand in them.
    """
    wanted = pattern(search)
    tests: list[Callable[[Statement], bool]] = []
    if labels:
        tests.append(lambda s: s.id in stances and stances[s.id].label in labels)
    if speakers:
        tests.append(lambda s: s.speaker in speakers)
    if corrected:
        tests.append(
            lambda s: s.attribution.corrected or (s.id in stances and stances[s.id].corrected)
        )
    if sure is not None:
        least, most = sure
        tests.append(lambda s: s.id in stances and least <= stances[s.id].confidence <= most)
    if wanted is not None:
        tests.append(lambda s: wanted.search(s.text) is not None)
    return tuple(s for s in statements if all(test(s) for test in tests))


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to step to: a statement, or a hit, which may lie outside every statement."""

    start: int
    statement: str | None


def stops_of(
    document: Document,
    statements: Sequence[Statement],
    *,
    stances: Mapping[str, Stance],
    passing: Collection[str] | None,
    search: str = "",
) -> tuple[Stop, ...]:
    """Where next and previous lead, in order.

    With words to search for, every hit; else every statement that passes the filters; with
    neither, every statement that takes a side.

    Args:
        statements: those of the document, in order of their place.
        passing: ids of the statements that pass the filters; ``None`` where none is set.
    """
    if search.strip():
        starts = [statement.start for statement in statements]
        found = []
        for start, _ in find_all(document.text, search):
            index = bisect_right(starts, start) - 1
            holder = statements[index] if index >= 0 and start < statements[index].end else None
            if passing is None or (holder is not None and holder.id in passing):
                found.append(Stop(start, holder.id if holder else None))
        return tuple(found)
    if passing is not None:
        return tuple(Stop(s.start, s.id) for s in statements if s.id in passing)
    return tuple(
        Stop(s.start, s.id)
        for s in statements
        if (stance := stances.get(s.id)) is not None and stance.label in SIDES
    )


def position(stops: Sequence[Stop], at: int | None) -> int | None:
    """Which of the stops stands at a place, counted from 1; ``None`` where none does."""
    if at is None:
        return None
    index = bisect_left(stops, at, key=lambda stop: stop.start)
    return index + 1 if index < len(stops) and stops[index].start == at else None


def step(stops: Sequence[Stop], at: int | None, *, back: bool = False) -> Stop | None:
    """The next stop after a place, or the last before it; round again past either end."""
    if not stops:
        return None
    if at is None:
        return stops[-1 if back else 0]
    if back:
        index = bisect_left(stops, at, key=lambda stop: stop.start) - 1
    else:
        index = bisect_right(stops, at, key=lambda stop: stop.start)
    return stops[index % len(stops)]
