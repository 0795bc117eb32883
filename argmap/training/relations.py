"""``argmap train relations``: the whole way from the research sets to a model folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file

from argmap.errors import InputError
from argmap.nlp.protocol import RELATIONS
from argmap.nlp.registry import find_model, verified_weights
from argmap.training.package import Packaged, package
from argmap.training.pairs import pair_trainer
from argmap.training.relation_mixture import (
    RelationRecipe,
    build_relation_stage,
    calibration_relations,
)
from argmap.training.stance import trained_weights


def train_relations(
    recipe_file: Path,
    data: Path,
    out: Path,
    *,
    progress: Callable[[int, int, float], None] | None = None,
) -> Packaged:
    """Train by the recipe, calibrate, and write the model folder ``out / "model"``.

    Goes on from ``out / "checkpoint.safetensors"`` if there is one. Uses a GPU if there is one.

    Raises:
        InputError: a data set is missing, or the recipe starts from neither known place.
        ModelError: the stance model to start from is missing or altered.
        ValueError: the checkpoint was made by another recipe.
    """
    recipe = RelationRecipe.from_toml(recipe_file)
    if recipe.start not in ("stance", "backbone"):
        raise InputError(f"{recipe_file}: start is neither “stance” nor “backbone”.")
    start = (
        load_file(verified_weights(find_model(None, task="stance")))
        if recipe.start == "stance"
        else None
    )
    stages = [
        build_relation_stage(stage, data, seed=recipe.seed + number)
        for number, stage in enumerate(recipe.stages)
    ]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    trainer = pair_trainer(recipe, stages, out, start=start, device=device)
    trainer.run(progress=progress)
    return package(
        trained_weights(out / "checkpoint.safetensors"),
        recipe,
        calibration_relations(data, seed=recipe.seed),
        out / "model",
        classes=RELATIONS,
        steps=trainer.step,
        seconds=round(trainer.seconds),
    )
