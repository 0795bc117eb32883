"""A BERT over texts laid end to end, without padding, in the precision that the machine is fast at.

Texts of a batch are joined into one row of tokens, so the linear layers see no padding, and
attention runs over groups of equal length, so it needs no mask. Of the last layer only the first
token's row is worked out where nothing else is read. What a text gets does not depend on its
batch: activations are scaled to int8 a token at a time, and no sum runs over two texts.

Packing: Krell et al. 2021. Scaling a token at a time: Yao et al. 2022 (ZeroQuant). Attention as
in Vaswani et al. 2017, the network as in Devlin et al. 2019.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from argmap.errors import ModelError
from argmap.nlp.precision import Precision, has_bf16
from argmap.nlp.tokens import Tokens

_INT8 = 127.0
_WORDS = "embeddings.word_embeddings.weight"
_LEAST_ROWS = 32


@dataclass(frozen=True, slots=True)
class Packed:
    """Texts end to end, those of a length beside each other.

    Attributes:
        ids, types, positions: shape ``(tokens,)``.
        first: row of each text's first token, shape ``(texts,)``.
        groups: (row, texts, tokens of each) of every run of equal lengths.
        owners: which text each token is of, shape ``(tokens,)``.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    positions: NDArray[np.int64]
    first: NDArray[np.int64]
    groups: tuple[tuple[int, int, int], ...]
    owners: NDArray[np.int64]


def pack(batch: Sequence[Tokens]) -> Packed:
    """Lay texts, already in order of their lengths, end to end."""
    return lay(
        [len(item.ids) for item in batch],
        ids=np.concatenate([np.asarray(item.ids, dtype=np.int64) for item in batch]),
        types=np.concatenate([np.asarray(item.types, dtype=np.int64) for item in batch]),
    )


def lay(
    lengths: Sequence[int],
    *,
    ids: NDArray[np.int64],
    types: NDArray[np.int64],
    positions: NDArray[np.int64] | None = None,
) -> Packed:
    """Texts of these lengths, in that order, whose tokens lie end to end already.

    Args:
        positions: where they are not each token's place in its text.
    """
    counts = np.array(lengths, dtype=np.int64)
    first = np.cumsum(counts) - counts
    owners = np.repeat(np.arange(len(counts)), counts)
    groups: list[tuple[int, int, int]] = []
    row = 0
    for length, members in groupby(counts.tolist()):
        count = sum(1 for _ in members)
        groups.append((row, count, length))
        row += count * length
    return Packed(
        ids=ids,
        types=types,
        positions=np.arange(len(owners)) - first[owners] if positions is None else positions,
        first=first,
        groups=tuple(groups),
        owners=owners,
    )


class _Linear:
    """A linear layer whose weights and inputs are rounded to floats of fewer bits, or not."""

    def __init__(self, weight: Tensor, bias: Tensor, dtype: torch.dtype) -> None:
        self._weight, self._bias, self._dtype = weight.to(dtype), bias.to(dtype), dtype

    def __call__(self, rows: Tensor) -> Tensor:
        return _by_row(rows.to(self._dtype), self._weight, self._bias)


def _by_row(rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    # A product of a few rows takes another way than one of many and rounds otherwise: so that a
    # text gets the same bits alone and in company, there are always rows enough.
    missing = _LEAST_ROWS - len(rows)
    if missing <= 0:
        return functional.linear(rows, weight, bias)
    padded = functional.pad(rows, (0, 0, 0, missing))
    return functional.linear(padded, weight, bias)[: len(rows)]


class _Int8Linear:
    """A linear layer in whole numbers: weights scaled an output, activations a token at a time."""

    def __init__(self, weight: Tensor, bias: Tensor, dtype: torch.dtype) -> None:
        self._scales = weight.abs().amax(1).clamp_min_(1e-12).div_(_INT8)
        self._weight = (weight / self._scales[:, None]).round_().to(torch.int8).t().contiguous()
        self._bias, self._dtype = bias, dtype

    def __call__(self, rows: Tensor) -> Tensor:
        rows = rows.float()
        scales = rows.abs().amax(1, keepdim=True).clamp_min_(1e-12).div_(_INT8)
        whole = rows.div(scales).round_().to(torch.int8)
        sums = torch._int_mm(whole, self._weight)
        return sums.float().mul_(scales).mul_(self._scales).add_(self._bias).to(self._dtype)


class PackedBert:
    """The layers of a BERT, from packed token ids to hidden states.

    Args:
        state: the weights under transformers' names, in float32, without the ``bert.`` before.
        heads: attention heads.
        eps: of the layer norms.
        precision: ``"fp32"``, ``"bf16"``, or ``"int8"``, which leaves each layer's last product
            in bfloat16 (float32 where the processor has none): its inputs spread too widely.
        device: where it runs.

    Raises:
        ModelError: the weights are not those of a BERT, or int8 is asked of another device.
    """

    def __init__(
        self,
        state: Mapping[str, Tensor],
        *,
        heads: int,
        eps: float,
        precision: Precision,
        device: torch.device | None = None,
    ) -> None:
        self.device = device or torch.device("cpu")
        self.precision = precision
        if precision == "int8" and self.device.type != "cpu":
            raise ModelError("int8 is for the processor alone. On a graphics card use bf16.")
        self._heads, self._eps = heads, eps
        few_bits = precision == "bf16" or (precision == "int8" and has_bf16())
        self._dtype = torch.bfloat16 if few_bits else torch.float32
        kind = _Int8Linear if precision == "int8" else _Linear
        try:
            self._position, self._type = (
                self._own(state[f"embeddings.{name}_embeddings.weight"])
                for name in ("position", "token_type")
            )
            words = state.get(_WORDS)
            self._word = None if words is None else self._own(words)
            self._norm = self._pair(state, "embeddings.LayerNorm")
            count = 1 + max(int(n.split(".")[2]) for n in state if n.startswith("encoder.layer."))
            self._layers = [self._layer(state, f"encoder.layer.{n}", kind) for n in range(count)]
        except (KeyError, ValueError, IndexError) as error:
            raise ModelError(f"These are not the weights of a BERT: {error} is missing.") from error

    def _own(self, tensor: Tensor) -> Tensor:
        return tensor.detach().float().to(self.device)

    def _pair(self, state: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
        return self._own(state[f"{name}.weight"]), self._own(state[f"{name}.bias"])

    def _layer(
        self, state: Mapping[str, Tensor], name: str, kind: type[_Linear] | type[_Int8Linear]
    ) -> _Layer:
        parts = [self._pair(state, f"{name}.attention.self.{p}") for p in ("query", "key", "value")]
        weight, bias = (torch.cat(tensors) for tensors in zip(*parts, strict=True))
        size = weight.shape[1]
        return _Layer(
            whole=kind(weight, bias, self._dtype),
            query=kind(weight[:size], bias[:size], self._dtype),
            rest=kind(weight[size:], bias[size:], self._dtype),
            out=kind(*self._pair(state, f"{name}.attention.output.dense"), self._dtype),
            up=kind(*self._pair(state, f"{name}.intermediate.dense"), self._dtype),
            down=_Linear(*self._pair(state, f"{name}.output.dense"), self._dtype),
            first=self._pair(state, f"{name}.attention.output.LayerNorm"),
            second=self._pair(state, f"{name}.output.LayerNorm"),
        )

    def hidden(self, batch: Packed, *, first_only: bool, words: Tensor | None = None) -> Tensor:
        """The last hidden states, float32.

        Args:
            words: what stands in place of the words' own vectors, shape ``(tokens, width)``; a
                BERT without a table of words needs it.

        Returns:
            Shape ``(tokens, width)``, or of each text's first token alone, ``(texts, width)``.
        """
        ids, types, positions, first = (
            torch.from_numpy(array).to(self.device)
            for array in (batch.ids, batch.types, batch.positions, batch.first)
        )
        if words is None:
            words = functional.embedding(ids, self._word)
        rows = words + functional.embedding(types, self._type)
        rows = self._normed(rows.add_(functional.embedding(positions, self._position)), self._norm)
        for layer in self._layers[: -1 if first_only else None]:
            mixed = self._attention(layer.whole(rows), batch.groups)
            rows = self._after(layer, mixed, rows)
        if first_only:
            last = self._layers[-1]
            own = rows[first]
            mixed = self._first_attention(last.query(own), last.rest(rows), batch.groups)
            rows = self._after(last, mixed, own)
        return rows

    def _after(self, layer: _Layer, mixed: Tensor, rows: Tensor) -> Tensor:
        rows = self._normed(layer.out(mixed).float().add_(rows), layer.first)
        wide = functional.gelu(layer.up(rows))
        return self._normed(layer.down(wide).float().add_(rows), layer.second)

    def _normed(self, rows: Tensor, norm: tuple[Tensor, Tensor]) -> Tensor:
        return functional.layer_norm(rows, rows.shape[-1:], *norm, self._eps)

    def _attention(self, whole: Tensor, groups: Sequence[tuple[int, int, int]]) -> Tensor:
        width = whole.shape[1] // 3
        mixed = whole.new_empty((len(whole), width))
        for row, count, length in groups:
            span = slice(row, row + count * length)
            shape = (count, length, 3, self._heads, width // self._heads)
            q, k, v = whole[span].view(shape).permute(2, 0, 3, 1, 4).unbind(0)
            found = functional.scaled_dot_product_attention(q, k, v)
            mixed[span] = found.transpose(1, 2).reshape(count * length, width)
        return mixed

    def _first_attention(
        self, own: Tensor, rest: Tensor, groups: Sequence[tuple[int, int, int]]
    ) -> Tensor:
        width = own.shape[1]
        mixed = torch.empty_like(own)
        text = 0
        for row, count, length in groups:
            shape = (count, length, 2, self._heads, width // self._heads)
            k, v = rest[row : row + count * length].view(shape).permute(2, 0, 3, 1, 4).unbind(0)
            q = own[text : text + count].view(count, 1, self._heads, -1).transpose(1, 2)
            found = functional.scaled_dot_product_attention(q, k, v)
            mixed[text : text + count] = found.transpose(1, 2).reshape(count, width)
            text += count
        return mixed


@dataclass(frozen=True, slots=True)
class _Layer:
    """``whole`` gives queries, keys and values at once; ``query`` and ``rest`` apart."""

    whole: _Linear | _Int8Linear
    query: _Linear | _Int8Linear
    rest: _Linear | _Int8Linear
    out: _Linear | _Int8Linear
    up: _Linear | _Int8Linear
    down: _Linear
    first: tuple[Tensor, Tensor]
    second: tuple[Tensor, Tensor]


class PackedPairs:
    """A BERT with its pooler and a linear head: packed pairs to logits ``(texts, classes)``."""

    def __init__(self, bert: PackedBert, state: Mapping[str, Tensor]) -> None:
        own = [state[name].detach().float().to(bert.device) for name in _HEAD]
        self._bert = bert
        self.device = bert.device
        self._pooler, self._head = (own[0], own[1]), (own[2], own[3])

    def __call__(self, batch: Packed) -> Tensor:
        rows = self._bert.hidden(batch, first_only=True)
        pooled = torch.tanh(_by_row(rows, *self._pooler))
        return _by_row(pooled, *self._head)


_HEAD = ("bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight",
         "classifier.bias")  # fmt: skip


class PackedMean:
    """A BERT whose last hidden states are averaged: packed texts to unit vectors."""

    def __init__(self, bert: PackedBert) -> None:
        self._bert = bert

    def __call__(self, batch: Packed) -> Tensor:
        rows = self._bert.hidden(batch, first_only=False)
        means = [
            rows[row : row + count * length].view(count, length, -1).mean(1)
            for row, count, length in batch.groups
        ]
        return functional.normalize(torch.cat(means), dim=1)
