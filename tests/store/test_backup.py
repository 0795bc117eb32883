"""Backups of the database, those that are kept, and having one back."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.store import Store, back_up, backups, daily, keeping, latest_sound, restore
from argmap.store import backup as backup_module
from argmap.store.copies import check, digest, free_name
from argmap.store.migrations import MIGRATIONS
from tests.samples import sample_debate
from tests.store.conftest import SQLITE
from tests.store.filled import files, fill, label, state

# What is looked at here is SQLite's file.
pytestmark = SQLITE


def test_a_backup_holds_everything_and_comes_back_on_another_machine(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = fill()
    made = back_up(tmp_path / "away.db")
    assert (made.sessions, made.corrections, made.kind) == (3, 6, "asked")
    assert made.version == len(MIGRATIONS)
    assert made == replace(check(made.path), path=made.path)
    assert files(tmp_path) == {"away.db"}
    if os.name == "posix":
        assert made.path.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "another"))
    found, aside = restore(made.path)
    assert (found, aside) == (made, None)
    with Store() as store:
        assert len(store.sessions()) == 2 and len(store.deleted()) == 1
    assert state() == kept


def test_what_a_restore_replaces_is_kept_and_comes_back(home: Path) -> None:
    before = fill()
    made = back_up()
    assert made.path.parent == home / "backups"
    with Store() as store:
        name = store.save(sample_debate(title="Later"))
        store.delete(next(iter(before)))
    after = state()
    _, aside = restore(made.path)
    assert state() == before
    assert aside is not None and aside.kind == "restore"
    restore(aside.path)
    assert state() == after and name in after


def test_a_backup_is_of_one_moment_while_others_write(home: Path) -> None:
    stop = threading.Event()
    with Store() as store:
        name = store.save(sample_debate())

        def write() -> None:
            while not stop.is_set():
                store.add_edit(name, label("s1"))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            made = [back_up() for _ in range(4)]
        finally:
            stop.set()
            writer.join()
        log = store.load(name).edits
    for one in made:
        check(one.path)
        with sqlite3.connect(one.path) as raw:
            ids = [row[0] for row in raw.execute("SELECT id FROM speaker_edits ORDER BY sequence")]
        raw.close()
        assert ids == [edit.id for edit in log[: len(ids)]]


def test_a_running_store_shows_what_was_restored(home: Path) -> None:
    with Store() as running:
        name = running.save(sample_debate())
        made = back_up()
        running.rename(name, "Another name")
        running.add_edit(name, label("s1"))
        restore(made.path)
        assert running.load(name) == sample_debate()
        running.add_edit(name, label("s2"))
        assert len(running.load(name).edits) == 1


def _turn(data: bytearray, place: int) -> None:
    data[place] ^= 0x55


@pytest.mark.parametrize("where", [3, 100, 4096 + 8, "payload", "end", "text", "stamp"])
def test_a_damaged_backup_is_refused_and_nothing_changes(home: Path, where: int | str) -> None:
    fill()
    made = back_up()
    data = bytearray(made.path.read_bytes())
    match where:
        case "payload":
            # A byte within a value: the file is sound to SQLite, and yet not what was written.
            _turn(data, data.index(b'"statements": ["s1"]') + 17)
        case "end":
            del data[-4096:]
        case "text":
            data = bytearray(b"Dear diary")
        case "stamp":
            _turn(data, data.index(made.sha256.encode()) + 5)
        case int():
            _turn(data, where)
    made.path.write_bytes(data)
    before = state()
    with pytest.raises(StoreError, match=r"damaged|no backup"):
        restore(made.path)
    assert state() == before
    assert latest_sound(home) is None


def test_a_backup_of_a_newer_version_is_refused(home: Path) -> None:
    kept = fill()
    made = back_up()
    for step in ("UPDATE argmap_backup SET version = 99", "UPDATE argmap_backup SET format = 99"):
        with sqlite3.connect(made.path) as raw:
            raw.execute(step)
        raw.close()
        with pytest.raises(StoreError, match="newer Argument Mapper"):
            restore(made.path)
    assert state() == kept


def test_the_database_itself_is_neither_backup_nor_target(home: Path) -> None:
    kept = fill()
    with pytest.raises(StoreError, match="the database itself"):
        back_up(home / "argmap.db")
    with pytest.raises(StoreError, match="no backup"):
        restore(home / "argmap.db")
    with pytest.raises(StoreError, match="Name a backup"):
        restore(home / "nothing.db")
    assert state() == kept


def test_a_backup_that_cannot_be_written_leaves_what_was_there(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    target = tmp_path / "away.db"
    made = back_up(target)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(tmp_path / "file" / "away.db")

    def full(_source: Path, part: Path) -> None:
        part.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("argmap.store.copies.copy", full)
    with pytest.raises(StoreError, match=r"cannot be written: database or disk is full.*Free"):
        back_up(target)
    assert check(target).sha256 == made.sha256
    assert files(tmp_path) == {"away.db", "file"}


def test_rows_are_copied_through_any_database(home: Path) -> None:
    """What a server's database takes is tried on one in memory, which has no file either."""
    kept = fill()
    made = back_up()
    with Store("sqlite://") as memory:
        database = memory._database
        with backup_module.current(made.path) as source, source.reading() as read:
            backup_module._pour(read, database)
        assert {info.id: memory.load(info.id) for info in memory.sessions()} == {
            info.id: kept[info.id] for info in memory.sessions()
        }
        again = backup_module._write(database, None, "asked")
    assert (again.sessions, again.corrections) == (made.sessions, made.corrections)
    with Store() as store:
        store.delete(next(iter(kept)))
    restore(again.path)
    assert state() == kept


def test_the_checksum_tells_types_and_order_apart() -> None:
    seen = set()
    for values in (
        "(1, 'a')",
        "('1', 'a')",
        "(1, x'61')",
        "(1, NULL), (2, 'a')",
        "(2, 'a'), (1, NULL)",
    ):
        with sqlite3.connect(":memory:") as raw:
            raw.execute("CREATE TABLE t (a, b)")
            raw.execute(f"INSERT INTO t VALUES {values}")
            seen.add(digest(raw))
        raw.close()
    assert len(seen) == 5


# --- every day -------------------------------------------------------------------------------


class _Clock(datetime):
    moment = datetime(2026, 5, 1, 10, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[_Clock]:
    _Clock.moment = datetime(2026, 5, 1, 10, tzinfo=UTC)
    monkeypatch.setattr("argmap.store.backup.datetime", _Clock)
    monkeypatch.setattr("argmap.store.copies.datetime", _Clock)
    return _Clock


def test_seven_daily_backups_are_kept_and_what_was_asked_for_stays(
    home: Path, clock: type[_Clock]
) -> None:
    with Store() as store:
        asked = None
        for day in range(10):
            store.save(sample_debate(title=f"Day {day}"))
            assert daily() is not None
            assert daily() is None
            asked = asked or back_up()
            clock.moment += timedelta(days=1)
    found = backups(home)
    assert [one.sessions for one in found if one.kind == "daily"] == [10, 9, 8, 7, 6, 5, 4]
    assert [one.path for one in found if one.kind == "asked"] == [asked.path if asked else None]
    assert latest_sound(home) == found[0]


def test_a_day_without_a_change_pushes_no_backup_out(home: Path, clock: type[_Clock]) -> None:
    fill()
    for _ in range(10):
        daily()
        clock.moment += timedelta(days=1)
    (only,) = backups(home)
    assert only.made == clock.moment - timedelta(days=1)


def test_daily_backups_are_bounded_in_size_and_leave_the_disk_room(
    home: Path,
    clock: type[_Clock],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Store() as store:
        for day in range(4):
            store.save(sample_debate(title=f"Day {day}"))
            assert daily() is not None
            clock.moment += timedelta(days=1)
        latest, before, *_ = backups(home)
        monkeypatch.setattr(keeping, "MOST_BYTES", latest.size + before.size)
        keeping.prune(home)
        assert [one.sessions for one in backups(home)] == [4, 3]
        monkeypatch.setattr(keeping, "MOST_BYTES", 1)
        store.save(sample_debate(title="Another"))
        assert daily() is not None
        assert [one.sessions for one in backups(home)] == [5]
        clock.moment += timedelta(days=1)
        monkeypatch.setattr(keeping, "LEAST_FREE", 10**18)
        assert daily() is None
        assert "no room for today's backup" in caplog.text


def test_backups_of_one_second_get_names_of_their_own(tmp_path: Path) -> None:
    moment = datetime(2026, 5, 1, 10, 2, 3, tzinfo=UTC)
    names = []
    for _ in range(3):
        path = free_name(tmp_path, "argmap", moment)
        path.touch()
        names.append(path.name)
    assert names == [
        "argmap-2026-05-01-100203.db",
        "argmap-2026-05-01-100203-2.db",
        "argmap-2026-05-01-100203-3.db",
    ]


def test_a_restore_that_fails_midway_changes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = fill()
    made = back_up()
    with Store() as store:
        store.save(sample_debate(title="Later"))
    before = state()

    def broken(source: sa.Connection, target: sa.Connection) -> None:
        target.exec_driver_sql("INSERT INTO sessions (id) VALUES (NULL)")

    monkeypatch.setattr(backup_module, "_copy_rows", broken)
    with pytest.raises(StoreError, match="Nothing was changed"):
        restore(made.path)
    assert state() == before != kept
