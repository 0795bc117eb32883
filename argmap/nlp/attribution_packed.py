"""The attribution model at work, without padding: the same net that ``attribution_net`` trains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from argmap.errors import ModelError
from argmap.nlp.backbone import backbone_settings, backbone_state
from argmap.nlp.packed import PackedBert, lay, pack
from argmap.nlp.precision import Precision, choose_device
from argmap.nlp.tokens import Tokens

#: Tags of a word as a cue: outside, first, further.
CUE_TAGS = ("O", "B", "I")
#: Tags of a word for one given cue.
ROLE_TAGS = ("none", "source", "content")
ROLE_LAYERS = 2
#: The role layers see each token's distance from the cue, up to this many tokens either way.
FARTHEST = 40


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens around one cue of a passage: ``[start, end)``, the cue at ``[first, last)``."""

    row: int
    start: int
    end: int
    first: int
    last: int


def window(row: int, length: int, first: int, last: int, *, reach: int) -> Window:
    """The window of ``reach`` tokens on both sides of a cue, within the passage's frame."""
    return Window(row, max(0, first - reach), min(length, last + reach), first, last)


class PackedAttribution:
    """Backbone, cue head and role layers over texts laid end to end.

    Args:
        state: the weights by the net's names, see :func:`attribution_state`.
    """

    def __init__(self, state: Mapping[str, Tensor], *, precision: Precision = "fp32") -> None:
        settings = backbone_settings()
        device = torch.device(choose_device() if precision != "int8" else "cpu")
        self._encoder, self._roles = (
            PackedBert(
                {n.removeprefix(part): t for n, t in state.items() if n.startswith(part)},
                heads=settings.heads,
                eps=settings.eps,
                precision=precision,
                device=device,
            )
            for part in ("encoder.", "roles.")
        )
        self._cue, self._role = (
            tuple(state[f"{name}.{part}"].float().to(device) for part in ("weight", "bias"))
            for name in ("cue", "role")
        )

    def encode(self, batch: Sequence[Tokens]) -> tuple[Tensor, NDArray[np.int64]]:
        """Hidden states of shape ``(tokens, 384)``, and the row of each text's first token.

        Args:
            batch: in order of their lengths.
        """
        packed = pack(batch)
        return self._encoder.hidden(packed, first_only=False), packed.first

    def cue_tags(self, hidden: Tensor) -> NDArray[np.float32]:
        """Probabilities of ``CUE_TAGS``, shape ``(tokens, 3)``."""
        return _shares(functional.linear(hidden, *self._cue))

    def role_tags(
        self, hidden: Tensor, first: NDArray[np.int64], windows: Sequence[Window]
    ) -> list[NDArray[np.float32]]:
        """Probabilities of ``ROLE_TAGS`` for the tokens of every window, each ``(tokens, 3)``.

        Args:
            hidden, first: what :meth:`encode` gave.
            windows: in order of their lengths.
        """
        steps = [np.arange(w.start, w.end) for w in windows]
        packed = lay(
            [len(own) for own in steps],
            ids=np.zeros(0, dtype=np.int64),
            types=np.concatenate(
                [((own >= w.first) & (own < w.last)) for own, w in zip(steps, windows, strict=True)]
            ).astype(np.int64),
            positions=np.concatenate(
                [
                    FARTHEST + np.clip(own - w.first, -FARTHEST, FARTHEST)
                    for own, w in zip(steps, windows, strict=True)
                ]
            ),
        )
        rows = np.concatenate([first[w.row] + own for own, w in zip(steps, windows, strict=True)])
        around = hidden[torch.from_numpy(rows).to(hidden.device)]
        states = self._roles.hidden(packed, first_only=False, words=around)
        shares = _shares(functional.linear(states, *self._role))
        return np.split(shares, packed.first[1:])


def _shares(logits: Tensor) -> NDArray[np.float32]:
    found: NDArray[np.float32] = logits.float().softmax(-1).cpu().numpy()
    return found


def attribution_state(trained: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The backbone's weights with ``trained`` tensors laid over them, in float32.

    Raises:
        ModelError: a tensor that the architecture does not have, one of another shape, or one
            that is missing.
    """
    backbone = {n: t for n, t in backbone_state().items() if not n.startswith("pooler.")}
    state = {f"encoder.{name}": tensor for name, tensor in backbone.items()}
    width = backbone_settings().width
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    for name, tensor in backbone.items():
        layer = name.split(".")[2] if name.startswith("encoder.layer.") else ""
        if (layer and int(layer) < ROLE_LAYERS) or (not layer and "word_embeddings" not in name):
            shapes[f"roles.{name}"] = tuple(tensor.shape)
    for head in ("cue", "role"):
        shapes[f"{head}.weight"], shapes[f"{head}.bias"] = (3, width), (3,)
    missing = sorted(
        n for n in shapes.keys() - trained.keys() if not n.startswith("encoder.embeddings.")
    )
    unexpected = sorted(trained.keys() - shapes.keys())
    other = sorted(n for n, t in trained.items() if n in shapes and tuple(t.shape) != shapes[n])
    if missing or unexpected or other:
        raise ModelError(
            f"The model's weights do not fit the net: missing {missing}, unexpected {unexpected}, "
            f"of another shape {other}."
        )
    return state | {name: tensor.float() for name, tensor in trained.items()}
