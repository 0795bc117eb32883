"""``argmap backup`` and ``argmap restore``, on sound databases and on damaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.store import Store, back_up
from tests.cli.running import run
from tests.samples import sample_debate
from tests.store.filled import fill, state


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_backup_and_restore_there_and_back(home: Path, tmp_path: Path) -> None:
    kept = fill()
    target = tmp_path / "away.db"
    made = run("backup", target)
    assert made.exit_code == 0, made.stderr
    assert made.stdout == f"{target}: 3 debates and 6 corrections, read again after writing.\n"
    with Store() as store:
        store.save(sample_debate(title="Later"))
        result = run("restore", target)  # while a store is open, as in a dashboard
        assert len(store.sessions()) == 2
    assert result.exit_code == 0, result.stderr
    first, second = result.stdout.splitlines()
    assert first == f"{target} is restored: 3 debates and 6 corrections."
    assert second.startswith(f"What was there before is kept in {home / 'backups'}")
    assert state() == kept


def test_backups_are_listed_with_what_they_hold(home: Path) -> None:
    assert "There is no backup" in run("backup", "--list").stdout
    fill()
    assert run("backup").exit_code == 0
    (line,) = run("backup", "--list").stdout.splitlines()[1:]
    assert "asked for" in line and " 3 " in line and " 6 " in line
    assert str(home / "backups") in line


def test_the_latest_backup_is_restored(home: Path) -> None:
    assert "There is no sound backup" in run("restore", "--latest").stderr
    kept = fill()
    back_up()
    with Store() as store:
        store.delete(store.sessions()[0].id)
    assert run("restore", "--latest").exit_code == 0
    assert state() == kept


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("restore",), "Name one backup"),
        (("restore", "a.db", "--latest"), "Name one backup"),
        (("restore", "--latest", "--empty"), "Name one backup"),
        (("restore", "--empty"), "The database is sound, so it stays."),
        (("restore", "nothing.db"), "nothing.db: No such file or directory. Name a backup."),
        (("backup", "a.db", "--list"), "--list takes no file"),
        (("backup", "."), "This is a folder"),
    ],
)
def test_what_makes_no_sense_is_one_plain_line(arguments: tuple[str, ...], told: str) -> None:
    fill()
    result = run(*arguments)
    assert result.exit_code == 1
    assert told in result.stderr and result.stderr.count("\n") == 1
    assert len(state()) == 3


@pytest.mark.parametrize("how", ["--latest", "--empty", "FILE"])
def test_a_damaged_database_is_told_and_put_aside(home: Path, how: str) -> None:
    kept = fill()
    made = back_up()
    path = home / "argmap.db"
    damaged = b"\x07" * 100 + path.read_bytes()[100:]
    path.write_bytes(damaged)
    told = run("backup")
    assert told.exit_code == 1
    assert "argmap restore --latest" in told.stderr and "argmap restore --empty" in told.stderr
    result = run("restore", made.path if how == "FILE" else how)
    assert result.exit_code == 0, result.stderr
    (aside,) = home.glob("argmap-damaged-*.db")
    assert aside.read_bytes() == damaged
    assert str(aside) in result.stdout
    assert "3 debates and 6 corrections could still be read of the damaged file" in result.stdout
    assert ("An empty database" in result.stdout) is (how == "--empty")
    assert state() == kept
