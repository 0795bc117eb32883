from dataclasses import replace
from pathlib import Path

import pytest

from argmap.errors import ModelError
from argmap.nlp import FakeClassifier, ModelEntry, list_models
from argmap.records import Stance
from argmap.stance import calibration as module
from argmap.stance import classify, make_topic, read_calibration, relabelled, threshold_of
from argmap.stance.calibration import dumps, loads
from tests.samples import sample_calibration


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    """The stand-in as a registered model, in a folder of its own."""
    shipped = next(e for e in list_models() if e.task == "stance" and e.default)
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    found = replace(shipped, id="fake", folder=tmp_path)
    monkeypatch.setattr(module, "list_models", lambda: (found,))
    return found


def keep(entry: ModelEntry, **changes: str) -> None:
    settings = module.settings_sha256(entry.folder)
    made = replace(
        sample_calibration(), model="fake", sha256=entry.revision, settings_sha256=settings
    )
    (entry.folder / "calibration.json").write_text(
        dumps(replace(made, **changes)),  # type: ignore[arg-type]
        encoding="utf-8",
    )


def test_a_calibration_comes_back_from_its_json_in_the_same_bytes() -> None:
    made = sample_calibration()
    assert loads(dumps(made)) == made
    assert dumps(loads(dumps(made))) == dumps(made)


def test_the_stricter_register_with_support_sets_the_threshold() -> None:
    made = sample_calibration()
    # Prose asks for 0.70 and short arguments for 0.45; 0.90 for citing rests on 20 labels only.
    assert made.threshold("exploring") == 0.70
    assert made.threshold("citing") == 0.60


def test_use_gives_the_measured_threshold(entry: ModelEntry) -> None:
    keep(entry)
    assert threshold_of("citing", FakeClassifier()) == (0.60, "citing")
    assert threshold_of(None, FakeClassifier()) == (0.70, "exploring")


def test_an_unmeasured_model_has_half_and_no_use(entry: ModelEntry) -> None:
    assert threshold_of(None, FakeClassifier()) == (0.5, None)
    with pytest.raises(ModelError, match=r"Nothing was measured.*--threshold"):
        threshold_of("citing", FakeClassifier())


@pytest.mark.parametrize("field", ["sha256", "settings_sha256"])
def test_a_stale_calibration_is_refused_with_the_remedy(entry: ModelEntry, field: str) -> None:
    keep(entry, **{field: "0" * 64})
    with pytest.raises(ModelError, match=r"other weights or settings.*argmap eval calibration"):
        read_calibration("fake")


def test_a_broken_calibration_is_refused(entry: ModelEntry) -> None:
    (entry.folder / "calibration.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(ModelError, match="is not a calibration"):
        read_calibration("fake")


def test_relabelling_keeps_the_probabilities_and_follows_the_threshold() -> None:
    stances = (Stance("a", "t", 0.7, 0.2, 0.1, "pro"), Stance("b", "t", 0.3, 0.36, 0.34, "unclear"))
    assert [s.label for s in relabelled(stances, threshold=0.8)] == ["unclear", "unclear"]
    assert [s.label for s in relabelled(stances, threshold=0.35)] == ["pro", "con"]
    assert relabelled(relabelled(stances, threshold=0.9), threshold=0.5) == stances


def test_relabelling_is_what_classifying_at_that_threshold_gives() -> None:
    from tests.samples import sample_debate

    topics = (make_topic("Nurses should receive a larger pay rise."),)
    said = sample_debate().statements
    loose = classify(said, topics, classifier=FakeClassifier(), threshold=0.5)
    strict = classify(said, topics, classifier=FakeClassifier(), threshold=0.85)
    assert relabelled(loose, threshold=0.85) == strict


def test_the_shipped_calibration_belongs_to_the_shipped_weights() -> None:
    (shipped,) = (e for e in list_models() if e.task == "stance" and e.default)
    found = read_calibration(shipped.id)
    assert found is None or found.sha256 == shipped.revision
