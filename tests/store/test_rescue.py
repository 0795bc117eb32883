"""Damaged database files: found, put aside, and what can be had back of them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from argmap.errors import DamagedStoreError, StoreError
from argmap.store import Store, back_up, rescue
from argmap.store.faults import sound
from tests.samples import sample_debate
from tests.store.conftest import SQLITE
from tests.store.filled import files, fill, label, state

# What is looked at here is SQLite's file.
pytestmark = SQLITE

PAGE = 4096


def _truncated(data: bytearray) -> None:
    del data[-3 * PAGE :]


def _zeroed(data: bytearray) -> None:
    data[8 * PAGE : 11 * PAGE] = bytes(3 * PAGE)


def _rootless(data: bytearray) -> None:
    data[PAGE : 4 * PAGE] = bytes(3 * PAGE)


def _noise(start: int, end: int) -> Callable[[bytearray], None]:
    def damage(data: bytearray) -> None:
        data[start:end] = random.Random(7).randbytes(end - start)

    return damage


def _text(data: bytearray) -> None:
    data[:] = b"Dear diary, today I opened a file with an editor. " * 400


def _nothing(data: bytearray) -> None:
    data.clear()


WAYS: dict[str, Callable[[bytearray], None]] = {
    "truncated": _truncated,
    "zeroed pages": _zeroed,
    "zeroed roots": _rootless,
    "random header": _noise(0, 100),
    "random first page": _noise(0, PAGE),
    "random last pages": _noise(-4 * PAGE, -1),
    "a text file": _text,
    "empty": _nothing,
}


def _damage(path: Path, how: Callable[[bytearray], None]) -> bytes:
    data = bytearray(path.read_bytes())
    how(data)
    path.write_bytes(data)
    return bytes(data)


def _found_damaged() -> DamagedStoreError:
    """What a program meets that opens the store and reads all of it."""
    with pytest.raises(DamagedStoreError) as caught:
        state()
    return caught.value


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_database_is_kept_aside_and_the_backup_restored(home: Path, way: str) -> None:
    kept = fill(12)
    made = back_up()
    path = home / "argmap.db"
    left = _damage(path, WAYS[way])
    error = _found_damaged()
    assert error.path == path
    assert "argmap restore --latest" in str(error) and str(path) in str(error)
    assert path.read_bytes() == left
    done = rescue(path, backup=made.path)
    assert done.aside.read_bytes() == left
    assert done.aside.name.startswith(f"argmap-damaged-{datetime.now(UTC).year}-")
    assert done.backup == made
    assert state() == kept
    assert files(home) == {"argmap.db", done.aside.name}


@pytest.mark.parametrize("way", WAYS)
def test_without_a_backup_what_can_be_read_is_taken_over(home: Path, way: str) -> None:
    kept = fill(12)
    back_up()  # an empty file is only taken for damaged where there was more once
    path = home / "argmap.db"
    left = _damage(path, WAYS[way])
    _found_damaged()
    done = rescue(path)
    assert done.aside.read_bytes() == left and done.backup is None
    found = state()
    assert len(found) == done.read.sessions
    assert sum(len(debate.edits) for debate in found.values()) == done.read.corrections
    for name, debate in found.items():
        whole = kept[name]
        assert debate.statements == whole.statements
        assert set(debate.edits) <= set(whole.edits)
    if way == "random header":
        assert found == kept and done.read.unreadable == 0
    if way in ("random last pages", "zeroed pages", "truncated"):
        assert 0 < len(found) < len(kept)
    with Store() as store:
        store.add_edit(store.save(sample_debate(title="Anew")), label("s1"))


def test_what_is_newer_in_the_damaged_file_is_added_to_the_backup(home: Path) -> None:
    fill(4)
    made = back_up()
    with Store() as store:
        changed = store.sessions()[0].id
        store.rename(changed, "Renamed since")
        store.add_edit(changed, label("s3"))
        later = store.save(sample_debate(title="Mapped since"))
        store.add_edit(later, label("s1"))
    after = state()
    path = home / "argmap.db"
    _damage(path, _noise(0, 16))
    done = rescue(path, backup=made.path)
    assert state() == after
    assert (done.read.sessions, done.read.corrections, done.read.unreadable) == (5, 10, 0)


def test_a_correction_whose_debate_is_lost_comes_back_to_the_debate_of_the_backup(
    home: Path,
) -> None:
    kept = fill(2)
    made = back_up()
    with Store() as store:
        name = store.sessions()[0].id
        edit = store.add_edit(name, label("s3"))
    path = home / "argmap.db"
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE sessions SET payload = x'00'")
    raw.close()
    _damage(path, _noise(0, 16))
    done = rescue(path, backup=made.path)
    assert state()[name].edits == (*kept[name].edits, edit)
    assert (done.read.sessions, done.read.unreadable) == (0, 2)


def test_corrections_of_debates_that_are_nowhere_are_counted_as_unreadable(home: Path) -> None:
    fill(2)
    path = home / "argmap.db"
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE sessions SET payload = x'00' WHERE title = 'Debate 0'")
    raw.close()
    _damage(path, _noise(0, 16))
    done = rescue(path)
    assert (done.read.sessions, done.read.corrections, done.read.unreadable) == (1, 2, 3)
    assert [len(debate.edits) for debate in state().values()] == [2]


@pytest.mark.parametrize("seed", range(16))
def test_random_bytes_anywhere_are_told_or_do_no_harm(home: Path, seed: int) -> None:
    """Whatever is hit: one plain error, or every debate as it was or said to be unreadable."""
    kept = fill(3)
    path = home / "argmap.db"
    chosen = random.Random(seed)

    def damage(data: bytearray) -> None:
        # The header and the first page decide most; the rest is hit too.
        end = 100 if seed % 2 else len(data)
        for _ in range(chosen.randrange(1, 9)):
            data[chosen.randrange(end)] = chosen.randrange(256)

    left = _damage(path, damage)
    try:
        found = state()
    except DamagedStoreError:
        assert path.read_bytes() == left or path.stat().st_size
        done = rescue(path)
        assert done.aside.is_file()
        state()
    except StoreError as error:
        if "cannot be read" not in str(error) and "newer Argument Mapper" not in str(error):
            # A damaged index hides a row from those who ask for it; the whole check finds it.
            assert not sound(path)
            rescue(path)
            state()
    else:
        for name, debate in found.items():
            assert debate.statements == kept[name].statements or not sound(path)


def test_a_torn_log_costs_what_was_torn_and_nothing_before(home: Path) -> None:
    """The write-ahead log, cut at every so many bytes: whole transactions are left, in order."""
    with Store() as store:
        name = store.save(sample_debate())
        for _ in range(6):
            store.add_edit(name, label("s1"))
        path, log = home / "argmap.db", home / "argmap.db-wal"
        whole, data = path.read_bytes(), log.read_bytes()
        edits = store.load(name).edits
    seen = set()
    for length in (*range(0, len(data), max(1, len(data) // 24)), len(data)):
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(whole)
        log.write_bytes(data[:length] + b"\xa5" * min(500, len(data) - length))
        with Store() as store:
            infos = store.sessions()
            left = store.load(name).edits if infos else ()
        assert left == edits[: len(left)]
        seen.add(len(left))
    assert len(seen) > 3 and max(seen) == 6


def test_a_sound_database_is_not_put_aside(home: Path) -> None:
    kept = fill()
    with pytest.raises(StoreError, match="is sound"):
        rescue(home / "argmap.db")
    assert state() == kept


def test_another_programs_database_is_not_written_into(home: Path) -> None:
    home.mkdir(parents=True)
    path = home / "argmap.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE sessions (id TEXT)")
    raw.close()
    with pytest.raises(DamagedStoreError, match="another program's"):
        Store()
    with sqlite3.connect(path) as raw:
        assert [row[0] for row in raw.execute("SELECT name FROM sqlite_schema")] == ["sessions"]
    raw.close()


@pytest.mark.skipif("sys.platform == 'win32'", reason="an open file cannot be moved there")
def test_a_database_that_is_open_elsewhere_is_not_put_aside(home: Path) -> None:
    fill()
    path = home / "argmap.db"
    with Store():
        _damage(path, _noise(PAGE, 3 * PAGE))
        with pytest.raises(StoreError, match=r"open in another program.*Stop it first"):
            rescue(path)
    rescue(path)


def test_a_file_is_empty_by_right_before_anything_was_kept(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "argmap.db").touch()
    assert state() == {}


def test_a_damaged_backup_is_no_start(home: Path) -> None:
    fill()
    made = back_up()
    made.path.write_bytes(made.path.read_bytes()[:-PAGE])
    path = home / "argmap.db"
    left = _damage(path, _noise(0, 100))
    with pytest.raises(StoreError, match=r"backup is damaged|no backup"):
        rescue(path, backup=made.path)
    assert path.read_bytes() == left


def test_no_room_for_the_rescue_leaves_the_damaged_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    path = home / "argmap.db"
    left = _damage(path, _noise(0, 100))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("argmap.store.salvage.shutil.copyfile", full)
    with pytest.raises(StoreError, match="No space left"):
        rescue(path)
    assert path.read_bytes() == left
    assert files(home) == {"argmap.db"}
