"""The backbone as it is: sentence embeddings by mean pooling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from argmap.nlp.backbone import backbone_dir, backbone_settings, backbone_state
from argmap.nlp.feed import feed
from argmap.nlp.packed import PackedBert, PackedMean
from argmap.nlp.precision import Precision, choose_device, choose_precision
from argmap.nlp.protocol import Progress
from argmap.nlp.registry import find_model
from argmap.nlp.tokens import encode_texts, load_tokenizer

_MAX_TOKENS = 128


class TransformerEncoder:
    """Mean of the last hidden states over the tokens, normalised (Reimers and Gurevych 2019).

    Args:
        state: the layers' weights by transformers' names, in float32.
        precision: what it computes with; ``"fp32"`` is the reference.
    """

    def __init__(
        self,
        state: Mapping[str, Tensor],
        *,
        model_id: str,
        revision: str,
        precision: Precision = "fp32",
    ) -> None:
        self.model_id = model_id
        self.revision = revision
        self.precision: Precision = precision
        settings = backbone_settings()
        self._forward = PackedMean(
            PackedBert(
                state,
                heads=settings.heads,
                eps=settings.eps,
                precision=precision,
                device=torch.device(choose_device() if precision != "int8" else "cpu"),
            )
        )
        self._width = settings.width
        self._encoded = partial(
            encode_texts, load_tokenizer(backbone_dir()), max_tokens=_MAX_TOKENS
        )

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of shape ``(len(texts), 384)``; a text seen twice is encoded once."""
        distinct = {text: index for index, text in enumerate(dict.fromkeys(texts))}
        vectors = feed(
            list(distinct), self._encoded, self._forward, width=self._width, progress=progress
        )
        return vectors[[distinct[text] for text in texts]]


def pooled(model: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean of the last hidden states over the tokens, normalised; shape ``(batch, 384)``.

    For training, where a gradient runs through transformers' own model.
    """
    hidden = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
    return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def load_encoder(*, precision: str | None = "fp32") -> TransformerEncoder:
    """Load the embedded encoder.

    Raises:
        InputError: no such precision.
        ModelError: it is missing or altered.
    """
    entry = find_model(None, task="encoder")
    return TransformerEncoder(
        backbone_state(),
        model_id=entry.id,
        revision=entry.revision[:12],
        precision=choose_precision(precision, device=choose_device()),
    )
