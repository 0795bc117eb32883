"""Any Hugging Face sequence classifier as a judge of (statement, motion) pairs.

A motion is put to an inference model as a hypothesis and the statement as its premise (Yin, Hay
and Roth 2019). How the answer becomes pro, con and none depends on the head:

- three-way inference: entailment is pro, contradiction is con, neutral is none;
- two-way: the motion and its negation are asked apart. With e and f the probabilities that each
  follows, pro is e(1 - f), con is f(1 - e) and none is (1 - e)(1 - f), made to sum to 1. Where
  both follow the model contradicts itself, and that share is left out;
- stance heads: as they say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import logging as transformers_logging

from argmap.errors import InputError, ModelError
from argmap.negation import negate
from argmap.nlp.heads import Head, read_head
from argmap.nlp.own_models import weight_files
from argmap.nlp.precision import Precision, choose_device, choose_precision
from argmap.nlp.protocol import CLASSES, Progress
from argmap.nlp.registry import Hypotheses, ModelEntry, check_settings, verified_bytes

_BATCH_TOKENS = 2048
#: Longest pair in tokens, whatever a model allows: attention grows with its square.
_MOST_TOKENS = 512
#: A hypothesis is cut at so many characters, so that the premise always keeps some room.
_HYPOTHESIS_LENGTH = 400


class ZeroShotClassifier:
    """A sequence classifier with its own tokenizer, asked by hypotheses.

    Args:
        model: logits of shape ``(batch, outputs)``.
        tokenizer: the model's own, for pairs of texts.
        head: what the outputs mean.
        hypotheses: how a motion is put.
        temperature: divides the logits (Guo et al. 2017); 1 leaves the model as it is.
        precision: ``"fp32"`` or ``"bf16"``.
    """

    def __init__(
        self,
        model: torch.nn.Module,
        tokenizer: Any,
        *,
        model_id: str,
        revision: str,
        head: Head,
        hypotheses: Hypotheses,
        max_tokens: int,
        temperature: float = 1.0,
        precision: Precision = "fp32",
    ) -> None:
        self.model_id = model_id
        self.precision: Precision = precision
        self.revision = revision
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._head = head
        self._hypotheses = hypotheses
        self._max_tokens = max_tokens
        self._temperature = temperature
        self.fingerprint = json.dumps(
            [model_id, revision, precision, torch.__version__, repr(head), repr(hypotheses),
             max_tokens, temperature]
        )  # fmt: skip

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        """Probabilities of shape ``(len(pairs), 3)`` in the order of ``CLASSES``.

        ``contexts`` are passed over: these models were made to read a premise by itself.
        """
        asked = [self._questions(statement, motion) for statement, motion in pairs]
        distinct = {pair: row for row, pair in enumerate(dict.fromkeys(chain.from_iterable(asked)))}
        if not distinct:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        answers = self._probabilities(list(distinct), progress)
        rows = [answers[[distinct[pair] for pair in questions]] for questions in asked]
        return self._combined(np.stack(rows)).astype(np.float32)

    def _questions(self, statement: str, motion: str) -> tuple[tuple[str, str], ...]:
        """The (premise, hypothesis) pairs that one pair comes to."""
        if self._head.layout == "stance":
            return ((statement, motion),)
        bare = motion.strip()
        pro, con = self._hypotheses.of(bare, negate(bare))
        if self._head.layout == "nli":
            return ((statement, pro),)
        return ((statement, pro), (statement, con))

    def _combined(self, answers: NDArray[np.float32]) -> NDArray[np.float64]:
        """Pro, con and none from answers of shape ``(pairs, questions, outputs)``."""
        columns = list(self._head.columns)
        if self._head.layout != "entailment":
            return answers[:, 0, columns].astype(np.float64)
        follows = answers[:, :, columns[0]].astype(np.float64)
        pro, con = follows[:, 0], follows[:, 1]
        parts = np.stack([pro * (1 - con), con * (1 - pro), (1 - pro) * (1 - con)], axis=1)
        total = parts.sum(axis=1, keepdims=True)
        # Both follow for certain: nothing can be said, so nothing is preferred.
        return np.where(total > 1e-9, parts / np.maximum(total, 1e-9), 1 / 3)

    def _probabilities(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None
    ) -> NDArray[np.float32]:
        encoded = self._tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis[:_HYPOTHESIS_LENGTH] for _, hypothesis in pairs],
            truncation="only_first",
            max_length=self._max_tokens,
            split_special_tokens=True,  # "</s>" in a document is text and closes nothing
        )
        names = [name for name in self._tokenizer.model_input_names if name in encoded]
        lengths = [len(ids) for ids in encoded["input_ids"]]
        order = sorted(range(len(pairs)), key=lambda row: (-lengths[row], row))
        result = np.empty((len(pairs), self._model.config.num_labels), dtype=np.float32)
        device = next(self._model.parameters()).device
        start = 0
        few_bits = torch.autocast(device.type, torch.bfloat16, enabled=self.precision == "bf16")
        with torch.inference_mode(), few_bits:
            while start < len(order):
                batch = order[start : start + max(1, _BATCH_TOKENS // lengths[order[start]])]
                inputs = self._tokenizer.pad(
                    {name: [encoded[name][row] for row in batch] for name in names},
                    return_tensors="pt",
                )
                logits = self._model(**inputs.to(device)).logits.float() / self._temperature
                result[batch] = logits.softmax(-1).cpu().numpy()
                start += len(batch)
                if progress is not None:
                    progress(start, len(order))
        return result


def load_zero_shot(entry: ModelEntry, *, precision: str | None = None) -> ZeroShotClassifier:
    """Load the model that lies in ``entry.folder``. Nothing is fetched and no code of it is run.

    On the processor it computes in float32 unless bf16 is asked for: nothing was measured of it.

    Raises:
        InputError: no such precision, or int8, which is for the models that argmap ships.
        ModelError: the folder is not a classifier that can be used; the message says why.
    """
    device = choose_device()
    chosen: Precision = (
        "fp32"
        if device == "cpu" and precision in (None, "auto")
        else choose_precision(precision, device=device)
    )
    if chosen == "int8":
        raise InputError(
            f"int8 is for the models that argmap ships, and {entry.id} is not one. "
            "Use bf16 or fp32."
        )
    folder = entry.folder
    settings = read_settings(folder)
    verbosity = transformers_logging.get_verbosity()
    transformers_logging.set_verbosity_error()
    try:
        check_settings(entry)
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        head = read_head(config.id2label, labels=entry.labels or None)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model, report = _model_of(entry, config)
    except ModelError as error:
        raise ModelError(f"{folder}: {error}") from error
    # What a stranger's files can make these loaders raise has no common base.
    except Exception as error:
        kind = settings.get("model_type", "unknown")
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelError(
            f"{folder}: the model (type {kind}) could not be loaded: {first} "
            "Fetch it again, or use another."
        ) from error
    finally:
        transformers_logging.set_verbosity(verbosity)
    missing = sorted(report["missing_keys"])
    if missing:
        raise ModelError(
            f"{folder}: the weights lack {missing[0]} and {len(missing) - 1} more, so this is not "
            "a trained classifier. Use a model that was trained for inference or stance."
        )
    return ZeroShotClassifier(
        model.float().to(device),
        tokenizer,
        model_id=entry.id,
        revision=entry.revision[:12],
        head=head,
        hypotheses=entry.hypotheses,
        max_tokens=_longest(tokenizer, config),
        temperature=entry.temperature,
        precision=chosen,
    )


def _model_of(entry: ModelEntry, config: Any) -> tuple[Any, Mapping[str, Any]]:
    """The model with the weights that were hashed, not with whatever lies there a moment later."""
    state: dict[str, torch.Tensor] = {}
    read = verified_bytes(entry)
    while read:
        state |= load(read.pop())
    with torch.device("meta"):  # its shape alone, to learn which class it is
        kind = type(AutoModelForSequenceClassification.from_config(config))
    found: tuple[Any, Mapping[str, Any]] = kind.from_pretrained(
        None, config=config, state_dict=state, output_loading_info=True
    )
    return found


def read_settings(folder: Path) -> dict[str, Any]:
    """The ``config.json`` of a model folder, after a look at what must not be there.

    Raises:
        ModelError: no folder, no settings, no safetensors, or code that would have to be run.
    """
    path = folder / "config.json"
    if not folder.is_dir() or not path.is_file():
        raise ModelError(
            f"{folder}: there is no model here: config.json is missing. Give the folder that a "
            "model was saved to."
        )
    try:
        settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not JSON ({error}). Fetch the model again.") from error
    if not isinstance(settings, dict):
        raise ModelError(f"{path} holds no settings. Fetch the model again.")
    if "auto_map" in settings:
        raise ModelError(
            f"{folder}: this model brings program code of its own, which is never run here. Use "
            "one that transformers knows."
        )
    weight_files(folder)
    return settings


def _longest(tokenizer: Any, config: Any) -> int:
    # RoBERTa's positions begin at 2, so two fewer tokens fit than its table has rows.
    positions = getattr(config, "max_position_embeddings", None) or _MOST_TOKENS
    return int(min(_MOST_TOKENS, positions - 2, tokenizer.model_max_length))
