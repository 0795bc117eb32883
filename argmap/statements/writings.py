"""Who wrote "the letter": letters, statements and reports, and the one author each has.

A document that the text only names ("the letter said") speaks for whoever wrote it, where the
text has told that of a single author. Of two letters by two people neither is "the letter".
"""

from __future__ import annotations

import re

from argmap.statements import lexicon as lx
from argmap.statements.attributions import ReadSentence
from argmap.statements.directory import Directory, Entity
from argmap.statements.phrases import Kind, Mention

_VERBS = re.compile(
    r"\s(?:(?:has|have|had|also|then|later|jointly)\s)*"
    r"(?:wrote|written|published|publishes|issued|issues|released|releases|sent|sends|signed|"
    r"posted|submitted|launched|penned)\s"
)
#: "in a letter to ministers, Ruth Ellison said", "said in a statement"
_WITHIN = re.compile(r"\b[Ii]n\s$")
_BY = re.compile(r"\s(?:[\w’'-]+\s){0,3}?(?:from|by)\s(?:the\s)?$")
_PASSED_ON = re.compile(r"\b(?:to|about|against)\s")

_OWNERS: tuple[Kind, ...] = ("person", "organisation")


class Writings:
    """Authors of what was written, as the sentences of one document are read in order."""

    def __init__(self, known: Directory) -> None:
        self._known = known
        #: head noun -> its author; ``None`` where two are told, or one without an author
        self._authors: dict[str, Entity | None] = {}

    def note(self, sentence: ReadSentence, speaker: Entity | None) -> None:
        """Take in what a sentence tells of who wrote what; ``speaker`` is whose sentence it is."""
        for mention in sentence.mentions:
            if mention.kind != "document":
                continue
            head = _head(mention)
            author = self._author(sentence, mention, speaker)
            if author is not None or not mention.definite:
                same = self._authors.get(head, author) is author
                self._authors[head] = author if same else None

    def author(self, mention: Mention) -> Entity | None:
        """Who speaks in a document that is named: its own possessor, or the one author told."""
        owner = self._owner(mention)
        if owner is not None or not mention.definite or " " in mention.name:
            return owner
        return self._authors.get(_head(mention))

    def _owner(self, mention: Mention) -> Entity | None:
        """ "The FNU's report", "Ms Ellison's letter"."""
        match = re.match(r"(.+?)['’]s\s", mention.name)
        if match is None:
            return None
        words = match[1].split()
        title = words[0] if words[0] in lx.TITLES and len(words) > 1 else None
        name = " ".join(words[1:] if title else words)
        for kind in _OWNERS:
            entity = self._known.named(Mention(mention.span, kind, name, title=title))
            if entity is not None:
                return entity
        return None

    def _author(
        self, sentence: ReadSentence, mention: Mention, speaker: Entity | None
    ) -> Entity | None:
        owner = self._owner(mention)
        if owner is not None:
            return owner
        host = sentence.host
        by = [
            other
            for other in sentence.mentions
            if other.span.start > mention.span.end
            and _BY.fullmatch(host[mention.span.end : other.span.start])
        ]
        if by:
            paired = re.match(r"\sand\s[A-Z]", host[by[0].span.end :])
            return None if paired else self._known.named(by[0])
        if _WITHIN.search(host[: mention.span.start]):
            return speaker
        for other in sentence.mentions:
            between = host[other.span.end : mention.span.start]
            if other.span.end > mention.span.start or not between:
                continue
            verb = _VERBS.match(between)
            if verb and not _PASSED_ON.search(between, verb.end()):
                paired = re.search(r"\b[A-Z][\w’'-]*\sand\s$", host[: other.span.start])
                return None if paired else self._known.named(other)
        return None


def _head(mention: Mention) -> str:
    return mention.name.split()[-1].lower()
