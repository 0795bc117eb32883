"""PDF: reading order, page furniture, what is refused, and what keeps a bad file apart."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from argmap.errors import SourceError
from argmap.sources import pdf as module
from argmap.sources import read_all, read_bytes
from argmap.sources.pdf_layout import Piece, arrange
from tests.sources.files import paper, pdf
from tests.sources.hostile import pdf_of_many_pages, pdf_of_nested_forms


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(columns: int, justified: bool) -> None:
    data, expected = paper(columns, justified=justified)
    document = read_bytes(data, name="paper.pdf")
    read = re.sub(r"\s+", " ", document.text)
    # A paragraph that ends its sentence at a column's foot may be parted there, never mixed.
    assert read == " ".join(("Nights in the harbour", *expected))
    whole = set(document.text.split("\n\n"))
    assert len(whole & set(expected)) >= len(expected) - 2
    assert document.title == "Nights"
    assert document.removed[0] == "Avalon Institute Briefing 12"
    assert {"1", "2"} <= set(document.removed)


def test_properties_give_author_and_a_day_that_is_marked_as_theirs() -> None:
    document = read_bytes(paper(1, justified=True)[0], name="paper.pdf")
    assert document.attributes["author"] == "Ada Vale"
    assert document.date == "2000-01-01"  # what reportlab writes where a file must not vary
    assert document.attributes["date from"] == "the file’s properties"


def _pieces(*rows: tuple[float, float, str]) -> list[Piece]:
    return [
        Piece(text, left, left + 5.0 * len(text), baseline, 10.0) for left, baseline, text in rows
    ]


def _column(left: float, name: str, top: int = 700, count: int = 8) -> list[Piece]:
    return _pieces(
        *(
            (left, top - 12 * n, f"{name}{n} has forty letters in its line here")
            for n in range(count)
        )
    )


def test_the_file_s_own_order_does_not_matter() -> None:
    pieces = [*_column(320, "B"), *_column(50, "A")]
    lines, _ = arrange([sorted(pieces, key=lambda piece: -piece.baseline)])
    assert [line.text[:2] for line in lines] == [f"{c}{n}" for c in "AB" for n in range(8)]


def test_a_wide_line_parts_the_columns_above_it_from_those_below() -> None:
    wide = Piece("A heading that stands across both columns of the page", 50, 520, 590, 12)
    upper = [*_column(50, "A", 690), *_column(320, "B", 690)]
    lower = [*_column(50, "C", 570), *_column(320, "D", 570)]
    lines, _ = arrange([[*lower, wide, *upper]])
    assert "".join(line.text[0] for line in lines) == "A" * 8 + "B" * 8 + "A" + "C" * 8 + "D" * 8


def test_names_in_the_margin_stay_beside_what_they_name() -> None:
    speeches = _column(160, "S")
    names = _pieces(*((50, 700 - 12 * n, "Ms Vale") for n in range(0, 8, 2)))
    lines, _ = arrange([[*names, *speeches]])
    assert lines[0].text.startswith("Ms Vale S0")
    assert [line.text.startswith("Ms Vale") for line in lines] == [True, False] * 4


def test_gaps_of_justified_lines_are_no_columns() -> None:
    pieces = [
        piece
        for n in range(10)
        for piece in _pieces(
            (50, 700 - 12 * n, f"Line {n} breaks"), (150 + 7 * n, 700 - 12 * n, "here.")
        )
    ]
    lines, _ = arrange([pieces])
    assert [line.text for line in lines] == [f"Line {n} breaks here." for n in range(10)]


def test_a_section_s_running_header_goes_from_a_long_paper() -> None:
    pages = [
        [f"Chapter {1 + number // 4}: Nights", "", f"Page {number} says that the port must sleep."]
        for number in range(12)
    ]
    document = read_bytes(pdf(pages), name="a.pdf")
    assert "Chapter" not in document.text
    assert "Chapter 2: Nights" in document.removed


def test_scan_is_refused_and_a_part_that_was_scanned_is_named() -> None:
    with pytest.raises(SourceError, match="no text on its 2 pages; it looks like a scan"):
        read_bytes(pdf([[], []]), name="a.pdf")
    reading = read_all(pdf([["The port must sleep."], [], []]), name="a.pdf")
    assert reading.warnings == (
        "2 of 3 pages hold no text, perhaps because they are scans; they are not mapped.",
    )


def test_ten_thousand_pages_are_refused() -> None:
    with pytest.raises(SourceError, match="10,000 pages and the limit is 2,000"):
        read_bytes(pdf_of_many_pages(), name="a.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit to a process's memory")
def test_a_file_that_fills_the_memory_ends_its_own_process_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MEMORY_MB", 300)
    with pytest.raises(SourceError, match="memory and time that one file may take"):
        read_bytes(pdf_of_nested_forms(), name="a.pdf")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("pdf_worker", 1)

    monkeypatch.setattr(module.subprocess, "run", late)
    with pytest.raises(SourceError, match="memory and time"):
        read_bytes(pdf([["The port must sleep."]]), name="a.pdf")
