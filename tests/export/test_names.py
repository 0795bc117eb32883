"""No title becomes a path, a device, or a name that a file system refuses."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argmap.export import EXPORTERS
from argmap.export.bundle import to_zip
from argmap.export.names import file_name
from tests.dashboard.debates import make_debate

TITLES = (
    "../../etc/passwd", "..\\..\\windows\\system32", "/etc/passwd", "C:\\autoexec.bat",
    "a\x00b.exe",
    "nurse\r\nSet-Cookie: a=b", '"; filename="evil.exe', "CON", "nul.txt", "Com1", "lpt³", " . ",
    "", "-rf *", "\u202efdp.exe", "~root", "$HOME", "%TEMP%", "| rm", "é" * 300,
    "𐐷" * 300, "ŉ" * 300,
    "con\u200b", ".bashrc", "CON.", "aux-",
)  # fmt: skip
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
SUFFIX = ".comparison.html"


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_makes_a_plain_name(title: str, tmp_path: Path) -> None:
    name = file_name(title, SUFFIX)
    (tmp_path / name).write_text("x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@given(title=st.text(max_size=400))
@example(title="nul")
@example(title="a" * 59 + "-b")
def test_any_title_makes_a_name_that_every_system_takes(title: str) -> None:
    name = file_name(title, SUFFIX)
    assert name == PurePosixPath(name).name == PureWindowsPath(name).name
    assert RESERVED.fullmatch(name) is None
    assert len(name.encode("utf-8")) <= 255
    assert re.fullmatch(r"[^\W-][\w-]*", name.removesuffix(SUFFIX))
    assert name.removesuffix(SUFFIX)[-1] != "-"
    assert '"' not in name


@pytest.mark.parametrize("title", TITLES)
def test_the_entries_of_the_archive_stay_in_one_folder(
    title: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for exporter in EXPORTERS.values():
        monkeypatch.setattr(type(exporter), "text", lambda self, debate: "x")
    monkeypatch.setattr("argmap.export.charts_page.charts_to_html", lambda debate: "x")
    with zipfile.ZipFile(io.BytesIO(to_zip(make_debate(title=title)))) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "out")
    assert len(set(names)) == len(names) == len(EXPORTERS) + 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(names)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
