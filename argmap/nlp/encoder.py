"""The backbone as it is: sentence embeddings by mean pooling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModel

from argmap.nlp.backbone import backbone_dir
from argmap.nlp.protocol import Progress
from argmap.nlp.registry import find_model, verified_weights
from argmap.nlp.tokens import encode_texts, load_tokenizer, run_batches

_BATCH_TOKENS = 4096
_MAX_TOKENS = 128


class TransformerEncoder:
    """Mean of the last hidden states over the tokens, normalised (Reimers and Gurevych 2019)."""

    def __init__(self, model: torch.nn.Module, *, model_id: str, revision: str) -> None:
        self.model_id = model_id
        self.revision = revision
        self._model = model.eval()
        self._tokenizer = load_tokenizer(backbone_dir())

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of shape ``(len(texts), 384)``; a text seen twice is encoded once."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        distinct = {text: index for index, text in enumerate(dict.fromkeys(texts))}
        encoded = encode_texts(self._tokenizer, list(distinct), max_tokens=_MAX_TOKENS)
        vectors = run_batches(
            encoded,
            lambda inputs: pooled(self._model, inputs),
            width=384,
            batch_tokens=_BATCH_TOKENS,
            device=next(self._model.parameters()).device,
            progress=progress,
        )
        return vectors[[distinct[text] for text in texts]]


def pooled(model: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean of the last hidden states over the tokens, normalised; shape ``(batch, 384)``."""
    hidden = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
    return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def load_encoder() -> TransformerEncoder:
    """Load the embedded encoder. Raises ``ModelError`` where it is missing or altered."""
    entry = find_model(None, task="encoder")
    state = load_file(verified_weights(entry))
    config = AutoConfig.from_pretrained(backbone_dir(), local_files_only=True)
    model = AutoModel.from_config(config, add_pooling_layer=False)
    # The pooler belongs to a pretraining head that mean pooling does not use.
    kept = {name: tensor for name, tensor in state.items() if not name.startswith("pooler.")}
    kept.pop("embeddings.position_ids", None)
    model.load_state_dict(kept)
    return TransformerEncoder(model, model_id=entry.id, revision=entry.revision[:12])
