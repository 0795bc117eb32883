"""Databases of every earlier version: brought up to date, with a copy of the file first."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.projectfile import dumps
from argmap.records import Edit
from argmap.store import Store, back_up, restore
from argmap.store.copies import check
from argmap.store.keeping import KEPT_BEFORE_MIGRATIONS
from argmap.store.migrations import MIGRATIONS
from argmap.store.tables import schema
from tests.samples import sample_debate
from tests.store.conftest import SQLITE
from tests.store.filled import files, label, state

# What is looked at here is SQLite's file.
pytestmark = SQLITE

EARLIER = range(1, len(MIGRATIONS))
_MOMENT = "2026-05-01 10:00:00.000000"


def at_version(path: Path, version: int) -> list[Edit]:
    """Make a database with the first ``version`` steps alone, and rows as they were then.

    Returns:
        The corrections in it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        schema.create(connection)
        for step in MIGRATIONS[:version]:
            step(connection)
        connection.execute(schema.insert().values(version=version))
    engine.dispose()
    edits = [label("s1").numbered(1), label("s2", "none").numbered(2)] if version >= 2 else []
    with closing(sqlite3.connect(path)) as raw, raw:
        for number in range(2):
            debate = sample_debate(title=f"Old {number}")
            row = {
                "id": f"old{number}", "title": debate.title, "origin": "user",
                "created": _MOMENT, "updated": _MOMENT, "documents": 1, "statements": 3,
                "schema_version": 1, "coding": "json+zlib",
                "payload": zlib.compress(dumps(debate).encode()),
            }  # fmt: skip
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            raw.execute(f"INSERT INTO sessions ({names}) VALUES ({marks})", tuple(row.values()))
        with Store("sqlite://") as memory:
            # The log's own way of writing an edit has not changed since it began.
            name = memory.save(replace(sample_debate(), edits=tuple(edits)))
            with memory._database.reading() as connection:
                rows = connection.exec_driver_sql(
                    f"SELECT 'old0', id, sequence, payload FROM speaker_edits "
                    f"WHERE session = '{name}'"
                ).all()
        for one in rows:
            raw.execute(
                "INSERT INTO speaker_edits (session, id, sequence, payload) VALUES (?, ?, ?, ?)",
                tuple(one),
            )
    return edits


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_database_is_copied_and_then_brought_up_to_date(
    home: Path, version: int
) -> None:
    path = home / "argmap.db"
    edits = at_version(path, version)
    with Store() as store:
        assert store.load("old0") == replace(sample_debate(title="Old 0"), edits=tuple(edits))
        assert store.load("old1") == sample_debate(title="Old 1")
        store.add_edit("old1", label("s3"))
        store.set_aside("old0")
    (copy,) = home.glob("argmap-version-*.db")
    found = check(copy)
    assert copy.name.startswith(f"argmap-version-{version}-{found.made:%Y-%m-%d}-")
    assert (found.version, found.kind, found.sessions) == (version, "migration", 2)
    assert found.corrections == len(edits)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT version FROM argmap_schema").fetchall() == [(len(MIGRATIONS),)]
    with Store():
        pass
    assert files(home) == {"argmap.db", copy.name}


@pytest.mark.parametrize("version", EARLIER)
def test_the_copy_from_before_a_migration_can_be_restored(home: Path, version: int) -> None:
    edits = at_version(home / "argmap.db", version)
    with Store() as store:
        store.delete("old1")
    (copy,) = home.glob("argmap-version-*.db")
    before = copy.read_bytes()
    found, aside = restore(copy)
    assert found.version == version and aside is not None and aside.version == len(MIGRATIONS)
    with Store() as store:
        assert store.load("old0").edits == tuple(edits)
        assert store.load("old1") == sample_debate(title="Old 1")
    assert copy.read_bytes() == before


def _fails(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE sessions ADD COLUMN half TEXT")
    connection.exec_driver_sql("DELETE FROM sessions")
    raise sqlite3.OperationalError("the power went")


@pytest.mark.parametrize("version", [*EARLIER, len(MIGRATIONS)])
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    home: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "argmap.db"
    at_version(path, version)
    with closing(sqlite3.connect(path)) as raw:
        before = list(raw.iterdump())
    later = (*MIGRATIONS, _fails)
    with monkeypatch.context() as patch:
        patch.setattr("argmap.store.migrations.MIGRATIONS", later)
        patch.setattr("argmap.store.engine.MIGRATIONS", later)
        with pytest.raises(StoreError, match="the power went"):
            Store()
    with closing(sqlite3.connect(path)) as raw:
        assert list(raw.iterdump()) == before
    (copy,) = home.glob("argmap-version-*.db")
    assert check(copy).version == version
    assert len(state()) == 2


def test_without_room_for_the_copy_nothing_is_migrated(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "argmap.db"
    at_version(path, 1)
    before = path.read_bytes()

    def full(_source: Path, _part: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("argmap.store.copies.copy", full)
        with pytest.raises(StoreError, match=r"could not be copied.*No space left.*Nothing was"):
            Store()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT version FROM argmap_schema").fetchall() == [(1,)]
    assert len(before) == path.stat().st_size
    assert files(home) == {"argmap.db"}


def test_the_last_copies_from_before_migrations_are_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(home / "argmap.db", len(MIGRATIONS))
    steps: tuple[Callable[[sa.Connection], None], ...] = MIGRATIONS
    for number in range(KEPT_BEFORE_MIGRATIONS + 2):
        steps = (*steps, lambda c, n=number: c.exec_driver_sql(f"CREATE TABLE t{n} (a)") and None)
        for room in ("migrations", "engine", "backup"):
            monkeypatch.setattr(f"argmap.store.{room}.MIGRATIONS", steps)
        with Store():
            pass
    made = sorted(check(path).version for path in home.glob("argmap-version-*.db"))
    assert made == [len(MIGRATIONS) + n for n in range(2, KEPT_BEFORE_MIGRATIONS + 2)]


def test_a_new_database_is_not_copied(home: Path) -> None:
    with Store() as store:
        store.save(sample_debate())
    assert files(home) == {"argmap.db"}
    assert back_up().version == len(MIGRATIONS)
