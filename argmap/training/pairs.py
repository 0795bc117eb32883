"""Fine-tuning of the backbone as a pair classifier.

The embedding table is frozen (half of the parameters, and the part that small data spoils
first); every layer above it is trained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.classifier import build_model
from argmap.nlp.protocol import CLASSES
from argmap.nlp.tokens import Encoded, encode_pairs, load_tokenizer, pad
from argmap.training.examples import Example
from argmap.training.loop import Optimisation, Optimised, Trainer, plan_batches


class PairRecipe(Optimised, Protocol):
    """A recipe for a classifier of pairs."""

    @property
    def max_tokens(self) -> int: ...

    @property
    def batch_tokens(self) -> int: ...

    @property
    def label_smoothing(self) -> float: ...

    @property
    def context_tokens(self) -> int: ...

    @property
    def until(self) -> int | None: ...


def new_model(start: Mapping[str, Tensor] | None = None) -> nn.Module:
    """The backbone with embeddings frozen, under ``start`` or a fresh head (normal, 0.02).

    Args:
        start: layers of another pair classifier, head included, to begin from.
    """
    fresh = {
        "classifier.weight": torch.normal(0.0, 0.02, (len(CLASSES), 384)),
        "classifier.bias": torch.zeros(len(CLASSES)),
    }
    model = build_model(fresh if start is None else dict(start))
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not name.startswith("bert.embeddings."))
    return model


def encode(
    examples: Sequence[Example], *, max_tokens: int, context_tokens: int = 0
) -> list[Encoded]:
    """Tokenise (statement, motion) pairs as the classifier does when it is used."""
    return encode_pairs(
        load_tokenizer(backbone_dir()),
        [(example.text, example.motion) for example in examples],
        max_tokens=max_tokens,
        contexts=[example.context for example in examples],
        context_tokens=context_tokens,
    )


@dataclass(frozen=True, slots=True)
class _Pool:
    """The examples of one stage, tokenised."""

    encoded: list[Encoded]
    targets: list[tuple[float, float, float]]


def pair_trainer(
    recipe: PairRecipe,
    stages: Sequence[Sequence[Example]],
    out: Path,
    *,
    start: Mapping[str, Tensor] | None = None,
    device: str = "cpu",
    checkpoint_every: int = 250,
) -> Trainer:
    """A trainer of the recipe's stages, one after the other, from ``start`` or the backbone."""
    torch.manual_seed(recipe.seed)
    model = new_model(start).to(device)
    plan: list[tuple[_Pool, list[int]]] = []
    for number, examples in enumerate(stages):
        encoded = encode(
            examples, max_tokens=recipe.max_tokens, context_tokens=recipe.context_tokens
        )
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
        until=recipe.until,
    )
