"""Fine-tuning of the backbone as a pair classifier.

The embedding table is frozen (half of the parameters, and the part that small data spoils
first); every layer above it is trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.classifier import build_model
from argmap.nlp.protocol import CLASSES
from argmap.nlp.tokens import Encoded, encode_pairs, load_tokenizer, pad
from argmap.training.examples import Example
from argmap.training.loop import Optimisation, Trainer, plan_batches
from argmap.training.mixture import Recipe


def new_model() -> nn.Module:
    """The backbone with a fresh three-way head (normal, 0.02), embeddings frozen."""
    model = build_model(
        {
            "classifier.weight": torch.normal(0.0, 0.02, (len(CLASSES), 384)),
            "classifier.bias": torch.zeros(len(CLASSES)),
        }
    )
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith("bert.embeddings."))
    return model


def encode(examples: Sequence[Example], *, max_tokens: int) -> list[Encoded]:
    """Tokenise (statement, motion) pairs as the classifier does when it is used."""
    pairs = [(example.text, example.motion) for example in examples]
    return encode_pairs(load_tokenizer(backbone_dir()), pairs, max_tokens=max_tokens)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The examples of one stage, tokenised."""

    encoded: list[Encoded]
    targets: list[tuple[float, float, float]]


def pair_trainer(
    recipe: Recipe,
    stages: Sequence[Sequence[Example]],
    out: Path,
    *,
    device: str = "cpu",
    checkpoint_every: int = 250,
) -> Trainer:
    """A trainer of the recipe's stages, one after the other."""
    torch.manual_seed(recipe.seed)
    model = new_model().to(device)
    plan: list[tuple[_Pool, list[int]]] = []
    for number, examples in enumerate(stages):
        encoded = encode(examples, max_tokens=recipe.max_tokens)
        pool = _Pool(encoded, [example.target for example in examples])
        batches = plan_batches(
            [len(item.ids) for item in encoded],
            batch_tokens=recipe.batch_tokens,
            seed=recipe.seed + number,
        )
        plan += [(pool, batch) for batch in batches]

    def loss(step: tuple[_Pool, list[int]]) -> Tensor:
        pool, batch = step
        inputs = pad([pool.encoded[index] for index in batch], device=torch.device(device))
        targets = torch.tensor([pool.targets[index] for index in batch], device=device)
        return nn.functional.cross_entropy(
            model(**inputs).logits.float(), targets, label_smoothing=recipe.label_smoothing
        )

    return Trainer(
        model,
        plan,
        loss,
        out,
        optimisation=Optimisation.of(recipe),
        recipe=repr(recipe),
        checkpoint_every=checkpoint_every,
    )
