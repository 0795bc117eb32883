"""The key-point model: the backbone trained so that sentences which make one point lie near."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.torch import load
from torch import Tensor

from argmap.errors import ModelError
from argmap.nlp.backbone import backbone_dir, backbone_state
from argmap.nlp.encoder import TransformerEncoder
from argmap.nlp.registry import find_model, verified_bytes

#: Tensors of the quality scale beside the layers': a weight for each dimension, and what is added.
QUALITY = ("quality.weight", "quality.bias")


class TransformerPointEncoder(TransformerEncoder):
    """Vectors of sentences by the point they make, and how good an argument each is.

    Args:
        quality: weights of shape ``(384,)`` and what is added: a ridge regression on the
            vectors, see ``training.quality``.
    """

    def __init__(
        self,
        state: Mapping[str, Tensor],
        *,
        model_id: str,
        revision: str,
        quality: tuple[NDArray[np.float32], float],
    ) -> None:
        super().__init__(state, model_id=model_id, revision=revision)
        self._quality = quality

    def quality(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Quality of the texts behind ``encode``'s rows, 0 to 1 (Gretz et al. 2020)."""
        weights, added = self._quality
        scores: NDArray[np.float32] = np.clip(vectors @ weights + np.float32(added), 0.0, 1.0)
        return scores


def load_point_encoder() -> TransformerPointEncoder:
    """Load the shipped key-point model. Raises ``ModelError`` where it is missing or altered."""
    entry = find_model(None, task="points")
    (weights_file,) = verified_bytes(entry)
    trained = load(weights_file)
    if not set(QUALITY) <= trained.keys():
        raise ModelError(f"{entry.folder}: the weights lack the quality scale {list(QUALITY)}.")
    weights, added = (trained.pop(name).float() for name in QUALITY)
    return TransformerPointEncoder(
        points_state(trained),
        model_id=entry.id,
        revision=entry.revision[:12],
        quality=(weights.numpy(), float(added)),
    )


def points_state(trained: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The backbone's layers with ``trained`` tensors laid over them, in float32.

    Raises:
        ModelError: a tensor that the architecture does not have.
    """
    # The pooler belongs to a pretraining head that mean pooling does not use.
    state = {n: t for n, t in backbone_state().items() if not n.startswith("pooler.")}
    wrong = sorted(n for n, t in trained.items() if n not in state or state[n].shape != t.shape)
    if wrong:
        raise ModelError(f"The model's weights do not fit the backbone: {wrong}.")
    return state | {name: tensor.float() for name, tensor in trained.items()}


def build_points(trained: Mapping[str, Tensor]) -> Any:
    """The same as a model of transformers, for training. Raises as :func:`points_state`."""
    # transformers takes seconds to import, and reading a text does without it.
    from transformers import AutoConfig, AutoModel

    config = AutoConfig.from_pretrained(backbone_dir(), local_files_only=True)
    model = AutoModel.from_config(config, add_pooling_layer=False)
    model.load_state_dict(points_state(trained))
    return model.eval()
