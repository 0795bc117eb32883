from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.export import write_file


def test_write_file_writes_the_very_text(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_file(path, "a\r\n“b”\n")
    assert path.read_bytes() == "a\r\n“b”\n".encode()
    write_file(path, "c")
    assert path.read_bytes() == b"c"
    assert list(tmp_path.iterdir()) == [path]


def test_write_file_obeys_the_mask_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        write_file(path, "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    write_file(path, "b")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_write_file_writes_where_a_link_points(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_file(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_write_file_writes_to_a_device() -> None:
    write_file(Path(os.devnull), "a")
    assert not Path(os.devnull).is_file()


def test_write_file_leaves_the_old_file_when_it_cannot_finish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("argmap.export.files.os.fsync", full)
    with pytest.raises(InputError, match=r"out\.csv: No space left on device"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_file_says_where_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.out\.csv: No such file or directory"):
        write_file(tmp_path / "none" / "out.csv", "a")
    with pytest.raises(InputError, match="Is a directory"):
        write_file(tmp_path, "a")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(InputError):
        write_file(loop / "out.csv", "a")
