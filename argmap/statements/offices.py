"""Offices and other common nouns: "the health secretary", "NHS bosses", "the union"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.phrases import Kind, Mention, Token, Vocabulary, is_body, join, tokenise

# Words that go on a noun phrase: what stands before one is not its head.
_NOUNS = (
    lx.ROLE_HEADS
    | lx.VAGUE_PLURALS
    | (lx.ROLE_MODIFIERS - {"and", "then", "lead", "work", "trade"})
    | lx.COMMON_BODIES
    | lx.DOCUMENT_HEADS
)
_ROLE_WORDS = lx.ROLE_HEADS | lx.ROLE_MODIFIERS
_BODY_WORDS = lx.COMMON_BODIES | lx.ROLE_MODIFIERS
_NO_MODIFIERS = (
    lx.DETERMINERS
    | lx.AUXILIARIES
    | lx.ADVERBS
    | lx.NEGATIONS
    | frozenset(lx.FORMS)
    | frozenset(lx.PRONOUNS)
    | lx.words("and or but as than at if when who while after before during over under between")
)
#: "Hartley met Transport Secretary Pryce": no part of an office.
_MEETINGS = lx.words("met saw beat quit sent gave meets sees sends gives tells backs joins faces")
_DEFINITES = lx.words("the its his her their our this that")
_INDEFINITES = lx.words("a an one another some any two three four five several many few")
_TAIL = re.compile(
    r"\s(?:of|for|at|from|on|in)\s((?:the\s|its\s)?(?:[^\W_][\w’'&.-]*)(?:\s[^\W_][\w’'&.-]*){0,7})"
)
_NAMED_TAIL = re.compile(r"\s(?:of|for)\s(?:the\s)?[A-Z][\w’'-]*(?:(?:,|\sand)?\s[A-Z][\w’'-]*)*")
_APPOSITION = re.compile(
    r",\s(?:(?:the|a|an|its|his|her|who is|who was)\s)?([^,;:()–—\x01]{3,110}?)"
    r"(?=[,;)]|\.$|\swho\b|\s\()"
)


def role_before(tokens: Sequence[Token], begin: int, stop: int) -> tuple[int, str | None]:
    """Start of the phrase and the role that stands before a name at token ``stop``.

    ``begin`` is the first token of the capitalised run that the name ends; everything between
    belongs to the role already.
    """
    first = begin
    has_head = begin < stop
    while first > 0 and tokens[first].joined:
        token = tokens[first - 1]
        if token.lower in lx.ROLE_HEADS and not token.possessive:
            has_head = True
        elif not has_head or not _modifies(token, first - 1):
            if has_head:
                first = _through_unknown(tokens, first, names=True)
            break
        first -= 1
    while first < stop and tokens[first].lower in ("and", "then"):
        first += 1
    if not has_head or first == stop:
        return tokens[begin].start, None
    role = join(tokens[first:stop])
    start = tokens[first].start
    if (
        first > 0
        and tokens[first].joined
        and tokens[first - 1].lower
        in lx.DETERMINERS
        - {
            "of",
            "by",
            "from",
            "with",
            "about",
            "for",
            "to",
            "into",
            "that",
            "which",
            "whose",
            "what",
        }
    ):
        start = tokens[first - 1].start
    return start, role or None


def role_after(host: str, last: Token, words: Vocabulary) -> str | None:
    """Role from an apposition (", the justice secretary,") or an affiliation (" of UNISON")."""
    if last.possessive:
        return None
    if match := _APPOSITION.match(host, last.end):
        role = _clean_role(match[1])
        if role is not None:
            return role
    if match := re.compile(r"\s(?:of|from)\s(?:the\s)?([A-Z][\w&]+(?:\s[A-Z][\w&]+)*)").match(
        host, last.end
    ):
        run = tokenise(match[1])
        if is_body(run, None, words):
            return match[1]
    return None


def common_noun(host: str, tokens: Sequence[Token], index: int) -> tuple[Mention | None, int]:
    """A phrase headed by a common noun: a role, a body, a group or a document."""
    token = tokens[index]
    if token.possessive:
        return None, index + 1
    lower = token.lower
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    continues = following is not None and following.joined and following.lower in _NOUNS
    if continues:
        return None, index + 1
    if lower in lx.ROLE_HEADS and lower not in lx.VAGUE_PLURALS:
        if (
            following is not None
            and following.joined
            and following.capital
            and (following.text not in lx.NOT_NAMES)
        ):
            return None, index + 1  # the name's own run takes it as its role
        return role_mention(host, tokens, index)
    if lower == "those" and following is not None and following.lower == "who":
        return Mention(Span(token.start, token.end), "vague", "those"), index + 1
    if lower in lx.VAGUE_PLURALS:
        first = _phrase_start(tokens, index)
        start, definite = _with_determiner(tokens, first)
        # "NHS bosses", "junior doctors' representatives": several people, of whom none is named
        kind: Kind = "vague"
        name = host[tokens[first].start : token.end]
        end = token.end
        if lower in lx.OFFICE_PLURALS and definite and (named_in := _NAMED_TAIL.match(host, end)):
            # "the health secretaries of Scotland and Wales" are known by their offices
            kind, name, end = "group", name + named_in[0], named_in.end()
        return Mention(Span(start, end), kind, name, definite=definite), index + 1
    if lower in lx.COMMON_BODIES or lower in lx.DOCUMENT_HEADS:
        first = _phrase_start(tokens, index)
        start, definite = _with_determiner(tokens, first)
        kind = "organisation" if lower in lx.COMMON_BODIES else "document"
        if not definite and not any(t.capital for t in tokens[first:index]):
            kind = "vague" if kind == "organisation" else kind
        name = host[tokens[first].start : token.end]
        return Mention(Span(start, token.end), kind, name, definite=definite), index + 1
    return None, index + 1


def role_mention(host: str, tokens: Sequence[Token], index: int) -> tuple[Mention | None, int]:
    first = _phrase_start(tokens, index)
    start, definite = _with_determiner(tokens, first)
    head = tokens[index]
    inner = tokens[first : index + 1]
    name = host[tokens[first].start : head.end]
    spokes = head.lower in lx.SPOKESPEOPLE
    tail = _TAIL.match(host, head.end) if spokes else None
    if spokes:
        body = _spokes_body(tail[1]) if tail else None
        if body is not None:
            return (
                Mention(Span(start, head.end), "role", f"{body} {head.lower}", definite=definite),
                index + 1,
            )
        known = len(inner) > 1 or definite
        return (
            Mention(Span(start, head.end), "role" if known else "vague", name, definite=definite),
            index + 1,
        )
    capital = head.capital and start > 0
    bare = first == index and not definite and not capital
    before = tokens[first - 1].lower if first > 0 and tokens[first].joined else ""
    if head.lower in lx.VAGUE_PLURALS:
        return Mention(Span(head.start, head.end), "vague", head.text), index + 1
    if bare or before in _INDEFINITES or head.lower in lx.UNNAMED_HEADS:
        return Mention(Span(start, head.end), "vague", name), index + 1
    return Mention(Span(start, head.end), "role", name, definite=definite or capital), index + 1


def _clean_role(text: str) -> str | None:
    """``text`` if it reads as a role: modifiers, a head, and what the head is of."""
    tokens = tokenise(text)
    for index, token in enumerate(tokens[:8]):
        if token.lower in lx.ROLE_HEADS and not token.possessive:
            following = tokens[index + 1].lower if index + 1 < len(tokens) else "of"
            if following in _ROLE_WORDS:
                continue
            if following in ("of", "for", "at", "in", "to", "on", "with", "and", "who", "from"):
                return text.split(" who ")[0].strip()
            return None
        unknown = token.text.islower() and token.lower not in _NO_MODIFIERS and index < 4
        if not (_modifies(token, index + 1) or token.possessive or unknown):
            return None
    return None


def _modifies(token: Token, index: int) -> bool:
    """Whether a word can stand before the head of a role."""
    if token.lower in lx.ROLE_MODIFIERS:
        return token.lower != "and" or index > 0
    if token.capital:
        return token.text not in lx.NOT_NAMES
    return False


def _phrase_start(tokens: Sequence[Token], index: int) -> int:
    first = index
    while first > 0 and tokens[first].joined and index - first < 6:
        token = tokens[first - 1]
        if token.lower in lx.DETERMINERS or token.lower in lx.NEGATIONS or token.lower == "and":
            break
        if token.possessive and token.text not in lx.NOT_NAMES:
            first -= 1
            continue
        adjective = token.text[0].islower() and token.lower.endswith(
            ("al", "ic", "ive", "ar", "ous", "ish", "ent", "ing", "health", "care", "union")
        )
        if not (_modifies(token, first - 1) or adjective) or token.lower in lx.AUXILIARIES:
            break
        first -= 1
    return _through_unknown(tokens, first)


def _through_unknown(tokens: Sequence[Token], first: int, *, names: bool = False) -> int:
    """Take in "tax" of "Wales's tax commissioner": a determiner must come before."""
    position = first
    while position > 0 and tokens[position].joined and first - position < 3:
        token = tokens[position - 1]
        if token.possessive and token.text not in lx.NOT_NAMES:
            return position - 1
        if token.lower in _DEFINITES or token.lower in _INDEFINITES:
            return position
        if names and position < first and token.capital and token.text not in lx.NOT_NAMES:
            return first if _ends_name(tokens, position - 1) else position - 1
        if not token.text.islower() or token.lower in _NO_MODIFIERS or _is_verb(token.lower):
            return first
        position -= 1
    return first


def _ends_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word is the last of a person's name: "Owen Hartley", "Mr Hartley"."""
    before = tokens[index - 1].text if index and tokens[index].joined else ""
    return before in lx.FIRST_NAMES or before in lx.TITLES


def _is_verb(word: str) -> bool:
    """Whether a word before an office joins two people rather than belongs to the office."""
    return word in _MEETINGS or (word.endswith("ed") and len(word) > 4)


def _with_determiner(tokens: Sequence[Token], first: int) -> tuple[int, bool]:
    start = tokens[first].start
    definite = tokens[first].possessive
    if first > 0 and tokens[first].joined:
        word = tokens[first - 1]
        if word.lower in _DEFINITES:
            # "his lawyer" is somebody else than he
            return word.start, word.lower not in ("his", "her", "their", "our")
        if word.lower in _INDEFINITES:
            return word.start, False
        if word.possessive:
            return word.start, True
    return start, definite


def _spokes_body(text: str) -> str | None:
    """The body a spokesperson speaks for: "a spokesman for the RCN" -> "RCN"."""
    tokens = tokenise(text)
    if tokens and tokens[0].lower in ("the", "its"):
        tokens = tokens[1:]
    taken: list[Token] = []
    for token in tokens:
        if (
            token.capital
            or token.lower in _BODY_WORDS
            or (token.lower in ("of", "for", "and") and taken and taken[-1].capital)
        ):
            taken.append(token)
        else:
            break
    while taken and taken[-1].lower in ("of", "for", "and"):
        taken.pop()
    return join(taken) if taken else None
