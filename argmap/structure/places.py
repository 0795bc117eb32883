"""Where statements stand to one another: what leads up to one, and what it may answer.

A stretch is a turn where the document marks turns, and a paragraph where it does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from argmap.records import Document, Statement

#: An argument's premises stand at most so many sentences before or after it.
REACH = 3

#: What a stretch answers stands at most so many stretches before it.
STRETCHES = 2

# Statements at the end of a stretch that can be answered: nobody goes through a whole speech.
REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A statement in its document: number of its sentence, number of its stretch."""

    sentence: int
    stretch: int


def places_of(documents: Sequence[Document], statements: Sequence[Statement]) -> dict[str, Place]:
    """The place of every statement by its id; the order of ``statements`` does not matter.

    Statements of a document that is not among ``documents`` stand in one stretch.
    """
    by_id = {document.id: document for document in documents}
    found: dict[str, Place] = {}
    ordered = sorted(statements, key=lambda s: (s.document, s.start, s.end, s.id))
    document, sentence, stretch, last = "", 0, 0, 0
    for statement in ordered:
        if statement.document != document:
            document, sentence, stretch, last = statement.document, 0, 0, statement.start
        elif (own := by_id.get(document)) is not None and _parted(own, last, statement.start):
            stretch += 1
        found[statement.id] = Place(sentence, stretch)
        sentence, last = sentence + 1, statement.start
    return found


def _parted(document: Document, before: int, after: int) -> bool:
    """Whether two characters lie in different turns, or in different paragraphs outside turns."""
    if document.turns:
        return document.turn_at(before) is not document.turn_at(after)
    return "\n\n" in document.text[before:after]


def by_stretch(
    statements: Sequence[Statement], places: Mapping[str, Place]
) -> dict[tuple[str, int], list[Statement]]:
    """Statements by document and stretch, in order."""
    found: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: (s.document, s.start, s.end, s.id)):
        found[statement.document, places[statement.id].stretch].append(statement)
    return found


def leading_up(
    stretch: Sequence[Statement], index: int, places: Mapping[str, Place], *, most: int
) -> list[Statement]:
    """The last few before the one at ``index`` in its stretch, the nearest first."""
    here = places[stretch[index].id].sentence
    before = stretch[max(0, index - most) : index]
    return [s for s in reversed(before) if here - places[s.id].sentence <= REACH]


def answered(
    own: Statement,
    stretches: Mapping[tuple[str, int], Sequence[Statement]],
    places: Mapping[str, Place],
) -> list[Statement]:
    """The statements of the latest of the stretches just before in which somebody else speaks.

    Two statements that nobody is named for may be two people's.
    """
    here = places[own.id].stretch
    for stretch in range(here - 1, here - 1 - STRETCHES, -1):
        said = stretches.get((own.document, stretch), ())[-REMEMBERED:]
        others = [before for before in said if not same_speaker(own, before)]
        if others:
            return others
    return []


def same_speaker(first: Statement, second: Statement) -> bool:
    """Whether one known person says both in their own voice."""
    return (
        first.speaker is not None
        and first.speaker == second.speaker
        and not first.attribution.reported
        and not second.attribution.reported
    )
