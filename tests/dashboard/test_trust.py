"""How sure a label must be, and why a sentence has its label, on the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.dashboard import models, reliability, why
from argmap.nlp import FakeClassifier
from argmap.records import Debate, Statement
from argmap.stance import explain, make_topic
from tests.dashboard.conftest import OpenApp, page_text
from tests.samples import sample_calibration


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "read_calibration", lambda used: sample_calibration())


def test_the_model_page_says_in_words_what_a_use_means(
    open_app: OpenApp, debate: Debate, measured: None
) -> None:
    models.store().save(debate)
    text = page_text(open_app("model"))
    assert "At this setting about 1 in 5 for/against labels is wrong (19%" in text
    assert "Measured on 90 labels for sentences of running prose" in text


def test_switching_the_use_changes_labels_and_keeps_probabilities_and_corrections(
    open_app: OpenApp, debate: Debate, measured: None
) -> None:
    session_id = models.store().save(debate)
    at = open_app("model", debate=session_id)
    at.button_group(key=_use_key(at)).set_value("citing").run()
    # The page may have taken in the end of so short a job already.
    if (job := at.session_state["browser"].job) is not None:
        job.wait(30)
        assert job.error is None
    after = models.store().load(session_id)
    assert after.run.settings == {"threshold": 0.60, "use": "citing"}
    assert [(s.pro, s.con, s.none) for s in after.stances] == [
        (s.pro, s.con, s.none) for s in debate.stances
    ]
    assert after.speakers == debate.speakers and after.edits == debate.edits


def _use_key(at: object) -> str:
    keys = (group.key for group in at.get("button_group"))  # type: ignore[attr-defined]
    return next(key for key in keys if key and key.startswith("use-"))


def test_a_model_that_nothing_was_measured_of_says_so(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    assert "how many of them are wrong is not known" in page_text(open_app("model"))


def test_why_this_label_is_worked_out_when_asked(open_app: OpenApp, debate: Debate) -> None:
    session_id = models.store().save(debate)
    at = open_app("read", debate=session_id, sentence=debate.statements[0].id)
    assert "Underlined" not in page_text(at)
    next(b for b in at.button if b.label == "Work it out").click()
    at.run()
    assert not at.exception, at.exception
    text = page_text(at)
    assert "Underlined: words without which “for” would be less probable" in text
    assert "turned round: Nurses should not receive a larger pay rise." in text


def test_words_of_a_document_stay_text_and_weights_are_told_in_words() -> None:
    text = "Nurses <b>never</b> deserve it."
    said = Statement("u", "d", 0, len(text), text)
    topic = make_topic("Nurses should receive a larger pay rise.")
    view = why.explained_view(said, explain(said, topic, classifier=FakeClassifier()))
    quoted = next(element for element in view if element.tag == "blockquote")
    assert quoted.text == text
    assert any("points “never”" in element.text for element in view)
    marked = [e for e in quoted.walk() if "weight" in e.css]
    assert marked and all(e.note for e in marked)


def test_a_label_that_does_not_hold_is_warned_of() -> None:
    said = Statement("u", "d", 0, 16, "Nurses earned it")
    topic = make_topic("Nurses should receive a larger pay rise.")
    found = explain(said, topic, classifier=FakeClassifier())
    shaken = replace(found, wordings=tuple(replace(w, holds=False) for w in found.wordings))
    assert "not to be trusted" in why.explained_view(said, shaken)[0].text
    assert "not to be trusted" not in why.explained_view(said, found)[0].text


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.2, "about 1 in 5"), (0.05, "about 1 in 20"), (0.6, "about 6 in 10"), (0, "fewer than 1")],
)
def test_shares_are_told_as_a_person_would(share: float, told: str) -> None:
    assert reliability.about(share).startswith(told)


def test_kinds_of_text_on_which_the_promise_fails_are_named() -> None:
    made = sample_calibration()
    failing = tuple(
        replace(c, reached=False) if (c.use, c.register) == ("exploring", "short") else c
        for c in made.chosen
    )
    told = reliability.meaning(replace(made, chosen=failing), "exploring")[0].text
    assert "For short arguments no setting keeps it: at their best one about 1 in 5" in told
