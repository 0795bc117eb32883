"""Documents in, statements and their speakers out: the stages of this room in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from argmap.nlp.protocol import Attributor
from argmap.records import (
    Attribution,
    Document,
    Span,
    Speaker,
    Statement,
    content_id,
)
from argmap.statements.attributions import (
    UNNAMED,
    Claim,
    ReadSentence,
)
from argmap.statements.contexts import Said, words_before
from argmap.statements.directory import Entity
from argmap.statements.identities import WRITTEN, Resolved, resolve
from argmap.statements.speakers import Register
from argmap.statements.stretches import attribution_claims, read_stretch
from argmap.statements.turns import relayed

# Text outside the turns of an official record is headings, times and votes.
_RECORDS = frozenset({"hansard", "parlamint"})


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Running text of one voice: an article, a gap between turns, or one speaker's turn."""

    span: Span
    speaker: Speaker | None
    turn: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """One stretch after reading."""

    stretch: _Stretch
    sentences: tuple[ReadSentence, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _DocumentRead:
    document: Document
    stretches: tuple[_Read, ...]
    entities: tuple[Entity, ...]
    resolved: tuple[Resolved, ...]


def extract(
    documents: Sequence[Document],
    *,
    attributor: Attributor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    """Every sentence of the documents, with who says it.

    Sentences inside a turn belong to the turn's speaker; text that the source gives to nobody
    (procedure, motions) is left out. Elsewhere quotations and cues decide, and the attribution
    model where the rules are silent or less sure.

    Args:
        documents: cleaned documents; ids must differ.
        attributor: finds attributions in prose; the rules stand alone where there is none.
        progress: called with the number of documents read and their total.

    Returns:
        Speakers with at least one statement, sorted by id, and the statements in the order of
        documents and offsets.
    """
    reads: list[_DocumentRead] = []
    for index, document in enumerate(documents):
        reads.append(_read(document, attributor))
        if progress is not None:
            progress(index + 1, len(documents))
    turns = (turn.speaker for document in documents for turn in document.turns)
    register = Register(
        (speaker for speaker in turns if speaker is not None),
        [(read.document, read.entities) for read in reads],
    )
    statements = [s for read in reads for s in _statements(read, register)]
    return register.speakers(), tuple(statements)


def _read(document: Document, attributor: Attributor | None) -> _DocumentRead:
    stretches = [_read_stretch(document, stretch, attributor) for stretch in _stretches(document)]
    prose = [read for read in stretches if not read.stretch.turn]
    sentences = [s for read in prose for s in read.sentences]
    claims: list[Claim] = []
    for read in prose:
        base = len(claims)
        claims.extend(
            Claim(c.source, c.origin + base, c.method, c.cue, c.confidence, c.reported)
            if c.source is not None
            else c
            for c in read.claims
        )
    entities, resolved = resolve(sentences, claims)
    return _DocumentRead(document, tuple(stretches), entities, resolved)


def _stretches(document: Document) -> Iterator[_Stretch]:
    position = 0
    skip = document.kind in _RECORDS and bool(document.turns)
    for turn in document.turns:
        if turn.span.start > position and not skip:
            yield _Stretch(Span(position, turn.span.start), None, turn=False)
        if turn.speaker is not None:
            yield _Stretch(turn.span, turn.speaker, turn=True)
        position = max(position, turn.span.end)
    if position < len(document.text) and not skip:
        yield _Stretch(Span(position, len(document.text)), None, turn=False)


def _read_stretch(document: Document, stretch: _Stretch, attributor: Attributor | None) -> _Read:
    text, start = document.text, stretch.span.start
    sentences, quotes = read_stretch(text, stretch.span, turn=stretch.turn)
    if attributor is None or stretch.turn:
        return _Read(stretch, sentences, attribution_claims(sentences, quotes))
    (here,) = attributor.find([text[start : stretch.span.end]])
    claims = attribution_claims(
        sentences,
        quotes,
        found=[spans.shifted(start) for spans in here],
        threshold=attributor.threshold,
    )
    return _Read(stretch, sentences, claims)


def _statements(read: _DocumentRead, register: Register) -> Iterator[Statement]:
    document = read.document
    resolved = iter(read.resolved)
    counted: set[int] = set()
    for stretch_read in read.stretches:
        previous: list[Said] = []
        stretch = stretch_read.stretch
        for sentence, claim in zip(stretch_read.sentences, stretch_read.claims, strict=True):
            if stretch.turn and stretch.speaker is not None:
                reported, cue = relayed(sentence, claim)
                attribution = Attribution(
                    register.use(stretch.speaker.id), "turn", cue, 1.0, reported
                )
            else:
                answer = next(resolved)
                speaker = None
                if answer.entity is not None:
                    speaker = register.speaker_of(answer.entity)
                    if answer.entity.order not in counted:
                        counted.add(answer.entity.order)
                        register.count_roles(answer.entity, speaker)
                attribution = _attribution(claim, speaker, answer)
            said = Said(sentence.text, sentence.paragraph, attribution.speaker)
            start, end = sentence.span.start, sentence.span.end
            yield Statement(
                id=content_id("s", document.id, str(start), str(end), sentence.text),
                document=document.id,
                start=start,
                end=end,
                text=sentence.text,
                attribution=attribution,
                context=words_before(previous, said),
            )
            previous.append(said)


def _attribution(claim: Claim, speaker: str | None, answer: Resolved) -> Attribution:
    if claim.method == "none":
        return Attribution()
    if answer.written and speaker is not None:
        return Attribution(speaker, claim.method, claim.cue, WRITTEN, reported=False)
    confidence = claim.confidence * answer.factor
    if speaker is None:
        confidence = min(confidence, UNNAMED)  # a source that could not be told apart
    return Attribution(speaker, claim.method, claim.cue, round(confidence, 3), claim.reported)
