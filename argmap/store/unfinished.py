"""What a mapping that was stopped left to do, as a session keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How far a mapping came before it was stopped.

    Attributes:
        motions: the motions that are still to be mapped, in order.
        done: how many motions are mapped; 0 where the first was stopped in its midst.
        sources: how many of the sources were judged on the motion that was stopped in its
            midst and is kept; ``None`` where every motion that is kept is whole.
    """

    motions: tuple[str, ...]
    done: int
    sources: int | None = None

    @property
    def total(self) -> int:
        """How many motions there were to be."""
        return self.done + len(self.motions)


def to_text(unfinished: Unfinished) -> str:
    """The text that the database keeps."""
    return json.dumps(
        {
            "motions": list(unfinished.motions),
            "done": unfinished.done,
            "sources": unfinished.sources,
        },
        ensure_ascii=False,
    )


def from_text(text: str | None) -> Unfinished | None:
    """What :func:`to_text` wrote."""
    if text is None:
        return None
    try:
        found = json.loads(text)
        return Unfinished(tuple(found["motions"]), found["done"], found["sources"])
    except (ValueError, KeyError, TypeError):
        # It is no more than an offer to go on; the debate itself is whole without it.
        return None
