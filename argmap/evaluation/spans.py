"""Attributions as words of the text: source, cue and content, by rule and as the rules mend them.

The content of a cue lies after it ("X said that …"), before it ("…, X said") or on both sides,
and is a whole quotation where one stands there. Spans follow the conventions of PARC and PolNeAR
(Pareti 2012): marks of quotation and the word "that" belong to the content, the comma or full
stop beside it does not, and an attribution inside another's content is not annotated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from argmap.nlp.protocol import AttributionSpans
from argmap.records import Span
from argmap.statements.attributions import ReadSentence, attribute, governing_cue
from argmap.statements.cues import Cue
from argmap.statements.quotes import Quote

_LINE = re.compile(r"[^\n]+")
_TRIM = " \t\n,.;:–—-"
_LEAD = re.compile(r"(?:[\s,;:–—-])+")
# Time and place between a cue and the content that follows it.
_LISTENER = re.compile(r"[^.;\x01]{0,80}?(?=\bthat\b)|[^.;\x01]{0,160}?[:,]\s*(?=\x01)")


def rule_spans(
    text: str, sentences: Sequence[ReadSentence], quotes: Sequence[Quote]
) -> tuple[AttributionSpans, ...]:
    """The attributions that the cue rules find, in order; spans are characters of ``text``."""
    outer = [quote.span for quote in quotes if quote.depth == 0]
    claims = attribute(sentences, quotes)
    found: list[AttributionSpans] = []
    for index, sentence in enumerate(sentences):
        here = list(_of_sentence(text, sentence, outer))
        # A quotation's further sentences belong to the cue that their claim leads back to.
        if not here and claims[index].method == "quote" and claims[index].origin >= 0:
            here = _continue(found, claims[index].origin, sentences, sentence)
            if here:
                continue
        found += here
    return tuple(sorted(found, key=lambda spans: spans.cue))


def combined_spans(
    text: str,
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    found: Sequence[AttributionSpans],
) -> tuple[AttributionSpans, ...]:
    """The model's spans, mended where rules are surer, and what only the rules see.

    A content that covers most of a quotation takes the whole of it with its marks, ends with its
    paragraph, and outside the cue's sentence begins where a sentence or a quotation does. A
    direct quotation with its cue beside it is added where the model has nothing in its place.
    """
    outer = [quote.span for quote in quotes if quote.depth == 0]
    places = [sentence.span for sentence in sentences]
    mended = [replace(spans, contents=_mended(text, spans, places, outer)) for spans in found]
    taken = [span for spans in mended for span in (spans.cue, *spans.contents)]
    for spans in rule_spans(text, sentences, quotes):
        quoted = all(any(q.overlaps(c) for q in outer) for c in spans.contents)
        if quoted and not any(_any_overlap(s, taken) for s in (spans.cue, *spans.contents)):
            mended.append(spans)
    return tuple(sorted(mended, key=lambda spans: spans.cue))


def _mended(
    text: str, spans: AttributionSpans, sentences: Sequence[Span], quotes: Sequence[Span]
) -> tuple[Span, ...]:
    home = next((span for span in sentences if span.overlaps(spans.cue)), spans.cue)
    begins = {span.start for span in (*sentences, *quotes)}
    pieces = [
        piece
        for content in _joined(_whole_quotes(content, quotes) for content in spans.contents)
        for piece in _by_paragraph(text, content)
    ]
    kept = [piece for piece in pieces if piece.overlaps(home) or piece.start in begins]
    return tuple(kept or pieces or spans.contents)


def _by_paragraph(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span in each paragraph, without loose marks at their ends."""
    for line in _LINE.finditer(text, span.start, span.end):
        start, end = line.span()
        while start < end and text[start] in " ,;:":
            start += 1
        while end > start and text[end - 1] in " ,;:":
            end -= 1
        if any(char.isalnum() for char in text[start:end]):
            yield Span(start, end)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Overlapping spans as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last is not None and span.start <= last.end:
            last = Span(last.start, max(last.end, span.end))
        else:
            if last is not None:
                yield last
            last = span
    if last is not None:
        yield last


def _of_sentence(
    text: str, sentence: ReadSentence, quotes: Sequence[Span]
) -> Iterator[AttributionSpans]:
    chief, _ = governing_cue(sentence)
    if chief is None:
        return
    start = sentence.span.start
    cues = [chief] + [c for c in sentence.cues if c.span != chief.span and (c.joined or c.direct)]
    taken: list[Span] = []
    for cue in cues:
        own = cue.span.shifted(start)
        contents = tuple(_whole_quotes(span, quotes) for span in _contents(text, sentence, cue))
        contents = tuple(dict.fromkeys(c for c in contents if not _any_overlap(c, taken)))
        if not contents:
            continue
        taken += [own, *contents]
        source = None if cue.source is None else cue.source.span.shifted(start)
        yield AttributionSpans(own, source, contents, 1.0)


def _contents(text: str, sentence: ReadSentence, cue: Cue) -> Iterator[Span]:
    host, start = sentence.host, sentence.span.start
    source = cue.source.span if cue.source is not None else cue.span
    first, last = min(source.start, cue.span.start), max(source.end, cue.span.end)
    if cue.trailing:
        before = _trimmed(text, start, start + first)
        if before is not None:
            yield before
        rest = host[last:]
        if "\x01" in rest or re.match(r"\s*,\s", rest):
            begin = rest.find("\x01") if "\x01" in rest else len(rest) - len(rest.lstrip(" ,"))
            after = _trimmed(text, start + last + begin, sentence.span.end)
            if after is not None and len(after) > 12:
                yield after
        return
    begin = cue.span.end
    if cue.kind != "stance":
        skipped = _LISTENER.match(host, begin)
        begin = skipped.end() if skipped else begin
    span = _trimmed(
        text, start + max(begin, last if source.start < begin <= last else begin), sentence.span.end
    )
    if span is not None:
        yield span


def _continue(
    found: list[AttributionSpans],
    origin: int,
    sentences: Sequence[ReadSentence],
    sentence: ReadSentence,
) -> list[AttributionSpans]:
    """Add a sentence to the attribution whose cue stands in sentence ``origin``."""
    home = sentences[origin].span
    for number, spans in enumerate(found):
        if home.contains(spans.cue):
            if any(content.overlaps(sentence.span) for content in spans.contents):
                return [spans]
            last = spans.contents[-1]
            gap = sentence.span.start - last.end
            if 0 <= gap <= 3 and sentences[origin].paragraph == sentence.paragraph:
                merged = Span(last.start, sentence.span.end)
                found[number] = AttributionSpans(
                    spans.cue, spans.source, (*spans.contents[:-1], merged), spans.confidence
                )
                return [found[number]]
    return []


def _whole_quotes(span: Span, quotes: Iterable[Span]) -> Span:
    """``span`` widened to the quotations that it mostly covers."""
    start, end = span.start, span.end
    for quote in quotes:
        shared = min(end, quote.end) - max(start, quote.start)
        if shared > 0.5 * len(quote):
            start, end = min(start, quote.start), max(end, quote.end)
    return Span(start, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if end - start > 1 else None


def _any_overlap(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
