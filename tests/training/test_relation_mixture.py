"""What relations are learned from: no test motion, and none pairs that answer nothing."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from argmap.resources import models_dir
from argmap.training.examples import CON, NONE, PRO, Example
from argmap.training.relation_mixture import (
    RelationRecipe,
    RelationStage,
    build_relation_stage,
    load_key_points,
    load_relations,
    parallel_arguments,
)
from tests.training.conftest import MOTIONS, write


def _row(source: str, target: str, label: str, part: str, split: str) -> dict[str, Any]:
    return {
        "source_text": source,
        "target_text": target,
        "label": label,
        "source": part,
        "split": split,
    }


@pytest.fixture
def relations(data: Path) -> Path:
    """The miniature folder with relation sets, key points and two more sets of arguments."""
    normative, causal = "debatepedia-normative", "debatepedia-causal"
    write(
        data / "relation/relations.jsonl.xz",
        [
            _row("Ferries join islands.", "Ferries should be free.", "support", normative, "train"),
            _row("Ferries cost money.", "Ferries should be free.", "attack", normative, "train"),
            _row("Halls draw people.", "Halls are good.", "support", causal, "train"),
            # The claim stands in the test split, paired in the other way.
            _row("Lamps guide ships.", "Lamps are good.", "support", causal, "train"),
            _row("Lamps burn oil.", "Lamps are good.", "attack", normative, "test"),
            # The argument stands in the development split, on another claim.
            _row("Paper rots.", "Paper bags are fine.", "support", causal, "train"),
            _row("Paper rots.", "Bags should be of paper.", "attack", causal, "val"),
            _row("You said so.", "I did not.", "none", "us-presidential", "train"),
            _row("That is untrue.", "I did not.", "attack", "us-presidential", "train"),
            _row("Pain fell.", "The drug works.", "support", "abstrct", "test"),
        ],
    )
    matched = [
        {"argument": f"Argument {n}.", "key_point": "Bags litter", "label": n % 2, "split": split}
        for n in range(4)
        for split in ("train", "dev")
    ]
    write(data / "keypoint/kpa2021.jsonl.xz", matched)
    write(
        data / "stance/perspectrum.jsonl.xz",
        [
            {"text": text, "target": "Geese may roam", "label": "pro", "split": "train"}
            for text in ("Honking wakes villages.", "Feathers insulate jackets.")
        ],
    )
    return data


def test_the_shipped_recipe_reads() -> None:
    recipe = RelationRecipe.from_toml(models_dir() / "relations" / "recipe.toml")
    assert recipe.start in ("stance", "backbone")
    assert all(stage.sets for stage in recipe.stages)


def test_a_recipe_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('name = "x"\nstages = [{ sets = { nli = 1.0 }, magic = 3 }]\n')
    with pytest.raises(TypeError, match="magic"):
        RelationRecipe.from_toml(path)


def test_training_pairs_share_no_claim_or_argument_with_what_is_held_out(relations: Path) -> None:
    trained = load_relations(relations, "debatepedia", "train")
    assert [(e.text, e.target) for e in trained] == [
        ("Ferries join islands.", PRO),
        ("Ferries cost money.", CON),
        ("Halls draw people.", PRO),
    ]
    assert [e.text for e in load_relations(relations, "causal", "dev")] == ["Paper rots."]
    assert [e.text for e in load_relations(relations, "clinical", "test")] == ["Pain fell."]
    (attack,) = load_relations(relations, "presidential", "train", label="attack")
    assert attack == Example("That is untrue.", "I did not.", CON, "presidential")


def test_key_points_support_where_matched_and_are_none_else(relations: Path) -> None:
    assert Counter(e.target for e in load_key_points(relations, "train")) == {PRO: 2, NONE: 2}
    assert {e.text for e in load_key_points(relations, "dev", label="support")} == {
        "Argument 1.",
        "Argument 3.",
    }


def test_parallel_arguments_are_of_one_motion_and_share_only_its_words() -> None:
    arguments = [
        Example(f"{motion}: {reason}.", motion, PRO, "arg30k")
        for motion in MOTIONS
        for reason in ("litter", "litter everywhere", "taxes", "birds")
    ]
    made = parallel_arguments(arguments, 40, random.Random(1))
    assert len(made) == 40
    for example, motion in made:
        assert example.target == NONE
        assert example.text.startswith(motion)
        assert example.motion.startswith(motion)
        assert not ("litter" in example.text and "litter" in example.motion)


def test_parallel_arguments_end_where_there_are_none() -> None:
    assert parallel_arguments([], 5, random.Random(1)) == []
    alike = [Example("Bags litter.", "Ban bags", PRO, "kpa")] * 2
    assert parallel_arguments(alike, 5, random.Random(1)) == []


def test_build_relation_stage_takes_shares_and_makes_none_pairs(relations: Path) -> None:
    stage = RelationStage(
        sets={"debatepedia": 2.0, "presidential-none": 1.0, "key_points-support": 0.5, "nli": 1.0},
        parallel=3,
        elsewhere=5,
        news=2,
    )
    examples = build_relation_stage(stage, relations, seed=1)
    assert Counter(e.source for e in examples) == {
        "debatepedia": 6, "presidential": 1, "key_points": 1, "nli": 3,
        "parallel": 3, "elsewhere": 5, "news": 2,
    }  # fmt: skip
    made = [e for e in examples if e.source in ("parallel", "elsewhere", "news")]
    assert {e.target for e in made} == {NONE}
    assert examples == build_relation_stage(stage, relations, seed=1)
    assert examples != build_relation_stage(stage, relations, seed=2)
