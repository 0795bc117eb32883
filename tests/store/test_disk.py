"""Disks that are full and folders that cannot be written, real ones where this machine lets us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from argmap.errors import StoreError
from argmap.store import Store, back_up, daily, restore
from tests.samples import sample_debate
from tests.store.conftest import SQLITE
from tests.store.filled import files, fill, label, state

# What is looked at here is SQLite's file.
pytestmark = [SQLITE, pytest.mark.skipif(sys.platform == "win32", reason="needs mounts and modes")]
_NOBODY = 65534


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder on a file system of half a megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root may mount; test_database.py bounds the pages instead")
    monkeypatch.setenv("ARGMAP_HOME", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill_up(folder: Path) -> Path:
    stuffing = folder / "stuffing"
    with suppress(OSError), stuffing.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    return stuffing


def test_a_full_disk_loses_nothing_and_is_told(small: Path) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        kept = [store.add_edit(name, label("s1"))]
        stuffing = _fill_up(small)
        with pytest.raises(StoreError, match="disk is full"):
            while True:
                kept.append(store.add_edit(name, label("s2")))
        # What is there can still be read, and is what was said to be kept.
        assert store.load(name).edits == tuple(kept)
        with pytest.raises(StoreError, match="disk is full"):
            store.save(sample_debate(title="Another"))
        stuffing.unlink()
        kept.append(store.add_edit(name, label("s3")))
    assert state()[name].edits == tuple(kept)


def test_no_backup_is_better_than_half_a_one_on_a_full_disk(small: Path) -> None:
    kept = fill(2)
    made = back_up()
    _fill_up(small)
    before = files(small / "backups")
    for step in (back_up, lambda: restore(made.path)):
        with pytest.raises(StoreError, match=r"Free some space|the disk is full"):
            step()
    assert daily() is None  # it keeps its distance from the end of the disk
    assert files(small / "backups") == before
    (small / "stuffing").unlink()
    assert state() == kept


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Modes do not hold root back, so whoever is root is nobody meanwhile."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_written_is_told_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    # Not below the tests' own folder, which nobody else may enter.
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    monkeypatch.setenv("ARGMAP_HOME", str(folder))
    try:
        kept = fill(2)
        state()
        path = folder / "argmap.db"
        for one in (folder / "argmap.db-wal", folder / "argmap.db-shm"):
            one.unlink(missing_ok=True)
        data = path.read_bytes()
        path.chmod(0o444)
        folder.chmod(0o777 if what == "file" else 0o555)
        told = pytest.raises(StoreError, match=r"cannot be opened for writing.*writable")
        with _as_nobody(), told, Store() as store:
            store.add_edit(next(iter(kept)), label("s3"))
        assert path.read_bytes() == data
        folder.chmod(0o755)
        path.chmod(0o644)
        assert state() == kept
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
