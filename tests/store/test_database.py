from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from argmap.errors import StoreError
from argmap.store import Store, tables
from argmap.store.engine import Database
from argmap.store.migrations import MIGRATIONS
from tests.samples import sample_debate
from tests.store.conftest import SQLITE

pytestmark = SQLITE


def test_database_waits_writes_ahead_and_checks_references(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}", timeout=7.5)
    with database.reading() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == 7500
    database.close()


def test_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}", timeout=1)
    with database.reading() as connection:
        looked = sa.inspect(connection)
        assert set(looked.get_table_names()) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            assert [
                (column["name"], str(column["type"]), column["nullable"])
                for column in looked.get_columns(name)
            ] == [
                (column.name, str(column.type.compile(connection.dialect)), column.nullable)
                for column in table.columns
            ]
        assert connection.scalar(sa.select(tables.schema.c.version)) == len(MIGRATIONS)
    database.close()


def test_tables_can_be_made_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = str(CreateTable(tables.sessions).compile(dialect=dialect))
    assert "payload BYTEA NOT NULL" in made
    assert "created TIMESTAMP WITH TIME ZONE NOT NULL" in made


def test_a_later_migration_is_applied_once_and_keeps_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with Store(url) as store:
        name = store.save(sample_debate())

    def events(connection: sa.Connection) -> None:
        connection.exec_driver_sql(
            "CREATE TABLE events (number INTEGER PRIMARY KEY, "
            "session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE)"
        )

    later = (*MIGRATIONS, events)
    monkeypatch.setattr("argmap.store.migrations.MIGRATIONS", later)
    monkeypatch.setattr("argmap.store.engine.MIGRATIONS", later)
    for _ in range(2):
        with Store(url) as store:
            assert store.load(name) == sample_debate()
    with sqlite3.connect(tmp_path / "a.db") as raw:
        assert raw.execute("SELECT version FROM argmap_schema").fetchall() == [(len(later),)]
        raw.execute("INSERT INTO events (session) VALUES (?)", (name,))
    raw.close()
    with Store(url) as store:
        store.delete(name)
    with sqlite3.connect(tmp_path / "a.db") as raw:
        assert raw.execute("SELECT count(*) FROM events").fetchone() == (0,)
    raw.close()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with Store(url) as store:
        name = store.save(sample_debate())

    def broken(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")
        connection.exec_driver_sql("DROP TABLE sessions")
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")

    with monkeypatch.context() as patch:
        patch.setattr("argmap.store.migrations.MIGRATIONS", (*MIGRATIONS, broken))
        patch.setattr("argmap.store.engine.MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(StoreError, match="half already exists"):
            Store(url)
    with Store(url) as store:
        assert store.load(name) == sample_debate()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE argmap_schema SET version = 99")
    raw.close()
    with pytest.raises(StoreError, match=r"version 99.*Update Argument Mapper"):
        Store(f"sqlite:///{path}")


@pytest.mark.parametrize("content", [b"Dear diary, " * 50, b"SQLite format 3\x00" + b"\x07" * 4080])
def test_a_file_that_is_no_database_is_kept(home: Path, content: bytes) -> None:
    home.mkdir(parents=True)
    path = home / "argmap.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="left as it is") as caught:
        Store()
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_database_damaged_in_the_middle_is_said_to_be_damaged(home: Path) -> None:
    with Store() as store:
        name = store.save(sample_debate(), session_id="s")
    path = home / "argmap.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), Store() as store:
        store.load(name)


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(StoreError, match=r"cannot be made: .*ARGMAP_HOME"):
        Store()


def test_a_folder_in_the_place_of_the_database_is_named(home: Path) -> None:
    (home / "argmap.db").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened for writing"):
        Store()


def test_a_database_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(f"sqlite:///{path}") as store:
        name = store.save(sample_debate())
    with Store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.load(name) == sample_debate()
        with pytest.raises(StoreError, match="cannot be opened for writing"):
            store.delete(name)


def test_a_locked_database_is_said_to_be_in_use(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(f"sqlite:///{path}", timeout=0.05) as store:
        name = store.save(sample_debate())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            store.save(sample_debate(title="New"), session_id=name)
        assert store.load(name) == sample_debate()
        other.execute("ROLLBACK")
        other.close()
        store.save(sample_debate(title="New"), session_id=name)
        assert store.load(name).title == "New"


def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with Store(url) as store:
        name = store.save(sample_debate())
        with store._database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            for number in range(100):
                store.save(sample_debate(title=str(number) * 2000))
        assert store.load(name) == sample_debate()


@pytest.mark.parametrize(
    "url", ["", "argmap.db", "nosuchdatabase://u:secret@host/db", "sqlite+nosuch:///a.db"]
)
def test_an_address_of_no_use_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="address cannot be used") as caught:
        Store(url)
    assert "secret" not in str(caught.value)
