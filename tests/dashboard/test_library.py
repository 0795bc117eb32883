import threading
from dataclasses import replace

import pytest

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models
from argmap.dashboard.jobs import Job, Report
from argmap.errors import ModelError
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.pipeline import model_names
from argmap.records import Debate
from argmap.stance import make_topic


def outdated(*debates: BundledDebate, revision: str = "0") -> tuple[BundledDebate, ...]:
    classifier = FakeClassifier()
    classifier.revision = revision
    used = model_names(classifier, FakeEncoder(), FakeAttributor(), FakeClassifier())
    return library.outdated(models.store(), debates, used=used)


def map_bundled() -> None:
    job = library.bundled_job()
    job.wait(30)
    assert (job.state, job.error) == ("done", None)


def test_bundled_debates_are_mapped_once(bundle: BundledDebate) -> None:
    assert outdated(bundle) == (bundle,)
    map_bundled()
    (info,) = models.store().sessions()
    assert (info.id, info.title, info.origin) == ("bundled-pay", bundle.title, "bundled")
    assert outdated(bundle) == ()
    library.retry_bundled()
    map_bundled()
    assert models.store().sessions() == (info,)


def test_bundled_debate_is_due_again_when_model_text_or_motion_changes(
    bundle: BundledDebate,
) -> None:
    map_bundled()
    text = replace(bundle, documents=(replace(bundle.documents[0], text="Another text."),))
    motion = replace(bundle, topics=(make_topic("Doctors should be paid more."),))
    assert outdated(bundle, revision="1") == (bundle,)
    assert outdated(text) == (text,)
    assert outdated(motion) == (motion,)
    renamed = replace(bundle, title="Another title")
    assert outdated(renamed) == ()


def test_bundled_debates_leave_the_users_own_alone(bundle: BundledDebate, debate: Debate) -> None:
    own = models.store().save(debate)
    map_bundled()
    assert [i.id for i in library.ordered(models.store().sessions())] == [own, "bundled-pay"]
    assert models.store().load(own) == debate


def test_mapping_keeps_the_result_and_writes_over_a_session_only_when_told(
    bundle: BundledDebate,
) -> None:
    def mapped(session_id: str | None) -> str | None:
        job = library.start_mapping(
            bundle.documents, bundle.topics, title="Mine", session_id=session_id
        )
        job.wait(30)
        assert job.error is None
        return job.result

    first = mapped(None)
    assert first is not None
    assert mapped(first) == first
    assert mapped(None) != first
    assert len(models.store().sessions()) == 2


def test_mapping_without_a_model_says_so_and_changes_nothing(
    bundle: BundledDebate, debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = models.store().save(debate)

    def missing() -> FakeClassifier:
        raise ModelError("The stance model is missing. Install argmap again.")

    monkeypatch.setattr(models, "classifier", missing)
    job = library.start_mapping(bundle.documents, bundle.topics, title="Mine", session_id=own)
    job.wait(30)
    assert (job.state, job.error) == (
        "failed",
        "The stance model is missing. Install argmap again.",
    )
    assert models.store().load(own) == debate


def test_a_restart_is_quiet_only_while_every_bundled_debate_is_kept(bundle: BundledDebate) -> None:
    started, release = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        report("Loading the model", 0, 0)
        started.set()
        release.wait(30)
        report("Pay: judging each sentence", 0, 1)

    job = Job("the bundled debates", work)
    started.wait(30)
    assert not library.only_checking(job)
    map_bundled()
    assert library.only_checking(job)
    release.set()
    job.wait(30)
    assert not library.only_checking(job)
