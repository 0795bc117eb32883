"""``argmap train points``: from KPA 2021's train split to the key-point model.

A bi-encoder: an argument and the key point that it makes come out as near vectors, so that a
side of any size is grouped by nearest neighbours. Key point matching is Bar-Haim et al. (2020);
the softmax over key points with in-batch ones beside them is the contrastive loss of Alshomary
et al. (2021) and Phan et al. (2021), the best of the KPA 2021 shared task. The embedding table
of the backbone is frozen; every layer above it is trained.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from argmap.errors import InputError
from argmap.nlp.backbone import BACKBONE_ID, BACKBONE_SHA256, backbone_dir, file_sha256
from argmap.nlp.encoder import TransformerEncoder, pooled
from argmap.nlp.points import QUALITY, build_points, points_state
from argmap.nlp.tokens import Encoded, encode_texts, load_tokenizer, pad
from argmap.training.examples import read_rows
from argmap.training.loop import Optimisation, Trainer, read_state
from argmap.training.quality import fit_quality

DATA = "keypoints"
MATCH, OTHER, UNLABELLED = 1, 0, -1


@dataclass(frozen=True, slots=True)
class PointsRecipe:
    """Everything that decides the weights; the run ends after ``until`` of the planned batches."""

    name: str
    seed: int
    epochs: int
    until: int
    max_tokens: int
    group_size: int
    groups: int
    temperature: float
    scale: float
    middle: float
    match_weight: float
    twin_temperature: float
    twin_weight: float
    learning_rate: float
    warmup: float
    weight_decay: float
    quality_rows: int

    @classmethod
    def from_toml(cls, path: Path) -> PointsRecipe:
        """Read a recipe; unknown or missing keys raise ``TypeError``."""
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Group:
    """The arguments of one topic and stance, its key points, and which of them match.

    Attributes:
        labels: a row for each argument, in it ``MATCH``, ``OTHER`` or ``UNLABELLED`` for each key
            point: annotators who were not sure left a pair out.
    """

    topic: str
    stance: str
    arguments: tuple[str, ...]
    key_points: tuple[str, ...]
    labels: tuple[tuple[int, ...], ...]


def load_groups(data: Path, split: str) -> list[Group]:
    """KPA 2021 by topic and stance; train, dev and test have different topics.

    Raises:
        InputError: the set is missing.
    """
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(dict)
    texts: dict[str, str] = {}
    for row in read_rows(data, DATA):
        if row["split"] == split:
            own = found[str(row["topic"]), str(row["stance"])]
            texts[str(row["arg_id"])] = str(row["argument"])
            own.setdefault(str(row["arg_id"]), {})[str(row["key_point"])] = int(row["label"])
    groups = []
    for (topic, stance), arguments in found.items():
        points = tuple(dict.fromkeys(point for own in arguments.values() for point in own))
        labels = tuple(tuple(own.get(p, UNLABELLED) for p in points) for own in arguments.values())
        said = tuple(texts[own] for own in arguments)
        groups.append(Group(topic, stance, said, points, labels))
    return groups


#: One step: for each of its groups, which of the arguments take part.
Step = tuple[tuple[int, tuple[int, ...]], ...]


def plan_steps(sizes: Sequence[int], recipe: PointsRecipe) -> list[Step]:
    """Every argument once an epoch, ``group_size`` of a group and ``groups`` groups at a time."""
    rng = random.Random(recipe.seed)
    steps: list[Step] = []
    for _ in range(recipe.epochs):
        parts: list[tuple[int, tuple[int, ...]]] = []
        for number, size in enumerate(sizes):
            order = rng.sample(range(size), size)
            # Equal parts, so that no step is left with a handful.
            count = max(1, round(size / recipe.group_size))
            parts += [(number, tuple(order[start::count])) for start in range(count)]
        rng.shuffle(parts)
        steps += [
            tuple(parts[start : start + recipe.groups])
            for start in range(0, len(parts), recipe.groups)
        ]
    return steps


def points_loss(
    arguments: Tensor,
    key_points: Tensor,
    labels: Tensor,
    recipe: PointsRecipe,
) -> Tensor:
    """Three terms: which key point, whether any, and which arguments share one.

    Args:
        arguments: unit vectors, shape ``(a, d)``.
        key_points: unit vectors, shape ``(k, d)``.
        labels: shape ``(a, k)``: ``MATCH``, ``OTHER`` or ``UNLABELLED``; pairs of two groups are
            ``OTHER``.
    """
    similar = arguments @ key_points.T
    match = labels == MATCH
    logits = (similar / recipe.temperature).masked_fill(labels == UNLABELLED, -torch.inf)
    placed = match.any(1)
    terms = similar.new_zeros(())
    if placed.any():
        right = logits.masked_fill(~match, -torch.inf)[placed].logsumexp(1)
        terms = terms + (logits[placed].logsumexp(1) - right).mean()
    known = labels != UNLABELLED
    terms = terms + recipe.match_weight * nn.functional.binary_cross_entropy_with_logits(
        recipe.scale * (similar[known] - recipe.middle), match[known].float()
    )
    twins = (match.float() @ match.float().T) > 0
    twins.fill_diagonal_(False)
    paired = twins.any(1)
    if paired.any():
        itself = torch.eye(len(arguments), dtype=torch.bool, device=arguments.device)
        alike = arguments @ arguments.T / recipe.twin_temperature
        logs = alike - alike.masked_fill(itself, -torch.inf).logsumexp(1, keepdim=True)
        mean = logs.masked_fill(~twins, 0.0).sum(1)[paired] / twins.sum(1)[paired]
        terms = terms - recipe.twin_weight * mean.mean()
    return terms


def labels_of(groups: Sequence[Group], step: Step) -> Tensor:
    """Labels of a step's arguments with the key points of all its groups."""
    rows = sum(len(chosen) for _, chosen in step)
    table = torch.full((rows, sum(len(groups[n].key_points) for n, _ in step)), OTHER)
    row = column = 0
    for number, chosen in step:
        own = torch.tensor([groups[number].labels[index] for index in chosen])
        table[row : row + own.shape[0], column : column + own.shape[1]] = own
        row, column = row + own.shape[0], column + own.shape[1]
    return table


def points_trainer(
    recipe: PointsRecipe,
    groups: Sequence[Group],
    out: Path,
    *,
    device: str = "cpu",
    checkpoint_every: int = 50,
) -> Trainer:
    """A trainer of the recipe's epochs over the groups."""
    torch.manual_seed(recipe.seed)
    model = build_points({}).to(device)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith("embeddings."))
    encoded = _encode(groups, max_tokens=recipe.max_tokens)

    def loss(step: Step) -> Tensor:
        said = [groups[number].arguments[index] for number, chosen in step for index in chosen]
        points = [point for number, _ in step for point in groups[number].key_points]
        inputs = pad([encoded[text] for text in [*said, *points]], device=torch.device(device))
        vectors = pooled(model, inputs).float()
        labels = labels_of(groups, step).to(device)
        with torch.autocast(device, enabled=False):
            return points_loss(vectors[: len(said)], vectors[len(said) :], labels, recipe)

    return Trainer(
        model,
        plan_steps([len(group.arguments) for group in groups], recipe),
        loss,
        out,
        optimisation=Optimisation.of(recipe),
        recipe=repr(recipe),
        checkpoint_every=checkpoint_every,
        until=recipe.until,
    )


def _encode(groups: Sequence[Group], *, max_tokens: int) -> Mapping[str, Encoded]:
    texts = sorted({text for group in groups for text in (*group.arguments, *group.key_points)})
    tokenizer = load_tokenizer(backbone_dir())
    return dict(zip(texts, encode_texts(tokenizer, texts, max_tokens=max_tokens), strict=True))


@dataclass(frozen=True, slots=True)
class PackagedPoints:
    """What was written: the folder, the hash of its weights, and how well quality is told.

    ``quality`` is Spearman's correlation on ArgQ-Rank-30k's development split.
    """

    folder: Path
    sha256: str
    quality: float


def package_points(checkpoint: Path, recipe: PointsRecipe, data: Path, out: Path) -> PackagedPoints:
    """Write ``model.safetensors`` (float16) and ``config.json`` to ``out``.

    The quality scale is fitted on the vectors of the half-precision weights, as they are used.

    Raises:
        InputError: there is no checkpoint, or a data set is missing.
    """
    if not checkpoint.is_file():
        raise InputError(f"{checkpoint}: there is no checkpoint. Run argmap train points first.")
    state = read_state(checkpoint)
    tensors = {
        name.removeprefix("weight/"): tensor.half()
        for name, tensor in load_file(checkpoint).items()
        if name.startswith("weight/")
    }
    encoder = TransformerEncoder(points_state(tensors), model_id="candidate", revision="0")
    weights, added, correlation = fit_quality(encoder.encode, data, rows=recipe.quality_rows)
    scale = (torch.from_numpy(weights), torch.tensor(added))
    out.mkdir(parents=True, exist_ok=True)
    weights_file = out / "model.safetensors"
    save_file(tensors | dict(zip(QUALITY, scale, strict=True)), weights_file)
    settings = {
        "base": BACKBONE_ID,
        "base_sha256": BACKBONE_SHA256,
        "recipe": asdict(recipe),
        "steps": int(state["step"]),
        "seconds": round(float(state["seconds"])),
        "quality_dev": round(correlation, 3),
    }
    (out / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    return PackagedPoints(out, file_sha256(weights_file), correlation)


def train_points(
    recipe_file: Path,
    data: Path,
    out: Path,
    *,
    progress: Callable[[int, int, float], None] | None = None,
) -> PackagedPoints:
    """Train by the recipe and write the model folder ``out / "model"``.

    Goes on from ``out / "checkpoint.safetensors"`` if there is one. Uses a GPU if there is one.

    Raises:
        InputError: a data set is missing.
        ValueError: the checkpoint was made by another recipe.
    """
    recipe = PointsRecipe.from_toml(recipe_file)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    groups = load_groups(data, "train")
    points_trainer(recipe, groups, out, device=device).run(progress=progress)
    return package_points(out / "checkpoint.safetensors", recipe, data, out / "model")
