"""Inside a speech: which sentences pass on what somebody else said."""

from __future__ import annotations

import re

from argmap.statements.attributions import Claim, ReadSentence, governing_cue

# "If he says that …, he is wrong" argues; it does not report.
_ARGUES = re.compile(
    r"^(?:If|When|Although|Though|While|Whether|Because|Unless|Does|Did|Will|Is)\b"
)
_CONTRADICTED = re.compile(r",\s(?:but|yet)\s")
_OWN_WORD = re.compile(r"\b(?:I|we|We)\b")
#: How far into the sentence its source may start.
_OPENING = 40


def relayed(sentence: ReadSentence, claim: Claim) -> tuple[bool, str | None]:
    """Whether the speaker reports another's words here, and the cue that says so."""
    cue, _ = governing_cue(sentence)
    if cue is None:
        # A sentence inside a quotation that was opened by a cue to somebody else.
        return (claim.source is not None and claim.method == "quote", claim.cue)
    if cue.kind == "stance" or sentence.text.endswith("?") or _ARGUES.match(sentence.host):
        return False, None
    words = sentence.text[cue.span.start : cue.span.end]
    if _CONTRADICTED.search(sentence.host, cue.span.end):
        return False, None  # "She says that …, but …": the point is the speaker's own
    if cue.kind in ("impersonal", "passive") or cue.direct:
        return True, words
    if cue.source is None:
        return False, None
    start = min(cue.span.start, cue.source.span.start)
    own = _OWN_WORD.search(sentence.host[:start])
    if own is not None or (start > _OPENING and not cue.trailing):
        return False, None
    return True, words
