"""From cues to sentences: which source each sentence belongs to, and how sure that is.

The confidences are fixed by rule, so that a reader can tell from the number which rule spoke:
they order the rules by how often each went wrong on news outside this project's own corpus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from argmap.records import Span
from argmap.statements.cues import Cue
from argmap.statements.phrases import BLANK, Mention
from argmap.statements.quotes import Quote

#: A quotation with its cue beside it: "…," X said.
QUOTE_BESIDE_CUE = 0.95
#: The speaker's name in capitals and a colon before it, in a quoted transcript.
LABEL = 0.95
#: Another sentence of the same quotation, or the next paragraph of one that was left open.
SAME_QUOTE = 0.9
#: A further quotation in the paragraph where the cue stands.
SAME_PARAGRAPH = 0.85
#: A sentence told after a cue without a whole quotation: X said that …
INDIRECT = 0.85
#: According to X, in X's view.
ACCORDING_TO = 0.85
#: The verb itself is the view: X condemned …
STANCE_VERB = 0.75
#: A paragraph that opens with a quotation, right after one whose source is told.
NEXT_PARAGRAPH = 0.75
#: X was reported to …: X's view at second hand.
SECOND_HAND = 0.5
#: A holder that nobody can name: critics say, it is understood that.
UNNAMED = 0.5
#: A quotation whose source the text does not tell.
SOURCE_NOT_TOLD = 0.3

#: Share of a sentence's letters in quotation marks from which it counts as a quotation.
MOSTLY_QUOTED = 0.6

_LABEL = re.compile(r"[“\"‘']?([A-Z]{3,}(?:[-’' ][A-Z]{2,}){0,2}): ")
#: Pronouns of the writer, or of the reader who is spoken to.
OWN_VOICE = frozenset({"i", "we", "you"})


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence with what was found in it; offsets of mentions and cues are its own.

    Attributes:
        host: the sentence with outermost quotations blanked.
        paragraph: index of its paragraph in the document.
    """

    span: Span
    paragraph: int
    text: str
    host: str
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence's source as the text gives it, before names are resolved.

    Attributes:
        source: the mention that holds it; ``None`` for the writer's own voice or nobody named.
        origin: index of the sentence in which ``source`` stands.
    """

    source: Mention | None = None
    origin: int = -1
    method: str = "none"
    cue: str | None = None
    confidence: float = 0.0
    reported: bool = False


_WRITER = Claim()


def attribute(
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    *,
    weigher: Callable[[int, Claim | None], Claim | None] | None = None,
    rules: bool = True,
) -> tuple[Claim, ...]:
    """One claim a sentence, in order.

    Args:
        sentences: a stretch of running text, in order.
        quotes: the quotations of the document, in order.
        weigher: gives a sentence's claim from its number and what the rules say of it, where
            a model is heard beside them.
        rules: whether cues count; without them the model alone is heard, for evaluation.
    """
    outer = [quote for quote in quotes if quote.depth == 0]
    inside = _quotes_of(sentences, outer)
    own = [
        _own_claim(index, sentence) if rules else None for index, sentence in enumerate(sentences)
    ]
    if weigher is not None:
        own = [weigher(index, claim) for index, claim in enumerate(own)]
    chains = _chain_claims(sentences, inside, own)
    claims: list[Claim] = []
    for index, sentence in enumerate(sentences):
        claim = own[index]
        if claim is None and inside[index] and quoted_share(sentence) >= MOSTLY_QUOTED:
            claim = _continued(index, sentences, inside[index], own, claims, chains)
        claims.append(claim or _WRITER)
    return tuple(claims)


def quoted_share(sentence: ReadSentence) -> float:
    """Share of the sentence's letters that stand in quotation marks, 0 to 1."""
    letters = sum(char.isalpha() for char in sentence.text)
    outside = sum(char.isalpha() for char in sentence.host)
    return 1.0 - outside / letters if letters else 0.0


def is_own_voice(source: Mention) -> bool:
    """Whether the writer's "I" or "we", or the reader, is meant."""
    return source.kind == "pronoun" and source.name in OWN_VOICE


def governing_cue(sentence: ReadSentence) -> tuple[Cue | None, bool]:
    """The outermost cue of a sentence, and whether its source relays somebody else's view.

    Two sources set against each other in one sentence govern it together; then the cue given
    has no source.
    """
    cues = [cue for cue in sentence.cues if cue.source is None or not is_own_voice(cue.source)]
    if not cues:
        return None, False
    chief = next((cue for cue in cues if cue.direct), None)
    if chief is None:
        trailing = [cue for cue in cues if cue.trailing and cue.kind != "according-to"]
        chief = trailing[-1] if trailing else cues[0]
    relays = chief.relays
    for cue in cues:
        if cue is chief or cue.joined or cue.source is None or chief.source is None:
            continue
        if cue.source == chief.source or _may_be_same(cue.source, chief.source):
            continue
        # A cue at the end or between commas has the rest of the sentence for its content.
        if not chief.trailing and cue.span < chief.span:
            continue
        if not chief.trailing and not chief.direct and _set_against(sentence.host, chief, cue):
            return replace(chief, source=None), True
        if cue.kind == "say":
            relays = True
    return chief, relays


def _may_be_same(inner: Mention, outer: Mention) -> bool:
    """ "Mr Hunt said he believed that …" relays nobody."""
    if inner.kind == "pronoun":
        return outer.kind != "pronoun" or outer.name == inner.name
    return inner.name.split()[-1:] == outer.name.split()[-1:]


def _set_against(host: str, first: Cue, second: Cue) -> bool:
    """Whether ``second`` opens a clause of its own: "X said …, but Y said …"."""
    if second.source is None:
        return False
    between = host[first.span.end : second.source.span.start].rstrip().lower()
    return between.endswith(
        (", but", ", while", ", whereas", ", though", ", although", ";", ", and")
    )


def _labelled(index: int, sentence: ReadSentence) -> Claim | None:
    """A transcript quoted inside an article: “WALLACE: Let us begin.”"""
    label = _LABEL.match(sentence.text)
    if label is None:
        return None
    source = Mention(Span(*label.span(1)), "person", label[1].title())
    return Claim(source, index, "quote", ":", LABEL)


def _own_claim(index: int, sentence: ReadSentence) -> Claim | None:
    if labelled := _labelled(index, sentence):
        return labelled
    cue, relays = governing_cue(sentence)
    if cue is None:
        own = any(cue.direct for cue in sentence.cues)
        return _WRITER if own else None  # "I said: …" quotes nobody else
    words = sentence.text[cue.span.start : cue.span.end]
    quoted = cue.direct or quoted_share(sentence) >= MOSTLY_QUOTED
    if cue.kind == "according-to":
        method, confidence = "according-to", ACCORDING_TO
    elif cue.direct and (quoted_share(sentence) >= 0.4 or cue.trailing):
        method, confidence = "quote", QUOTE_BESIDE_CUE
    elif quoted and cue.kind == "say":
        method, confidence = "quote", SAME_PARAGRAPH
    elif cue.kind == "stance":
        method, confidence = "indirect", STANCE_VERB
    else:
        method, confidence = "indirect", INDIRECT
    source = cue.source
    if cue.kind == "passive":
        confidence, relays = SECOND_HAND, True
    if source is None or source.kind in ("vague", "document"):
        confidence, relays = UNNAMED, True
    return Claim(source, index, method, words, confidence, relays)


def _quotes_of(
    sentences: Sequence[ReadSentence], outer: Sequence[Quote]
) -> list[tuple[Quote, ...]]:
    """The outermost quotations that overlap each sentence; both come in order."""
    found: list[tuple[Quote, ...]] = []
    first = 0
    for sentence in sentences:
        while first < len(outer) and outer[first].span.end <= sentence.span.start:
            first += 1
        here = []
        position = first
        while position < len(outer) and outer[position].span.start < sentence.span.end:
            here.append(outer[position])
            position += 1
        found.append(tuple(here))
    return found


def _chain_claims(
    sentences: Sequence[ReadSentence],
    inside: Sequence[tuple[Quote, ...]],
    own: Sequence[Claim | None],
) -> dict[int, list[tuple[int, Claim]]]:
    """For each chain of quotations, the sentences in it that have a cue of their own."""
    chains: dict[int, list[tuple[int, Claim]]] = {}
    for index, quotes in enumerate(inside):
        claim = own[index]
        if claim is None:
            continue
        span = sentences[index].span
        for quote in quotes:
            whole = claim.method == "quote" or not span.contains(quote.span)
            if whole:
                chains.setdefault(quote.chain, []).append((index, claim))
    return chains


def _continued(
    index: int,
    sentences: Sequence[ReadSentence],
    quotes: Sequence[Quote],
    own: Sequence[Claim | None],
    earlier: Sequence[Claim],
    chains: dict[int, list[tuple[int, Claim]]],
) -> Claim:
    """The source of a sentence that is a quotation and has no cue of its own."""
    for quote in quotes:
        cued = chains.get(quote.chain, [])
        before = [claim for at, claim in cued if at < index]
        after = [
            claim
            for at, claim in cued
            if at > index and sentences[at].paragraph - sentences[index].paragraph <= 1
        ]
        if before or after:
            return _carried(before[-1] if before else after[0], SAME_QUOTE)
    paragraph = sentences[index].paragraph
    if index and sentences[index - 1].paragraph == paragraph:
        previous = earlier[index - 1]
        if previous.method != "none":
            return _carried(previous, SAME_PARAGRAPH)
    following = _following_cue(index, sentences, own)
    if following is not None:
        return _carried(following, SAME_PARAGRAPH)
    if index and sentences[index - 1].paragraph == paragraph - 1:
        previous = earlier[index - 1]
        if previous.method != "none" and previous.confidence > SOURCE_NOT_TOLD:
            return _carried(previous, NEXT_PARAGRAPH)
    return Claim(method="quote", confidence=SOURCE_NOT_TOLD, reported=True)


def _following_cue(
    index: int, sentences: Sequence[ReadSentence], own: Sequence[Claim | None]
) -> Claim | None:
    """The cue after a run of quotations in the same paragraph: “A.” “B,” X said."""
    for later in range(index + 1, min(index + 8, len(sentences))):
        if sentences[later].paragraph != sentences[index].paragraph:
            return None
        claim = own[later]
        if claim is not None:
            begins_quoted = sentences[later].host.startswith(BLANK)
            return claim if claim.method == "quote" and begins_quoted else None
        if quoted_share(sentences[later]) < MOSTLY_QUOTED:
            return None
    return None


def _carried(claim: Claim, confidence: float) -> Claim:
    if claim.method == "none":
        return claim
    return replace(
        claim,
        method="quote",
        confidence=min(claim.confidence, confidence) if claim.confidence <= UNNAMED else confidence,
    )
