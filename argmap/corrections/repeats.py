"""Where the very same sentence stands again, so that one correction can serve for all."""

from __future__ import annotations

import re

from argmap.records import Debate

_QUOTES = re.compile("[\"“”„‟«»‹›「」『』]|(?<!\\w)['‘’‚‛]|['‘’‚‛](?!\\w)")
_APOSTROPHE = re.compile("[‘’‛]")
_SPACE = re.compile(r"\s+")


def same_words(text: str) -> str:
    """``text`` without what may differ where the same sentence is printed twice.

    Case, white space, quotation marks and a final stop; the other marks can change what is said.
    """
    bare = _APOSTROPHE.sub("'", _QUOTES.sub("", text))
    return _SPACE.sub(" ", bare).strip().rstrip(".…").strip().casefold()


def same_sentence(debate: Debate, statement_id: str) -> tuple[str, ...]:
    """Ids of the other statements with the same words, in the debate's order.

    Raises:
        ValueError: the debate has no such statement.
    """
    texts = {statement.id: statement.text for statement in debate.statements}
    if statement_id not in texts:
        raise ValueError(f"The debate “{debate.title}” has no statement “{statement_id}”.")
    wanted = same_words(texts.pop(statement_id))
    return tuple(own for own, text in texts.items() if wanted and same_words(text) == wanted)
