"""What is written down of blocks, for any blocks in any order."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.batch.blocks import Block, Piece
from argmap.batch.judge import Judged
from argmap.batch.manifest import (
    Entry,
    begin,
    commit,
    finish,
    folder_of,
    read_entry,
    still_there,
)
from argmap.errors import InputError
from tests.batch.inputs import tree

HEADER = {"schema_version": 1, "settings": {"threshold": 0.5}}
MOTIONS = st.sampled_from(["pay", "t.1", "ünder", "a-b", "..", "1"])


@st.composite
def finished(draw: st.DrawFn) -> list[tuple[Block, Judged]]:
    """Blocks with what judging them gave."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        name = draw(st.text(min_size=1, max_size=8))
        pieces = (Piece(name, name, "csv", 1, first=draw(st.integers(0, 99)), rows=3),)
        block = Block(number, pieces, 3, f"{draw(st.integers(0, 9))}")
        rows = draw(st.dictionaries(MOTIONS, st.binary(max_size=9), max_size=3))
        errors = draw(st.none() | st.binary(max_size=9))
        labels = dict.fromkeys(rows, (1, 2, 3, 4))
        made.append((block, Judged(2, 3, int(errors is not None), rows, errors, labels)))
    return made


def committed(out: Path, blocks: list[tuple[Block, Judged]]) -> dict[int, Entry]:
    return {block.number: commit(out, block, judged) for block, judged in blocks}


@settings(max_examples=15)
@given(finished(), st.data())
def test_order_and_stops_leave_no_trace(
    blocks: list[tuple[Block, Judged]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(blocks))
    stops = data.draw(st.lists(st.integers(0, len(blocks)), max_size=3))
    with TemporaryDirectory() as folder:
        whole, stopped = Path(folder) / "whole", Path(folder) / "stopped"
        assert begin(whole, HEADER) == {}
        entries = committed(whole, blocks)
        finish(whole, HEADER, entries.values())
        for stop in [*stops, len(blocks)]:
            found = begin(stopped, HEADER)
            assert found == {number: entries[number] for number in found}
            committed(stopped, [(b, j) for b, j in shuffled[:stop] if b.number not in found])
            (stopped / "rows").mkdir(exist_ok=True)
            (stopped / "rows" / ".argmap-00ff00ff00ff00ff.part").write_bytes(b"half")
        finish(stopped, HEADER, begin(stopped, HEADER).values())
        assert tree(stopped) == tree(whole)
        assert begin(whole, HEADER) == entries
        assert json.loads((whole / "_manifest.json").read_bytes())["complete"]


@settings(max_examples=15)
@given(finished())
def test_an_entry_is_read_as_it_was_written_and_knows_its_files(
    blocks: list[tuple[Block, Judged]],
) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        begin(out, HEADER)
        for entry in committed(out, blocks).values():
            assert read_entry(out, entry.block) == entry
            assert still_there(out, entry)
            for output in entry.outputs:
                file = out / output.path
                file.write_bytes(file.read_bytes() + b"x")
                assert not still_there(out, entry)
                file.unlink()
                assert not still_there(out, entry)


def test_a_motion_s_folder_cannot_leave_the_run_s() -> None:
    for motion in ("..", "a/b", "a\\b", "a=b", "ü"):
        part = folder_of(motion).removeprefix("rows/motion=")
        assert "/" not in part
        assert "\\" not in part
        assert part.isascii()


@pytest.mark.parametrize("content", [b"", b"[]", b"{half"])
def test_a_manifest_that_is_damaged_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "_manifest.json").write_bytes(content)
    with pytest.raises(InputError, match=r"_manifest\.json: This is not what argmap wrote"):
        begin(tmp_path, HEADER)
