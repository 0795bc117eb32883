"""What a run is made of: pieces of the inputs, and blocks of pieces that are judged at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from argmap.sources.columns import Field
from argmap.sources.rows import DateOrder

#: Estimated statements of a block.
BLOCK = 2_000

Kind = Literal["file", "csv", "jsonl", "parquet", "refused"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of one table are read, settled once for all of them.

    Attributes:
        columns: names in order; for JSON Lines, of the fields alone.
        fields: the column of each field that the table has, in the order of their names.
        order: what stands first in dates such as ``03/04/2031``.
        delimiter: what parts the cells of a CSV file.
    """

    columns: tuple[str, ...]
    fields: tuple[tuple[Field, str], ...]
    order: DateOrder | None = None
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole file, a range of the rows of a table, or what cannot be read.

    Attributes:
        source: the file as the user named it, folders with what was found in them.
        path: where it lies.
        first: number of the first row as the table's program counts; 0 for a whole file.
        rows: how many; 1 for a whole file.
        start, end: half-open range of bytes, or for Parquet of rows counted from 0.
        statements: about how many, at least 1.
        problem, remedy: why it is refused and what to do.
    """

    source: str
    path: str
    kind: Kind
    statements: int
    first: int = 0
    rows: int = 1
    start: int = 0
    end: int = 0
    layout: Layout | None = None
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that is not parted: one record, as a piece, with the SHA-256 of its content."""

    piece: Piece
    digest: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """What is judged and written in one go.

    Attributes:
        number: from 0, in the order of the inputs.
        statements: about how many.
        sha256: of the digests of all that is in it.
    """

    number: int
    pieces: tuple[Piece, ...]
    statements: int
    sha256: str


@dataclass(slots=True)
class _Open:
    """A block that is still filling."""

    pieces: list[Piece] = field(default_factory=list)
    statements: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, unit: Unit) -> None:
        piece = unit.piece
        self.statements += piece.statements
        self.digest.update(unit.digest)
        before = self.pieces[-1] if self.pieces else None
        if before is not None and _runs_on(before, piece):
            self.pieces[-1] = _joined(before, piece)
        else:
            self.pieces.append(piece)


def split(units: Iterable[Unit], *, size: int = BLOCK) -> Iterator[Block]:
    """Blocks of about ``size`` statements; a unit that is larger stands alone.

    Nothing is left out or twice, the order stays, and the same units give the same blocks.
    """
    number, block = 0, _Open()
    for unit in units:
        if block.pieces and block.statements + unit.piece.statements > size:
            yield _closed(number, block)
            number, block = number + 1, _Open()
        block.add(unit)
    if block.pieces:
        yield _closed(number, block)


def _closed(number: int, block: _Open) -> Block:
    return Block(number, tuple(block.pieces), block.statements, block.digest.hexdigest())


def _runs_on(before: Piece, piece: Piece) -> bool:
    return (
        piece.kind in ("csv", "jsonl", "parquet")
        and (before.kind, before.path, before.layout) == (piece.kind, piece.path, piece.layout)
        and before.end == piece.start
    )


def _joined(before: Piece, piece: Piece) -> Piece:
    return Piece(
        source=before.source,
        path=before.path,
        kind=before.kind,
        statements=before.statements + piece.statements,
        first=before.first,
        rows=before.rows + piece.rows,
        start=before.start,
        end=piece.end,
        layout=before.layout,
    )
