"""What a check of the database finds, and that it finds it without changing anything."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from argmap.errors import StoreError
from argmap.records import Edit
from argmap.store import Store, integrity
from argmap.store.integrity import check
from argmap.store.migrations import MIGRATIONS
from tests.samples import sample_debate
from tests.store.conftest import SQLITE

# What is looked at here is SQLite's file.
pytestmark = SQLITE


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with two debates, one of them deleted, and one correction."""
    path = tmp_path / "a.db"
    with Store(f"sqlite:///{path}") as store:
        kept = store.save(sample_debate())
        store.set_aside(store.save(sample_debate(title="Another")))
        time = "2026-05-01T10:00:00+00:00"
        store.add_edit(kept, Edit.create("merge", sequence=1, time=time, speaker="p1", into="p2"))
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_a_whole_database_has_its_counts_and_no_problem(database: Path) -> None:
    told: list[tuple[int, int]] = []
    before = database.read_bytes()
    found = check(f"sqlite:///{database}", progress=lambda *step: told.append(step))
    assert found.problems == ()
    assert (found.sessions, found.deleted, found.corrections) == (1, 1, 1)
    assert (found.version, found.known, found.newer) == (len(MIGRATIONS), len(MIGRATIONS), False)
    assert found.backend == ("sqlite", sqlite3.sqlite_version)
    assert found.bytes == database.stat().st_size
    assert told == [(0, 2), (1, 2)]
    assert database.read_bytes() == before


BROKEN: dict[str, tuple[str, str]] = {
    "UPDATE sessions SET payload = x'00' WHERE deleted IS NULL": ("debate", "cannot be unpacked"),
    f"UPDATE sessions SET payload = x'{zlib.compress(b'[]').hex()}' WHERE deleted IS NULL": (
        "debate", "no project file",
    ),
    "UPDATE sessions SET coding = 'cuneiform' WHERE deleted IS NULL": ("debate", "not known here"),
    "UPDATE speaker_edits SET payload = '{'": ("correction", "cannot be read"),
    f"UPDATE speaker_edits SET payload = '{json.dumps({'id': 'x'})}'": (
        "correction", "cannot be read",
    ),
    "UPDATE speaker_edits SET session = 'nobody'": ("reference", "belongs to no"),
}  # fmt: skip


@pytest.mark.parametrize("statement", BROKEN)
def test_what_was_changed_is_found(database: Path, statement: str) -> None:
    kind, says = BROKEN[statement]
    change(database, statement)
    problems = check(f"sqlite:///{database}").problems
    assert {problem.kind for problem in problems} == {kind}
    assert says in problems[0].what


def test_a_page_that_was_overwritten_is_found(database: Path) -> None:
    data = bytearray(database.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 64] = bytes(range(64))
    database.write_bytes(data)
    try:
        found = check(f"sqlite:///{database}").problems
    except StoreError as error:
        assert "damaged" in str(error)
    else:
        assert found


def test_what_is_no_database_says_so_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"Dear diary, " * 400)
    with pytest.raises(StoreError, match="damaged, or is no database"):
        check(f"sqlite:///{path}")
    assert path.read_bytes() == b"Dear diary, " * 400
    with pytest.raises(StoreError, match="cannot be opened"):
        check(f"sqlite:///{tmp_path / 'none.db'}")
    assert not (tmp_path / "none.db").exists()


def test_one_of_a_newer_version_is_told_and_its_rows_are_not_read(database: Path) -> None:
    change(database, "UPDATE argmap_schema SET version = 99", "DROP TABLE speaker_edits")
    found = check(f"sqlite:///{database}")
    assert (found.version, found.newer, found.sessions) == (99, True, None)


def test_a_locked_one_is_told_as_locked(database: Path) -> None:
    change(database, "PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another program"):
            check(f"sqlite:///{database}", timeout=0.05)
    assert check(f"sqlite:///{database}").problems == ()


def test_one_in_use_is_read_beside_its_writer(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE sessions SET title = 'x'")
        assert check(f"sqlite:///{database}").problems == ()


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    asked: list[str] = []

    class Refusing:
        """Opened, and then cannot make the files that reading takes."""

        def __init__(self, address: str) -> None:
            self.address = address

        def execute(self, statement: str) -> None:
            raise sqlite3.OperationalError("unable to open database file")

        def close(self) -> None:
            pass

    def open_(address: str, **options: object) -> object:
        asked.append(address.partition("?")[2])
        return Refusing(address) if "mode=ro" in address else connect(address, **options)

    monkeypatch.setattr(integrity.sqlite3, "connect", open_)
    assert check(f"sqlite:///{database}").problems == ()
    assert asked == ["mode=ro", "immutable=1"]


def test_an_address_of_a_database_that_is_not_there_says_no_password() -> None:
    with pytest.raises(StoreError) as caught:
        check("postgresql://ann:hunter2@127.0.0.1:9/argmap")
    assert "hunter2" not in str(caught.value)
