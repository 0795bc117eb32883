"""From the model's spans to claims: which sentences an attribution covers, and who its source is.

The model marks words; a claim is about a sentence. A sentence is covered where most of its
letters outside cue and source lie in the content.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from argmap.nlp.protocol import AttributionSpans
from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.attributions import (
    MOSTLY_QUOTED,
    QUOTE_BESIDE_CUE,
    UNNAMED,
    Claim,
    ReadSentence,
    is_own_voice,
    quoted_share,
)
from argmap.statements.phrases import Mention

#: Share of a sentence's letters, cue and source apart, from which a content covers it.
COVERED = 0.5
#: Share from which it bears out a rule that names the same source.
TOUCHED = 0.3
_NAME = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}")
_ACCORDING = ("according", "in the view", "in the opinion", "in the words")


class Weigher:
    """Gives the claim that rule and model make together, sentence by sentence."""

    def __init__(
        self,
        claims: Sequence[Claim | None],
        touching: Sequence[Claim | None],
        *,
        threshold: float,
    ) -> None:
        self._claims = claims
        self._touching = touching
        self._threshold = threshold

    def __call__(self, index: int, rule: Claim | None) -> Claim | None:
        return weigh(rule, self._claims[index], self._touching[index], threshold=self._threshold)


def weigh(
    rule: Claim | None, model: Claim | None, touching: Claim | None = None, *, threshold: float
) -> Claim | None:
    """The claim that rule and model make together.

    The model says whether anybody is heard, as it was right more often on PolNeAR's development
    articles. Against its silence stand a quotation with its cue beside it, hearsay and holders
    that nobody names (they put a view on no one), and a rule's source to which the model gives
    a part of the sentence. Where both name the same source the surer confidence counts, and where
    they differ the model's source, if it is sure of itself.
    """
    if rule is None:
        return model if model is not None and model.confidence >= threshold else None
    if rule.confidence >= QUOTE_BESIDE_CUE:
        return rule
    if model is None and rule.reported and rule.confidence <= UNNAMED:
        return rule
    if model is None:
        sure = touching is not None and touching.confidence >= threshold
        return rule if sure and touching is not None and _same_source(rule, touching) else None
    if rule.source is None or model.source is None or model.confidence < threshold:
        return rule
    if _same_source(rule, model):
        return replace(rule, confidence=max(rule.confidence, model.confidence))
    return model


def _same_source(one: Claim, other: Claim) -> bool:
    if one.source is None or other.source is None:
        return False
    return one.origin == other.origin and one.source.span.overlaps(other.source.span)


def model_claims(
    sentences: Sequence[ReadSentence],
    spans: Sequence[AttributionSpans],
    *,
    threshold: float,
    least: float = COVERED,
) -> list[Claim | None]:
    """For each sentence the claim of the attribution that covers it best, if one does.

    Args:
        sentences: a stretch of running text, in order.
        spans: what the model found in the same text, in the same characters.
        threshold: confidence from which spans come before weaker ones.
        least: share of a sentence that is enough.
    """
    starts = [sentence.span.start for sentence in sentences]
    return [
        None if found is None else _claim(sentences, starts, index, found)
        for index, found in enumerate(covering(sentences, spans, threshold=threshold, least=least))
    ]


def covering(
    sentences: Sequence[ReadSentence],
    spans: Sequence[AttributionSpans],
    *,
    threshold: float = 0.0,
    least: float = COVERED,
) -> list[AttributionSpans | None]:
    """For each sentence the attribution that covers most of it, if one covers enough.

    Several cues of one source cover it together: "He accused …, as he criticised …". Those of
    less confidence than ``threshold`` count only where no surer one covers the sentence.
    """
    starts = [sentence.span.start for sentence in sentences]
    over: list[list[AttributionSpans]] = [[] for _ in sentences]
    for found in spans:
        touched: dict[int, None] = {}
        for content in found.contents:
            index = max(0, bisect_right(starts, content.start) - 1)
            while index < len(sentences) and sentences[index].span.start < content.end:
                touched[index] = None
                index += 1
        for index in touched:
            over[index].append(found)
    chosen: list[AttributionSpans | None] = []
    for sentence, every in zip(sentences, over, strict=True):
        sure = [one for one in every if one.confidence >= threshold]
        chosen.append(_best(sentence, sure, least) or _best(sentence, every, least))
    return chosen


def _best(
    sentence: ReadSentence, found: Sequence[AttributionSpans], least: float
) -> AttributionSpans | None:
    if not found:
        return None
    shares = [_covered(sentence, [one]) for one in found]
    best = max(range(len(found)), key=lambda n: shares[n])
    if shares[best] >= least:
        return found[best]
    first = found[0]
    joint = [one for one in found if _one_source(sentence, first, one)]
    if len(joint) > 1 and _covered(sentence, joint) >= least:
        return first
    return None


def _one_source(sentence: ReadSentence, first: AttributionSpans, other: AttributionSpans) -> bool:
    """Whether a later cue of a sentence has the first one's source, named again or as pronoun."""
    if other is first or first.source is None or other.source is None:
        return other is first
    words = _words(sentence, other.source).lower()
    return (
        other.source.overlaps(first.source)
        or words in lx.PRONOUNS
        or words == _words(sentence, first.source).lower()
    )


def _covered(sentence: ReadSentence, found: Sequence[AttributionSpans]) -> float:
    apart = [span for one in found for span in (one.cue, one.source) if span is not None]
    rest = sum(char.isalpha() for char in sentence.text) - _letters(sentence, apart)
    contents = [content for one in found for content in one.contents]
    return _letters(sentence, contents) / rest if rest > 0 else 0.0


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
