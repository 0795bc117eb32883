"""A stretch of running text as sentences with the mentions, cues and quotations found in them."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.nlp.protocol import AttributionSpans
from argmap.records import Span
from argmap.statements.attributions import Claim, ReadSentence, attribute
from argmap.statements.cues import find_cues, has_cue_word
from argmap.statements.evidence import TOUCHED, Weigher, model_claims
from argmap.statements.mentions import find_mentions
from argmap.statements.phrases import BLANK, vocabulary
from argmap.statements.quotes import Quote, find_quotes
from argmap.statements.sentences import Paragraph, split


def read_stretch(
    text: str, span: Span, *, turn: bool = False
) -> tuple[tuple[ReadSentence, ...], tuple[Quote, ...]]:
    """Sentences of ``text[span.start:span.end]`` in order, and its quotations.

    Args:
        turn: the stretch is one speaker's speech. It needs no names, only the few sentences
            that pass on another's words.
    """
    paragraphs = split(text, start=span.start, end=span.end)
    quotes = find_quotes(text, [paragraph.span for paragraph in paragraphs])
    hosts = _hosts(text, paragraphs, quotes)
    words = None if turn else vocabulary(host for _, _, host in hosts)
    sentences = []
    for number, place, host in hosts:
        # Paragraphs of two stretches are far apart, however short what lies between.
        index = span.start + number
        sentence = ReadSentence(place, index, text[place.start : place.end], host)
        cued = has_cue_word(host, stances=not turn)
        if cued or not turn:
            mentions = find_mentions(host, words=words)
            cues = find_cues(host, mentions) if cued else ()
            sentence = ReadSentence(place, index, sentence.text, host, mentions, cues)
        sentences.append(sentence)
    return tuple(sentences), quotes


def attribution_claims(
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    *,
    found: Sequence[AttributionSpans] | None = None,
    threshold: float = 0.5,
    rules: bool = True,
) -> tuple[Claim, ...]:
    """Who holds each sentence of a stretch, by rule and by what the model found in it.

    Args:
        found: the model's spans in the text's own characters; ``None`` for no model.
        threshold: confidence from which the model is heard where no rule speaks.
        rules: ``False`` hears the model alone, for evaluation.
    """
    weigher = None
    if found is not None:
        sourced = [spans for spans in found if spans.source is not None]
        weigher = Weigher(
            model_claims(sentences, found, threshold=threshold),
            model_claims(sentences, sourced, threshold=threshold, least=TOUCHED),
            threshold=threshold,
        )
    return attribute(sentences, quotes, weigher=weigher, rules=rules)


def _hosts(
    text: str, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote]
) -> list[tuple[int, Span, str]]:
    """Paragraph, span and blanked text of every sentence."""
    outer = [quote.span for quote in quotes if quote.depth == 0]
    found = []
    first = 0
    for index, paragraph in enumerate(paragraphs):
        for span in paragraph.sentences:
            while first < len(outer) and outer[first].end <= span.start:
                first += 1
            pieces, position = [], span.start
            at = first
            while at < len(outer) and outer[at].start < span.end:
                start, end = max(outer[at].start, span.start), min(outer[at].end, span.end)
                pieces.append(text[position:start] + BLANK * (end - start))
                position = end
                at += 1
            pieces.append(text[position : span.end])
            found.append((index, span, "".join(pieces).replace("\n", " ")))
    return found
