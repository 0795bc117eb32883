"""``argmap map`` on tables, archives and files of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import MOTION, parsed, run
from tests.sources.files import archive
from tests.sources.samples import RTF

TABLE = (
    "nr,reply,who,age\n"
    "1,Nurses deserve a larger pay rise.,Ann Adeyemi,30\n"
    "2,A larger rise is not affordable.,John Smith,40\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "replies.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_columns_are_given_by_name(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    columns = ["--column", "text=reply", "--column", "speaker=who", "--column", "id=nr"]
    result = run("map", table, "--motion", MOTION, *columns, "--json", out)
    assert result.exit_code == 0, result.stderr
    value = parsed(out)
    assert value["title"] == "replies.csv"
    assert [d["attributes"] for d in value["documents"]] == [
        {"age": "30", "id": "1", "row": "2", "table": "replies.csv"},
        {"age": "40", "id": "2", "row": "3", "table": "replies.csv"},
    ]
    assert [s["name"] for s in value["speakers"]] == ["Ann Adeyemi", "John Smith"]
    assert "replies.csv" not in result.stderr


def test_guessed_columns_are_said_on_standard_error(table: Path, tmp_path: Path) -> None:
    result = run("map", table, "--motion", MOTION, "--json", tmp_path / "out.json")
    assert result.exit_code == 0
    assert f"argmap: {table}: Taken from the columns’ names: text is “reply”" in result.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text", "is not FIELD=COLUMN"),
        ("mood=reply", "is not FIELD=COLUMN, where FIELD is one of text, id, speaker"),
        ("text=words", "there is no column “words”. Choose from its columns: “nr”, “reply”"),
    ],
)
def test_a_column_that_cannot_be_is_refused(table: Path, given: str, said: str) -> None:
    result = run("map", table, "--motion", MOTION, "--column", given)
    assert result.exit_code != 0
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


def test_a_column_given_twice_is_refused(table: Path) -> None:
    twice = ["--column", "text=reply", "--column", "text=who"]
    result = run("map", table, "--motion", MOTION, *twice)
    assert result.exit_code == 2
    assert "text is given twice" in result.stderr


def test_an_archive_is_mapped_whole(table: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "all.zip", tmp_path / "out.json"
    path.write_bytes(archive({"a.rtf": RTF, "b/replies.csv": table.read_bytes()}))
    result = run("map", path, "--motion", MOTION, "--json", out)
    assert result.exit_code == 0, result.stderr
    assert len(parsed(out)["documents"]) == 3


def test_every_bad_file_is_named_those_in_an_archive_too(table: Path, tmp_path: Path) -> None:
    path, picture = tmp_path / "all.zip", tmp_path / "fake.txt"
    path.write_bytes(archive({"a.rtf": RTF, "b.png": b"\x89PNG", "c.txt": b""}))
    picture.write_bytes(b"\x89PNG")
    result = run("map", path, table, picture, "--motion", MOTION, "--json", tmp_path / "out.json")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f"argmap: {path}: b.png: this is a picture (PNG).")
    assert lines[1].startswith(f"argmap: {path}: c.txt: the file is empty.")
    assert lines[2].startswith("argmap: fake.txt: this is a picture (PNG), although")
    assert not (tmp_path / "out.json").exists()


def test_standard_input_may_be_a_table(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    given = ["--column", "text=reply", "--column", "speaker=who"]
    result = run("map", "-", "--motion", MOTION, *given, "--json", out, input=TABLE)
    assert result.exit_code == 0, result.stderr
    assert len(parsed(out)["documents"]) == 2


def test_columns_do_not_make_a_table_of_an_article(
    table: Path, article: Path, tmp_path: Path
) -> None:
    given = ["--column", "text=reply", "--column", "speaker=who"]
    out = tmp_path / "out.json"
    result = run("map", table, article, "--motion", MOTION, *given, "--json", out)
    assert result.exit_code == 0, result.stderr
    assert [d["kind"] for d in parsed(out)["documents"]] == ["comment", "comment", "article"]


def test_more_files_than_the_limit_are_refused(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_MAX_FILES", "1")
    result = run("map", table, table, "--motion", MOTION)
    assert result.exit_code == 1
    assert "2 files are more than the limit of 1" in result.stderr
