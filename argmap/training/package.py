"""From a finished checkpoint to a model folder: half-precision weights and a temperature."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from scipy.optimize import minimize_scalar

from argmap.errors import InputError
from argmap.nlp.backbone import BACKBONE_ID, BACKBONE_SHA256, backbone_dir, file_sha256
from argmap.nlp.classifier import TransformerClassifier, build_model
from argmap.nlp.protocol import CLASSES
from argmap.training.examples import Example, load
from argmap.training.loop import read_state
from argmap.training.mixture import Recipe

#: Development sets of unseen topics that the temperature is fitted on, and rows of each.
CALIBRATION = ("arg30k", "perspectrum", "vast", "iam_sentences", "gwsd")
_CALIBRATION_ROWS = 500


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written: the folder, the hash of its weights and how it was calibrated."""

    folder: Path
    sha256: str
    temperature: float
    rows: int


def package(checkpoint: Path, recipe: Recipe, data: Path, out: Path) -> Packaged:
    """Write ``model.safetensors`` (float16) and ``config.json`` to ``out``.

    Raises:
        InputError: there is no checkpoint.
    """
    if not checkpoint.is_file():
        raise InputError(f"{checkpoint}: there is no checkpoint. Run argmap train stance first.")
    state = read_state(checkpoint)
    tensors = {
        name.removeprefix("weight/"): tensor.half()
        for name, tensor in load_file(checkpoint).items()
        if name.startswith("weight/")
    }
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors")
    examples = calibration_examples(data, seed=recipe.seed)
    temperature = fit_temperature(logits_of(tensors, examples, recipe.max_tokens), examples)
    settings = {
        "base": BACKBONE_ID,
        "base_sha256": BACKBONE_SHA256,
        "classes": list(CLASSES),
        "max_tokens": recipe.max_tokens,
        "temperature": round(temperature, 3),
        "recipe": asdict(recipe),
        "steps": int(state["step"]),
        "seconds": round(float(state["seconds"])),
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
    tensors: dict[str, torch.Tensor], examples: Sequence[Example], max_tokens: int
) -> NDArray[np.float32]:
    """Logits of shape ``(len(examples), 3)`` from weights not yet in the registry."""
    classifier = TransformerClassifier(
        build_model(tensors),
        backbone_dir(),
        model_id="candidate",
        revision="0",
        max_tokens=max_tokens,
        temperature=1.0,
    )
    return classifier.predict_logits([(example.text, example.motion) for example in examples])


def fit_temperature(logits: NDArray[np.float32], examples: Sequence[Example]) -> float:
    """The temperature with the least cross-entropy (Guo et al. 2017), between 0.5 and 5."""
    targets = np.array([example.target for example in examples])

    def loss(temperature: float) -> float:
        scaled = logits.astype(np.float64) / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-(targets * logs).sum(axis=1).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 5.0), method="bounded").x)
