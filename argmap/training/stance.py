"""``argmap train stance``: the whole way from the research sets to a model folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch

from argmap.training.mixture import Recipe, build_stage
from argmap.training.package import Packaged, package
from argmap.training.pairs import pair_trainer


def train_stance(
    recipe_file: Path,
    data: Path,
    out: Path,
    *,
    progress: Callable[[int, int, float], None] | None = None,
) -> Packaged:
    """Train by the recipe, calibrate, and write the model folder ``out / "model"``.

    Goes on from ``out / "checkpoint.safetensors"`` if there is one. Uses a GPU if there is one.

    Raises:
        InputError: a data set is missing.
        ValueError: the checkpoint was made by another recipe.
    """
    recipe = Recipe.from_toml(recipe_file)
    stages = [
        build_stage(stage, data, seed=recipe.seed + number)
        for number, stage in enumerate(recipe.stages)
    ]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pair_trainer(recipe, stages, out, device=device).run(progress=progress)
    return package(out / "checkpoint.safetensors", recipe, data, out / "model")
