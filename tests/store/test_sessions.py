from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from argmap.errors import ProjectFileError, StoreError
from argmap.records import Debate
from argmap.store import SessionInfo, Store
from argmap.store.unfinished import Unfinished
from tests.samples import sample_debate
from tests.store.conftest import SQLITE, Raw
from tests.store.test_edits import merge
from tests.store.together import at_once
from tests.strategies import debates


def test_store_keeps_a_debate_after_a_restart(home: Path, database: str) -> None:
    with Store() as store:
        name = store.save(sample_debate())
    assert (home / "argmap.db").is_file() == database.startswith("sqlite")
    with Store() as store:
        assert store.load(name) == sample_debate()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(debate=debates())
def test_store_gives_any_debate_back(database: str, debate: Debate) -> None:
    with Store("sqlite://" if database.startswith("sqlite") else None) as store:
        assert store.load(store.save(debate)) == debate


def test_sessions_tell_what_is_kept() -> None:
    before = datetime.now(UTC)
    with Store() as store:
        name = store.save(sample_debate(), origin="bundled")
        (info,) = store.sessions()
    assert info == SessionInfo(name, "Nurse pay", "bundled", info.created, info.updated, 1, 3)
    assert info.created == info.updated
    assert info.created.utcoffset() == timedelta(0)
    assert before <= info.created <= datetime.now(UTC)


def test_sessions_come_newest_first_and_an_update_is_new() -> None:
    with Store() as store:
        first = store.save(sample_debate(title="First"))
        second = store.save(sample_debate(title="Second"))
        assert [info.id for info in store.sessions()] == [second, first]
        store.save(sample_debate(title="First again"), session_id=first)
        infos = store.sessions()
    assert [info.id for info in infos] == [first, second]
    assert infos[0].title == "First again"
    assert infos[0].created < infos[0].updated


def test_save_under_a_chosen_id_makes_that_session() -> None:
    with Store() as store:
        assert store.save(sample_debate(), session_id="bundled-pay") == "bundled-pay"
        store.save(sample_debate(title="Other"), session_id="bundled-pay")
        assert [info.title for info in store.sessions()] == ["Other"]
        assert store.load("bundled-pay").title == "Other"


def test_save_twice_makes_two_sessions_with_ids_from_the_content(tmp_path: Path) -> None:
    names = []
    for place in ("one", "two"):
        with Store(f"sqlite:///{tmp_path / place}.db") as store:
            names.append([store.save(sample_debate()), store.save(sample_debate())])
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


@pytest.mark.parametrize("name", ["", "x" * 65])
def test_save_refuses_an_id_of_no_use(name: str) -> None:
    with Store() as store, pytest.raises(StoreError, match="1 to 64 characters"):
        store.save(sample_debate(), session_id=name)


def test_save_refuses_a_debate_that_could_not_be_loaded() -> None:
    debate = sample_debate()
    wrong = replace(debate, statements=(replace(debate.statements[0], text="Another."),))
    with Store() as store:
        with pytest.raises(ProjectFileError):
            store.save(wrong)
        assert store.sessions() == ()


def test_rename_changes_the_title_everywhere_and_is_an_update() -> None:
    with Store() as store:
        first = store.save(sample_debate(title="First"))
        second = store.save(sample_debate(title="Second"))
        store.rename(first, "  A better title\udcff ")
        infos = store.sessions()
        assert [info.title for info in infos] == ["A better title\ufffd", "Second"]
        assert infos[0].created < infos[0].updated
        assert store.load(first) == sample_debate(title="A better title\ufffd")
        assert store.load(second).title == "Second"
        with pytest.raises(StoreError, match="needs a title"):
            store.rename(first, " \n")


def test_delete_forgets_one_session() -> None:
    with Store() as store:
        first = store.save(sample_debate(title="First"))
        second = store.save(sample_debate(title="Second"))
        store.delete(first)
        assert [info.id for info in store.sessions()] == [second]
        with pytest.raises(StoreError, match="There is no session"):
            store.load(first)


@pytest.mark.parametrize("name", ["nobody", "", "\udcff", "a\x00b", "x' OR '1'='1"])
def test_an_unknown_session_is_said_to_be_unknown(name: str) -> None:
    with Store() as store:
        store.save(sample_debate())
        with pytest.raises(StoreError, match="There is no session"):
            store.load(name)
        with pytest.raises(StoreError, match="There is no session"):
            store.rename(name, "Title")
        with pytest.raises(StoreError, match="There is no session"):
            store.delete(name)
        assert len(store.sessions()) == 1


@SQLITE
def test_a_failed_save_changes_nothing(home: Path) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        with sqlite3.connect(home / "argmap.db") as raw:
            raw.execute(
                "CREATE TRIGGER stop BEFORE UPDATE ON sessions "
                "BEGIN SELECT RAISE(ABORT, 'stopped'); END"
            )
        raw.close()
        with pytest.raises(StoreError, match="could not be used: stopped"):
            store.save(sample_debate(title="New"), session_id=name)
        assert store.load(name) == sample_debate()


def test_a_saved_session_outlives_a_killed_process(home: Path) -> None:
    script = (
        "import os, signal\n"
        "from argmap.store import Store\n"
        "from tests.samples import sample_debate\n"
        "Store().save(sample_debate(), session_id='kept')\n"
        f"os.kill(os.getpid(), {int(signal.SIGTERM)})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "ARGMAP_HOME": str(home)},
        timeout=60,
    )
    assert done.returncode != 0
    with Store() as store:
        assert store.load("kept") == sample_debate()


def test_a_session_that_cannot_be_read_is_named_and_left(raw: Raw) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        raw("UPDATE sessions SET payload = :nothing", nothing=b"\x00")
        with pytest.raises(StoreError, match="“Nurse pay” cannot be read"):
            store.load(name)
        raw("UPDATE sessions SET coding = 'other'")
        with pytest.raises(StoreError, match="coding, 'other', is not known"):
            store.load(name)
        assert len(store.sessions()) == 1


@pytest.mark.parametrize("url", [None, "sqlite://"])
def test_store_serves_many_threads(database: str, url: str | None) -> None:
    if url and not database.startswith("sqlite"):
        pytest.skip("a database in memory is SQLite's")
    with Store(url) as store:
        shared = store.save(sample_debate(), session_id="shared")

        def work(number: int) -> None:
            for turn in range(4):
                own = store.save(sample_debate(title=f"{number} {turn}"))
                assert store.load(own).title == f"{number} {turn}"
                store.save(sample_debate(title=f"by {number}"), session_id=shared)
                assert store.load(shared).title.startswith(("by", "Nurse"))
                assert len(store.sessions()) > 1
                if turn % 2:
                    store.delete(own)

        assert at_once(6, work) == []
        assert len(store.sessions()) == 1 + 6 * 2


def test_changes_at_once_are_made_one_after_the_other(database: str) -> None:
    with Store() as one, Store() as other:
        session = one.save(sample_debate(title="x"))

        def work(number: int) -> None:
            for _ in range(10):
                (one, other)[number % 2].change(
                    session, lambda debate: replace(debate, title=debate.title + "x")
                )

        assert at_once(4, work) == []
        assert one.load(session).title == "x" * 41


def test_a_change_leaves_the_log_and_what_is_unfinished(database: str) -> None:
    with Store() as store:
        session = store.save(sample_debate(), origin="bundled", unfinished=Unfinished((), 3))
        kept = store.add_edit(session, merge())
        store.change(session, lambda debate: replace(debate, title="Changed", edits=()))
        (info,) = store.sessions()
        assert (info.title, info.origin) == ("Changed", "bundled")
        assert info.unfinished is not None
        assert store.load(session).edits == (kept,)

        def fail(debate: Debate) -> Debate:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            store.change(session, fail)
        assert store.sessions() == (info,)


def test_many_openings_at_once_make_one_database() -> None:
    def work(number: int) -> None:
        with Store() as store:
            store.save(sample_debate(), session_id=f"s{number}")

    assert at_once(8, work) == []
    with Store() as store:
        assert len(store.sessions()) == 8


def test_a_closed_store_says_so() -> None:
    store = Store()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.sessions()
