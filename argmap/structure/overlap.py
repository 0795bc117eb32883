"""Pairs of sentences that say nearly the same in the same words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

#: Least share of the words of either sentence that both must hold (Jaccard 1901). A choice:
#: below it two sentences of one debate often share its subject and little else.
SAME = 0.6

#: A sentence with fewer words of weight is too short to be told from others by them.
FEWEST = 4

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONG, _CUT = 4, 6
_BLOCK = 512
_TURNING = """
    no not never nobody none nothing nor neither without cannot hardly fails fail failed lack lacks
    against oppose opposes opposed reject rejects rejected unlikely
"""
_NEGATIONS = frozenset(_TURNING.split())


def words_of_weight(text: str) -> frozenset[str]:
    """Numbers and the words of four letters or more, cut to six so that endings do not count."""
    found = (match[0].lower() for match in _WORD.finditer(text))
    return frozenset(
        word[:_CUT]
        for word in found
        if word[0].isdigit() or (len(word) >= _LONG and word not in _NEGATIONS)
    )


def negations(text: str) -> int:
    """How many words of a sentence turn it round."""
    found = (match[0].lower() for match in _WORD.finditer(text))
    return sum(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in found)


def same_words(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of a sentence of ``left`` and one of ``right`` that say nearly the same.

    At least ``SAME`` of their words of weight are in both, the same numbers and as many
    negations: "pay should rise" and "pay should not rise" have the same words and say the
    opposite. Paraphrases are not found.

    Returns:
        ``(row of left, row of right, share)``, by rows.
    """
    sets = [[words_of_weight(text) for text in side] for side in (left, right)]
    columns = {word: i for i, word in enumerate(sorted(frozenset().union(*sets[0], *sets[1])))}
    if not columns:
        return []
    first, second = (_matrix(_rarest(side, sets), columns) for side in sets)
    turned = second.T.tocsr()
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(left), _BLOCK):
        near = (first[start : start + _BLOCK] @ turned).tocoo()
        for row, column in zip(near.row.tolist(), near.col.tolist(), strict=True):
            one, other = sets[0][start + row], sets[1][column]
            both = len(one & other)
            share = both / (len(one) + len(other) - both)
            if share >= SAME:
                found.append((start + row, column, round(share, 4)))
    return sorted(
        (i, j, value)
        for i, j, value in found
        if negations(left[i]) == negations(right[j])
        and _numbers(sets[0][i]) == _numbers(sets[1][j])
    )


def _rarest(
    side: Sequence[frozenset[str]], sets: Sequence[Sequence[frozenset[str]]]
) -> list[frozenset[str]]:
    """Of each sentence the rarest words, as many as a sentence like it must share one of.

    Two sets whose Jaccard index is at least t share a word among the rarest
    n - ⌈t n⌉ + 1 of each (Bayardo, Ma and Srikant 2007, "Scaling up all pairs similarity
    search"), so that most pairs are never looked at. Sentences that are too short get none.
    """
    often = Counter(word for group in sets for words in group for word in words)
    kept = []
    for words in side:
        number = len(words) - math.ceil(SAME * len(words)) + 1 if len(words) >= FEWEST else 0
        kept.append(frozenset(sorted(words, key=lambda word: (often[word], word))[:number]))
    return kept


def _matrix(sets: Sequence[frozenset[str]], columns: dict[str, int]) -> Any:
    rows = [row for row, words in enumerate(sets) for _ in words]
    cells = [columns[word] for words in sets for word in sorted(words)]
    shape = (len(sets), len(columns))
    from scipy.sparse import csr_array  # slow to import, and most commands do without it

    return csr_array((np.ones(len(rows), dtype=np.float32), (rows, cells)), shape=shape)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())
