"""What the user types, as a topic: a checked proposition and its negation."""

from __future__ import annotations

import re

from argmap.errors import MotionError
from argmap.negation import negate
from argmap.records import Topic, content_id

_MAX_LENGTH = 300
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SPACE = re.compile(r"\s+")


def make_topic(motion: str, *, id: str | None = None, title: str | None = None) -> Topic:
    """Check a typed motion and make a topic of it.

    Args:
        motion: a full proposition; a final full stop is added where there is none.
        id: the user's own id; derived from the motion by default.
        title: a short name; the motion without its full stop by default.

    Raises:
        MotionError: the motion is empty, a question, over 300 characters or under three words.
    """
    text = _SPACE.sub(" ", motion).strip()
    if not text:
        raise MotionError("The motion is empty. Type what someone could be for or against.")
    if len(text) > _MAX_LENGTH:
        raise MotionError(
            f"The motion is {len(text)} characters long and the limit is {_MAX_LENGTH}. "
            "State it in one sentence."
        )
    if text.endswith("?"):
        raise MotionError(
            f"The motion “{text}” is a question. Turn it into a proposition, "
            "such as “Nurses should receive a larger pay rise.”"
        )
    if len(_WORD.findall(text)) < 3:
        raise MotionError(
            f"The motion “{text}” is too short to be for or against. Write a full sentence, "
            "such as “Nurses should receive a larger pay rise.”"
        )
    text = text[0].upper() + text[1:]
    if text[-1] not in ".!":
        text += "."
    return Topic(
        id=id or content_id("t", text),
        title=title or text.rstrip(".!"),
        motion=text,
        pro=text,
        con=negate(text),
    )
