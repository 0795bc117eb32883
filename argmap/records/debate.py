"""Everything known about one debate, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from argmap.records.base import SCHEMA_VERSION
from argmap.records.edits import Edit
from argmap.records.judgements import KeyPoint, Relation, Stance
from argmap.records.sources import Decision, Division, Document, Speaker, Statement, Topic


@dataclass(frozen=True, slots=True)
class Run:
    """What made a debate: enough to make it again."""

    argmap: str
    models: Mapping[str, str]
    settings: Mapping[str, str | int | float | bool]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Debate:
    """Everything known about one debate; what the project file holds.

    Attributes:
        edits: the log of corrections, in order.
        edited: the edits are applied: speakers, labels, key points and relations are the
            corrected ones. Such a debate is for showing; what is kept is the one without, beside
            its edits.
    """

    title: str
    run: Run
    documents: tuple[Document, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Topic, ...] = ()
    statements: tuple[Statement, ...] = ()
    stances: tuple[Stance, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    relations: tuple[Relation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    schema_version: int = SCHEMA_VERSION
    edits: tuple[Edit, ...] = ()
    edited: bool = False

    @property
    def divisions(self) -> tuple[Division, ...]:
        """The divisions of every document, in order."""
        return tuple(division for document in self.documents for division in document.divisions)
