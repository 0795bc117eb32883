"""Sources as the user gave them: the rows of one table are one source to whoever lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from argmap.records import Document
from argmap.wording import row_place


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A document by itself, or the documents that the rows of one table became.

    Attributes:
        title: the document's title, or the table's name.
        table: whether it is a table.
    """

    title: str
    documents: tuple[Document, ...]
    table: bool


def grouped(documents: Sequence[Document]) -> tuple[SourceGroup, ...]:
    """The groups, each where its first document stands."""
    found: dict[tuple[bool, str], list[Document]] = {}
    for document in documents:
        table = document.attributes.get("table") if row_place(document) else None
        found.setdefault((table is not None, table or document.id), []).append(document)
    return tuple(
        SourceGroup(name if table else group[0].title, tuple(group), table)
        for (table, name), group in found.items()
    )
