"""The splitter, for any records."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from argmap.batch.blocks import Block, Layout, Piece, Unit, split

LAYOUT = Layout(("text",), (("text", "text"),))


@st.composite
def records(draw: st.DrawFn) -> list[Unit]:
    """Rows of tables, some with gaps between them, and whole files, in order."""
    units: list[Unit] = []
    for number in range(draw(st.integers(0, 6))):
        name = f"f{number}"
        if draw(st.booleans()):
            piece = Piece(name, name, "file", draw(st.integers(1, 40)))
            units.append(Unit(piece, hashlib.sha256(name.encode()).digest()))
            continue
        at = 0
        for row in range(draw(st.integers(1, 12))):
            at += draw(st.sampled_from([0, 0, 0, 3]))
            end = at + draw(st.integers(1, 9))
            size = draw(st.integers(1, 25))
            piece = Piece(name, name, "csv", size, first=row + 2, start=at, end=end, layout=LAYOUT)
            units.append(Unit(piece, hashlib.sha256(f"{name} {row}".encode()).digest()))
            at = end
    return units


def parts(blocks: list[Block]) -> list[tuple[str, int]]:
    """Every byte of every piece, so that joined rows are compared with single ones."""
    return [
        (piece.path, place)
        for block in blocks
        for piece in block.pieces
        for place in (range(piece.start, piece.end) if piece.kind == "csv" else (0,))
    ]


@given(records(), st.integers(1, 60))
def test_blocks_hold_every_record_once_and_in_order(units: list[Unit], size: int) -> None:
    blocks = list(split(units, size=size))
    whole = [Block(0, (unit.piece,), 0, "") for unit in units]
    assert parts(blocks) == parts(whole)
    assert [block.number for block in blocks] == list(range(len(blocks)))
    assert sum(piece.rows for b in blocks for piece in b.pieces) == len(units)
    assert sum(b.statements for b in blocks) == sum(unit.piece.statements for unit in units)
    for block in blocks:
        assert block.pieces
        assert block.statements == sum(piece.statements for piece in block.pieces)
        rows = sum(piece.rows for piece in block.pieces)
        assert block.statements <= size or rows == 1


@given(records(), st.integers(1, 60))
def test_a_block_that_could_take_the_next_record_is_not_closed(
    units: list[Unit], size: int
) -> None:
    blocks = list(split(units, size=size))
    place = 0
    for block, following in pairwise(blocks):
        place += sum(piece.rows for piece in block.pieces)
        assert block.statements + units[place].piece.statements > size
        assert following.pieces[0].start == units[place].piece.start


@given(records(), st.integers(1, 60), st.data())
def test_a_record_that_changes_changes_the_hash_of_its_block_alone(
    units: list[Unit], size: int, data: st.DataObject
) -> None:
    if not units:
        return
    place = data.draw(st.integers(0, len(units) - 1))
    changed = [*units]
    changed[place] = Unit(units[place].piece, hashlib.sha256(b"changed").digest())
    before, after = list(split(units, size=size)), list(split(changed, size=size))
    assert [b.pieces for b in before] == [b.pieces for b in after]
    different = [b.number for b, a in zip(before, after, strict=True) if b.sha256 != a.sha256]
    assert len(different) == 1
    counts = [sum(piece.rows for piece in b.pieces) for b in before]
    number = different[0]
    assert sum(counts[:number]) <= place < sum(counts[: number + 1])
