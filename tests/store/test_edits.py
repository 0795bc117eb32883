"""The log of corrections in the database: added to, never changed, older than no session."""

from __future__ import annotations

import threading
import zlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from argmap.errors import ProjectFileError, StoreError
from argmap.projectfile import dumps
from argmap.records import Debate, Edit
from argmap.store import Store, migrations
from tests.samples import sample_debate
from tests.store.conftest import Raw

TIME = "2026-05-01T10:00:00+00:00"


def merge(sequence: int = 1, **fields: object) -> Edit:
    return Edit.create(
        "merge", sequence=sequence, time=TIME, **{"speaker": "p1", "into": "p2", **fields}
    )


def test_edits_are_numbered_by_the_store_and_survive_a_restart() -> None:
    with Store() as store:
        name = store.save(sample_debate())
        first = store.add_edit(name, merge())
        second = store.add_edit(name, merge(speaker="p2", into="p1"))
    assert (first, second) == (merge(), merge(2, speaker="p2", into="p1"))
    with Store() as store:
        assert store.load(name) == replace(sample_debate(), edits=(first, second))


def test_an_edit_makes_the_session_newer() -> None:
    with Store() as store:
        name = store.save(sample_debate())
        (before,) = store.sessions()
        store.add_edit(name, merge())
        (after,) = store.sessions()
    assert after.updated > before.updated


def test_edits_stay_when_the_debate_is_mapped_again() -> None:
    with Store() as store:
        name = store.save(sample_debate(), session_id="nurses", origin="bundled")
        edit = store.add_edit(name, merge())
        again = replace(sample_debate(), stances=())
        store.save(again, session_id=name, origin="bundled")
        assert store.load(name) == replace(again, edits=(edit,))
        # What is loaded can be saved again: the same log, each edit once.
        store.save(store.load(name), session_id=name)
        assert store.load(name).edits == (edit,)


def test_edits_that_a_project_file_brings_are_kept() -> None:
    debate = replace(sample_debate(), edits=(merge(), merge(2, speaker="p2", into="p1")))
    with Store() as store:
        name = store.save(debate)
        assert store.load(name) == debate
        third = store.add_edit(name, merge())
        assert third.sequence == 3


def test_each_session_has_a_log_of_its_own_which_goes_with_it() -> None:
    with Store() as store:
        one, other = (store.save(sample_debate(title=title)) for title in ("One", "Other"))
        edit = store.add_edit(one, merge())
        assert store.add_edit(other, merge()) == edit
        store.delete(one)
        assert store.load(other).edits == (edit,)
        again = store.save(sample_debate(title="One"), session_id=one)
        assert store.load(again).edits == ()


def test_an_edit_of_no_session_is_refused() -> None:
    with Store() as store, pytest.raises(StoreError, match="no session 'nowhere'"):
        store.add_edit("nowhere", merge())


def test_a_debate_with_its_edits_applied_is_not_kept() -> None:
    with Store() as store:
        with pytest.raises(ProjectFileError, match="applied already"):
            store.save(replace(sample_debate(), edited=True))
        assert store.sessions() == ()


def test_edits_from_several_threads_each_get_a_place() -> None:
    with Store() as store:
        name = store.save(sample_debate())
        threads = [
            threading.Thread(target=store.add_edit, args=(name, merge(author=str(number))))
            for number in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = store.load(name).edits
    assert [edit.sequence for edit in found] == list(range(1, 9))
    assert {edit.author for edit in found} == {str(number) for number in range(8)}


def first_row(name: str, debate: Debate) -> tuple[str, dict[str, object]]:
    """How the first release kept a debate."""
    moment = "'2026-01-02 03:04:05.000000'"
    payload = zlib.compress(dumps(debate).encode("utf-8"))
    counts = f"{len(debate.documents)}, {len(debate.statements)}, 1"
    return (
        f"INSERT INTO sessions VALUES (:id, :title, 'user', {moment}, {moment}, {counts}, "
        "'json+zlib', :payload)",
        {"id": name, "title": debate.title, "payload": payload},
    )


def test_a_database_of_the_version_before_keeps_its_sessions(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file as the first release made it, with a debate in it."""
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        earlier.setattr("argmap.store.engine.MIGRATIONS", migrations.MIGRATIONS[:1])
        Store().close()
    name = "m0"
    statement, row = first_row(name, sample_debate())
    raw(statement, **row)
    assert raw("SELECT version FROM argmap_schema") == [(1,)]
    with pytest.raises(sa.exc.DBAPIError):
        raw("SELECT id FROM speaker_edits")
    with Store() as store:
        assert store.load(name) == sample_debate()
        edit = store.add_edit(name, merge())
    with Store() as store:
        assert store.load(name) == replace(sample_debate(), edits=(edit,))
    assert raw("SELECT version FROM argmap_schema") == [(len(migrations.MIGRATIONS),)]


def test_a_damaged_edit_is_named_and_left_alone(raw: Raw) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        edit = store.add_edit(name, merge())
    raw("UPDATE speaker_edits SET payload = '{}'")
    with Store() as store, pytest.raises(StoreError, match=f"{edit.id}.id: is missing.*left"):
        store.load(name)
