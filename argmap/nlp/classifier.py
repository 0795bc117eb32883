"""The stance and relation models: the backbone with a trained pair-classification head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForSequenceClassification

from argmap.errors import ModelError
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.protocol import CLASSES, RELATIONS, PairClassifier, Progress
from argmap.nlp.registry import find_model, verified_weights
from argmap.nlp.tokens import encode_pairs, load_tokenizer, run_batches

_BATCH_TOKENS = 2048


class TransformerClassifier:
    """A three-way sequence classifier over (statement, motion), probabilities calibrated.

    ``predict_proba`` scores each distinct pair once, in length-sorted batches without gradient.

    Args:
        model: logits of shape ``(batch, 3)`` in the order of ``CLASSES``.
        folder: where the tokenizer lies.
        temperature: divides the logits (Guo et al. 2017).
        scales, biases: one a class, laid on after the temperature (vector scaling, ibid.).
        context_tokens: how much of the words before a statement it reads; 0 for none.
    """

    def __init__(
        self,
        model: torch.nn.Module,
        folder: Path,
        *,
        model_id: str,
        revision: str,
        max_tokens: int,
        temperature: float,
        context_tokens: int = 0,
        scales: Sequence[float] = (1.0, 1.0, 1.0),
        biases: Sequence[float] = (0.0, 0.0, 0.0),
    ) -> None:
        self.model_id = model_id
        self.revision = revision
        self._model = model.eval()
        self._tokenizer = load_tokenizer(folder)
        self._max_tokens = max_tokens
        self._temperature = temperature
        self._context_tokens = context_tokens
        self._scales = np.asarray(scales, dtype=np.float32)
        self._biases = np.asarray(biases, dtype=np.float32)

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        """Probabilities of shape ``(len(pairs), 3)`` in the order of ``CLASSES``."""
        logits = self.predict_logits(pairs, contexts=contexts, progress=progress)
        logits = logits / self._temperature * self._scales + self._biases
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        probabilities: NDArray[np.float32] = shifted / shifted.sum(axis=1, keepdims=True)
        return probabilities

    def predict_logits(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        """Uncalibrated logits of shape ``(len(pairs), 3)``, for calibration and evaluation."""
        if not pairs:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        # Where no context is read, a pair that is said in two places is still one pair.
        before = contexts if contexts and self._context_tokens else [""] * len(pairs)
        asked = list(zip(pairs, before, strict=True))
        distinct = {case: index for index, case in enumerate(dict.fromkeys(asked))}
        encoded = encode_pairs(
            self._tokenizer,
            [pair for pair, _ in distinct],
            max_tokens=self._max_tokens,
            contexts=[context for _, context in distinct],
            context_tokens=self._context_tokens,
        )
        logits = run_batches(
            encoded,
            lambda inputs: self._model(**inputs).logits,
            width=len(CLASSES),
            batch_tokens=_BATCH_TOKENS,
            device=next(self._model.parameters()).device,
            progress=progress,
        )
        return logits[[distinct[case] for case in asked]]


def load_classifier(
    model_id: str | None = None, *, task: Literal["stance", "relation"] = "stance"
) -> PairClassifier:
    """Load a pair classifier by id or folder, the task's default if ``model_id`` is ``None``.

    Nothing is downloaded; weights are safetensors, checked against their SHA-256 first.

    Raises:
        ModelError: unknown, missing, altered or mis-shapen model.
    """
    entry = find_model(model_id, task=task)
    weights = verified_weights(entry)
    if entry.source != "shipped":
        from argmap.nlp.zero_shot import load_zero_shot

        return load_zero_shot(entry)
    settings = json.loads((entry.folder / "config.json").read_text(encoding="utf-8"))
    classes = CLASSES if task == "stance" else RELATIONS
    if tuple(settings["classes"]) != classes:
        raise ModelError(f"{entry.folder}: classes {settings['classes']} are not {list(classes)}.")
    return TransformerClassifier(
        build_model(load_file(weights)),
        backbone_dir(),
        model_id=entry.id,
        revision=entry.revision[:12],
        max_tokens=int(settings["max_tokens"]),
        temperature=float(settings["temperature"]),
        context_tokens=int(settings.get("context_tokens", 0)),
        scales=settings.get("scales", (1.0, 1.0, 1.0)),
        biases=settings.get("biases", (0.0, 0.0, 0.0)),
    )


def build_model(trained: dict[str, torch.Tensor]) -> torch.nn.Module:
    """The backbone with ``trained`` tensors laid over it, in float32.

    Raises:
        ModelError: a tensor that the architecture does not have, or a head that is missing.
    """
    config = AutoConfig.from_pretrained(
        backbone_dir(), num_labels=len(CLASSES), local_files_only=True
    )
    model: torch.nn.Module = AutoModelForSequenceClassification.from_config(config)
    base = load_file(backbone_dir() / "model.safetensors")
    state = {f"bert.{name}": tensor.float() for name, tensor in base.items()}
    state |= {name: tensor.float() for name, tensor in trained.items()}
    state.pop("bert.embeddings.position_ids", None)
    missing, unexpected = model.load_state_dict(state, strict=False)
    if missing or unexpected:
        raise ModelError(
            f"The model's weights do not fit the backbone: missing {sorted(missing)}, "
            f"unexpected {sorted(unexpected)}."
        )
    return model.eval()
