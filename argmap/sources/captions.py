"""Photo captions that only say again what a sentence of the article says.

A caption is a paragraph that ends without a full stop. It repeats a sentence where nearly all
its content words, and every number and negation, are in that sentence; the order may differ,
as captions are cut from the text beside them. A caption that adds something stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from math import ceil

_ENDS = re.compile(r"[.!?:;…,][\"'”’)\]]*$")
_OPENING = "“‘\"'«„"
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATIONS = frozenset({"not", "no", "never", "none", "nor", "neither", "without", "cannot"})
_STOP = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how",
    "i", "if", "in", "into", "is", "it", "its", "may", "might", "of", "on", "or", "our", "over",
    "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "to", "under", "up", "was", "we", "were", "what",
    "when", "which", "while", "who", "whom", "whose", "will", "with", "would", "you", "your",
    "after", "amid", "before", "during",
))  # fmt: skip

#: Least share of a caption's content words that one sentence must hold.
_SHARE = 0.85
_LEAST_WORDS = 5
_LEAST_EXACT = 6


def repeated_paragraphs(paragraphs: Sequence[str]) -> frozenset[int]:
    """Indices of the paragraphs that repeat another one.

    These are captions that repeat a sentence, and paragraphs that are, word for word, an
    earlier one. Words in quotation marks that stand alone are never among them.
    """
    dropped: set[int] = set()
    seen: set[str] = set()
    for index, text in enumerate(paragraphs):
        if text[0] in _OPENING or text.count(" ") + 1 < _LEAST_EXACT:
            continue
        key = " ".join(text.lower().split()).rstrip(".")
        if key in seen:
            dropped.add(index)
        seen.add(key)
    candidates = [
        index
        for index, text in enumerate(paragraphs)
        if index not in dropped and text[0] not in _OPENING and not _ENDS.search(text)
    ]
    if not candidates:
        return frozenset(dropped)
    sentences, homes, holders = _sentences(paragraphs)
    for index in candidates:
        words = content_words(paragraphs[index])
        if len(words) >= _LEAST_WORDS and any(
            homes[number] != index and _says(sentences[number], words)
            for number in _possible(words, holders)
        ):
            dropped.add(index)
    return frozenset(dropped)


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case and roughly without endings."""
    words = (token.lower().replace("’", "'") for token in _TOKEN.findall(text))
    return frozenset(
        "not" if word in _NEGATIONS or word.endswith("n't") else _stem(word)
        for word in words
        if word not in _STOP
    )


def _sentences(
    paragraphs: Sequence[str],
) -> tuple[list[frozenset[str]], list[int], dict[str, list[int]]]:
    """Words of every finished sentence and paragraph, whose they are, and who holds a word."""
    sentences: list[frozenset[str]] = []
    homes: list[int] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for home, text in enumerate(paragraphs):
        if not _ENDS.search(text):
            continue
        parts = _SENTENCE_BREAK.split(text)
        for part in parts if len(parts) == 1 else (*parts, text):
            words = content_words(part)
            if len(words) >= _LEAST_WORDS:
                for word in words:
                    holders[word].append(len(sentences))
                sentences.append(words)
                homes.append(home)
    return sentences, homes, holders


def _possible(words: frozenset[str], holders: dict[str, list[int]]) -> list[int]:
    """Sentences that may hold enough of ``words``, in order.

    A sentence that lacks at most n of them holds at least one of any n + 1, so it is enough
    to look at those with the rarest n + 1.
    """
    spare = len(words) - ceil(_SHARE * len(words))
    rarest = sorted(words, key=lambda word: (len(holders.get(word, ())), word))[: spare + 1]
    return sorted({number for word in rarest for number in holders.get(word, ())})


def _says(sentence: frozenset[str], caption: frozenset[str]) -> bool:
    numbers = {word for word in caption if word[0].isdigit()}
    return (
        len(sentence & caption) >= _SHARE * len(caption)
        and numbers <= sentence
        and ("not" in caption) == ("not" in sentence)
    )


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("s'")
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
