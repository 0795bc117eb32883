"""From the model's spans to claims: which sentences an attribution covers, and who its source is.

The model marks words; a claim is about a sentence. A sentence is covered where most of its
letters outside cue and source lie in the content.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from argmap.nlp.protocol import AttributionSpans
from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.attributions import (
    MOSTLY_QUOTED,
    UNNAMED,
    Claim,
    ReadSentence,
    is_own_voice,
    quoted_share,
)
from argmap.statements.phrases import Mention

#: Share of a sentence's letters, cue and source apart, from which a content covers it.
COVERED = 0.5
_NAME = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}")
_ACCORDING = ("according", "in the view", "in the opinion", "in the words")


def model_claims(
    sentences: Sequence[ReadSentence], spans: Sequence[AttributionSpans]
) -> list[Claim | None]:
    """For each sentence the claim of the attribution that covers it best, if one does.

    Args:
        sentences: a stretch of running text, in order.
        spans: what the model found in the same text, in the same characters.
    """
    starts = [sentence.span.start for sentence in sentences]
    return [
        None if found is None else _claim(sentences, starts, index, found)
        for index, found in enumerate(covering(sentences, spans))
    ]


def covering(
    sentences: Sequence[ReadSentence], spans: Sequence[AttributionSpans]
) -> list[AttributionSpans | None]:
    """For each sentence the attribution that covers most of it, if one covers enough."""
    starts = [sentence.span.start for sentence in sentences]
    best: list[tuple[float, AttributionSpans] | None] = [None] * len(sentences)
    for found in spans:
        for content in found.contents:
            index = max(0, bisect_right(starts, content.start) - 1)
            while index < len(sentences) and sentences[index].span.start < content.end:
                share = _covered(sentences[index], found)
                known = best[index]
                if share >= COVERED and (known is None or share > known[0]):
                    best[index] = (share, found)
                index += 1
    return [None if entry is None else entry[1] for entry in best]


def _covered(sentence: ReadSentence, found: AttributionSpans) -> float:
    apart = [found.cue] if found.source is None else [found.cue, found.source]
    outside = _letters(sentence, apart)
    rest = sum(char.isalpha() for char in sentence.text) - outside
    return _letters(sentence, found.contents) / rest if rest > 0 else 0.0


def _letters(sentence: ReadSentence, spans: Sequence[Span]) -> int:
    total = 0
    for span in spans:
        start = max(span.start, sentence.span.start) - sentence.span.start
        end = min(span.end, sentence.span.end) - sentence.span.start
        total += sum(char.isalpha() for char in sentence.text[start:end]) if end > start else 0
    return total


def _claim(
    sentences: Sequence[ReadSentence],
    starts: Sequence[int],
    index: int,
    found: AttributionSpans,
) -> Claim | None:
    sentence = sentences[index]
    home = max(0, bisect_right(starts, found.cue.start) - 1)
    cue = _words(sentences[home], found.cue)
    quoted = quoted_share(sentence) >= MOSTLY_QUOTED
    method = "indirect"
    if cue.lower().startswith(_ACCORDING):
        method = "according-to"
    elif quoted:
        method = "quote"
    source, origin = None, -1
    if found.source is not None:
        origin = max(0, bisect_right(starts, found.source.start) - 1)
        source = _mention(sentences[origin], found.source)
        if source is not None and is_own_voice(source):
            return None
    reported = source is None or source.kind in ("vague", "document") or _relayed(sentence, found)
    confidence = found.confidence if source is not None else min(found.confidence, UNNAMED)
    return Claim(source, origin if source is not None else -1, method, cue, confidence, reported)


def _words(sentence: ReadSentence, span: Span) -> str:
    base = sentence.span.start
    return " ".join(sentence.text[span.start - base : span.end - base].split())


def _mention(sentence: ReadSentence, source: Span) -> Mention | None:
    """The mention that the source's words are: of those inside it the first that can hold a view.

    "Mr Hunt, a spokesman for the union" is Mr Hunt; "a spokesman for the union" the spokesman.
    """
    if not source.overlaps(sentence.span):
        return None  # between two sentences: a mark that neither holds
    base = sentence.span.start
    place = Span(max(source.start, base) - base, min(source.end, sentence.span.end) - base)
    inside = [mention for mention in sentence.mentions if mention.span.overlaps(place)]
    if not inside:
        # Not inside a quotation: who is heard there, the quoted one hears.
        return _capitalised(sentence.host[place.start : place.end], place)
    named = [m for m in inside if m.kind in ("person", "name", "organisation")]
    first = inside[0] if inside else None
    if first is not None and first.kind in ("role", "vague") and named:
        gap = sentence.text[first.span.end : named[0].span.start].strip()
        # "the minister, John Smith": an apposition; "a spokesman for Mr Smith" is another.
        if gap in ("", ","):
            return named[0]
    return first


def _capitalised(words: str, place: Span) -> Mention | None:
    """A name that no rule knows, if every word of it has a capital: "Caddell", "Melezia Reyes"."""
    if not _NAME.fullmatch(words) or words in lx.NOT_NAMES or words.lower() in lx.PRONOUNS:
        return None
    return Mention(place, "person" if " " in words else "name", words)


def _relayed(sentence: ReadSentence, found: AttributionSpans) -> bool:
    """Whether somebody else is heard inside the content: "X said that Y believes …"."""
    base = sentence.span.start
    for cue in sentence.cues:
        place = cue.span.shifted(base)
        if cue.kind == "say" and any(content.contains(place) for content in found.contents):
            return cue.source is None or cue.source.kind != "pronoun"
    return False
