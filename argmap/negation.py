"""A proposition turned round by rule: what someone against it holds."""

from __future__ import annotations

import re

# First match wins; each turns a proposition round. Rules that undo a negation come first.
_FLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(should|must|ought|would|will|can|could|may) not\b", re.I), r"\1"),
    (re.compile(r"\bcannot\b", re.I), "can"),
    (re.compile(r"\b(is|are|was|were|has|have) not\b", re.I), r"\1"),
    (re.compile(r"\bshouldn['’]t\b", re.I), "should"),
    (re.compile(r"\b(should|must|would|will|could|may)\b", re.I), r"\1 not"),
    (re.compile(r"\bcan\b", re.I), "cannot"),
    (re.compile(r"\b(is|are|was|were|has|have)\b", re.I), r"\1 not"),
)


def negate(motion: str) -> str:
    """The proposition that someone against ``motion`` holds.

    >>> negate("Nurses should receive a larger pay rise.")
    'Nurses should not receive a larger pay rise.'
    """
    for pattern, replacement in _FLIPS:
        flipped, count = pattern.subn(replacement, motion, count=1)
        if count:
            return flipped
    return f"It is wrong that {motion[0].lower()}{motion[1:]}" if motion else motion
