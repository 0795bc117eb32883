"""Running text as passages of whole paragraphs that a token classifier can read at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

_SENTENCE_END = frozenset({".", "!", "?", "”", '"', "…"})
_BREAK = re.compile(r"\n")
_SPECIAL = 2  # [CLS] and [SEP]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text in token ids, framed by [CLS] and [SEP].

    Attributes:
        ids: token ids; ``types`` are their segments, all nought.
        offsets: characters of the text that each token stands for; empty for the frame.
        words: token indices that begin a word, the frame left out. Labels stand on these.
    """

    ids: list[int]
    types: list[int]
    offsets: tuple[tuple[int, int], ...]
    words: tuple[int, ...]

    def word_span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from word number ``first`` to word number ``last``, both included."""
        after = self.words[last + 1] if last + 1 < len(self.words) else len(self.ids) - 1
        return self.offsets[self.words[first]][0], self.offsets[after - 1][1]


def passages_of(tokenizer: Tokenizer, text: str, *, max_tokens: int) -> list[Passage]:
    """Cut ``text`` into passages of at most ``max_tokens`` tokens, frame included.

    A passage ends with a paragraph where one fits, else with a sentence, else where it must.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    start_id, end_id = (int(tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
    found: list[Passage] = []
    for first, last in _cuts(text, encoding.tokens, encoding.offsets, max_tokens - _SPECIAL):
        tokens = encoding.tokens[first:last]
        words = tuple(n + 1 for n, token in enumerate(tokens) if n == 0 or token[:2] != "##")
        found.append(
            Passage(
                [start_id, *encoding.ids[first:last], end_id],
                [0] * (last - first + _SPECIAL),
                ((0, 0), *encoding.offsets[first:last], (0, 0)),
                words,
            )
        )
    return found


def _cuts(
    text: str, tokens: Sequence[str], offsets: Sequence[tuple[int, int]], room: int
) -> Iterator[tuple[int, int]]:
    """Half-open token ranges, in order, that cover every token."""
    after_break = [
        n == 0 or bool(_BREAK.search(text, offsets[n - 1][1], offsets[n][0]))
        for n in range(len(tokens))
    ]
    first = 0
    while first < len(tokens):
        last = min(first + room, len(tokens))
        if last < len(tokens):
            breaks = [n for n in range(first + 1, last + 1) if after_break[n]]
            ends = (
                [n for n in range(first + 1, last) if tokens[n - 1] in _SENTENCE_END]
                if not breaks
                else []
            )
            if breaks:
                last = breaks[-1]
            elif ends:
                last = ends[-1]
            else:
                # Between words, never inside one.
                cut = last
                while cut > first + 1 and tokens[cut][:2] == "##":
                    cut -= 1
                last = cut if cut > first + 1 else last
        yield first, last
        first = last
