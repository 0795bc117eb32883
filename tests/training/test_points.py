"""The key-point recipe: its groups, plan and loss by hand, and a whole run on a handful."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from argmap.errors import InputError
from argmap.nlp.encoder import TransformerEncoder
from argmap.nlp.points import QUALITY, build_points, points_state
from argmap.resources import models_dir
from argmap.training.points import (
    MATCH,
    OTHER,
    UNLABELLED,
    Group,
    PointsRecipe,
    labels_of,
    load_groups,
    package_points,
    plan_steps,
    points_loss,
    points_trainer,
)
from argmap.training.quality import fit_quality, rank_correlation, rated, ridge
from tests.training.conftest import write

RECIPE = replace(
    PointsRecipe.from_toml(models_dir() / "points" / "recipe.toml"),
    epochs=4,
    until=8,
    group_size=4,
    learning_rate=5e-4,
    quality_rows=40,
)
POINTS = {"cheap": "Ferries save money", "safe": "Ferries are safe"}
SAID = {
    "cheap": ["Nothing costs less.", "The fare is small.", "It spares every budget.", "Low price!"],
    "safe": ["Nobody drowns.", "The crew is trained.", "No boat ever sank.", "Lifeboats for all."],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {"argument": text, "key_point": point, "topic": f"Topic {split}", "stance": "pro",
         "label": int(own == key), "arg_id": f"{split}{own}{n}", "key_point_id": key,
         "split": split}
        for split in ("train", "dev")
        for own, texts in SAID.items()
        for n, text in enumerate(texts)
        for key, point in POINTS.items()
        if not (own == "safe" and n == 3 and key == "cheap")
    ]  # fmt: skip
    write(tmp_path / "keypoint/kpa2021.jsonl.xz", rows)
    arguments = [
        {"text": f"{'Very ' * (n % 5)}good reason number {n}.", "target": f"Motion {n % 3}",
         "label": "pro", "quality": (n % 5) / 5, "split": "train" if n < 60 else "dev"}
        for n in range(80)
    ]  # fmt: skip
    write(tmp_path / "stance/arg30k.jsonl.xz", arguments)
    return tmp_path


def test_groups_tell_unlabelled_pairs_from_those_that_do_not_match(data: Path) -> None:
    (group,) = load_groups(data, "train")
    assert (group.topic, group.stance, len(group.arguments)) == ("Topic train", "pro", 8)
    assert group.key_points == tuple(POINTS.values())
    assert group.labels == ((MATCH, OTHER),) * 4 + ((OTHER, MATCH),) * 3 + ((UNLABELLED, MATCH),)


def test_plan_takes_every_argument_once_an_epoch() -> None:
    sizes = [9, 3, 1, 14]
    steps = plan_steps(sizes, RECIPE)
    taken = Counter((number, index) for step in steps for number, own in step for index in own)
    everyone = [(number, index) for number, size in enumerate(sizes) for index in range(size)]
    assert taken == dict.fromkeys(everyone, RECIPE.epochs)
    assert {len(step) for step in steps[:-1]} == {RECIPE.groups}
    assert steps == plan_steps(sizes, RECIPE) != plan_steps(sizes, replace(RECIPE, seed=2))


def test_labels_of_a_step_make_other_groups_key_points_no_match() -> None:
    one = Group("A", "pro", ("a", "b"), ("x", "y"), ((MATCH, OTHER), (UNLABELLED, MATCH)))
    two = Group("B", "con", ("c",), ("z",), ((MATCH,),))
    assert labels_of([one, two], ((1, (0,)), (0, (1, 0)))).tolist() == [
        [MATCH, OTHER, OTHER],
        [OTHER, UNLABELLED, MATCH],
        [OTHER, MATCH, OTHER],
    ]


def test_loss_falls_when_arguments_lie_by_their_key_point() -> None:
    points = torch.eye(3)[:2]
    labels = torch.tensor([[MATCH, OTHER], [OTHER, MATCH], [MATCH, OTHER]])
    right, wrong = points[[0, 1, 0]], points[[1, 0, 1]]
    assert points_loss(right, points, labels, RECIPE) < points_loss(wrong, points, labels, RECIPE)


def test_loss_does_not_see_unlabelled_pairs() -> None:
    points = torch.eye(3)[:2]
    apart, near = torch.eye(3)[[0]], torch.nn.functional.normalize(torch.tensor([[1.0, 1.0, 0.0]]))
    open_pair = torch.tensor([[MATCH, UNLABELLED]])
    free = replace(RECIPE, match_weight=0.0)
    assert points_loss(near, points, open_pair, free) == points_loss(apart, points, open_pair, free)
    closed = torch.tensor([[MATCH, OTHER]])
    assert points_loss(near, points, closed, free) > points_loss(apart, points, closed, free)


def test_loss_of_arguments_that_match_nothing_is_finite_and_pushes_away() -> None:
    points = torch.eye(3)[:2]
    labels = torch.full((2, 2), OTHER)
    far, near = torch.eye(3)[[2, 2]], torch.eye(3)[[0, 1]]
    assert points_loss(far, points, labels, RECIPE) < points_loss(near, points, labels, RECIPE)


@pytest.mark.model
def test_a_run_learns_goes_on_where_it_stopped_and_is_packed(data: Path, tmp_path: Path) -> None:
    groups = load_groups(data, "train")
    losses: list[float] = []
    whole = points_trainer(RECIPE, groups, tmp_path / "whole")
    whole.run(progress=lambda step, steps, loss: losses.append(loss))
    assert losses[-1] < losses[0]

    class StopError(Exception):
        pass

    def stop(step: int, steps: int, loss: float) -> None:
        if step == 2:
            raise StopError

    with pytest.raises(StopError):
        points_trainer(RECIPE, groups, tmp_path / "cut", checkpoint_every=1).run(progress=stop)
    points_trainer(RECIPE, groups, tmp_path / "cut").run()
    one, other = (load_file(tmp_path / own / "checkpoint.safetensors") for own in ("whole", "cut"))
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not any("embeddings" in name for name in one)

    packed = package_points(
        tmp_path / "whole" / "checkpoint.safetensors", RECIPE, data, tmp_path / "model"
    )
    tensors = load_file(packed.folder / "model.safetensors")
    assert {tensors.pop(name).dtype for name in QUALITY} == {torch.float32}
    encoder = TransformerEncoder(points_state(tensors), model_id="t", revision="0")
    vectors = encoder.encode([*SAID["cheap"], *SAID["safe"], *POINTS.values()])
    assert ((vectors[:8] @ vectors[8:].T).argmax(axis=1) == [0] * 4 + [1] * 4).all()


@pytest.mark.model
def test_build_points_refuses_a_tensor_it_has_no_place_for() -> None:
    from argmap.errors import ModelError

    with pytest.raises(ModelError, match="elsewhere"):
        build_points({"elsewhere": torch.zeros(1)})


def test_packaging_without_a_checkpoint_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no checkpoint"):
        package_points(tmp_path / "none.safetensors", RECIPE, tmp_path, tmp_path / "model")


def test_groups_without_the_data_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kpa2021"):
        load_groups(tmp_path, "train")


def test_ridge_is_least_squares_when_it_is_weak_and_the_mean_when_it_is_strong() -> None:
    random = np.random.default_rng(0)
    vectors = random.standard_normal((50, 4)).astype(np.float32)
    scores = (vectors @ [0.5, -1.0, 0.0, 2.0] + 0.3).astype(np.float32)
    weights, added = ridge(vectors, scores, 1e-9)
    assert weights == pytest.approx([0.5, -1.0, 0.0, 2.0], abs=1e-4)
    assert added == pytest.approx(0.3, abs=1e-4)
    weights, added = ridge(vectors, scores, 1e12)
    assert weights == pytest.approx([0.0] * 4, abs=1e-6)
    assert added == pytest.approx(float(scores.mean()), abs=1e-4)


def test_quality_is_fitted_on_train_and_told_on_dev(data: Path) -> None:
    def encode(texts: object) -> np.ndarray:
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)  # type: ignore[attr-defined]

    texts, gold = rated(data, "train", rows=30)
    assert len(texts) == len(gold) == 30
    assert rated(data, "train", rows=30)[0] == texts
    weights, _, correlation = fit_quality(encode, data, rows=60)
    held, scores = rated(data, "dev")
    assert correlation == pytest.approx(rank_correlation(encode(held) @ weights, scores))
    assert correlation > 0.5
