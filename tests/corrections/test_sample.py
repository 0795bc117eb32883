"""Sentences drawn at random, and thresholds refitted on their labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from argmap.corrections import draw_sentences, drawn_labels, refitted
from argmap.corrections.sample import CONFIDENCES
from argmap.records import Debate, Edit, Label, Stance
from argmap.stance import Labelled, refit
from argmap.stance.calibration import SUPPORT, TARGETS
from argmap.stance.refit import MOTION_SUPPORT
from argmap.stance.thresholds import GRID
from tests.corrections.logs import TIME
from tests.structure import builders


def simulated(size: int, *, seed: int) -> tuple[Debate, dict[str, Label]]:
    """A debate whose model is as often right as it says, and the true labels."""
    rng = np.random.default_rng(seed)
    names = [f"s{number:04}" for number in range(size)]
    shares = np.round(rng.dirichlet([0.6, 0.5, 1.2], size=size), 4)
    shares[:, 2] = np.round(1.0 - shares[:, 0] - shares[:, 1], 4)
    labels: tuple[Label, ...] = ("pro", "con", "none")
    truth = {
        name: labels[int((own.cumsum() > rng.random()).argmax())]
        for name, own in zip(names, shares, strict=True)
    }
    bare = builders.debate(*((name, "none", 0.9) for name in names))
    stances = tuple(
        Stance(name, "pay", *map(float, own), labels[int(own.argmax())])
        for name, own in zip(names, shares, strict=True)
    )
    return replace(bare, stances=stances), truth


def judging(
    debate: Debate, truth: dict[str, Label], names: tuple[str, ...], *, drawn: bool = True
) -> Debate:
    made = [
        Edit.create(
            "label", sequence=len(debate.edits) + n, time=TIME, topic="pay", statements=(name,),
            label=truth[name], drawn=drawn,
        )
        for n, name in enumerate(names, start=1)
    ]  # fmt: skip
    return replace(debate, edits=(*debate.edits, *made))


def stratum(stance: Stance) -> tuple[int, int]:
    shares = (stance.pro, stance.con, stance.none)
    return shares.index(max(shares)), sum(max(shares) >= edge for edge in CONFIDENCES)


# --- drawing ---------------------------------------------------------------------------------


def test_strata_take_turns_whatever_their_size() -> None:
    debate, _ = simulated(600, seed=0)
    by_id = {stance.statement: stratum(stance) for stance in debate.stances}
    sizes = Counter(by_id.values())
    found = draw_sentences(debate, "pay", most=60)
    assert len(set(found)) == 60
    counted = Counter(by_id[name] for name in found)
    most = max(counted.values())
    assert all(counted[own] in (most, most - 1, size) for own, size in sizes.items())
    # Stopped anywhere, the sample is as balanced.
    first = Counter(by_id[name] for name in found[: len(sizes)])
    assert set(first.values()) == {1}


def test_the_same_seed_draws_the_same_and_another_others() -> None:
    debate, _ = simulated(200, seed=0)
    assert draw_sentences(debate, "pay", most=30) == draw_sentences(debate, "pay", most=30)
    shuffled = replace(debate, stances=tuple(reversed(debate.stances)))
    assert draw_sentences(shuffled, "pay", most=30) == draw_sentences(debate, "pay", most=30)
    assert draw_sentences(debate, "pay", most=30, seed=1) != draw_sentences(debate, "pay", most=30)


def test_a_draw_goes_on_where_the_last_one_stopped() -> None:
    debate, truth = simulated(200, seed=0)
    whole = draw_sentences(debate, "pay", most=40)
    later = judging(debate, truth, whole[:25])
    assert draw_sentences(later, "pay", most=15) == whole[25:]
    # What was corrected in passing is drawn like any other.
    passing = judging(debate, truth, whole[:25], drawn=False)
    assert draw_sentences(passing, "pay", most=40) == whole


def test_a_draw_ends_with_the_sentences() -> None:
    debate, _ = simulated(12, seed=0)
    assert sorted(draw_sentences(debate, "pay", most=50)) == [s.id for s in debate.statements]
    with pytest.raises(ValueError, match="no topic “gone”"):
        draw_sentences(debate, "gone", most=1)


# --- weighing --------------------------------------------------------------------------------


def test_drawn_labels_stand_for_the_whole_debate() -> None:
    debate, truth = simulated(400, seed=1)
    labels = drawn_labels(judging(debate, truth, draw_sentences(debate, "pay", most=80)))
    assert len(labels) == 80
    assert sum(label.weight for label in labels) == pytest.approx(400)


def test_a_stratum_of_which_nothing_was_judged_counts_to_its_neighbour() -> None:
    debate, truth = simulated(400, seed=1)
    by_id = {stance.statement: stratum(stance) for stance in debate.stances}
    pro = [name for name in draw_sentences(debate, "pay", most=400) if by_id[name][0] == 0]
    kept = tuple(name for name in pro if by_id[name][1] > 0)
    labels = drawn_labels(judging(debate, truth, kept))
    assert sum(label.weight for label in labels) == pytest.approx(len(pro))


def test_labels_given_in_passing_do_not_count() -> None:
    debate, truth = simulated(400, seed=1)
    wrong = tuple(s.statement for s in debate.stances if s.label != truth[s.statement])
    assert drawn_labels(judging(debate, truth, wrong, drawn=False)) == ()


# --- refitting -------------------------------------------------------------------------------


def risk_at(debate: Debate, truth: dict[str, Label], threshold: float) -> float:
    """The share of labels for or against that are wrong in the whole debate."""
    given = [
        s for s in debate.stances if s.label != "none" and max(s.pro, s.con, s.none) >= threshold
    ]
    return sum(s.label != truth[s.statement] for s in given) / len(given)


def test_a_refit_tells_the_risk_of_the_whole_debate_from_a_sample() -> None:
    inside = 0
    for seed in range(10):
        debate, truth = simulated(800, seed=seed)
        found = refitted(judging(debate, truth, draw_sentences(debate, "pay", most=200, seed=seed)))
        assert found.enough
        exploring, citing = found.thresholds
        assert exploring.point.threshold <= citing.point.threshold
        assert exploring.reached == (exploring.point.risk.value <= TARGETS["exploring"])
        assert exploring.point.risk.n >= SUPPORT
        true = risk_at(debate, truth, exploring.point.threshold)
        inside += exploring.point.risk.low <= true <= exploring.point.risk.high
    # The threshold is the best of many on the sample, so its interval is a little too hopeful.
    assert inside >= 7


def test_a_refit_without_weights_would_tell_another_risk() -> None:
    debate, truth = simulated(2000, seed=3)
    labels = drawn_labels(judging(debate, truth, draw_sentences(debate, "pay", most=300)))
    weighed = refit(labels).thresholds[0].point
    flat = refit([replace(label, weight=1.0) for label in labels]).thresholds[0].point
    true = risk_at(debate, truth, weighed.threshold)
    assert abs(weighed.risk.value - true) < 0.08
    assert flat != weighed


def labelled(
    number: int, motion: str, *, label: Label = "pro", sure: float = 0.8
) -> list[Labelled]:
    rest = (1 - sure) / 2
    return [Labelled(sure, rest, rest, label, motion, f"{motion} {n}") for n in range(number)]


def test_too_few_labels_say_how_many_are_missing() -> None:
    found = refit(labelled(SUPPORT - 8, "A."))
    assert (found.enough, found.counted, found.sided, found.more) == (False, 42, 42, 8)
    assert refit([]) == refit(())
    assert (refit([]).more, refit([]).short) == (SUPPORT, ())


def test_a_motion_of_few_sentences_does_not_count() -> None:
    found = refit(labelled(SUPPORT, "A.") + labelled(MOTION_SUPPORT - 3, "B.", label="con"))
    assert (found.counted, found.short) == (SUPPORT, (("B.", 3),))
    assert found.thresholds[0].point.risk.value == 0.0
    both = refit(labelled(SUPPORT, "A.") + labelled(MOTION_SUPPORT, "B.", label="con"))
    assert both.thresholds[0].point.risk.value == pytest.approx(20 / 70, abs=1e-4)


def test_sentences_that_the_model_gives_no_side_do_not_support_a_threshold() -> None:
    none = [Labelled(0.1, 0.1, 0.8, "none", "A.", str(n)) for n in range(200)]
    assert refit(none).more == SUPPORT
    assert refit(none + labelled(SUPPORT, "A.")).enough


def test_the_least_threshold_that_keeps_the_target_is_chosen() -> None:
    right = labelled(80, "A.", sure=0.9)
    wrong = labelled(40, "A.", label="none", sure=0.6)
    exploring, citing = refit(right + wrong).thresholds
    assert exploring.reached and citing.reached
    assert exploring.point.threshold == citing.point.threshold == pytest.approx(0.61)
    assert exploring.point.coverage == pytest.approx(80 / 120, abs=1e-4)
    # What a person could not tell bears out no label.
    unsure = [replace(label, label="unclear") for label in right]
    worst = refit(unsure + wrong).thresholds[0]
    assert (worst.reached, worst.point.risk.value) == (False, 1.0)
    assert worst.point.threshold >= GRID[0]
