"""A person's corrections: events that are never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from argmap.records.base import Label, content_id

EditKind = Literal[
    "merge", "split", "rename", "not_said_by", "distinct", "label", "point", "relation",
    "undo", "redo",
]  # fmt: skip
EditRelation = Literal["support", "attack", "undercut", "none"]

EDIT_KINDS: tuple[EditKind, ...] = (
    "merge", "split", "rename", "not_said_by", "distinct", "label", "point", "relation",
    "undo", "redo",
)  # fmt: skip
EDIT_RELATIONS: tuple[EditRelation, ...] = ("support", "attack", "undercut", "none")


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction, as a person made it: an event that is never changed.

    Which fields a kind uses:

    ======================  =========================================================
    ``merge``               ``speaker`` is the same as ``into``, which stays
    ``split``               ``statements`` of ``speaker`` go to ``into``, or to a new
                            speaker called ``name`` (with ``role`` and ``party``)
    ``rename``              ``speaker`` gets ``name``, ``role`` and ``party``
    ``not_said_by``         ``statements`` are not by ``speaker`` (``None``: nobody was
                            named) but by ``into``, a new one called ``name``, or nobody
    ``distinct``            ``speaker`` and ``into`` are two: do not offer to merge them
    ``label``               ``statements`` have ``label`` on ``topic``; a label equal to
                            the model's confirms it
    ``point``               ``statements`` go on ``topic`` into key point ``point``, into
                            a new one headed ``name``, or (neither) out of any; without
                            statements ``point`` gets the heading ``name``
    ``relation``            ``statements``, a source and its target, are ``relation`` on
                            ``topic``; ``"none"`` takes the link away
    ``undo``, ``redo``      the edit whose id is ``target``
    ======================  =========================================================

    Attributes:
        id: made of everything else in it.
        sequence: place in the debate's log, counted from 1.
        time: ISO 8601 moment in UTC.
        drawn: the sentences of a ``label`` were drawn at random to be judged, and not picked
            because their label looked wrong.
    """

    id: str
    sequence: int
    kind: EditKind
    time: str
    author: str = "local user"
    speaker: str | None = None
    into: str | None = None
    statements: tuple[str, ...] = ()
    name: str | None = None
    role: str | None = None
    party: str | None = None
    target: str | None = None
    topic: str | None = None
    label: Label | None = None
    point: str | None = None
    relation: EditRelation | None = None
    drawn: bool = False

    @classmethod
    def create(cls, kind: EditKind, *, sequence: int, time: str, **fields: object) -> Edit:
        """Make an edit whose id is derived from its content."""
        bare = cls(id="", sequence=sequence, kind=kind, time=time, **fields)  # type: ignore[arg-type]
        return bare.numbered(sequence)

    def numbered(self, sequence: int) -> Edit:
        """This edit at another place in a log, with the id that it has there."""
        who = (self.speaker, self.into, self.name, self.role, self.party, self.target)
        what = (self.topic, self.label, self.point, self.relation)
        # The id of an edit of who said what is older than the later fields and stays without.
        later = (
            (*what, "drawn" if self.drawn else None)
            if self.drawn or any(value is not None for value in what)
            else ()
        )
        identifier = content_id(
            "e",
            str(sequence),
            self.kind,
            self.time,
            self.author,
            # A missing field and an empty one are two contents.
            *("\x00" if value is None else value for value in (*who, *later)),
            *self.statements,
        )
        return replace(self, id=identifier, sequence=sequence)
