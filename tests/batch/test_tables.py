"""Tables as streams, beside the reader that takes a table whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.batch import lines
from argmap.batch.blocks import split
from argmap.batch.columnar import Rows
from argmap.batch.judge import Judge, Models, Read
from argmap.batch.tables import Row, read_table, scan_table
from argmap.errors import SourceError
from argmap.nlp import FakeClassifier
from argmap.records import Document
from argmap.sources import read_all
from tests.batch.inputs import job, write_csv, write_jsonl, write_parquet

WRITERS: dict[str, Callable[[Path, Sequence[Mapping[str, str]]], Path]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
# Cells with everything that parts them; what normalising removes is no matter here.
CELLS = st.text(st.sampled_from("ab é“,;|\t\"'\n\r\\{}"), max_size=12).map(lambda text: f"w {text}")


def scanned(path: Path, kind: str, *, size: int, mapping: Any = None) -> list[Row]:
    """The rows, read again piece by piece from the blocks that a scan gives."""
    rows = Rows()
    blocks = list(split(scan_table(path, path.name, kind, mapping), size=size))
    return [row for block in blocks for piece in block.pieces for row in read_table(piece, rows)]


def documents(path: Path, mapping: Any = None) -> list[Document]:
    judge = Judge(job(columns=mapping or {}), Models(FakeClassifier(), None))
    found = []
    kind = path.suffix[1:]
    for block in split(scan_table(path, path.name, kind, mapping), size=5):
        for piece in block.pieces:
            found += [document for document, _ in judge.documents(piece, Read())]
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12),
    st.sampled_from(sorted(WRITERS)),
    st.integers(1, 4),
)
def test_every_cell_comes_back_whatever_is_in_it(
    tmp_path: Path, cells: list[tuple[str, str]], kind: str, size: int
) -> None:
    path = WRITERS[kind](
        tmp_path / f"t.{kind}", [{"text": text, "speaker": name} for text, name in cells]
    )
    found = scanned(path, kind, size=size)
    assert [(row.cells["text"], row.cells["speaker"]) for row in found] == cells
    assert not any(row.problem for row in found)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_rows_become_the_documents_that_a_small_table_gives(tmp_path: Path, kind: str) -> None:
    rows = [
        {"comment": "Nurses deserve more. It is fair.", "name": "Ann Lee", "day": "13/02/2031"},
        {"comment": "A rise\nis not affordable.", "name": "", "day": "04/03/2031"},
        {"comment": "No.", "name": "Per", "day": "May 2031"},
    ]
    path = WRITERS[kind](tmp_path / f"t.{kind}", rows)
    whole = read_all(path)
    streamed = documents(path)
    assert [d.id for d in streamed] == [d.id for d in whole.documents]
    assert [d.text for d in streamed] == [d.text for d in whole.documents]
    assert [d.date for d in streamed] == ["2031-02-13", "2031-03-04", whole.documents[2].date]
    assert [d.turns for d in streamed] == [d.turns for d in whole.documents]


def test_parquet_is_read_across_row_groups_with_its_own_types(tmp_path: Path) -> None:
    from datetime import date

    rows = [
        {"body": f"Text {n}.", "when": date(2031, 4, n + 1), "number": n, "vector": [1.0, 2.0]}
        for n in range(20)
    ]
    path = write_parquet(tmp_path / "t.parquet", rows, group=6)
    found = scanned(path, "parquet", size=4, mapping={"date": "when", "id": "number"})
    assert [row.cells["text"] for row in found] == [f"Text {n}." for n in range(20)]
    assert found[19].cells["date"] == "2031-04-20"
    assert (found[19].number, found[19].cells["id"]) == (20, "19")


def test_parquet_ranges_can_be_taken_in_any_order(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "t.parquet", [{"text": str(n)} for n in range(50)], group=8)
    rows = Rows()
    for start, end in ((40, 45), (3, 9), (9, 10), (30, 50), (0, 50), (10, 12)):
        assert list(rows.take(path, ["text"], start, end)) == [(str(n),) for n in range(start, end)]


def test_a_line_that_is_no_object_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(
        b'{"text": "One."}\n\nnot json\n[1]\n{"text": "Caf\xe9."}\n{"text": "\x81\xff."}\n'
        b'{"text": "Last."}'
    )
    found = scanned(path, "jsonl", size=2)
    assert [(row.number, row.cells.get("text", ""), row.problem) for row in found] == [
        (1, "One.", ""),
        (3, "", "the line is not JSON."),
        (4, "", "the line is not a JSON object."),
        (5, "Café.", ""),
        (6, "", "the text is in an encoding that cannot be told."),
        (7, "Last.", ""),
    ]


def test_a_line_that_is_too_long_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 64)
    path = write_jsonl(tmp_path / "t.jsonl", [{"text": "One."}, {"text": "x" * 500}, {"text": "3"}])
    found = scanned(path, "jsonl", size=9)
    assert [row.number for row in found] == [1, 2, 3]
    assert "longer than" in found[1].problem
    assert found[2].cells["text"] == "3"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the table is empty"),
        (b"a,b\n1,2\n3,4\n", "no column of the table looks like the text"),
        (b"\xff\xfet\x00e\x00", "this is no UTF-8 text"),
        (b'text\n"One.\n' + b"a\n" * 60, "a quotation mark that opens in row 2 is never closed"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=problem):
        scanned(path, "csv", size=9)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", [{"text": "One."}])
    with pytest.raises(SourceError, match="there is no column “speech”"):
        scanned(path, "csv", size=9, mapping={"text": "speech"})


def test_excel_s_own_first_line_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("\ufeffsep=;\r\ntext;id\r\nOne.;1\r\n\r\nTwo, three.;2\r\n".encode())
    found = scanned(path, "csv", size=1)
    assert [(row.cells["text"], row.cells["id"]) for row in found] == [
        ("One.", "1"), ("Two, three.", "2")
    ]  # fmt: skip


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 not")
    with pytest.raises(SourceError, match="this is no Parquet file"):
        scanned(path, "parquet", size=9)
