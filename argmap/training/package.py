"""From a finished checkpoint to a model folder: half-precision weights and a temperature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from scipy.optimize import minimize_scalar

from argmap.nlp.backbone import BACKBONE_ID, BACKBONE_SHA256, backbone_dir, file_sha256
from argmap.nlp.classifier import TransformerClassifier, pair_state
from argmap.nlp.protocol import CLASSES
from argmap.training.examples import Example, load
from argmap.training.pairs import PairRecipe

#: Development sets of unseen topics that the temperature is fitted on, and rows of each.
CALIBRATION = ("arg30k", "perspectrum", "vast_repaired", "iam_sentences", "gwsd", "prose")
_CALIBRATION_ROWS = 500


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written: the folder, the hash of its weights and how it was calibrated."""

    folder: Path
    sha256: str
    temperature: float
    rows: int


def package(
    weights: Mapping[str, torch.Tensor],
    recipe: PairRecipe,
    examples: Sequence[Example],
    out: Path,
    *,
    steps: int,
    seconds: int,
    classes: Sequence[str] = CLASSES,
) -> Packaged:
    """Write ``model.safetensors`` (float16) and ``config.json`` to ``out``.

    Args:
        recipe: the last phase's.
        examples: development examples that the temperature is fitted on.
        classes: what the model's columns are called.
        steps, seconds: what all phases took together.
    """
    tensors = {name: tensor.half() for name, tensor in weights.items()}
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors")
    temperature = fit_temperature(logits_of(tensors, examples, recipe), examples)
    settings = {
        "base": BACKBONE_ID,
        "base_sha256": BACKBONE_SHA256,
        "classes": list(classes),
        "max_tokens": recipe.max_tokens,
        "context_tokens": recipe.context_tokens,
        "temperature": round(temperature, 3),
        "steps": steps,
        "seconds": seconds,
    }
    (out / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    sha256 = file_sha256(out / "model.safetensors")
    return Packaged(out, sha256, settings["temperature"], len(examples))  # type: ignore[arg-type]


def calibration_examples(data: Path, *, seed: int) -> list[Example]:
    """An equal sample of each calibration set's development split."""
    rng = np.random.default_rng(seed)
    chosen: list[Example] = []
    for name in CALIBRATION:
        pool = load(data, name, "dev")
        rows = rng.permutation(len(pool))[:_CALIBRATION_ROWS]
        chosen += [pool[row] for row in sorted(rows)]
    return chosen


def logits_of(
    tensors: Mapping[str, torch.Tensor], examples: Sequence[Example], recipe: PairRecipe
) -> NDArray[np.float32]:
    """Logits of shape ``(len(examples), 3)`` from weights not yet in the registry."""
    classifier = TransformerClassifier(
        pair_state(tensors),
        backbone_dir(),
        model_id="candidate",
        revision="0",
        max_tokens=recipe.max_tokens,
        temperature=1.0,
        context_tokens=recipe.context_tokens,
    )
    return classifier.predict_logits(
        [(example.text, example.motion) for example in examples],
        contexts=[example.context for example in examples],
    )


def fit_temperature(logits: NDArray[np.float32], examples: Sequence[Example]) -> float:
    """The temperature with the least cross-entropy (Guo et al. 2017), between 0.5 and 5."""
    targets = np.array([example.target for example in examples])

    def loss(temperature: float) -> float:
        scaled = logits.astype(np.float64) / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-(targets * logs).sum(axis=1).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 5.0), method="bounded").x)
