from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from argmap.store import Store
from tests.postgres import Server

#: For tests of what is SQLite's own.
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
#: For tests of what is PostgreSQL's own.
POSTGRES = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder that does not exist yet."""
    folder = tmp_path / "a new" / "home"
    monkeypatch.setenv("ARGMAP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True, params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The database that ``Store()`` opens: every test here runs on both."""
    if request.param == "sqlite":
        monkeypatch.delenv("ARGMAP_DATABASE_URL", raising=False)
        yield f"sqlite:///{home / 'argmap.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as url:
        monkeypatch.setenv("ARGMAP_DATABASE_URL", url)
        yield url


Raw = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def raw(database: str) -> Raw:
    """Runs a statement in the database behind the store's back."""

    def run(statement: str, **values: object) -> list[tuple[object, ...]]:
        url = sa.make_url(database)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            result = connection.execute(sa.text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []

    return run


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as opened:
        yield opened
