"""What a format's reader hands on before cleaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph on one line; ``item`` marks an entry of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A source that has been read and not yet cleaned; unknown fields are ``None``."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    kind: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
