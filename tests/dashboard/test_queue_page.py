"""The place in the queue, where the reader is looking."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import library, models, session
from argmap.dashboard.jobs import Job, Report
from argmap.records import Debate
from argmap.stance import explain
from tests.dashboard.conftest import OpenApp, page_text


@pytest.fixture
def busy() -> Iterator[threading.Event]:
    """A switch; what :func:`occupy` began goes on until it is set."""
    free = threading.Event()
    yield free
    free.set()


def occupy(free: threading.Event, title: str = "Another's") -> Job:
    def work(report: Report) -> None:
        assert free.wait(30)

    return Job(title, work, queue=models.queue(), owner=title)


def telling(at: AppTest) -> list[str]:
    return [bar.proto.text.replace("\\", "") for bar in at.get("progress")]


def mapped_behind(at: AppTest, debate: Debate) -> Job:
    """This browser asks for a mapping."""
    job = library.start_mapping(debate.documents, debate.topics, title="Own", owner="this browser")
    at.session_state["browser"].job = job
    at.run()
    assert not at.exception, at.exception
    return job


@pytest.mark.parametrize("page", ["new", "read"])
def test_page_tells_the_place_in_the_queue_and_lets_the_reader_leave(
    open_app: OpenApp, debate: Debate, busy: threading.Event, page: str
) -> None:
    models.store().save(debate)
    at = open_app(page)
    first = occupy(busy)
    job = mapped_behind(at, debate)
    assert telling(at) == ["Mapping Own: second in the queue: one debate is mapped before yours"]
    if page == "new":
        assert next(b for b in at.button if b.label == "Map the debate").disabled
        assert "waits in the queue" in at.caption[-1].value
    at.button(key="stop-0").click().run()
    assert not at.exception, at.exception
    assert (job.state, first.state) == ("stopped", "running")
    assert "“Own” was not mapped" in at.info[0].value
    assert telling(at) == []
    assert len(models.store().sessions()) == 1


def test_mapping_in_the_queue_is_done_when_its_turn_comes(
    open_app: OpenApp, debate: Debate, busy: threading.Event
) -> None:
    at = open_app("new")
    occupy(busy)
    job = mapped_behind(at, debate)
    busy.set()
    job.wait(30)
    at.run()
    assert not at.exception, at.exception
    assert "is mapped" in at.info[0].value
    assert [info.title for info in models.store().sessions()] == ["Own"]


def test_waiting_mapping_of_a_closed_page_is_done_all_the_same(
    debate: Debate, busy: threading.Event
) -> None:
    occupy(busy)
    job = library.start_mapping(debate.documents, debate.topics, title="Own")
    busy.set()
    job.wait(30)
    assert (job.state, [i.title for i in models.store().sessions()]) == ("done", ["Own"])


def test_one_browser_with_many_mappings_does_not_hold_up_another(
    debate: Debate, busy: threading.Event
) -> None:
    occupy(busy)
    ended: list[str] = []

    def ask(owner: str, number: int) -> Job:
        def work(report: Report) -> None:
            ended.append(f"{owner} {number}")

        return Job(owner, work, queue=models.queue(), owner=owner)

    jobs = [ask("many", number) for number in range(5)]
    jobs.append(ask("one", 0))
    busy.set()
    for job in jobs:
        job.wait(30)
    assert ended.index("one 0") == 1


def test_why_is_answered_while_a_mapping_runs(
    open_app: OpenApp, debate: Debate, busy: threading.Event
) -> None:
    own = models.store().save(debate)
    at = open_app("read", debate=own, sentence=debate.statements[0].id)
    job = occupy(busy)
    next(b for b in at.button if b.label == "Work it out").click().run()
    assert not at.exception, at.exception
    assert job.state == "running"
    assert "Underlined" in page_text(at)


def test_explanations_that_are_kept_are_few(debate: Debate) -> None:
    found = explain(debate.statements[0], debate.topics[0], classifier=models.classifier())
    at = AppTest.from_function(_ask_often, default_timeout=30)
    at.session_state["found"] = found
    at.run()
    assert not at.exception, at.exception
    kept = [number for number in range(50) if f"why-s{number}" in at.session_state]
    assert kept == list(range(30, 50))


def _ask_often() -> None:
    import streamlit as st

    from argmap.dashboard import why

    for number in range(50):
        why._keep(f"why-s{number}", st.session_state["found"])


def test_tabs_of_one_browser_or_user_wait_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    own = SimpleNamespace(cookies={"_streamlit_xsrf": "one"})
    monkeypatch.setattr(session.st, "context", own)
    assert session.owner() == "one"
    monkeypatch.setattr(session.who, "user", lambda: "ada")
    assert session.owner() == "user ada"
