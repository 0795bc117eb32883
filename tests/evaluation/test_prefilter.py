"""Choosing how near is near enough, and comparing precisions, on cases made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from argmap.evaluation import agreement, prefilter
from argmap.evaluation.stance_speed import sentences
from argmap.nlp import FakeClassifier
from argmap.projectfile import dumps, loads
from argmap.stance.relevance import FEATURES
from argmap.training.examples import CON, NONE, PRO, Example
from argmap.training.relevance import Asked, fit_line
from tests.samples import sample_debate

LINE = prefilter.Line((1.0,) * len(FEATURES), 0.0)


def cases(near: list[float], sided: list[bool], foreign: list[float]) -> prefilter.Cases:
    return prefilter.Cases(
        "made", "0" * 64, np.array(near), np.array(sided), ("d",) * len(near), np.array(foreign)
    )


def test_the_threshold_keeps_the_recall_and_passes_over_the_most() -> None:
    made = cases(
        [n / 200 for n in range(200)] + [0.001] * 10, [True] * 200 + [False] * 10, [0.005] * 50
    )
    found = prefilter.choose([made], LINE)
    assert found.threshold == 0.010  # two of two hundred may be lost
    assert made.recall(found.threshold).value == 0.99
    # 12 own pairs and as many foreign ones as there are own: two of those take a side.
    assert found.sided == round(2 / (12 + 210), 4)


def test_the_strictest_set_decides() -> None:
    lenient = cases([0.5] * 10, [True] * 10, [0.1])
    strict = cases([0.2] * 10, [True] * 10, [0.1])
    assert prefilter.choose([lenient, strict], LINE).threshold == 0.2


def test_the_line_parts_own_motions_from_others() -> None:
    drawn = np.random.default_rng(0).normal(0.1, 0.05, (30, 4, len(FEATURES)))
    drawn[:, 1] += 0.4
    made = Asked("d", ({1: 0},) * 30, tuple((n, n + 1) for n in range(30)), drawn, (1,), (0, 2, 3))
    weights, bias = fit_line([made])
    scores = prefilter.Line(weights, bias).scores(drawn)
    assert scores[:, 1].min() > scores[:, [0, 2, 3]].max()
    assert fit_line([made]) == (weights, bias)


def test_agreement_counts_what_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    class Turned(FakeClassifier):
        def predict_proba(self, pairs, **options):  # type: ignore[no-untyped-def]
            rows = super().predict_proba(pairs, **options)
            rows[0] = rows[0][[1, 0, 2]]
            return rows

    pool = [
        Example("Nurses deserve more.", "Nurses should be paid more.", PRO, "made"),
        Example("Nurses must never be paid more.", "Nurses should be paid more.", CON, "made"),
        Example("The shop sells bread.", "Nurses should be paid more.", NONE, "made"),
        Example("The ship left port.", "Nurses should be paid more.", NONE, "made"),
    ]
    monkeypatch.setattr(agreement, "SETS", {"made": "short"})
    monkeypatch.setattr(agreement, "load", lambda data, name, split: pool)
    (found,) = agreement.measure(
        None,  # type: ignore[arg-type]
        {"fp32": FakeClassifier(), "bf16": Turned()},
        threshold=0.5,
    )
    assert (found.classes.value, found.labels.value, found.labels.n) == (0.75, 0.75, 4)
    assert found.reference == 1.0 > found.score
    assert "| bf16 | all | 0.7500 | 0.7500 | 4 |" in agreement.as_table([found])


def test_the_bench_reads_no_sentence_twice_and_twenty_words_on_average() -> None:
    found = sentences(140)
    assert len(set(found)) == 140
    assert np.mean([len(text.split()) for text in found]) == 20


def test_what_is_off_a_motion_stands_in_the_project_file() -> None:
    debate = sample_debate()
    stances = (replace(debate.stances[0], off_motion=True), *debate.stances[1:])
    off = replace(debate, stances=stances)
    assert "off_motion" not in dumps(debate)
    assert loads(dumps(off)) == off
