from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from argmap.nlp import FakeClassifier, Progress
from argmap.records import Statement
from argmap.stance import classify, make_topic
from argmap.stance.classify import label_of, make_stance

MOTION = make_topic("Nurses should be paid more.", id="pay")
DEFENCE = make_topic("Britain should spend more on defence.", id="defence")


def statement(text: str) -> Statement:
    return Statement(id=f"s-{text[:12]}", document="d", start=0, end=len(text), text=text)


def test_classify_judges_every_statement_on_every_topic_in_order() -> None:
    statements = (
        statement("Nurses deserve better pay."),
        statement("The country cannot afford nurses."),
        statement("It rained on Tuesday."),
    )
    stances = classify(statements, (MOTION, DEFENCE), classifier=FakeClassifier())
    assert [(s.statement, s.topic) for s in stances] == [
        (s.id, topic.id) for topic in (MOTION, DEFENCE) for s in statements
    ]
    assert [s.label for s in stances[:3]] == ["pro", "con", "none"]


def test_classify_of_nothing_asks_nothing() -> None:
    classifier = FakeClassifier()
    assert classify((), (MOTION,), classifier=classifier) == ()
    assert classify((statement("Nurses."),), (), classifier=classifier) == ()
    assert classifier.calls == 0


class Unsure:
    model_id = "unsure"
    revision = "0"

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        return np.tile(np.array([0.41, 0.39, 0.20], dtype=np.float32), (len(pairs), 1))


def test_classify_abstains_below_the_threshold_and_not_above_it() -> None:
    (unsure,) = classify((statement("A."),), (MOTION,), classifier=Unsure(), threshold=0.5)
    (sure,) = classify((statement("A."),), (MOTION,), classifier=Unsure(), threshold=0.4)
    assert (unsure.label, sure.label) == ("unclear", "pro")
    assert unsure.score == pytest.approx(0.02)


@given(st.floats(0, 1), st.floats(0, 1))
def test_make_stance_sums_to_one(pro: float, rest: float) -> None:
    stance = make_stance("s", "t", pro, (1 - pro) * rest)
    assert stance.pro + stance.con + stance.none == pytest.approx(1, abs=2e-4)
    assert min(stance.pro, stance.con, stance.none) >= 0


def test_label_of_names_the_largest() -> None:
    assert label_of(0.1, 0.2, 0.7, threshold=0.5) == "none"
    assert label_of(0.1, 0.7, 0.2, threshold=0.5) == "con"
