"""What a format's reader hands on before cleaning, and what reading a file comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from argmap.errors import SourceError
from argmap.records import Document


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph on one line; ``item`` marks an entry of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Paragraphs that the format itself gives to one speaker, or to nobody known."""

    name: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A source that has been read and not yet cleaned; unknown fields are ``None``.

    Attributes:
        voices: who says what, if the format marks it; then ``paragraphs`` is empty.
        file_date: the day the file's properties give. It is when somebody made the file, so
            it counts only where the text itself has no date.
        removed: what the reader left out.
        warnings: what the user should know of the reading as a whole.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    voices: tuple[Voice, ...] = ()
    title: str | None = None
    kind: str | None = None
    outlet: str | None = None
    date: str | None = None
    file_date: str | None = None
    url: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file came to.

    Attributes:
        documents: at least one, ids all different.
        warnings: what was left out or guessed, as sentences for the user.
        refused: files in an archive that could not be read, each with its reason.
    """

    documents: tuple[Document, ...]
    warnings: tuple[str, ...] = ()
    refused: tuple[SourceError, ...] = ()
