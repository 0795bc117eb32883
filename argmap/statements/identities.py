"""Which mentions are one speaker within a document: names, roles, pronouns, bodies, writings.

A full name introduces a person; surnames, offices and pronouns lead back to one only where a
single candidate fits. Where two fit, nobody is named: a view on the wrong person is worse than
one on no person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.statements import lexicon as lx
from argmap.statements.attributions import Claim, ReadSentence, governing_cue
from argmap.statements.directory import Directory, Entity
from argmap.statements.names import is_common
from argmap.statements.phrases import Mention
from argmap.statements.writings import Writings

#: What a resolved pronoun or an office known only from the words around it leaves of certainty.
PRONOUN_FACTOR = 0.9
FAR_PRONOUN_FACTOR = 0.8
#: Confidence in what "the letter" says as the view of the one who wrote it.
WRITTEN = 0.7

_GENERIC_HEADS = lx.words("mp politician lawmaker minister peer statesman leader")
#: Bodies that are one wherever they are named.
_PROPER_BODIES = lx.words("government treasury cabinet opposition")
#: Nouns that a body so called has in its name: the Federation of Clerks is no council.
_TELLING_BODIES = lx.words(
    "college university council committee court commission bank church police inquiry institute "
    "board society"
)
_PAIRED_AFTER = re.compile(r"\sand\s[A-Z]")
_PAIRED_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\sand$")
_LOOK_BACK = 4


@dataclass(frozen=True, slots=True)
class Resolved:
    """A claim's entity, and what resolving it leaves of the claim's confidence.

    Attributes:
        written: the words are the entity's own, in something it wrote ("the letter said"), so
            the claim is no view at second hand.
    """

    entity: Entity | None
    factor: float = 1.0
    written: bool = False


def resolve(
    sentences: Sequence[ReadSentence], claims: Sequence[Claim]
) -> tuple[tuple[Entity, ...], tuple[Resolved, ...]]:
    """Entities of one document, and for each claim which of them holds it.

    Args:
        sentences, claims: one claim a sentence, both in order.
    """
    reader = _Reader(sentences)
    resolved = reader.read(claims)
    return tuple(reader.known.entities), resolved


class _Reader:
    """One document read from its beginning to its end."""

    def __init__(self, sentences: Sequence[ReadSentence]) -> None:
        self.sentences = sentences
        self.known = Directory(sentences)
        self._writings = Writings(self.known)
        #: entity and whether it opens a clause, for every mention resolved so far
        self._seen: list[list[tuple[Entity, bool]]] = []
        self._speaker: list[Entity | None] = []

    def read(self, claims: Sequence[Claim]) -> tuple[Resolved, ...]:
        found: list[Resolved] = []
        by_source: dict[tuple[int, int], Resolved] = {}
        for index, (sentence, claim) in enumerate(zip(self.sentences, claims, strict=True)):
            self._seen.append([])
            self._speaker.append(None)
            source = claim.source
            answer = Resolved(None)
            if source is not None and claim.origin == index:
                answer = self._source(index, source)
            for mention in sentence.mentions:
                entity = self.known.named(mention) if mention != source else answer.entity
                if entity is not None:
                    self._seen[index].append((entity, _opens(sentence, mention)))
            if source is not None and claim.origin == index:
                by_source[(index, source.span.start)] = answer
            elif source is not None and claim.origin < index:
                answer = by_source.get((claim.origin, source.span.start), answer)
            self._speaker[index] = answer.entity
            self._writings.note(sentence, answer.entity)
            found.append(answer)
        # A quotation may come before its cue.
        for index, claim in enumerate(claims):
            if claim.source is not None and claim.origin > index:
                key = (claim.origin, claim.source.span.start)
                found[index] = by_source.get(key, Resolved(None))
        return tuple(found)

    def _source(self, index: int, mention: Mention) -> Resolved:
        if mention.kind == "pronoun":
            return self._pronoun(index, mention)
        if mention.kind == "role":
            return self._role(index, mention)
        if mention.kind == "organisation" and is_common(mention):
            return self._common_body(index, mention)
        if mention.kind == "group":
            return Resolved(self.known.other("group", mention))
        if mention.kind in ("person", "name"):
            entity = self.known.named(mention)
            if entity is None and not self.known.ambiguous(mention):
                entity = self.known.own(mention)
            return Resolved(entity)
        if mention.kind == "organisation":
            return Resolved(self.known.body(mention))
        if mention.kind == "document":
            author = self._writings.author(mention)
            relays = governing_cue(self.sentences[index])[1]
            return Resolved(author, written=author is not None and not relays)
        return Resolved(None)

    # --- roles ---------------------------------------------------------------------------

    def _role(self, index: int, mention: Mention) -> Resolved:
        head = mention.name.split()[-1].lower()
        if head in lx.SPOKESPEOPLE:
            if len(mention.name.split()) > 1:
                return Resolved(self.known.other("spokesperson", mention))
            return Resolved(self._last_of(index, "spokesperson"), PRONOUN_FACTOR)
        entity = self.known.by_role(mention)
        if entity is not None:
            return Resolved(entity)
        if not mention.definite:
            return Resolved(None)
        holders = self.known.role_holders(mention)
        entity = self._nearby_person(index, mention, holders)
        if holders and entity is None:
            return Resolved(None)  # two people hold it, and neither is just spoken of
        if entity is not None:
            if head not in _GENERIC_HEADS or not entity.roles:
                entity.add_role(mention.name)
            entity.aliases.add(f"the {mention.name}")
            return Resolved(entity, PRONOUN_FACTOR)
        if len(mention.name.split()) > 1 and "’" not in mention.name and "'" not in mention.name:
            return Resolved(self.known.other("role", mention))
        return Resolved(None)

    def _nearby_person(
        self, index: int, mention: Mention, holders: Sequence[Entity]
    ) -> Entity | None:
        """The one person just spoken of, if the role can be theirs."""
        head = mention.name.split()[-1].lower()
        gender = (
            lx.FEMALE
            if head.endswith("woman") or head == "lady"
            else lx.MALE
            if head.endswith("sman") or head == "gentleman"
            else None
        )
        for back in range(1, 3):
            if index - back < 0:
                return None
            candidates = self._candidates(index - back, gender)
            if not candidates:
                continue
            entity = candidates[0] if len(candidates) == 1 else None
            if entity is None or (holders and entity not in holders):
                return None
            spoken_of = {seen.order for seen, _ in self._seen[index - back] if seen in holders}
            if len(spoken_of) > 1:
                return None
            if entity.roles and not holders and head not in _GENERIC_HEADS:
                return None
            return entity
        return None

    def _last_of(self, index: int, kind: str) -> Entity | None:
        for back in range(1, _LOOK_BACK + 1):
            if index - back < 0:
                return None
            speaker = self._speaker[index - back]
            if speaker is not None and speaker.kind == kind:
                return speaker
        return None

    # --- pronouns ------------------------------------------------------------------------

    def _candidates(self, index: int, gender: str | None) -> list[Entity]:
        """People a later pronoun may mean by sentence ``index``: one if that singles it out."""
        speaker = self._speaker[index]
        people = ("person", "spokesperson", "role")

        def fit(entity: Entity) -> bool:
            known = gender is not None and entity.gender is not None
            return entity.kind in people and (entity.gender == gender or not known)

        if speaker is not None and fit(speaker):
            return [speaker]
        fits = [(entity, opens) for entity, opens in self._seen[index] if fit(entity)]
        distinct = list(dict.fromkeys(entity for entity, _ in fits))
        if len(distinct) <= 1:
            return distinct
        subjects = list(dict.fromkeys(entity for entity, opens in fits if opens))
        if len(subjects) == 1:
            return subjects
        certain = [entity for entity in distinct if gender and entity.gender == gender]
        return certain if len(certain) == 1 else distinct

    def _pronoun(self, index: int, mention: Mention) -> Resolved:
        if mention.name in ("they", "it"):
            return self._body_pronoun(index, mention)
        gender = lx.PRONOUNS.get(mention.name)
        if gender is None:
            return Resolved(None)
        sentence = self.sentences[index]
        objects: set[int] = set()
        subjects: list[Entity] = []
        for other in sentence.mentions:
            entity = self.known.named(other)
            if entity is None or entity.kind != "person":
                continue
            before = other.span.end <= mention.span.start
            if before and _opens(sentence, other) and entity.gender in (None, gender):
                subjects.append(entity)
            else:
                objects.add(entity.order)
        subjects = list(dict.fromkeys(subjects))
        if len(subjects) == 1:
            return self._meant(subjects[0], gender, PRONOUN_FACTOR)
        if subjects:
            return Resolved(None)
        for back in range(1, _LOOK_BACK + 1):
            at = index - back
            if at < 0 or sentence.paragraph - self.sentences[at].paragraph > 2:
                break
            candidates = [e for e in self._candidates(at, gender) if e.order not in objects]
            if len(candidates) == 1:
                factor = PRONOUN_FACTOR if back == 1 else FAR_PRONOUN_FACTOR
                return self._meant(candidates[0], gender, factor)
            if candidates:
                break
        return Resolved(None)

    def _meant(self, entity: Entity, gender: str, factor: float) -> Resolved:
        if entity.gender is None:
            entity.gender = gender
        return Resolved(entity, factor)

    def _body_pronoun(self, index: int, mention: Mention) -> Resolved:
        kinds = ("body", "group") if mention.name == "it" else ("body", "group", "spokesperson")
        if index == 0:
            return Resolved(None)
        speaker = self._speaker[index - 1]
        if speaker is not None:
            return Resolved(speaker if speaker.kind in kinds else None, PRONOUN_FACTOR)
        if mention.name == "it":
            bodies = list(
                dict.fromkeys(e for e, opens in self._seen[index - 1] if opens and e.kind == "body")
            )
            if len(bodies) == 1:
                return Resolved(bodies[0], FAR_PRONOUN_FACTOR)
        return Resolved(None)

    def _common_body(self, index: int, mention: Mention) -> Resolved:
        """ "The government" is one body; "the union" is the one last spoken of."""
        name = mention.name.lower()
        if name in _PROPER_BODIES or len(name.split()) > 1:
            return Resolved(self.known.body(mention))
        called = self.known.bodies_called(name)
        if len(called) == 1:
            return Resolved(called[0], PRONOUN_FACTOR)
        for back in range(1, 3):
            if index - back < 0:
                break
            speaker = self._speaker[index - back]
            if speaker is not None and speaker.kind == "body":
                fits = speaker in called or (not called and _may_be(speaker, name))
                return Resolved(speaker if fits else None, PRONOUN_FACTOR)
            bodies = list(dict.fromkeys(e for e, _ in self._seen[index - back] if e.kind == "body"))
            if len(bodies) == 1 and (
                bodies[0] in called or (not called and _may_be(bodies[0], name))
            ):
                return Resolved(bodies[0], FAR_PRONOUN_FACTOR)
            if bodies:
                break
        return Resolved(None)


def _may_be(body: Entity, noun: str) -> bool:
    """Whether a body may be "the council": its name is too short to tell, or any body may be."""
    return noun not in _TELLING_BODIES or len(body.words) == 1


def _opens(sentence: ReadSentence, mention: Mention) -> bool:
    """Whether the mention opens the sentence or one of its clauses, as a subject does."""
    before = sentence.host[: mention.span.start].rstrip()
    if _PAIRED_AFTER.match(sentence.host, mention.span.end) or _PAIRED_BEFORE.search(before):
        return False  # of "Mr Hunt and Mr Barclay" neither is the one
    if not before:
        return True
    return before[-1] in ",;:" or before.rsplit(" ", 1)[-1].lower() in (
        "and",
        "but",
        "as",
        "while",
        "that",
        "because",
        "when",
        "after",
        "although",
        "has",
        "have",
        "if",
        "is",
        "did",
        "does",
        "will",
    )
