"""Texts and pairs of texts as padded batches of token ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from tokenizers import Tokenizer
from torch import Tensor

from argmap.nlp.backbone import backbone_dir, backbone_file

#: A motion is cut at this many tokens, so that the statement always keeps some room.
MOTION_TOKENS = 64

_BLOCK = 2048


class Tokens(Protocol):
    """Anything with token ids and the segment of each."""

    @property
    def ids(self) -> list[int]: ...

    @property
    def types(self) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids of one text or pair and the segment of each token."""

    ids: list[int]
    types: list[int]


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model folder, without padding or truncation of its own.

    Raises:
        ModelError: the folder is the backbone's and its tokenizer is not the published one.
    """
    own = folder == backbone_dir()
    data = backbone_file("tokenizer.json") if own else (folder / "tokenizer.json").read_bytes()
    tokenizer = Tokenizer.from_buffer(data)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode_pairs(
    tokenizer: Tokenizer,
    pairs: Sequence[tuple[str, str]],
    *,
    max_tokens: int,
    contexts: Sequence[str] | None = None,
    context_tokens: int = 0,
) -> list[Encoded]:
    """Tokenise (statement, motion) pairs; the statement is cut to fit ``max_tokens``.

    Every distinct text is tokenised once, so many motions cost little more than one.

    Args:
        contexts: the words before each statement, or ``""``. They follow the pair, after the
            motion's closing mark and with one of their own, so that a pair without any reads as
            it always did.
        context_tokens: at most so many of a context's last tokens are kept, beside ``max_tokens``.
    """
    statements = _encode_distinct(tokenizer, [statement for statement, _ in pairs])
    motions = _encode_distinct(tokenizer, [motion for _, motion in pairs])
    before = _encode_distinct(tokenizer, contexts or ()) if context_tokens else {}
    opening, closing = tokenizer.encode("").ids
    tails = contexts if contexts else [""] * len(pairs)
    joined: list[Encoded] = []
    for (statement, motion), context in zip(pairs, tails, strict=True):
        second = motions[motion][:MOTION_TOKENS]
        first = statements[statement][: max_tokens - len(second) - 3]
        ids = [opening, *first, closing, *second, closing]
        types = [0] * (len(first) + 2) + [1] * (len(second) + 1)
        if tail := before.get(context, [])[-context_tokens:]:
            ids += [*tail, closing]
            types += [0] * (len(tail) + 1)
        joined.append(Encoded(ids, types))
    return joined


def encode_texts(tokenizer: Tokenizer, texts: Sequence[str], *, max_tokens: int) -> list[Encoded]:
    """Tokenise single texts, cut to ``max_tokens``."""
    opening, closing = tokenizer.encode("").ids
    encodings = _encode_distinct(tokenizer, texts)
    bare = (encodings[text][: max_tokens - 2] for text in texts)
    return [Encoded([opening, *ids, closing], [0] * (len(ids) + 2)) for ids in bare]


# The tokenizer's own cutting and joining is not used: it is a state of the tokenizer, and threads
# that share one would change it under each other.
def _encode_distinct(tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, list[int]]:
    distinct = list(dict.fromkeys(texts))
    encodings: dict[str, list[int]] = {}
    for start in range(0, len(distinct), _BLOCK):
        block = distinct[start : start + _BLOCK]
        batch = tokenizer.encode_batch(block, add_special_tokens=False)
        encodings.update(zip(block, (encoding.ids for encoding in batch), strict=True))
    return encodings


def length_sorted_batches(encoded: Sequence[Tokens], *, batch_tokens: int) -> Iterator[list[int]]:
    """Batches of indices, longest first, at most ``batch_tokens`` padded tokens each."""
    order = sorted(range(len(encoded)), key=lambda index: (-len(encoded[index].ids), index))
    start = 0
    while start < len(order):
        size = max(1, batch_tokens // len(encoded[order[start]].ids))
        yield order[start : start + size]
        start += size


def pad(batch: Sequence[Tokens], *, device: torch.device) -> dict[str, Tensor]:
    """Model inputs, each of shape ``(len(batch), longest)``."""
    length = max(len(item.ids) for item in batch)
    ids = torch.zeros((len(batch), length), dtype=torch.long)
    types = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for row, item in enumerate(batch):
        size = len(item.ids)
        ids[row, :size] = torch.tensor(item.ids)
        types[row, :size] = torch.tensor(item.types)
        mask[row, :size] = 1
    inputs = {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
    return {name: tensor.to(device) for name, tensor in inputs.items()}
