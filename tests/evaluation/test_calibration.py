import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from argmap.evaluation import calibration as module
from argmap.evaluation.calibration import Judged, as_tables, calibrate
from argmap.evaluation.scaling import SCHEMES, Scaling, compare, fit
from argmap.nlp.registry import find_model
from argmap.stance.calibration import SUPPORT, dumps, loads, settings_sha256
from argmap.stance.thresholds import least

ONE_HOT = np.eye(3)


def drawn(n: int, *, heat: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are ``heat`` times too large for the classes drawn from them."""
    rng = np.random.default_rng(seed)
    honest = rng.normal(size=(n, 3)) * 2
    shares = Scaling(1.0).probabilities(honest)
    gold = (shares.cumsum(axis=1) > rng.random((n, 1))).argmax(axis=1)
    return honest * heat, ONE_HOT[gold]


@pytest.fixture(scope="module")
def judged() -> Judged:
    sets = np.repeat(list(module.SETS), 300)
    logits, targets = drawn(len(sets), heat=2.0, seed=1)
    motions = np.array([f"{name}|{row % 12}" for row, name in enumerate(sets)])
    digests = dict.fromkeys(module.SETS, "d" * 64)
    return Judged(sets, motions, logits, targets, digests, dict.fromkeys(module.SETS, 0.0))


def test_the_temperature_that_made_the_logits_too_sure_is_found() -> None:
    logits, targets = drawn(4000, heat=2.0, seed=0)
    assert fit(SCHEMES[0], logits, targets).temperature == pytest.approx(2.0, rel=0.1)


def test_a_bias_is_found_and_kept_where_it_helps_everywhere() -> None:
    logits, targets = drawn(4000, heat=1.0, seed=0)
    shifted = logits + np.array([0.0, 0.0, 1.5])
    assert fit(SCHEMES[1], shifted, targets).biases[2] == pytest.approx(-1.5, abs=0.2)
    motions, sets = [str(i % 20) for i in range(4000)], [str(i % 4) for i in range(4000)]
    kept = [s.name for s in compare(shifted, targets, motions=motions, sets=sets) if s.kept]
    assert kept == [SCHEMES[1]]


def test_a_bias_that_wins_by_losing_the_rare_classes_is_not_kept() -> None:
    rng = np.random.default_rng(5)
    gold = np.where(rng.random(6000) < 0.85, 2, rng.integers(0, 2, 6000))
    # A weak signal of the side, as if learnt where all three classes were as many.
    logits = rng.normal(size=(6000, 3)) * 0.9 + ONE_HOT[gold] * 0.6
    motions, sets = [str(i % 20) for i in range(6000)], [str(i % 4) for i in range(6000)]
    plain, bias, _ = compare(logits, ONE_HOT[gold], motions=motions, sets=sets)
    assert bias.by_motion < plain.by_motion and bias.by_set < plain.by_set
    assert bias.macro_f1 < plain.macro_f1 - 0.01
    assert plain.kept


def test_one_temperature_stays_where_no_more_is_needed() -> None:
    logits, targets = drawn(4000, heat=1.5, seed=3)
    motions, sets = [str(i % 20) for i in range(4000)], [str(i % 4) for i in range(4000)]
    kept = [s.name for s in compare(logits, targets, motions=motions, sets=sets) if s.kept]
    assert kept == [SCHEMES[0]]


def test_what_is_measured_is_honest_about_honest_probabilities(judged: Judged) -> None:
    found, scaling = calibrate(judged, find_model(None, task="stance"))
    assert scaling.temperature == pytest.approx(2.0, rel=0.15)
    (every,) = (r for r in found.sets if (r.name, r.register) == ("pooled", "all"))
    assert every.error.n == 300 * sum(register != "seen" for register in module.SETS.values())
    assert every.error.low <= every.error.value <= every.error.high
    assert every.error.value < 0.05
    assert sum(b.n for name, bins in found.bins if name == "short" for b in bins) == 900
    assert loads(dumps(found)) == found


def test_thresholds_keep_wrong_labels_down_to_the_target(judged: Judged) -> None:
    found, _ = calibrate(judged, find_model(None, task="stance"))
    for chosen in found.chosen:
        target = module.TARGETS[chosen.use]
        assert chosen.point.risk.n >= SUPPORT
        assert chosen.reached == (chosen.point.risk.value <= target)
        (curve,) = (points for name, points in found.curves if name == chosen.register)
        before = [p for p in curve if p.threshold < chosen.point.threshold]
        assert chosen.point in curve
        if chosen.reached:
            assert all(p.risk.value > target for p in before)
    for _, curve in found.curves:
        coverage = [point.coverage for point in curve]
        assert coverage == sorted(coverage, reverse=True)
    assert found.threshold("citing") > found.threshold("exploring")


def test_sets_whose_motions_were_trained_on_choose_nothing(judged: Judged) -> None:
    seen = np.isin(judged.sets, ["gwsd", "procon20"])
    spoilt = Judged(
        judged.sets,
        judged.motions,
        judged.logits,
        np.where(seen[:, None], judged.targets[:, [1, 0, 2]], judged.targets),
        judged.digests,
        judged.seen,
    )
    entry = find_model(None, task="stance")
    assert calibrate(spoilt, entry)[0].chosen == calibrate(judged, entry)[0].chosen


def test_the_tables_name_every_set_and_mark_the_thresholds_in_use(judged: Judged) -> None:
    text = as_tables(*calibrate(judged, find_model(None, task="stance")))
    assert all(f"| {name} |" in text for name in module.SETS)
    assert text.count("**") == 4


def test_thresholds_that_cannot_be_reached_are_the_best_there_is() -> None:
    given = np.array([400.0, 200.0, 60.0, 10.0])
    wrong = np.array([200.0, 80.0, 30.0, 0.0])
    few = np.array([20.0, 5.0])
    assert least(given, given, wrong, 0.05) == (1, False)
    assert least(given, given, wrong, 0.45) == (1, True)
    assert least(few, few, np.array([1.0, 0.0]), 0.05) == (0, True)


def test_what_is_written_is_read_again_with_the_settings_it_belongs_to(
    judged: Judged, tmp_path: Path
) -> None:
    entry = replace(find_model(None, task="stance"), folder=tmp_path)
    (tmp_path / "config.json").write_text('{"temperature": 9.0, "scales": [2, 2, 2]}')
    found, scaling = calibrate(judged, entry)
    first = module.write(found, scaling, entry).read_bytes()
    settings = json.loads((tmp_path / "config.json").read_text())
    assert settings == {"temperature": scaling.temperature}
    kept = loads(first.decode())
    assert kept.settings_sha256 == settings_sha256(tmp_path)
    assert module.write(found, scaling, entry).read_bytes() == first
