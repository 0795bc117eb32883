import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from argmap.evaluation import metrics

RNG = np.random.default_rng(3)
GOLD = RNG.integers(0, 3, 400)
PREDICTED = np.where(RNG.random(400) < 0.7, GOLD, RNG.integers(0, 3, 400))


def test_metrics_agree_with_scikit_learn() -> None:
    counts = metrics.confusion(GOLD, PREDICTED, classes=3)
    assert metrics.accuracy(counts) == pytest.approx(accuracy_score(GOLD, PREDICTED))
    assert metrics.macro_f1(counts) == pytest.approx(f1_score(GOLD, PREDICTED, average="macro"))


def test_bootstrap_interval_holds_the_value_and_narrows_with_n() -> None:
    counts = metrics.confusion(GOLD, PREDICTED, classes=3)
    small, large = (metrics.bootstrap(counts * k, metrics.accuracy) for k in (1, 25))
    assert small.low < small.value < small.high
    assert large.high - large.low == pytest.approx((small.high - small.low) / 5, rel=0.15)
    assert (small.n, large.n) == (400, 10_000)


def test_bootstrap_agrees_with_resampling_the_examples() -> None:
    score = metrics.bootstrap(metrics.confusion(GOLD, PREDICTED, classes=3), metrics.accuracy)
    right = GOLD == PREDICTED
    resampled = [right[RNG.integers(0, 400, 400)].mean() for _ in range(2000)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    assert score.low == pytest.approx(low, abs=0.01)
    assert score.high == pytest.approx(high, abs=0.01)


def test_calibration_error_is_zero_for_a_calibrated_model_and_large_for_a_boastful_one() -> None:
    gold = np.array([0] * 80 + [1] * 20)
    honest = np.tile(np.array([0.8, 0.2], dtype=np.float32), (100, 1))
    boastful = np.tile(np.array([1.0, 0.0], dtype=np.float32), (100, 1))
    assert metrics.expected_calibration_error(honest, gold) == pytest.approx(0, abs=1e-6)
    assert metrics.expected_calibration_error(boastful, gold) == pytest.approx(0.2, abs=1e-6)
