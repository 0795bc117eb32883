"""Turns, places, leaving and short work, without a model and without waiting for the clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.dashboard import words
from argmap.dashboard.jobs import Job, Report
from argmap.dashboard.queueing import Place, Queue


@dataclass(eq=False)
class Waiting:
    """A job that runs until it is told to end."""

    owner: str
    begun: list[Waiting] = field(default_factory=list, repr=False)
    kind: str = "map"
    size: float = 10.0

    def begin(self) -> None:
        self.begun.append(self)


def run_out(queue: Queue, begun: list[Waiting]) -> list[str]:
    """End job after job; the owners in the order in which they had their turn."""
    at = 0
    while at < len(begun):
        queue.end(begun[at], done=True)
        at += 1
    return [one.owner for one in begun]


def test_queue_lets_browsers_take_turns_whoever_has_more_to_map() -> None:
    queue, begun = Queue(), []
    for owner in ("greedy", "greedy", "greedy", "greedy", "modest", "late", "late"):
        assert queue.join(Waiting(owner, begun))
    assert run_out(queue, begun) == [
        "greedy", "modest", "late", "greedy", "late", "greedy", "greedy",
    ]  # fmt: skip


@given(st.lists(st.sampled_from("abcde"), max_size=30), st.integers(1, 3))
def test_queue_keeps_the_order_it_told_and_never_runs_too_many(owners: str, at_once: int) -> None:
    queue, begun = Queue(at_once=at_once), []
    tickets = [Waiting(owner, begun) for owner in owners]
    for ticket in tickets:
        assert queue.join(ticket)
    places = {one: place.ahead for one in tickets if (place := queue.place(one)) is not None}
    assert sorted(places.values()) == list(range(at_once, len(owners)))
    assert len(begun) == min(at_once, len(owners))
    run_out(queue, begun)
    for ticket, ahead in places.items():
        assert begun.index(ticket) == ahead
    assert all(queue.place(ticket) is None for ticket in tickets)


def test_queue_tells_the_seconds_that_jobs_of_the_kind_took() -> None:
    now, begun = [0.0], []
    queue = Queue(clock=lambda: now[0])
    first, second, third, fourth = (Waiting(owner, begun) for owner in "abcd")
    third.size, fourth.size = 40.0, 5.0
    for ticket in (first, second, third, fourth):
        queue.join(ticket)
    assert queue.place(third) == Place(2, None)
    now[0] = 20.0
    queue.end(first, done=True)
    assert queue.place(third) == Place(1, pytest.approx(20.0))
    now[0] = 25.0
    assert queue.place(fourth) == Place(2, pytest.approx(15.0 + 80.0))
    other = Waiting("e", begun, kind="another")
    queue.join(other)
    assert queue.place(other) == Place(3, pytest.approx(15.0 + 80.0 + 10.0))


def test_queue_is_left_at_once_and_refuses_more_than_it_can_hold() -> None:
    queue, begun = Queue(most=2), []
    first, second, third, fourth = (Waiting(owner, begun) for owner in "abcd")
    assert queue.join(first)
    assert queue.join(second)
    assert queue.join(third)
    assert not queue.join(fourth)
    assert queue.leave(second)
    assert not queue.leave(second)
    assert not queue.leave(first)
    assert queue.place(third) == Place(1, None)
    assert queue.join(fourth)
    assert run_out(queue, begun) == ["a", "c", "d"]


def waiting_job(queue: Queue, ready: threading.Event) -> Job:
    def work(report: Report) -> str:
        assert ready.wait(5)
        report("Judging each sentence", 1, 2)
        return "session"

    return Job("Nurse pay", work, queue=queue)


def test_job_waits_for_its_turn_and_is_gone_at_once_when_it_leaves() -> None:
    queue, ready = Queue(), threading.Event()
    first, second, third = (waiting_job(queue, ready) for _ in range(3))
    assert [one.state for one in (first, second, third)] == ["running", "waiting", "waiting"]
    assert (first.place, second.place, third.place) == (None, Place(1, None), Place(2, None))
    second.stop()
    assert (second.state, second.result, second.stopping) == ("stopped", None, False)
    assert third.place == Place(1, None)
    ready.set()
    third.wait(5)
    assert [one.state for one in (first, second, third)] == ["done", "stopped", "done"]


def test_job_that_finds_the_queue_full_says_so() -> None:
    queue, ready = Queue(most=0), threading.Event()
    first, second = waiting_job(queue, ready), waiting_job(queue, ready)
    assert second.state == "failed"
    assert "Try again" in (second.error or "")
    ready.set()
    first.wait(5)
    assert first.state == "done"


def test_queue_goes_on_when_a_job_fails() -> None:
    queue, ready = Queue(), threading.Event()

    def work(report: Report) -> str:
        raise ZeroDivisionError

    failed, after = Job("Nurse pay", work, queue=queue), waiting_job(queue, ready)
    ready.set()
    after.wait(5)
    assert (failed.state, after.state) == ("failed", "done")


def test_short_work_pauses_a_job_and_is_done_in_the_order_of_asking() -> None:
    queue, order, told = Queue(), list[str](), list[int]()
    asked, first_in, go_on = threading.Event(), threading.Event(), threading.Event()

    def work(report: Report) -> None:
        assert asked.wait(5)
        report("Judging each sentence", 1, 2)
        order.append("job")

    def ask(name: str) -> None:
        with queue.brief(told.append):
            first_in.set()
            assert go_on.wait(5)
            order.append(name)

    job = Job("Nurse pay", work, queue=queue)
    first = threading.Thread(target=ask, args=("first",))
    first.start()
    assert first_in.wait(5)
    second = threading.Thread(target=ask, args=("second",))
    second.start()
    while not told:
        second.join(0.01)
    asked.set()
    go_on.set()
    for thread in (first, second):
        thread.join(5)
    job.wait(5)
    assert order == ["first", "second", "job"]
    assert set(told) == {1}


def test_short_work_without_end_does_not_hold_a_job_up_for_good() -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 1.0
        return now[0]

    queue = Queue(clock=clock)
    with queue.brief():
        queue.give_way(lambda: False)
        paused = now[0]
        queue.give_way(lambda: False)
    assert 5.0 <= paused < 10.0
    assert now[0] < 2 * paused


def test_paused_job_can_be_stopped() -> None:
    queue = Queue()
    with queue.brief():
        queue.give_way(lambda: True)


def test_short_work_that_is_given_up_lets_the_next_go_on() -> None:
    queue = Queue()

    def gives_up(ahead: int) -> None:
        raise InterruptedError

    with queue.brief(), pytest.raises(InterruptedError), queue.brief(gives_up):
        raise AssertionError("it was not its turn")
    with queue.brief():
        pass


@pytest.mark.parametrize(
    ("ahead", "seconds", "told"),
    [
        (1, None, "second in the queue: one debate is mapped before yours"),
        (2, 40.2, "third in the queue: two debates are mapped before yours; about 40 s"),
        (11, 95.0, "number 12 in the queue: 11 debates are mapped before yours; "
         "about 1 min 35 s"),
    ],
)  # fmt: skip
def test_place_in_the_queue_in_words(ahead: int, seconds: float | None, told: str) -> None:
    assert words.queued(ahead, seconds) == told
