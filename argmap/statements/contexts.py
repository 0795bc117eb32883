"""The words before a sentence that tell what it leans on, the same in use and in training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Longest context of a statement, in characters.
CONTEXT_LENGTH = 300

#: Most sentences of a context.
CONTEXT_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in its place: the number of its paragraph, and who says it, if that is known."""

    text: str
    paragraph: int
    speaker: str | None


def words_before(previous: Sequence[Said], said: Said) -> str:
    """Up to two sentences before, while they are of the same paragraph or the same speaker."""
    taken: list[str] = []
    room = CONTEXT_LENGTH
    for before in reversed(previous[-CONTEXT_SENTENCES:]):
        if before.paragraph != said.paragraph and (
            before.speaker is None or before.speaker != said.speaker
        ):
            break
        text = " ".join(before.text.split())
        if len(text) > room:
            if not taken:
                taken.append(text[-room:].split(" ", 1)[-1])
            break
        taken.append(text)
        room -= len(text) + 1
    return " ".join(reversed(taken))
