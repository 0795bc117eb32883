"""The stance and relation models: the backbone with a trained pair-classification head."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load

from argmap.errors import ModelError
from argmap.nlp.backbone import backbone_dir, backbone_settings, backbone_state
from argmap.nlp.feed import feed
from argmap.nlp.packed import PackedBert, PackedPairs
from argmap.nlp.precision import Precision, choose_device, choose_precision
from argmap.nlp.protocol import CLASSES, RELATIONS, PairClassifier, Progress
from argmap.nlp.registry import find_model, verified_bytes, verified_settings
from argmap.nlp.tokens import Encoded, encode_pairs, load_tokenizer

if TYPE_CHECKING:
    from torch import Tensor

#: A pair and the words before its statement.
_Case = tuple[tuple[str, str], str]


class TransformerClassifier:
    """A three-way sequence classifier over (statement, motion), probabilities calibrated.

    ``predict_proba`` scores each distinct pair once, in packed batches without gradient. What a
    pair gets does not depend on the others.

    Args:
        state: the weights by transformers' names, see :func:`pair_state`.
        folder: where the tokenizer lies.
        precision: what it computes with; ``"fp32"`` is the reference.
        temperature: divides the logits (Guo et al. 2017).
        scales, biases: one a class, laid on after the temperature (vector scaling, ibid.).
        context_tokens: how much of the words before a statement it reads; 0 for none.
    """

    def __init__(
        self,
        state: Mapping[str, Tensor],
        folder: Path,
        *,
        model_id: str,
        revision: str,
        max_tokens: int,
        temperature: float,
        precision: Precision = "fp32",
        context_tokens: int = 0,
        scales: Sequence[float] = (1.0, 1.0, 1.0),
        biases: Sequence[float] = (0.0, 0.0, 0.0),
    ) -> None:
        self.model_id = model_id
        self.revision = revision
        self.precision: Precision = precision
        self._forward = _packed_pairs(state, precision)
        self._tokenizer = load_tokenizer(folder)
        self._max_tokens = max_tokens
        self._temperature = temperature
        self._context_tokens = context_tokens
        self._scales = np.asarray(scales, dtype=np.float32)
        self._biases = np.asarray(biases, dtype=np.float32)
        self.fingerprint = json.dumps(
            [model_id, revision, precision, str(self._forward.device), torch.__version__,
             max_tokens, context_tokens, temperature, list(scales), list(biases)]
        )  # fmt: skip

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
        # By statement, so that one that many motions are put to is tokenised once a block.
        place = {text: row for row, text in enumerate(dict.fromkeys(text for text, _ in pairs))}
        cases = sorted(dict.fromkeys(asked), key=lambda case: place[case[0][0]])
        distinct = {case: row for row, case in enumerate(cases)}
        logits = feed(cases, self._encoded, self._forward, width=len(CLASSES), progress=progress)
        return logits[[distinct[case] for case in asked]]

    def _encoded(self, cases: Sequence[_Case]) -> list[Encoded]:
        return encode_pairs(
            self._tokenizer,
            [pair for pair, _ in cases],
            max_tokens=self._max_tokens,
            contexts=[context for _, context in cases],
            context_tokens=self._context_tokens,
        )


def _packed_pairs(state: Mapping[str, Tensor], precision: Precision) -> PackedPairs:
    settings = backbone_settings()
    own = {name.removeprefix("bert."): tensor for name, tensor in state.items()}
    bert = PackedBert(
        own,
        heads=settings.heads,
        eps=settings.eps,
        precision=precision,
        device=torch.device(choose_device() if precision != "int8" else "cpu"),
    )
    return PackedPairs(bert, state)


def load_classifier(
    model_id: str | None = None,
    *,
    task: Literal["stance", "relation"] = "stance",
    precision: str | None = None,
) -> PairClassifier:
    """Load a pair classifier by id or folder, the task's default if ``model_id`` is ``None``.

    Nothing is downloaded; weights are safetensors, checked against their SHA-256 first.

    Args:
        precision: ``"fp32"``, ``"bf16"``, ``"int8"``, or what suits the machine.

    Raises:
        InputError: no such precision, or int8 for a model that argmap does not ship.
        ModelError: unknown, missing, altered or mis-shapen model.
    """
    entry = find_model(model_id, task=task)
    if entry.source != "shipped":
        from argmap.nlp.zero_shot import load_zero_shot

        return load_zero_shot(entry, precision=precision)
    (weights,) = verified_bytes(entry)
    settings = verified_settings(entry)
    classes = CLASSES if task == "stance" else RELATIONS
    if tuple(settings["classes"]) != classes:
        raise ModelError(f"{entry.folder}: classes {settings['classes']} are not {list(classes)}.")
    return TransformerClassifier(
        pair_state(load(weights)),
        backbone_dir(),
        model_id=entry.id,
        revision=entry.revision[:12],
        max_tokens=int(settings["max_tokens"]),
        temperature=float(settings["temperature"]),
        precision=choose_precision(precision, device=choose_device()),
        context_tokens=int(settings.get("context_tokens", 0)),
        scales=settings.get("scales", (1.0, 1.0, 1.0)),
        biases=settings.get("biases", (0.0, 0.0, 0.0)),
    )


def pair_state(trained: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The backbone's weights with ``trained`` tensors laid over them, in float32.

    Raises:
        ModelError: a tensor that the architecture does not have, or a head that is missing.
    """
    state = {f"bert.{name}": tensor for name, tensor in backbone_state().items()}
    head = {"classifier.weight", "classifier.bias"}
    missing = sorted(head - trained.keys())
    unexpected = sorted(trained.keys() - state.keys() - head)
    shapes = {name: state[name].shape for name in trained.keys() & state.keys()}
    shapes["classifier.weight"] = (len(CLASSES), backbone_settings().width)
    other = sorted(n for n, s in shapes.items() if n in trained and trained[n].shape != s)
    if missing or unexpected or other:
        raise ModelError(
            f"The model's weights do not fit the backbone: missing {missing}, "
            f"unexpected {unexpected}, of another shape {other}."
        )
    return state | {name: tensor.float() for name, tensor in trained.items()}


def build_model(trained: Mapping[str, Tensor]) -> Any:
    """The same as a model of transformers, for training. Raises as :func:`pair_state`."""
    # transformers takes seconds to import, and reading a text does without it.
    from transformers import AutoConfig, AutoModelForSequenceClassification

    config = AutoConfig.from_pretrained(
        backbone_dir(), num_labels=len(CLASSES), local_files_only=True
    )
    model = AutoModelForSequenceClassification.from_config(config)
    model.load_state_dict(pair_state(trained))
    return model.eval()
