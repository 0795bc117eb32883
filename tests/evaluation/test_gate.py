from dataclasses import replace
from pathlib import Path

import pytest

from argmap.errors import InputError
from argmap.evaluation import gate as module
from argmap.evaluation.gate import Check, accept, corpus_sha256, dumps, lowered, problems, read_gate
from argmap.evaluation.metrics import Score
from argmap.nlp import Attributor, PairClassifier
from argmap.nlp.registry import find_model

CHECKS = (
    Check("gold", Score(0.60, 0.55, 0.65, 400), "d" * 64),
    Check("speaker", Score(0.98, 0.96, 0.99, 400), "d" * 64),
)
MADE = accept(None, CHECKS, model="m", sha256="a" * 64, reason="the first floors there are")


def scored(value: float, **changes: str) -> tuple[Check, ...]:
    first = replace(CHECKS[0], score=replace(CHECKS[0].score, value=value), **changes)
    return (first, CHECKS[1])


def test_the_same_scores_pass_and_a_little_less_does_too() -> None:
    assert problems(MADE, CHECKS, sha256="a" * 64) == ()
    assert problems(MADE, scored(0.596), sha256="a" * 64) == ()


def test_a_fall_fails_and_says_what_to_do() -> None:
    (told,) = problems(MADE, scored(0.58), sha256="a" * 64)
    assert "gold fell to 0.580, below its floor of 0.595" in told
    assert '--accept --reason "…"' in told


def test_other_weights_and_other_data_fail() -> None:
    (told,) = problems(MADE, CHECKS, sha256="b" * 64)
    assert "other" not in told and "set for weights aaaaaaaaaaaa and these are bbbb" in told
    (told,) = problems(MADE, scored(0.9, data="e" * 64), sha256="a" * 64)
    assert "gold was measured on other data" in told


def test_a_check_without_a_floor_and_a_floor_without_a_check_fail() -> None:
    (told,) = problems(MADE, CHECKS[:1], sha256="a" * 64)
    assert "speaker was not measured" in told
    (told,) = problems(replace(MADE, floors=MADE.floors[:1]), CHECKS, sha256="a" * 64)
    assert "speaker has no floor yet" in told


def test_accepting_needs_a_reason_and_keeps_what_was_lowered() -> None:
    with pytest.raises(InputError, match="--reason"):
        accept(MADE, scored(0.4), model="m", sha256="a" * 64, reason=" ")
    after = accept(MADE, scored(0.4), model="m", sha256="a" * 64, reason="a smaller model now")
    assert lowered(MADE, after) == ("gold",)
    assert [a.reason for a in after.accepted] == [
        "the first floors there are",
        "a smaller model now",
    ]
    assert after.accepted[-1].changes == ("gold: 0.5950 to 0.3950",)


def test_a_gate_comes_back_and_one_changed_by_hand_is_refused(tmp_path: Path) -> None:
    quoted = replace(MADE, accepted=(replace(MADE.accepted[0], reason='a "quoted"\nreason'),))
    path = tmp_path / "gate.toml"
    path.write_text(dumps(quoted), encoding="utf-8")
    assert read_gate(path) == quoted
    path.write_text(dumps(quoted).replace("floor = 0.595", "floor = 0.3"), encoding="utf-8")
    with pytest.raises(InputError, match="changed by hand"):
        read_gate(path)


def test_a_missing_and_a_broken_gate_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no floors yet"):
        read_gate(tmp_path / "gate.toml")
    (tmp_path / "gate.toml").write_text("floors = 3", encoding="utf-8")
    with pytest.raises(InputError, match="not a file of floors"):
        read_gate(tmp_path / "gate.toml")


def test_the_hash_of_the_corpus_follows_its_files(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one/debate.toml").write_text("id = 1", encoding="utf-8")
    before = corpus_sha256(tmp_path)
    (tmp_path / "one/gold.jsonl").write_text("{}", encoding="utf-8")
    assert corpus_sha256(tmp_path) != before


def test_the_floors_in_the_repository_are_whole() -> None:
    entry = find_model(None, task="stance")
    kept = read_gate(entry.folder / module.FILE_NAME)
    assert kept.sha256 == entry.revision
    assert {floor.name for floor in kept.floors} >= {"corpus-macro-f1", "prose-macro-f1"}


@pytest.mark.model
def test_the_shipped_model_keeps_its_floors(
    classifier: PairClassifier, attributor: Attributor
) -> None:
    entry = find_model(None, task="stance")
    checks = module.measure(classifier=classifier, attributor=attributor)
    kept = read_gate(entry.folder / module.FILE_NAME)
    assert problems(kept, checks, sha256=entry.revision) == ()
