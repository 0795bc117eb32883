"""Texts and pairs of texts as padded batches of token ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from argmap.nlp.protocol import Progress

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
    """The tokenizer of a model folder, without padding or truncation of its own."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
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
    tokenizer.no_truncation()
    statements = _encode_distinct(tokenizer, [statement for statement, _ in pairs])
    motions = _encode_distinct(tokenizer, [motion for _, motion in pairs])
    for encoding in motions.values():
        encoding.truncate(MOTION_TOKENS)
    before: dict[str, list[int]] = {}
    if contexts is not None and context_tokens:
        encoded = _encode_distinct(tokenizer, contexts)
        before = {text: encoding.ids[-context_tokens:] for text, encoding in encoded.items()}
    tokenizer.enable_truncation(max_tokens, strategy="only_first")
    try:
        joined = [
            tokenizer.post_process(statements[statement], motions[motion])
            for statement, motion in pairs
        ]
    finally:
        tokenizer.no_truncation()
    tails = [before.get(context, []) for context in contexts] if contexts else [[]] * len(joined)
    return [_with_tail(item, tail) for item, tail in zip(joined, tails, strict=True)]


def _with_tail(item: Encoding, tail: list[int]) -> Encoded:
    if not tail:
        return Encoded(item.ids, item.type_ids)
    closing = item.ids[-1]
    return Encoded([*item.ids, *tail, closing], [*item.type_ids, *[0] * (len(tail) + 1)])


def encode_texts(tokenizer: Tokenizer, texts: Sequence[str], *, max_tokens: int) -> list[Encoded]:
    """Tokenise single texts, cut to ``max_tokens``."""
    tokenizer.enable_truncation(max_tokens)
    try:
        return [Encoded(item.ids, item.type_ids) for item in tokenizer.encode_batch(list(texts))]
    finally:
        tokenizer.no_truncation()


def _encode_distinct(tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Encoding]:
    distinct = list(dict.fromkeys(texts))
    encodings: dict[str, Encoding] = {}
    for start in range(0, len(distinct), _BLOCK):
        block = distinct[start : start + _BLOCK]
        batch = tokenizer.encode_batch(block, add_special_tokens=False)
        encodings.update(zip(block, batch, strict=True))
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


def run_batches(
    encoded: Sequence[Encoded],
    forward: Callable[[dict[str, Tensor]], Tensor],
    *,
    width: int,
    batch_tokens: int,
    device: torch.device,
    progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Rows of ``forward`` for every item, in the items' own order, without gradient.

    Returns:
        Shape ``(len(encoded), width)``; ``progress`` counts the items that are done.
    """
    rows = np.empty((len(encoded), width), dtype=np.float32)
    done = 0
    with torch.inference_mode():
        for batch in length_sorted_batches(encoded, batch_tokens=batch_tokens):
            inputs = pad([encoded[index] for index in batch], device=device)
            rows[batch] = forward(inputs).float().cpu().numpy()
            done += len(batch)
            if progress is not None:
                progress(done, len(encoded))
    return rows
