"""Cases through a model in packed batches, tokenised ahead of it by a thread of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from argmap.nlp.packed import Packed, pack
from argmap.nlp.protocol import Progress
from argmap.nlp.tokens import Encoded, length_sorted_batches

T = TypeVar("T")

#: Tokens of a batch: few enough that what lies between two layers stays in a core's cache.
BATCH_TOKENS = 1024
# Cases that are sorted by length together: so many that a batch holds few different lengths.
_BLOCK = 4096


def feed(
    cases: Sequence[T],
    encode: Callable[[Sequence[T]], list[Encoded]],
    forward: Callable[[Packed], Tensor],
    *,
    width: int,
    progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Rows of ``forward`` for every case, in the cases' own order, without gradient.

    While one block of cases is worked on, the next is tokenised.

    Returns:
        Shape ``(len(cases), width)``; ``progress`` counts the cases that are done, and may raise
        to stop the work.
    """
    rows = np.empty((len(cases), width), dtype=np.float32)
    blocks = [cases[start : start + _BLOCK] for start in range(0, len(cases), _BLOCK)]
    done = 0
    with ThreadPoolExecutor(1, thread_name_prefix="argmap tokens") as ahead, torch.inference_mode():
        coming = ahead.submit(encode, blocks[0]) if blocks else None
        for number in range(len(blocks)):
            assert coming is not None
            encoded = coming.result()
            if number + 1 < len(blocks):
                coming = ahead.submit(encode, blocks[number + 1])
            start = number * _BLOCK
            for batch in length_sorted_batches(encoded, batch_tokens=BATCH_TOKENS):
                found = forward(pack([encoded[index] for index in batch]))
                rows[[start + index for index in batch]] = found.float().cpu().numpy()
                done += len(batch)
                if progress is not None:
                    progress(done, len(cases))
    return rows
