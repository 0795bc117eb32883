"""Which paragraphs are a page's furniture and no part of the article.

Every rule must match a whole paragraph, so that a sentence which merely speaks of cookies,
advertisements or sharing survives. A paragraph that opens with a quotation mark is somebody's
words and is never furniture.
"""

from __future__ import annotations

import re
from functools import lru_cache

from argmap.sources.bylines import byline
from argmap.sources.furniture_rules import (
    LINK_BARE,
    LINK_MARKED,
    LINK_SHOUTED,
    LIST_HEADS,
    RULES,
)

_OPENING = "“‘\"'«„‹"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_REPORTING = re.compile(
    r"\b(?:said|says|say|told|asked|warned|argued|added|according to|claimed|ministers?|mps?"
    r"|unions?|courts?|laws?|government)\b"
)
_LONGEST = 80


# Cleaning looks at every line more than once, until nothing changes.
@lru_cache(maxsize=50_000)
def is_furniture(text: str) -> bool:
    """Whether a whole paragraph is a page's furniture rather than the article's words."""
    words = text.count(" ") + 1
    if not text or text[0] in _OPENING or words > _LONGEST:
        return False
    if byline(text) is not None or opens_link_list(text):
        return True
    ends = _SENTENCE_END.search(text) is not None
    folded = _fold(text)
    if LINK_MARKED.fullmatch(folded) and words <= 40:
        return True
    if not ends and words <= 30 and (LINK_BARE.fullmatch(folded) or LINK_SHOUTED.fullmatch(text)):
        return True
    return any(
        words <= rule.words
        and not (rule.fragment and ends)
        and rule.pattern.fullmatch(folded)
        and not (rule.own and _REPORTING.search(folded))
        for rule in RULES
    )


def opens_link_list(text: str) -> bool:
    """Whether links to other pages follow this line."""
    return text.count(" ") < 8 and LIST_HEADS.fullmatch(_fold(text)) is not None


def is_link_title(text: str) -> bool:
    """Whether a line below such an opening may be a link: short, and not a sentence."""
    return (
        text[0] not in _OPENING
        and text.count(" ") < 20
        and _SENTENCE_END.search(text) is None
        and not text.endswith(":")
    )


def _fold(text: str) -> str:
    return text.lower().replace("’", "'").replace("‘", "'").strip()
