import threading

import pytest

from argmap.dashboard.jobs import Job, Progress, Report, StoppedError
from argmap.dashboard.parts import progress_text
from argmap.errors import ModelError


def test_job_gives_its_result() -> None:
    def work(report: Report) -> str:
        report("Judging each sentence", 3, 4)
        return "session"

    job = Job("Nurse pay", work)
    job.wait(5)
    assert (job.state, job.result, job.error) == ("done", "session", None)
    assert job.progress.stage == "Judging each sentence"
    assert job.progress.share == 0.75


def test_job_that_is_stopped_ends_at_its_next_report_and_does_no_more() -> None:
    reached, go_on = threading.Event(), threading.Event()
    kept: list[str] = []

    def work(report: Report) -> str:
        report("Judging each sentence", 0, 2)
        reached.set()
        assert go_on.wait(5)
        report("Judging each sentence", 1, 2)
        kept.append("saved")
        return "session"

    job = Job("Nurse pay", work)
    assert reached.wait(5)
    job.stop()
    assert job.stopping
    go_on.set()
    job.wait(5)
    assert (job.state, job.result, kept, job.stopping) == ("stopped", None, [], False)


def test_job_that_is_stopped_may_keep_what_it_has_and_be_stopped_in_that_too() -> None:
    def kept(asks: int) -> Job:
        ready, holder = threading.Event(), []

        def work(report: Report) -> str:
            assert ready.wait(5)
            (job,) = holder
            job.stop()
            try:
                report("Judging each sentence", 1, 2)
            except StoppedError:
                assert not job.stopping
                if asks > 1:
                    job.stop()
                report("Keeping what is done", 0, 0)
                return "half"
            raise AssertionError("it was not stopped")

        holder.append(Job("Nurse pay", work))
        ready.set()
        holder[0].wait(5)
        return holder[0]

    once, twice = kept(1), kept(2)
    assert (once.state, once.result) == ("stopped", "half")
    assert (twice.state, twice.result) == ("stopped", None)


def test_job_says_in_plain_words_what_went_wrong() -> None:
    def work(report: Report) -> str:
        raise ModelError("The model is missing. Install it.")

    job = Job("Nurse pay", work)
    job.wait(5)
    assert (job.state, job.error) == ("failed", "The model is missing. Install it.")


def test_job_does_not_hide_a_fault_of_the_program(caplog: pytest.LogCaptureFixture) -> None:
    def work(report: Report) -> str:
        raise ZeroDivisionError("division by zero")

    job = Job("Nurse pay", work)
    job.wait(5)
    assert job.state == "failed"
    assert job.error is not None
    assert "division by zero" in job.error
    assert "Traceback" in caplog.text


def test_progress_gives_no_time_left_before_it_can_know() -> None:
    assert Progress("Judging", 1, 100, 0.5).seconds_left is None
    assert Progress("Judging", 0, 0, 30.0).seconds_left is None
    assert Progress("Judging", 25, 100, 10.0).seconds_left == pytest.approx(30.0)


def test_progress_time_counts_from_the_start_of_the_stage() -> None:
    ready, go_on = threading.Event(), threading.Event()
    now = [100.0]

    def work(report: Report) -> None:
        report("First", 0, 0)
        now[0] = 200.0
        report("Second", 1, 4)
        now[0] = 230.0
        ready.set()
        assert go_on.wait(5)

    job = Job("Pay", work, clock=lambda: now[0])
    assert ready.wait(5)
    assert job.progress == Progress("Second", 1, 4, 30.0)
    assert progress_text(job) == (
        "Mapping Pay: second · 1 of 4 · about 1 min 30 s left of this step"
    )
    go_on.set()
    job.wait(5)
