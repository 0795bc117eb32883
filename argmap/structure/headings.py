"""Which sentence of a cluster heads it: central, a good argument, and readable by itself."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OPENING = "\"'“‘«(["
_CLOSING = "\"'”’»)]"

# A sentence that opens so cannot be read without the one before it.
_LEANING_WORDS = """
    it its it's it’s he he's he’s she she's she’s they they're they’re them their his her this that
    that's that’s these those such and but or so because which who also however therefore then yet
    nor instead moreover furthermore indeed otherwise thus hence meanwhile
"""
_LEANING = frozenset(_LEANING_WORDS.split())

SHORTEST, LONGEST = 6, 30

_WRONG_LENGTH = 0.15
_FAR_TOO_LONG = 0.15
_NO_CAPITAL = 0.10
_NO_STOP = 0.10
_QUESTION = 0.30
_LEANS = 0.20
_CONFIDENCE = 0.15
_QUALITY = 0.5


def stands_alone(text: str) -> bool:
    """Whether ``text`` can be read by itself: long enough, and no word at its start leans back."""
    words = _WORD.findall(text)
    return len(words) >= SHORTEST and words[0].lower() not in _LEANING


def heading_score(
    text: str, *, centrality: float, confidence: float, quality: float = 0.5
) -> float:
    """How well ``text`` would head its cluster; higher is better.

    The score is ``centrality`` plus 0.15 times ``confidence`` and half of ``quality`` (whose
    spread among sentences is about a third of centrality's), less what the sentence lacks:
    0.15 outside 6 to 30 words and as much again past 45, 0.10 without a capital letter at its
    start, 0.10 without a full stop at its end, 0.30 for a question, 0.20 for opening on a
    word that points at the sentence before ("It", "But", "These" ...).

    Args:
        centrality: mean similarity to the other sentences of the cluster, -1 to 1.
        confidence: probability of the sentence's stance, 0 to 1.
        quality: how good an argument it is, 0 to 1.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    bare = text.strip()
    opening, ending = bare.lstrip(_OPENING), bare.rstrip(_CLOSING)
    score = centrality + _CONFIDENCE * confidence + _QUALITY * quality
    if not SHORTEST <= len(words) <= LONGEST:
        score -= _WRONG_LENGTH
    if len(words) > 1.5 * LONGEST:
        score -= _FAR_TOO_LONG
    if not opening[:1].isupper() and not opening[:1].isdigit():
        score -= _NO_CAPITAL
    if ending.endswith("?"):
        score -= _QUESTION
    elif not ending.endswith("."):
        score -= _NO_STOP
    if words and words[0] in _LEANING:
        score -= _LEANS
    return score
