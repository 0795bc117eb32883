"""What every record is made of: the words that fields may hold, content ids and spans."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 1

Side = Literal["pro", "con"]
Label = Literal["pro", "con", "none", "unclear"]
RelationKind = Literal["support", "attack"]
NodeKind = Literal["motion", "side", "key_point", "loose", "more", "statement"]
NodeRelation = Literal["support", "attack", "undercut"]
VoteSide = Literal["aye", "no", "abstain", "both"]

SIDES: tuple[Side, Side] = ("pro", "con")
LABELS: tuple[Label, ...] = ("pro", "con", "none", "unclear")
VOTE_SIDES: tuple[VoteSide, ...] = ("aye", "no", "abstain", "both")


def content_id(prefix: str, *parts: str) -> str:
    """Identifier made of ``prefix`` and twelve hex digits of the parts' SHA-256.

    The same content gives the same id on every machine, so two runs diff cleanly.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}{digest[:12]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters, ``0 <= start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} is not 0 <= start <= end")

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """The same range ``by`` characters later; earlier where ``by`` is negative."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end
