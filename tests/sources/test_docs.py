"""docs/formats.md says what the code does: its limits, its settings, its formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.sources import FIELDS, READABLE, columns, limits, package, pdf

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "said",
    [
        f"| a file | {limits.DEFAULT_FILE_MB} MB | `ARGMAP_MAX_FILE_MB` |",
        f"in an archive | {limits.DEFAULT_FILES} | `ARGMAP_MAX_FILES` |",
        f"{limits.MAX_CHARACTERS:,} characters",
        f"{limits.MAX_ROWS:,} rows, {limits.MAX_COLUMNS} columns",
        f"{limits.MAX_PAGES:,} pages; {pdf.MEMORY_MB:,} MB and {pdf.SECONDS} s",
        f"{limits.MAX_UNPACKED // 1024**2} MB unpacked, {limits.MAX_PARTS:,} parts, "
        f"{package.MAX_XML // 1024**2} MB of XML",
    ],
)
def test_limits_are_the_code_s(said: str) -> None:
    assert said in DOCS


def test_every_format_is_in_the_table() -> None:
    names = READABLE.replace(" and zip archives of these", "").replace("(", "").replace(")", "")
    wanted = {word.strip(",") for word in names.split() if word.strip(",")[:1] in ".ABCDEFHJMPRTW"}
    assert {"Hansard", ".docx", ".vtt", "TSV"} <= wanted
    assert [word for word in wanted if word not in DOCS] == []


def test_every_field_of_a_table_has_a_word_and_names() -> None:
    assert set(columns.FIELD_WORDS) == set(FIELDS)
    for field in ("text", "speaker", "title", "outlet", "id", "url"):
        assert f"`{field}`" in DOCS
