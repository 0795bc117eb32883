"""The words of a sentence and the record of a noun phrase that can hold a view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.records import Span
from argmap.statements import lexicon as lx

#: Stands for every character of an outermost quotation.
BLANK = "\x01"

Kind = Literal["person", "name", "organisation", "role", "group", "vague", "document", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One noun phrase that can hold a view.

    Attributes:
        span: the whole phrase, determiner and role included, in characters of the sentence.
        kind: ``"name"`` is one capitalised word that may be a surname or a body; ``"role"`` one
            person by office; ``"group"`` the holders of one office in several places ("the health
            secretaries of Scotland and Wales"); ``"vague"`` a holder that names nobody ("critics",
            "NHS bosses"); ``"document"`` a report, a poll.
        name: the name alone ("Steve Barclay"), or the phrase without its determiner.
        title: "Mr", "Dame" and so on.
        role: office or affiliation told with the name.
        alias: abbreviation told in brackets.
        definite: "the", "its" or a possessive stands before it.
    """

    span: Span
    kind: Kind
    name: str
    title: str | None = None
    role: str | None = None
    alias: str | None = None
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a whole document tells about its words.

    Attributes:
        lowered: words that occur in lower case, so a capital at a sentence's start means nothing.
        surnames: last words of the people's names.
    """

    lowered: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    possessive: bool
    joined: bool  # only a space parts it from the token before
    lower: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def acronym(self) -> bool:
        letters = self.text.replace(".", "").replace("&", "")
        return 2 <= len(letters) <= 6 and letters.isalpha() and sum(map(str.isupper, letters)) > 1


_TOKEN = re.compile(r"(?:[A-Z]\.){1,4}(?=\s|,|’|'|$)|[^\W_]+(?:['’.&-][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’][sS]$")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z-]+")
_NAMED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Sen\.|Rep\.|Gov\.)\.?|"
    + "|".join(sorted(lx.FIRST_NAMES))
    + r")\s((?:[A-Z][\w’'-]+|[A-Z]\.)(?:\s[A-Z][\w’'-]+)?)"
)


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Read a document's sentences once, before mentions are looked for."""
    lowered: set[str] = set()
    surnames: set[str] = set()
    for text in texts:
        lowered.update(_LOWER_WORD.findall(text))
        for match in _NAMED.finditer(text):
            surnames.add(match[1].split()[-1].removesuffix("’s").removesuffix("'s"))
    return Vocabulary(frozenset(lowered), frozenset(surnames))


def tokenise(host: str) -> list[Token]:
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(host):
        text, start, end = match[0], match.start(), match.end()
        if (
            text.endswith(".")
            and text not in lx.TITLES
            and not re.fullmatch(r"(?:[A-Z]\.)+|Jr\.|Sr\.", text)
        ):
            text, end = text[:-1], end - 1
        possessive = bool(_POSSESSIVE.search(text)) and len(text) > 2
        if possessive:
            text = text[:-2]
        elif text[-1] in "sS" and host[end : end + 2] in ("’ ", "' "):
            possessive = True
        gap = host[last:start]
        plural_owner = bool(tokens) and tokens[-1].possessive and gap in ("' ", "’ ")
        tokens.append(Token(text, start, end, possessive, gap == " " or plural_owner, text.lower()))
        last = end
    return tokens


def is_body(run: Sequence[Token], before: Token | None, words: Vocabulary) -> bool:
    if not run:
        return False
    if run[0].text in lx.FIRST_NAMES and len(run) in (2, 3):
        return run[-1].text in lx.ORGANISATION_WORDS and run[-1].text not in words.surnames
    if len(run) == 1 and run[0].text in words.surnames:
        return False
    if "-".join(t.text for t in run) in lx.KNOWN_ORGANISATIONS:
        return True
    if any(token.text in lx.ORGANISATION_WORDS for token in run):
        return len(run) > 1 or (before is not None and before.lower == "the")
    if len(run) == 1:
        return run[0].acronym or run[0].text in lx.KNOWN_ORGANISATIONS
    return run[-1].acronym and len(run) <= 2


def join(tokens: Sequence[Token]) -> str:
    return " ".join(
        token.text + ("’s" if token.possessive and token is not tokens[-1] else "")
        for token in tokens
    )
