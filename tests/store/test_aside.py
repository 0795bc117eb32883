"""Deleted sessions that can be had back, copies, and what a stopped mapping left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from argmap.errors import StoreError
from argmap.records import Edit
from argmap.store import KEPT_ASIDE, Store, Unfinished
from tests.samples import sample_debate
from tests.store.conftest import Raw


def edit() -> Edit:
    return Edit.create(
        "merge", sequence=1, time="2026-05-01T10:00:00+00:00", speaker="p1", into="p2"
    )


def test_a_deleted_session_is_out_of_sight_and_comes_back_as_it_was() -> None:
    with Store() as store:
        name = store.save(sample_debate())
        kept = store.add_edit(name, edit())
        (before,) = store.sessions()
        store.set_aside(name)
        assert store.sessions() == ()
        (gone,) = store.deleted()
        assert gone.deleted is not None and gone.deleted <= datetime.now(UTC)
        assert replace(gone, deleted=None) == before
        for step in (store.load, store.set_aside, lambda n: store.rename(n, "Other")):
            with pytest.raises(StoreError, match="There is no session"):
                step(name)
        with pytest.raises(StoreError, match="There is no session"):
            store.add_edit(name, edit())
        store.restore(name)
        assert store.sessions() == (before,)
        assert store.deleted() == ()
        assert store.load(name) == replace(sample_debate(), edits=(kept,))
        with pytest.raises(StoreError, match="There is no session"):
            store.restore(name)


def test_deleted_for_good_is_gone_with_its_corrections(raw: Raw) -> None:
    with Store() as store:
        name = store.save(sample_debate())
        store.add_edit(name, edit())
        store.set_aside(name)
        store.delete(name)
        assert store.deleted() == ()
    for table in ("sessions", "speaker_edits"):
        assert raw(f"SELECT count(*) FROM {table}") == [(0,)]


def test_deleted_sessions_are_forgotten_after_their_days(raw: Raw) -> None:
    with Store() as store:
        old, young = (store.save(sample_debate(title=title)) for title in ("Old", "Young"))
        for name in (old, young):
            store.set_aside(name)
        long_ago = datetime.now(UTC) - KEPT_ASIDE - timedelta(minutes=1)
        moment = long_ago.strftime("%Y-%m-%d %H:%M:%S.%f")
        raw(f"UPDATE sessions SET deleted = '{moment}' WHERE id = :old", old=old)
        assert [info.id for info in store.deleted()] == [young]
        with pytest.raises(StoreError, match="There is no session"):
            store.restore(old)
        store.restore(young)


def test_a_result_that_is_kept_over_a_deleted_session_brings_it_back() -> None:
    with Store() as store:
        name = store.save(sample_debate())
        store.set_aside(name)
        store.save(sample_debate(title="Mapped again"), session_id=name)
        assert [info.title for info in store.sessions()] == ["Mapped again"]
        assert store.deleted() == ()


def test_a_copy_has_the_corrections_and_lives_by_itself() -> None:
    with Store() as store:
        name = store.save(sample_debate(), origin="bundled", session_id="bundled-pay")
        kept = store.add_edit(name, edit())
        copy = store.duplicate(name, title=" My pay ")
        infos = {info.id: info for info in store.sessions()}
        assert (infos[copy].title, infos[copy].origin) == ("My pay", "user")
        assert store.load(copy) == replace(sample_debate(title="My pay"), edits=(kept,))
        store.add_edit(copy, edit())
        assert store.load(name).edits == (kept,)
        assert len(store.load(copy).edits) == 2
        with pytest.raises(StoreError, match="needs a title"):
            store.duplicate(name, title=" ")
        with pytest.raises(StoreError, match="There is no session"):
            store.duplicate("nobody", title="Copy")


def test_what_a_stopped_mapping_left_is_kept_copied_and_done_with() -> None:
    left = Unfinished(("Taxes must rise, “now”.", "Nurses should strike."), 2)
    assert left.total == 4
    with Store() as store:
        name = store.save(sample_debate(), unfinished=left)
        assert store.sessions()[0].unfinished == left
        copy = store.duplicate(name, title="Copy")
        store.save(sample_debate(), session_id=name, unfinished=Unfinished((), 4, sources=3))
        found = {info.id: info.unfinished for info in store.sessions()}
        assert found == {name: Unfinished((), 4, sources=3), copy: left}
        store.save(sample_debate(), session_id=name)
        assert {info.id: info.unfinished for info in store.sessions()} == {name: None, copy: left}


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"motions": 3, "done": 1, "sources": null}'])
def test_a_mark_that_cannot_be_read_is_passed_over(raw: Raw, written: str) -> None:
    with Store() as store:
        store.save(sample_debate())
        raw("UPDATE sessions SET unfinished = :written", written=written)
        assert store.sessions()[0].unfinished is None
