from pathlib import Path

import pytest

from argmap.resources import models_dir
from argmap.training.examples import CON, NONE, PRO
from argmap.training.mixture import Stage, build_stage, read_phases


def test_the_shipped_recipe_reads() -> None:
    phases = read_phases(models_dir() / "stance" / "recipe.toml")
    assert phases
    assert all(recipe.stages for recipes in phases for recipe in recipes)
    assert all(stage.sets for recipes in phases for r in recipes for stage in r.stages)


def test_a_recipe_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("[[phases]]\nseeds = [1]\nstages = [{ sets = { nli = 1.0 }, magic = 3 }]\n")
    with pytest.raises(TypeError, match="magic"):
        read_phases(path)


def test_build_stage_takes_shares_and_repeats(data: Path) -> None:
    examples = build_stage(Stage(sets={"arg30k": 1.5, "nli": 1.0}), data, seed=1)
    assert len(examples) == 60 + 3
    assert examples == build_stage(Stage(sets={"arg30k": 1.5, "nli": 1.0}), data, seed=1)
    assert examples != build_stage(Stage(sets={"arg30k": 1.5, "nli": 1.0}), data, seed=2)


def test_mismatched_pairs_are_none_and_share_no_word_with_the_motion(data: Path) -> None:
    made = [
        example
        for example in build_stage(Stage(sets={"arg30k": 1.0}, mismatched=30), data, seed=1)
        if example.source == "mismatched"
    ]
    assert len(made) == 30
    assert {example.target for example in made} == {NONE}
    assert not [e for e in made if e.text.startswith(e.motion)]


def test_news_pairs_come_from_training_articles_only(data: Path) -> None:
    stage = Stage(sets={"arg30k": 1.0}, news=10)
    news = [e for e in build_stage(stage, data, seed=1) if e.source == "news"]
    assert len(news) == 2
    assert {example.target for example in news} == {NONE}
    assert not [example for example in news if "test split" in example.text]


def test_negated_motions_turn_the_label_round_and_leave_inference_alone(data: Path) -> None:
    stage = Stage(sets={"arg30k": 1.0, "nli": 1.0}, negated=1.0)
    plain = {"pro": PRO, "con": CON}
    examples = build_stage(stage, data, seed=1)
    stance = [example for example in examples if example.source == "arg30k"]
    assert all("should not" in example.motion for example in stance)
    assert sum(example.target == plain["pro"] for example in stance) == len(stance) / 2
    original = {
        (e.text, e.motion): e.target for e in build_stage(Stage({"arg30k": 1.0}), data, seed=1)
    }
    for example in stance:
        motion = example.motion.replace("should not", "should")
        assert {example.target, original[example.text, motion]} <= {PRO, CON}
    inference = [example for example in examples if example.source == "nli"]
    assert {example.motion for example in inference} == {"It is wet."}


def test_phases_share_what_the_file_says_and_say_their_own(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(
        'name = "x"\nmax_tokens = 9\nbatch_tokens = 99\nwarmup = 0.1\nweight_decay = 0.0\n'
        "label_smoothing = 0.0\nlearning_rate = 1.0\n"
        "[[phases]]\nseeds = [1]\nstages = [{ sets = { nli = 1.0 } }]\n"
        "[[phases]]\nseeds = [2, 3]\nlearning_rate = 2.0\ncontext_tokens = 4\n"
        "stages = [{ sets = { arg30k = 1.0 } }]\n"
    )
    first, second = read_phases(path)
    assert [(r.seed, r.learning_rate, r.context_tokens) for r in first] == [(1, 1.0, 0)]
    assert [(r.seed, r.learning_rate, r.context_tokens) for r in second] == [
        (2, 2.0, 4),
        (3, 2.0, 4),
    ]
    assert {r.max_tokens for r in (*first, *second)} == {9}
