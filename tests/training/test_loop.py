"""The loop on the real backbone and a handful of examples."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from argmap.training.examples import Example, load
from argmap.training.loop import plan_batches, read_state
from argmap.training.mixture import Recipe, Stage
from argmap.training.package import fit_temperature, logits_of
from argmap.training.pairs import pair_trainer

RECIPE = Recipe(
    name="test",
    seed=1,
    max_tokens=32,
    batch_tokens=200,
    learning_rate=5e-4,
    warmup=0.1,
    weight_decay=0.01,
    label_smoothing=0.0,
    stages=(Stage(sets={"arg30k": 1.0}),),
)


class StoppedError(Exception):
    """Stands for a run that is killed."""


def stop_at(step: int) -> Callable[[int, int, float], None]:
    def progress(done: int, total: int, loss: float) -> None:
        if done == step:
            raise StoppedError

    return progress


@given(st.lists(st.integers(1, 60), max_size=80), st.integers(60, 400))
def test_plan_batches_holds_every_example_once_within_the_budget(
    lengths: list[int], budget: int
) -> None:
    batches = plan_batches(lengths, batch_tokens=budget, seed=1)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(max(lengths[i] for i in batch) * len(batch) <= budget for batch in batches)


@pytest.mark.model
def test_a_stopped_run_goes_on_to_the_same_weights(data: Path, tmp_path: Path) -> None:
    examples = load(data, "arg30k", "train")
    whole = pair_trainer(RECIPE, [examples], tmp_path / "whole", checkpoint_every=2)
    whole.run()
    with pytest.raises(StoppedError):
        pair_trainer(RECIPE, [examples], tmp_path / "cut", checkpoint_every=2).run(
            progress=stop_at(3)
        )
    resumed = pair_trainer(RECIPE, [examples], tmp_path / "cut", checkpoint_every=2)
    seen: list[int] = []
    resumed.run(progress=lambda done, total, loss: seen.append(done))
    assert seen[0] == 3
    one, two = (load_file(tmp_path / name / "checkpoint.safetensors") for name in ("whole", "cut"))
    assert one.keys() == two.keys()
    for name in one:
        torch.testing.assert_close(one[name], two[name], rtol=1e-3, atol=1e-5)


@pytest.mark.model
def test_a_run_ends_where_its_recipe_says(data: Path, tmp_path: Path) -> None:
    examples = load(data, "arg30k", "train")
    trainer = pair_trainer(replace(RECIPE, until=3), [examples], tmp_path)
    seen: list[tuple[int, int]] = []
    trainer.run(progress=lambda done, total, loss: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert len(trainer.plan) > 3
    assert read_state(tmp_path / "checkpoint.safetensors")["step"] == "3"


@pytest.mark.model
def test_training_learns_and_leaves_the_embeddings_alone(data: Path, tmp_path: Path) -> None:
    pro = [Example(f"Yes to ferries, {n}.", "Ferries should be free", (1.0, 0.0, 0.0), "x")
           for n in range(12)]  # fmt: skip
    con = [Example(f"No to ferries, {n}.", "Ferries should be free", (0.0, 1.0, 0.0), "x")
           for n in range(12)]  # fmt: skip
    losses: list[float] = []
    recipe = replace(RECIPE, learning_rate=1e-3, batch_tokens=400)
    trainer = pair_trainer(recipe, [(pro + con) * 30], tmp_path / "out")
    trainer.run(progress=lambda done, total, loss: losses.append(loss))
    assert losses[-1] < losses[0]
    tensors = load_file(tmp_path / "out" / "checkpoint.safetensors")
    weights = {k.removeprefix("weight/"): v for k, v in tensors.items() if k.startswith("weight/")}
    assert not [name for name in weights if "embeddings" in name]
    logits = logits_of(weights, pro + con, recipe)
    assert (logits[:, :2].argmax(axis=1) == [0] * 12 + [1] * 12).mean() > 0.9


@pytest.mark.model
def test_a_checkpoint_of_another_recipe_is_refused(data: Path, tmp_path: Path) -> None:
    examples = load(data, "arg30k", "train")[:4]
    pair_trainer(RECIPE, [examples], tmp_path).run()
    with pytest.raises(ValueError, match="another recipe"):
        pair_trainer(replace(RECIPE, seed=2), [examples], tmp_path).run()


def test_fit_temperature_cools_a_boastful_model() -> None:
    examples = [Example("a", "b", (1.0, 0.0, 0.0), "x")] * 7
    examples += [Example("a", "b", (0.0, 1.0, 0.0), "x")] * 3
    logits = np.tile(np.array([[9.0, 0.0, -9.0]], dtype=np.float32), (10, 1))
    temperature = fit_temperature(logits, examples)
    assert temperature == pytest.approx(5.0, abs=0.01)
    mild = np.tile(np.array([[0.847, 0.0, -9.0]], dtype=np.float32), (10, 1))
    assert fit_temperature(mild, examples) == pytest.approx(1.0, abs=0.02)
