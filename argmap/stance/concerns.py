"""What may be wrong with a motion that can be mapped all the same: a warning, never a refusal."""

from __future__ import annotations

import re

from argmap.negation import negate
from argmap.statements import DEEDS

_NEGATIONS = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|nor|cannot|without|\w+n[’']t|refus\w+|fail\w*|"
    r"against|oppos\w+|reject\w*|prohibit\w*|forbid\w*)\b",
    re.I,
)
_MODAL = r"(?:should|must|ought to|will|would|can|could|may|is|are|was|were|has|have)"
_TWO = re.compile(
    rf"\b{_MODAL}\b.*\b(?:and|or|but)\b (?:[^,;]*\b{_MODAL}\b|(?:(?:also|then|not|instead) )*"
    rf"(?:{'|'.join(sorted(DEEDS))})\b)|;",
    re.I,
)


def concerns(motion: str) -> tuple[str, ...]:
    """What a reader should know before ``motion`` is mapped, in whole sentences; often nothing."""
    found: list[str] = []
    if negate(motion).startswith("It is wrong that "):
        found.append(
            "No verb such as “should”, “must” or “is” was found, so this may be no full sentence. "
            "Say who should do what."
        )
    negations = _NEGATIONS.findall(motion)
    if len(negations) > 1:
        found.append(
            f"It denies twice (“{negations[0]}”, “{negations[1]}”), so it is easily read the wrong "
            "way round. Say what should be done instead."
        )
    elif negations and negations[0].lower() in ("not", "never", "cannot"):
        found.append(
            f"It says “{negations[0]}”. The model is less sure of motions that deny; state the "
            "opposite and read the two sides the other way round, if you can."
        )
    if _TWO.search(motion):
        found.append(
            "It may be two motions in one: who is for the one and against the other fits neither "
            "side. Make two motions of it."
        )
    return tuple(found)
