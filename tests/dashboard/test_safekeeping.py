"""What the user sees when the database fails: damaged, locked, full, read-only; and backups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models, safekeeping
from argmap.errors import StoreError
from argmap.projectfile import dumps, loads
from argmap.records import Debate
from argmap.store import Store, back_up, backups
from tests.dashboard.conftest import OpenApp, kept, page_text, press
from tests.dashboard.debates import make_debate

HEADER = b"\x07" * 100


def _damage(path: Path, start: int = 0, what: bytes = HEADER) -> bytes:
    data = path.read_bytes()
    data = data[:start] + what + data[start + len(what) :]
    path.write_bytes(data)
    return data


@pytest.fixture
def session_id(home: Path, debate: Debate) -> str:
    with Store() as store:
        return store.save(debate)


def _buttons(at: AppTest) -> set[str]:
    return {str(button.key) for button in at.button}


@pytest.mark.parametrize("page", ["", "tree", "take_away", "new"])
def test_every_page_says_that_the_database_is_damaged_and_offers_two_ways(
    open_app: OpenApp, home: Path, session_id: str, page: str
) -> None:
    back_up()
    damaged = _damage(home / "argmap.db")
    at = open_app(page)
    assert "The database is damaged" in page_text(at)
    assert str(home / "argmap.db") in page_text(at)
    assert {"trouble-restore", "trouble-empty"} <= _buttons(at)
    assert (home / "argmap.db").read_bytes() == damaged


def test_the_backup_is_restored_and_the_damaged_file_kept(
    open_app: OpenApp, home: Path, session_id: str, debate: Debate
) -> None:
    back_up()
    damaged = _damage(home / "argmap.db")
    at = press(open_app(), "trouble-restore")
    (aside,) = home.glob("argmap-damaged-*.db")
    assert aside.read_bytes() == damaged
    told = at.info[0].value
    assert "took its place" in told and "1 debate" in told
    assert kept(session_id) == debate
    assert "Nurse pay" in page_text(at)
    assert "trouble-restore" not in _buttons(at)


def test_without_a_backup_an_empty_database_is_begun_with_what_can_be_read(
    open_app: OpenApp, home: Path, session_id: str, debate: Debate
) -> None:
    _damage(home / "argmap.db")
    at = open_app()
    assert "trouble-restore" not in _buttons(at)
    assert "There is no sound backup" in page_text(at)
    at = press(at, "trouble-empty")
    assert "An empty database took its place" in at.info[0].value
    assert kept(session_id) == debate


def test_damage_that_is_met_midway_is_told_and_what_is_open_can_be_saved(
    open_app: OpenApp,
    home: Path,
    session_id: str,
    debate: Debate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = open_app("", debate=session_id)
    assert "Nurse pay" in page_text(at)
    saved: list[str] = []
    monkeypatch.setattr(safekeeping, "_as_file", lambda found: saved.append(dumps(found)) or "")
    with models.store()._database.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET updated = 'no date at all'")
    at.run()
    assert not at.exception
    assert "The database is damaged" in page_text(at)
    (button,) = [b for b in at.get("download_button") if b.proto.id.endswith("trouble-save")]
    assert "Nurse pay" in button.proto.label
    assert loads(saved[0]) == debate
    at = press(at, "trouble-empty")
    assert "1 entry in it could not be read" in at.info[0].value


def test_damage_that_the_watch_finds_is_told_at_the_next_click(
    open_app: OpenApp, home: Path, session_id: str
) -> None:
    at = open_app("", debate=session_id)
    state = safekeeping._watch(str(home))
    with closing(sqlite3.connect(home / "argmap.db")) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _damage(home / "argmap.db", 3 * 4096, b"\xff" * 4000)
    safekeeping.keep_watch(state, first=True)
    assert state.damage is not None
    at.run()
    assert {"trouble-empty"} <= _buttons(at)
    press(at, "trouble-empty")
    assert safekeeping._watch(str(home)).damage is None


def test_a_locked_database_is_told_and_tried_again(
    open_app: OpenApp, home: Path, session_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "Store", lambda: Store(timeout=0.05))
    with closing(sqlite3.connect(home / "argmap.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        at = open_app()
        assert "in use by another program" in at.error[0].value
        assert "trouble-empty" not in _buttons(at)
        other.execute("ROLLBACK")
    at = press(at, "trouble-again")
    assert "Nurse pay" in page_text(at)


def test_a_correction_that_finds_the_disk_full_is_not_said_to_be_kept(
    open_app: OpenApp, session_id: str, debate: Debate
) -> None:
    statement = debate.statements[0].id
    at = open_app("read", debate=session_id, sentence=statement)
    with models.store()._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    told, key = "", f"right-{statement}-pay"
    for _ in range(60):
        press(at, key)
        told = at.info[0].value
        if not told.startswith("Corrected"):
            break
        press(at, "undo-notice")
        told = at.info[0].value
        if not told.startswith("Undone"):
            break
    assert told.startswith("The correction was not kept") and "the disk is full" in told
    # The page still shows all that it did, and the log holds what was said to be kept.
    assert "Nurses have earned a larger pay rise." in page_text(at)
    assert len(kept(session_id).edits) > 0
    with models.store()._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    press(at, key)
    assert at.info[0].value.startswith(("Corrected", "Undone"))


def test_backups_are_made_and_downloaded_on_the_page(
    open_app: OpenApp, home: Path, session_id: str
) -> None:
    at = open_app("", debate=session_id)
    assert not [b for b in at.get("download_button") if b.proto.id.endswith("backup-download")]
    at = press(at, "backup-now")
    (made,) = backups(home)
    assert str(made.path) in at.info[0].value.replace("\\", "")
    (button,) = [b for b in at.get("download_button") if b.proto.id.endswith("backup-download")]
    assert made.path.name in button.proto.label.replace("\\", "")


def test_a_backup_that_cannot_be_made_is_said_in_its_place(
    open_app: OpenApp, session_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StoreError("There is no room.")

    at = open_app("", debate=session_id)
    monkeypatch.setattr(safekeeping, "back_up", full)
    at = press(at, "backup-now")
    assert at.info[0].value.startswith("No backup was made")


def test_the_watch_backs_up_once_a_day_and_only_logs_what_goes_wrong(
    home: Path, session_id: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    state = safekeeping._Watch()
    for _ in range(2):
        safekeeping.keep_watch(state, first=True)
    assert [one.kind for one in backups(home)] == ["daily"]

    def full(**_: object) -> None:
        raise StoreError("There is no room.")

    monkeypatch.setattr(safekeeping, "daily", full)
    safekeeping.keep_watch(state, first=False)
    assert "There is no room." in caplog.text
    assert state.damage is None


def test_a_debate_that_cannot_be_read_does_not_bar_the_way_to_the_others(
    open_app: OpenApp, session_id: str
) -> None:
    other = models.store().save(make_debate("Another"))
    with models.store()._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE sessions SET payload = x'00' WHERE id = '{session_id}'")
    at = open_app("", debate=session_id)
    assert "cannot be read" in at.error[0].value
    at = press(at, f"open-{other}")
    assert not at.error and "Another" in page_text(at)
