"""Zip archives, limits, and files whose names say something else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from argmap.errors import SourceError
from argmap.sources import read_all, read_bytes
from tests.sources.files import archive, pdf, word
from tests.sources.test_tables import CSV

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def test_every_file_in_an_archive_is_read_as_if_it_came_alone() -> None:
    parts = {
        "b/article.txt": b"The port must sleep. It is late.",
        "a/paper.pdf": pdf([["The town must sleep."]]),
        "answers.csv": CSV.encode(),
        "__MACOSX/._article.txt": b"\x00\x05",
        ".DS_Store": b"\x00",
    }
    reading = read_all(archive(parts), name="all.zip")
    alone = [d for n in list(parts)[:2] for d in read_all(parts[n], name=n.split("/")[1]).documents]
    assert reading.documents[:2] == tuple(alone)
    assert len(reading.documents) == 5
    assert reading.warnings[0].startswith("answers.csv: Taken from the columns’ names: text is")
    assert reading.warnings[1:] == ("answers.csv: 1 row is without words in “comment” left out.",)
    assert reading.refused == ()


def test_bad_files_are_named_and_the_others_kept() -> None:
    inner = archive({"a.txt": b"No."})
    reading = read_all(
        archive({"pic.txt": PNG, "in.zip": inner, "ok.txt": b"It must sleep.", "none.txt": b""}),
        name="a.zip",
    )
    assert [document.text for document in reading.documents] == ["It must sleep."]
    assert [(e.where, e.problem) for e in reading.refused] == [
        ("pic.txt", "this is a picture (PNG), although its name ends in .txt."),
        ("in.zip", "this is an archive inside an archive, which is not opened."),
        ("none.txt", "the file is empty."),
    ]


def test_the_same_text_twice_is_read_once() -> None:
    reading = read_all(archive({"a.txt": b"It must.", "b.txt": b"It must."}), name="a.zip")
    assert len(reading.documents) == 1
    assert reading.warnings == ("b.txt: the same text is in the archive already.",)


def test_names_are_shown_and_never_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "../../up\n/\x1b[31m/secret.csv"
    reading = read_all(archive({name: b"text\nIt must sleep.\n"}), name="a.zip")
    assert reading.documents[0].attributes["table"] == "secret.csv"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (archive({}), "holds nothing that can be read"),
        (archive({"a.png": PNG}), "holds nothing that can be read. a.png: this is a picture"),
        (archive({"ppt/presentation.xml": b""}), "PowerPoint presentation"),
        (archive({"a.txt": b"It must sleep."})[:-30], "zip archive is damaged"),
        (archive({f"{n}.txt": bytes(70 * 1024 * 1024) for n in range(3)}), "unpack to 210 MB"),
        (archive({f"{n}.txt": b"No." for n in range(201)}), "201 files and the limit is 200"),
    ],
)
def test_archives_that_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        read_all(data, name="a.zip")


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(archive({"a.txt": b"It must sleep. " * 9_000, "b.txt": b"It must."}))
    # The sizes in the table of contents, which is what bounds are checked against.
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    reading = read_all(bytes(data), name="a.zip")
    assert [document.text for document in reading.documents] == ["It must."]
    assert "damaged" in str(reading.refused[0])


def test_a_locked_file_is_named() -> None:
    data = bytearray(archive({"a.txt": b"It must sleep.", "b.txt": b"It must."}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    reading = read_all(bytes(data), name="a.zip")
    assert "password" in str(reading.refused[0])


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_MAX_FILES", "2")
    with pytest.raises(SourceError, match="3 files and the limit is 2"):
        read_all(archive({f"{n}.txt": b"No." for n in range(3)}), name="a.zip")
    monkeypatch.setenv("ARGMAP_MAX_FILE_MB", "1")
    with pytest.raises(SourceError, match="the limit is 1 MB"):
        read_bytes(b"It must sleep. " * 100_000, name="a.txt")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("big.txt", b"It must sleep. " * 100_000)
        package.writestr("a.txt", b"It must.")
    assert "limit is 1 MB" in str(read_all(buffer.getvalue(), name="a.zip").refused[0])
    for wrong in ("0", "many", "-3", "2.5", "9" * 9):
        monkeypatch.setenv("ARGMAP_MAX_FILE_MB", wrong)
        with pytest.raises(SourceError, match="ARGMAP_MAX_FILE_MB: the setting"):
            read_bytes(b"It must sleep.", name="a.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (PNG, r"picture \(PNG\)"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(90), r"film \(MP4"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(90), "sound recording"),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(90), r"sound recording \(WAV\)"),
        (bytes(257) + b"ustar" + bytes(200), "tar archive"),
        (b"PAR1" + bytes(90), "Parquet"),
        (b"\x1f\x8b\x08" + bytes(90), "gzip"),
    ],
)
def test_what_is_not_read_is_told_by_its_content(data: bytes, what: str) -> None:
    for name in ("a.txt", "a.pdf", "a.docx"):
        with pytest.raises(SourceError, match=f"{what}.* although its name ends in .{name[2:]}"):
            read_bytes(data, name=name)
    with pytest.raises(SourceError, match=what):
        read_bytes(data, name="unnamed")


def test_an_archive_with_another_name_is_read_and_says_so() -> None:
    reading = read_all(archive({"a.txt": b"It must sleep."}), name="a.pdf")
    assert reading.documents[0].text == "It must sleep."
    assert reading.warnings == (
        "It is named .pdf and is a zip archive; the files in it were read.",
    )


def test_word_without_a_suffix_is_word() -> None:
    data = word(lambda document: document.add_paragraph("The port must sleep."))
    assert read_bytes(data, name="upload").text == "The port must sleep."
