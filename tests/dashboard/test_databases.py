"""What the pages keep lies in PostgreSQL as it does in SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models
from argmap.records import Debate
from tests.dashboard.conftest import OpenApp, kept, page_text, press, shown
from tests.postgres import Server


@pytest.fixture(autouse=True, params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.delenv("ARGMAP_DATABASE_URL", raising=False)
    if request.param == "sqlite":
        yield
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as url:
        monkeypatch.setenv("ARGMAP_DATABASE_URL", url)
        st.cache_resource.clear()
        yield
        models.whole_store().close()
        st.cache_resource.clear()
        monkeypatch.delenv("ARGMAP_DATABASE_URL")
    assert not (home / "argmap.db").exists()


def test_a_correction_is_kept_and_undone(open_app: OpenApp, debate: Debate) -> None:
    own = models.store().save(debate)
    statement, topic = debate.statements[0].id, debate.topics[0].id
    at = open_app("tree", debate=own, sentence=statement)
    at.segmented_control(key=f"label-{statement}-{topic}").set_value("con").run()
    assert [edit.label for edit in kept(own).edits] == ["con"]
    assert next(s for s in shown(own).stances if s.statement == statement).label == "con"
    press(at, "undo-notice")
    assert [edit.kind for edit in kept(own).edits] == ["label", "undo"]
    assert next(s for s in shown(own).stances if s.statement == statement).label == "pro"


def test_a_debate_is_copied_renamed_deleted_and_had_back(open_app: OpenApp, debate: Debate) -> None:
    own = models.store().save(debate)
    at = press(open_app(), f"copy-{own}")
    (copy,) = (info for info in models.store().sessions() if info.id != own)
    press(at, f"delete-do-{copy.id}")
    assert [info.id for info in models.store().sessions()] == [own]
    press(at, "undo-delete-do")
    assert {info.id for info in models.store().sessions()} == {own, copy.id}


def test_a_mapped_debate_is_there_after_a_restart(open_app: OpenApp, bundle: BundledDebate) -> None:
    job = library.start_mapping(bundle.documents, bundle.topics, title="Mapped")
    job.wait(30)
    assert (job.state, job.error) == ("done", None)
    models.whole_store().close()
    st.cache_resource.clear()
    assert "Mapped" in page_text(open_app())
    assert [info.title for info in library.ordered(models.store().sessions())] == [
        "Mapped",
        bundle.title,
    ]
