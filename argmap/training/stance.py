"""``argmap train stance``: the whole way from the research sets to a model folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from argmap.training.loop import read_state
from argmap.training.mixture import Recipe, build_stage, read_phases
from argmap.training.package import Packaged, calibration_examples, package
from argmap.training.pairs import pair_trainer

Steps = Callable[[int, int, float], None]


def train_stance(
    recipe_file: Path, data: Path, out: Path, *, progress: Steps | None = None
) -> Packaged:
    """Train by the recipe, calibrate, and write the model folder ``out / "model"``.

    A run goes on from its own checkpoint in ``out``, and a phase whose averaged weights
    (``phase-1.safetensors`` and so on) lie there is not run again. Uses a GPU if there is one.

    Raises:
        InputError: a data set is missing.
        ValueError: a checkpoint was made by another recipe.
    """
    phases = read_phases(recipe_file)
    start: Mapping[str, Tensor] | None = None
    for number, recipes in enumerate(phases, start=1):
        finished = out / f"phase-{number}.safetensors"
        if not finished.is_file():
            runs = [
                _run(recipe, data, out / f"phase-{number}-seed-{recipe.seed}", start, progress)
                for recipe in recipes
            ]
            ended = average([trained_weights(run) for run in runs])
            save_file(between(ended, start, kept=recipes[0].kept_of_start), finished)
        start = load_file(finished)
    assert start is not None  # a recipe has at least one phase
    last, cost = phases[-1][0], _cost(out)
    last = replace(last, context_tokens=last.context_in_use)
    return package(
        start,
        last,
        calibration_examples(data, seed=last.seed),
        out / "model",
        steps=cost["steps"],
        seconds=cost["seconds"],
    )


def _run(
    recipe: Recipe,
    data: Path,
    out: Path,
    start: Mapping[str, Tensor] | None,
    progress: Steps | None,
) -> Path:
    stages = [
        build_stage(stage, data, seed=recipe.seed + number)
        for number, stage in enumerate(recipe.stages)
    ]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pair_trainer(recipe, stages, out, start=start, device=device).run(progress=progress)
    return out / "checkpoint.safetensors"


def trained_weights(checkpoint: Path) -> dict[str, Tensor]:
    """The weights of a checkpoint, without the optimiser's moments."""
    return {
        name.removeprefix("weight/"): tensor
        for name, tensor in load_file(checkpoint).items()
        if name.startswith("weight/")
    }


def average(weights: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor over runs that started from the same weights."""
    return {
        name: torch.stack([each[name].float() for each in weights]).mean(dim=0)
        for name in weights[0]
    }


def between(
    ended: Mapping[str, Tensor], start: Mapping[str, Tensor] | None, *, kept: float
) -> dict[str, Tensor]:
    """Weights on the line from where a phase started to where it ended.

    What was learnt before is lost less there than at the end (Wortsman et al. 2022, "Robust
    fine-tuning of zero-shot models").

    Args:
        kept: share of ``start``, 0 to 1.

    Raises:
        ValueError: a share of a start that there is not.
    """
    if not kept:
        return dict(ended)
    if start is None:
        raise ValueError("The first phase starts from fresh weights: there is nothing to keep.")
    return {
        name: kept * start[name].float() + (1.0 - kept) * tensor.float()
        for name, tensor in ended.items()
    }


def _cost(out: Path) -> dict[str, int]:
    """Steps and seconds of every run whose checkpoint lies in ``out``."""
    states = [
        read_state(path) for path in sorted(out.glob("phase-*-seed-*/checkpoint.safetensors"))
    ]
    return {
        "steps": sum(int(state["step"]) for state in states),
        "seconds": round(sum(float(state["seconds"]) for state in states)),
    }
