"""A stop keeps what is done, and going on gives what mapping at once gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from argmap.dashboard import library, models
from argmap.dashboard.jobs import StoppedError
from argmap.dashboard.mapping import Mapped, Models, Remembering, map_motions
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate
from argmap.records import Debate, Document
from argmap.stance import make_topic
from argmap.store import Unfinished
from tests.dashboard.conftest import OpenApp, page_text
from tests.dashboard.test_pages import settled

DOCUMENTS = tuple(
    Document.create(title=f"Source {number}", text=text)
    for number, text in enumerate(
        (
            "Nurses need more pay. “The pay rise is fair,” said Ann Lee. Taxes pay for nurses.",
            "Taxes must not rise, said Jo Lamb. Nurses cannot live on their pay.",
            "A strike harms patients. Pat Moore said nurses should strike for pay.",
        )
    )
)
TOPICS = tuple(
    make_topic(motion)
    for motion in (
        "Nurses should receive more pay.",
        "Taxes should rise to pay for nurses.",
        "Nurses should strike over pay.",
    )
)


def tools() -> Models:
    return Models(FakeClassifier(), FakeEncoder(), FakeAttributor(), FakeClassifier())


def at_once(count: int = 3) -> Debate:
    made = tools()
    return map_debate(
        DOCUMENTS,
        TOPICS[:count],
        title="Pay",
        classifier=made.classifier,
        encoder=made.encoder,
        attributor=made.attributor,
        relation_classifier=made.relation_classifier,
    )


def stopping(when: Callable[[str, int, int], bool]) -> Callable[[str, int, int], None]:
    """A report that is told to stop once, the first time that ``when`` holds."""
    asked = [False]

    def report(stage: str, done: int, total: int) -> None:
        if not asked[0] and when(stage, done, total):
            asked[0] = True
            raise StoppedError

    return report


def mapped(report: Callable[[str, int, int], None], **more: object) -> Mapped:
    return map_motions(DOCUMENTS, TOPICS, title="Pay", models=tools(), report=report, **more)  # type: ignore[arg-type]


def quiet(stage: str, done: int, total: int) -> None:
    pass


def test_motions_one_after_another_give_what_mapping_at_once_gives() -> None:
    assert mapped(quiet) == Mapped(at_once())


@pytest.mark.parametrize("stage", ["judging", "grouping", "linking"])
def test_a_stop_keeps_the_whole_motions_and_going_on_maps_the_rest(stage: str) -> None:
    kept = mapped(stopping(lambda at, *_: at.startswith(f"Motion 3 of 3: {stage}")))
    assert kept == Mapped(at_once(2), Unfinished((TOPICS[2].motion,), 2))
    judge = FakeClassifier()
    rest = map_motions(
        DOCUMENTS,
        TOPICS,
        title="Pay",
        models=replace(tools(), classifier=judge),
        report=quiet,
        before=kept.debate,
    )
    assert rest == Mapped(at_once())
    assert judge.calls == len(kept.debate.statements)


def test_a_stop_in_the_first_motion_keeps_the_sources_that_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("argmap.dashboard.mapping._AT_ONCE", 2)
    report = stopping(
        lambda at, done, _: at == "Motion 1 of 3: judging each sentence" and done >= 5
    )
    kept = mapped(report)
    heard = {s.document for s in kept.debate.statements}
    assert kept.unfinished == Unfinished((TOPICS[1].motion, TOPICS[2].motion), 0, sources=1)
    assert heard == {DOCUMENTS[0].id}
    assert kept.debate.documents == DOCUMENTS
    assert {s.id for s in kept.debate.speakers} == {
        s.speaker for s in kept.debate.statements if s.speaker
    }
    judge = FakeClassifier()
    rest = map_motions(
        DOCUMENTS,
        TOPICS,
        title="Pay",
        models=replace(tools(), classifier=judge),
        report=quiet,
        before=kept.debate,
        part=True,
    )
    assert rest == Mapped(at_once())
    assert judge.calls == len(at_once().stances) - len(kept.debate.stances)


@pytest.mark.parametrize("stage", ["Reading who says what", "Motion 1 of 3: judging each sentence"])
def test_a_stop_before_anything_is_done_keeps_nothing(stage: str) -> None:
    with pytest.raises(StoppedError):
        mapped(stopping(lambda at, *_: at == stage))


def test_a_second_stop_gives_up_what_was_to_be_kept() -> None:
    def report(stage: str, done: int, total: int) -> None:
        if stage.startswith("Motion 1 of 3: grouping") or stage == "Keeping what is done":
            raise StoppedError

    with pytest.raises(StoppedError):
        mapped(report)


def test_other_models_map_everything_anew() -> None:
    kept = mapped(stopping(lambda at, *_: at.startswith("Motion 2")))
    other = FakeClassifier()
    other.revision = "1"
    rest = map_motions(
        DOCUMENTS,
        TOPICS,
        title="Pay",
        models=replace(tools(), classifier=other),
        report=quiet,
        before=kept.debate,
    )
    assert other.calls == len(at_once().stances)
    assert rest.debate.stances == at_once().stances


def test_what_is_remembered_is_not_asked_again_and_keeps_its_order() -> None:
    plain = FakeClassifier()
    judge = Remembering(plain)
    pairs = [("Nurses need pay.", "Pay nurses more."), ("It rained.", "Pay nurses more.")]
    first = judge.predict_proba(pairs)
    counts: list[tuple[int, int]] = []
    again = judge.predict_proba(
        [pairs[1], pairs[0], pairs[1], ("No pay.", "Pay nurses more.")],
        progress=lambda done, total: counts.append((done, total)),
    )
    assert plain.calls == 3
    assert again[:3].tolist() == [first[1].tolist(), first[0].tolist(), first[1].tolist()]
    assert counts[-1] == (4, 4)
    assert judge.predict_proba([]).shape == (0, 3)


def test_a_stopped_job_is_kept_marked_and_gone_on_with_from_the_page(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = map_motions

    def cut(*args: object, **fields: object) -> Mapped:
        job = at.session_state["browser"].job
        report = fields.pop("report")

        def watched(stage: str, done: int, total: int) -> None:
            if stage.startswith("Motion 2") and job is not None:
                job.stop()
            report(stage, done, total)  # type: ignore[operator]

        return whole(*args, report=watched, **fields)  # type: ignore[arg-type]

    own = models.store().save(at_once(1))
    at = open_app("", debate=own)
    with monkeypatch.context() as patch:
        patch.setattr(library, "map_motions", cut)
        import threading

        ready = threading.Event()
        loading = models.encoder
        patch.setattr(models, "encoder", lambda: ready.wait(10) and loading())
        at.session_state["browser"].job = library.start_mapping(
            DOCUMENTS, TOPICS, title="Pay twice"
        )
        ready.set()
        settled(at)
    info = next(one for one in models.store().sessions() if one.id != own)
    assert info.unfinished == Unfinished((TOPICS[1].motion, TOPICS[2].motion), 1)
    assert "1 of 3 motions" in at.info[0].value
    at.session_state["browser"].wanted = {"debate": info.id}
    at.run()
    assert "Stopped: 1 of 3 motions" in page_text(at)
    at.button(key=f"go-on-{info.id}").click().run()
    settled(at)
    (now,) = [one for one in models.store().sessions() if one.id == info.id]
    assert now.unfinished is None
    assert replace(models.store().load(info.id), title="Pay") == at_once()
