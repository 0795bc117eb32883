"""What is PostgreSQL's own: what goes wrong with a server, in plain words and without secrets."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa

from argmap.errors import StoreError
from argmap.store import Store, tables
from argmap.store.migrations import MIGRATIONS
from argmap.store.tables import metadata
from tests.postgres import PASSWORD, USER, Server
from tests.samples import sample_debate
from tests.store.conftest import POSTGRES, Raw
from tests.store.together import at_once

pytestmark = POSTGRES


def name_of(database: str) -> str:
    return str(sa.make_url(database).database)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password": "not-" + PASSWORD}, "does not let this user in"),
        ({"username": "nobody-here"}, "does not let this user in"),
        ({"database": "no-such"}, "cannot be found"),
        ({"port": 1}, "cannot be reached"),
        ({"host": "nowhere.invalid"}, "cannot be reached"),
        ({"query": {"sslmode": "require"}}, "connection is secured"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_without_its_password(
    database: str, caplog: pytest.LogCaptureFixture, change: dict[str, object], told: str
) -> None:
    caplog.set_level(logging.DEBUG)
    url = sa.make_url(database).set(**change)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=told) as caught:
        Store(url.render_as_string(hide_password=False), timeout=5)
    assert PASSWORD not in str(caught.value) + caplog.text
    assert "ARGMAP_DATABASE_URL" in str(caught.value)


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_an_address_is_taken_as_users_write_it(database: str, prefix: str) -> None:
    with Store(prefix + database.partition("://")[2]) as store:
        assert store.load(store.save(sample_debate())) == sample_debate()


def test_an_address_that_cannot_be_parsed_is_not_repeated() -> None:
    with pytest.raises(StoreError, match="address cannot be used") as caught:
        Store("postgresql://argmap:top-secret@host:port/argmap")
    assert "top-secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_migrations_make_the_tables_that_the_code_uses(database: str, raw: Raw) -> None:
    with Store() as store, store._database.reading() as connection:
        looked = sa.inspect(connection)
        assert set(looked.get_table_names()) == set(metadata.tables)
        for name, table in metadata.tables.items():
            assert [
                (column["name"], str(column["type"].compile(connection.dialect)))
                for column in looked.get_columns(name)
            ] == [(c.name, str(c.type.compile(connection.dialect))) for c in table.columns]
        assert connection.scalar(sa.select(tables.schema.c.version)) == len(MIGRATIONS)


def test_a_migration_that_fails_changes_nothing(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store() as store:
        name = store.save(sample_debate())

    def broken(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")
        connection.exec_driver_sql("DROP TABLE sessions CASCADE")
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")

    with monkeypatch.context() as patch:
        patch.setattr("argmap.store.migrations.MIGRATIONS", (*MIGRATIONS, broken))
        patch.setattr("argmap.store.engine.MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(StoreError, match="half"):
            Store()
    with Store() as store:
        assert store.load(name) == sample_debate()


def test_a_database_of_a_newer_version_is_left_alone(raw: Raw) -> None:
    Store().close()
    raw("UPDATE argmap_schema SET version = 99")
    with pytest.raises(StoreError, match=r"version 99.*Update Argument Mapper"):
        Store()


def test_a_lost_connection_is_made_again(database: str, postgres: Server) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        _cut(postgres, database)
        store.rename(name, "After the server was gone")
        _cut(postgres, database)
        assert store.load(name).title == "After the server was gone"


def test_a_connection_lost_midway_changes_nothing(database: str, postgres: Server) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        with (
            pytest.raises(StoreError, match=r"(was stopped|was lost|cannot be reached).*Nothing"),
            store._database.writing() as connection,
        ):
            connection.execute(tables.sessions.update().values(title="Half"))
            _cut(postgres, database)
            connection.execute(tables.sessions.update().values(title="Whole"))
        assert store.load(name) == sample_debate()


def _cut(postgres: Server, database: str) -> None:
    cut = postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{name_of(database)}' AND pid <> pg_backend_pid()"
    )
    assert cut, "there was no connection to cut"


def test_a_writer_that_does_not_end_is_said_to_be_one(database: str) -> None:
    with Store() as first, Store(timeout=0.2) as second:
        name = first.save(sample_debate())
        with first._database.writing():
            with pytest.raises(StoreError, match="in use by another program"):
                second.rename(name, "Second")
            # Whoever only reads waits for nobody.
            assert second.load(name) == sample_debate()
        second.rename(name, "Second")
        assert first.load(name).title == "Second"


def test_a_server_that_may_only_be_read_says_so(database: str, postgres: Server) -> None:
    with Store() as store:
        name = store.save(sample_debate())
    own = name_of(database)
    postgres.run(f"ALTER DATABASE {own} SET default_transaction_read_only = on")
    with Store() as store:
        assert store.load(name) == sample_debate()
        with pytest.raises(StoreError, match=r"may only be read.*Nothing was changed"):
            store.rename(name, "New")


def test_a_user_without_leave_is_told(database: str, postgres: Server) -> None:
    with Store() as store:
        store.save(sample_debate())
    postgres.run("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN PASSWORD 'guest-word'")
    url = sa.make_url(database).set(username="guest", password="guest-word")
    with pytest.raises(StoreError, match="does not give this user leave") as caught:
        Store(url.render_as_string(hide_password=False))
    assert "guest-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("53100", "the disk is full"),
        ("53300", "no connection left"),
        ("40P01", "two programs at the same moment"),
        ("40001", "two programs at the same moment"),
        ("57014", "took too long"),
        ("XX001", "is damaged"),
        ("22P05", "encoding is UTF8"),
    ],
)
def test_what_the_server_answers_is_told_in_plain_words(raw: Raw, code: str, told: str) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        raw(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION 'what somebody wrote' USING ERRCODE = '{code}'; END $$"
        )
        raw("CREATE TRIGGER refuse BEFORE UPDATE ON sessions EXECUTE FUNCTION refuse()")
        with pytest.raises(StoreError, match=f"{told}.*Nothing was changed") as caught:
            store.rename(name, "New")
        assert "somebody wrote" not in str(caught.value)
        assert store.load(name) == sample_debate()


def test_text_that_the_database_cannot_hold_is_kept_all_the_same() -> None:
    # NUL in a title, and the highest moment and counts that a session may have.
    debate = sample_debate(title="A\x00B \U0001f600 \u202e")
    with Store() as store:
        name = store.save(debate, origin="a\x00b")
        assert store.load(name) == debate
        (info,) = store.sessions()
        assert (info.title, info.origin) == ("A\ufffdB \U0001f600 \u202e", "a\ufffdb")
        store.rename(name, "C\x00D")
        assert store.load(name) == replace(debate, title="C\ufffdD")


def test_a_reader_sees_one_state_of_the_database(database: str) -> None:
    with Store() as store, Store() as other:
        name = store.save(sample_debate())
        with store._database.reading() as connection:
            before = connection.scalar(sa.select(tables.sessions.c.title))
            other.rename(name, "Meanwhile")
            assert connection.scalar(sa.select(tables.sessions.c.title)) == before
        assert store.load(name).title == "Meanwhile"


def test_stores_opened_at_once_make_the_tables_once(database: str) -> None:
    def work(_number: int) -> None:
        with Store() as store:
            store.save(sample_debate())

    assert at_once(6, work) == []
    with Store() as store:
        assert len(store.sessions()) == 6


def test_the_users_name_may_be_said_but_not_more(database: str) -> None:
    with Store() as store:
        assert store._database.where == f"The database {name_of(database)} at 127.0.0.1"
        assert PASSWORD not in repr(store._database._engine)
        assert USER in repr(store._database._engine)
