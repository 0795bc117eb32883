"""Sentences, motions and labels as the words of an edit show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from argmap.records import Edit, Statement, Topic
from argmap.wording import count, shorten

#: Of one sentence the words of an edit show so much, in characters.
LONGEST = 60

MOTION_GONE = "The motion is not in this debate any more."
SENTENCE_GONE = "The sentence is not there any more."
SENTENCES_GONE = "None of the sentences is there any more."


def in_quotes(text: str, longest: int = LONGEST) -> str:
    """The opening words of ``text`` in quotation marks, which a quotation has of its own."""
    words = shorten(text, longest)
    return words if words.startswith(("“", '"', "‘")) else f"“{words}”"


def quoted(identifier: str, statements: Mapping[str, Statement]) -> str:
    """The opening words of a sentence; its id where it is not there."""
    known = statements.get(identifier)
    return in_quotes(known.text if known else identifier)


def sentences(edit: Edit, statements: Mapping[str, Statement]) -> str:
    """The sentences of an edit: the words of one, or how many they are."""
    if len(edit.statements) == 1:
        return quoted(edit.statements[0], statements)
    return count(len(edit.statements), "sentence")


def on(edit: Edit, topics: Mapping[str, Topic]) -> str:
    """The motion of an edit: ``on “A larger pay rise”``."""
    known = topics.get(edit.topic or "")
    return f"on “{known.title if known else edit.topic}”"


def there(edit: Edit, statements: Mapping[str, Statement]) -> list[str]:
    """The sentences of an edit that the debate has, each once, in the edit's order."""
    return [own for own in dict.fromkeys(edit.statements) if own in statements]


def gone(edit: Edit, kept: Iterable[str]) -> str | None:
    """A sentence about those of the edit's sentences that are not there, if any."""
    missing = len(set(edit.statements)) - len(set(kept))
    return f"{missing} of its sentences are not there any more." if missing else None
