"""How far model and person agree, and thresholds set by what a person judged."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from argmap.corrections import agreement as agreed
from argmap.corrections import replay
from argmap.dashboard import agreement, library, models
from argmap.records import (
    Attribution,
    Debate,
    Document,
    Edit,
    Label,
    Run,
    Statement,
    content_id,
)
from argmap.stance import make_topic
from argmap.stance.classify import make_stance
from tests.dashboard.conftest import OpenApp, page_text, press
from tests.dashboard.debates import HOSTILE, MOTION, make_debate

NAMES = ("Ann Lee", "Ben Moss", "Pat Moore", "Jo Lamb")


def wide_debate(number: int = 100) -> Debate:
    """Many sentences for the motion, ever more surely so; the model errs where it is unsure."""
    texts = [f"Reason {n} speaks for the rise." for n in range(number)]
    document = Document.create(title="Many", text=" ".join(texts))
    statements, at = [], 0
    for text in texts:
        start = document.text.index(text, at)
        at = start + len(text)
        statements.append(
            Statement(content_id("u", text), document.id, start, at, text, Attribution())
        )
    stances = [
        make_stance(s.id, "pay", 0.5 + 0.49 * n / number, 0.005, threshold=0.5)
        for n, s in enumerate(statements)
    ]
    return Debate(
        title="Many",
        run=Run("0", {"stance": "fake@0"}, {"threshold": 0.5, "use": "exploring"}, {}),
        documents=(document,),
        topics=(make_topic(MOTION, id="pay"),),
        statements=tuple(statements),
        stances=tuple(stances),
    )


def judged(debate: Debate, number: int, author: str = "A. Reader") -> Debate:
    """The first sentences judged as drawn: those that the model is least sure of take no side."""
    edits = []
    for place, statement in enumerate(debate.statements[:number]):
        label: Label = "none" if place < len(debate.statements) / 4 else "pro"
        edits.append(
            Edit.create(
                "label", sequence=place + 1, time="2026-05-01T10:00:00+00:00", author=author,
                statements=(statement.id,), topic="pay", label=label, drawn=True,
            )
        )  # fmt: skip
    return replace(debate, edits=tuple(edits))


def settled(at: AppTest) -> AppTest:
    at.session_state["browser"].job.wait(30)
    at.run()
    assert not at.exception, at.exception
    return at


def test_without_a_judgement_it_says_what_to_do(open_app: OpenApp) -> None:
    session_id = models.store().save(make_debate(names=NAMES))
    at = open_app("correct", debate=session_id, task="agreement")
    assert "Nobody has judged a sentence yet" in page_text(at)
    assert "50 more drawn sentences" in page_text(at)
    assert not [b for b in at.button if str(b.key).startswith("refit-")]


def test_agreement_is_told_for_drawn_and_for_all_labels(open_app: OpenApp) -> None:
    debate = judged(wide_debate(), 30)
    passing = Edit.create(
        "label", sequence=31, time="", author=HOSTILE[0], topic="pay", label="con",
        statements=(debate.statements[40].id,),
    )  # fmt: skip
    session_id = models.store().save(replace(debate, edits=(*debate.edits, passing)))
    at = open_app("correct", debate=session_id, task="agreement")
    text = page_text(at)
    found = agreed(replay(debate, (*debate.edits, passing)).debate)
    assert (found.drawn.n, found.all.n) == (30, 31)
    assert agreement.line(found.drawn) in text
    assert agreement.line(found.all) in text
    assert "kappa" in agreement.line(found.drawn)
    assert HOSTILE[0] in text
    assert "20 more drawn sentences that the model holds for or against" in text


def test_the_table_has_the_model_in_rows_and_the_person_in_columns() -> None:
    debate = judged(wide_debate(), 30)
    found = agreed(replay(debate, debate.edits).debate).drawn
    table = agreement.confusion(found)
    rows = [[cell.text for cell in row.children] for row in table.walk() if row.tag == "tr"]
    assert rows[0][1:] == [
        "Person: + For", "Person: − Against", "Person: · Takes no side", "Person: ? Unclear"
    ]  # fmt: skip
    by_head = {row[0]: [int(n) for n in row[1:]] for row in rows[1:]}
    assert by_head["Model: + For"][0] == found.counts[0][0]
    assert by_head["Model: + For"][2] == found.counts[0][2] > 0
    assert sum(map(sum, by_head.values())) == 30


def test_enough_judgements_give_thresholds_that_are_applied_and_taken_back(
    open_app: OpenApp,
) -> None:
    debate = judged(wide_debate(), 100)
    session_id = models.store().save(debate)
    at = open_app("correct", debate=session_id, task="agreement")
    assert "must be judged" not in page_text(at)
    button = at.button(key="refit-exploring")
    threshold = float(button.label.split(" from ")[1].split(" ")[0])
    assert threshold > 0.5
    settled(press(at, "refit-exploring"))
    stored = models.store().load(session_id)
    assert stored.run.settings["threshold"] == threshold
    assert [s.label == "unclear" for s in stored.stances] == [
        s.pro < threshold for s in stored.stances
    ]
    assert stored.edits == debate.edits
    assert f"is labelled from {threshold:.2f} on" in at.info[0].value.replace("\\", "")
    settled(press(at, "refit-back"))
    stored = models.store().load(session_id)
    assert dict(stored.run.settings) == {"threshold": 0.5, "use": "exploring"}
    assert stored.stances == debate.stances


def test_a_draft_stays_on_the_table_while_a_threshold_changes(open_app: OpenApp) -> None:
    session_id = models.store().save(judged(wide_debate(), 100))
    at = open_app("correct", debate=session_id, task="agreement")
    draft = at.session_state["browser"].draft
    settled(press(at, "refit-citing"))
    assert at.session_state["browser"].draft is draft
    assert library.bundled_job().state == "done"
