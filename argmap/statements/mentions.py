"""Who is named in a sentence: people, pronouns, roles, bodies, and holders that name nobody.

Rules over capital letters and the word lists; a sentence is given with its quotations blanked
(``BLANK``), so that nobody named inside one is taken for its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
            person by office; ``"group"`` a plural that something identifies ("NHS bosses");
            ``"vague"`` a holder that names nobody; ``"document"`` a report, a poll.
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
class _Token:
    text: str
    start: int
    end: int
    possessive: bool
    joined: bool  # only a space parts it from the token before

    @property
    def lower(self) -> str:
        return self.text.lower()

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
_DEFINITES = frozenset("the its his her their our this that".split())
_INDEFINITES = frozenset("a an one another some any two three four five several many few".split())
_BRACKET = re.compile(r"\s\(([A-Z][A-Za-z&]{1,9})\)")
_TAIL = re.compile(
    r"\s(?:of|for|at|from|on|in)\s((?:the\s|its\s)?(?:[^\W_][\w’'&.-]*)(?:\s[^\W_][\w’'&.-]*){0,7})"
)
_APPOSITION = re.compile(
    r",\s(?:(?:the|a|an|its|his|her|who is|who was)\s)?([^,;:()–—\x01]{3,110}?)(?=[,;)]|\.$|\swho\b)"
)
_PREPOSITIONS = frozenset("in at from near to into across outside around via".split())


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Read a document's sentences once, before mentions are looked for."""
    lowered: set[str] = set()
    surnames: set[str] = set()
    for text in texts:
        lowered.update(_LOWER_WORD.findall(text))
        for match in _NAMED.finditer(text):
            surnames.add(match[1].split()[-1].removesuffix("’s").removesuffix("'s"))
    return Vocabulary(frozenset(lowered), frozenset(surnames))


_NAMED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Sen\.|Rep\.|Gov\.)\.?|"
    + "|".join(sorted(lx.FIRST_NAMES))
    + r")\s((?:[A-Z][\w’'-]+|[A-Z]\.)(?:\s[A-Z][\w’'-]+)?)"
)


def find_mentions(host: str, *, words: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Mentions of one sentence in order, not overlapping.

    Args:
        host: the sentence with quotations blanked.
        words: what the document tells about its words.
    """
    words = words or Vocabulary()
    tokens = _tokens(host)
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        mention, after = _mention_at(host, tokens, index, words)
        if mention is not None:
            while found and found[-1].span.end > mention.span.start:
                found.pop()
            found.append(mention)
        index = after
    return tuple(_join_appositions(host, found))


def _tokens(host: str) -> list[_Token]:
    tokens: list[_Token] = []
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
        tokens.append(_Token(text, start, end, possessive, gap == " " or plural_owner))
        last = end
    return tokens


def _mention_at(
    host: str, tokens: Sequence[_Token], index: int, words: Vocabulary
) -> tuple[Mention | None, int]:
    token = tokens[index]
    if (
        token.lower in lx.PRONOUNS
        and not token.possessive
        and (token.lower != "i" or token.text == "I")
    ):
        return Mention(Span(token.start, token.end), "pronoun", token.lower), index + 1
    if token.capital and not (token.text in lx.NOT_NAMES):
        run_end = _run_end(host, tokens, index)
        begin = _skip_ordinary(tokens, index, run_end, words)
        if begin is None:
            return _common_noun(host, tokens, index)
        return _classify(host, tokens, begin, run_end, words)
    return _common_noun(host, tokens, index)


def _run_end(host: str, tokens: Sequence[_Token], index: int) -> int:
    """End of the run of capitalised words from ``index``, particles and initials within."""
    end = index + 1
    while end < len(tokens) and not tokens[end - 1].possessive and tokens[end].joined:
        token = tokens[end]
        if token.capital and (token.text not in lx.NOT_NAMES or token.text in lx.TITLES):
            end += 1
        elif token.lower in lx.PARTICLES and not tokens[end - 1].acronym:
            following = end + 1
            while following < len(tokens) and tokens[following].lower in lx.PARTICLES:
                following += 1
            if following >= len(tokens) or not (
                tokens[following].capital and tokens[following].joined
            ):
                break
            end = following + 1
        else:
            break
    return end


def _skip_ordinary(tokens: Sequence[_Token], begin: int, end: int, words: Vocabulary) -> int | None:
    """Drop a first word that is capitalised only because it begins the sentence."""
    first = tokens[begin]
    ordinary = (
        begin == 0
        and first.lower in words.lowered
        and first.text not in lx.FIRST_NAMES
        and first.text not in lx.TITLES
        and first.text not in lx.KNOWN_ORGANISATIONS
        and first.text not in words.surnames
    )
    if not ordinary:
        return begin
    rest = tokens[begin + 1 : end]
    if any(t.lower in lx.ROLE_HEADS or t.text in lx.ORGANISATION_WORDS for t in rest):
        return begin
    if (
        first.lower in lx.ROLE_MODIFIERS
        and end < len(tokens)
        and (tokens[end].lower in lx.ROLE_MODIFIERS | lx.ROLE_HEADS)
    ):
        return None
    return begin + 1 if rest else None


def _classify(
    host: str, tokens: Sequence[_Token], begin: int, end: int, words: Vocabulary
) -> tuple[Mention | None, int]:
    run = tokens[begin:end]
    before = tokens[begin - 1] if begin and run[0].joined else None
    head = max(
        (
            i
            for i, token in enumerate(run[:-1])
            if token.lower.rstrip(".") in lx.ROLE_HEADS or token.text in lx.TITLES
        ),
        default=None,
    )
    if head is not None and not _is_body(run[head + 1 :], before=None, words=words):
        title = run[head].text if run[head].text in lx.TITLES else None
        role_end = head if title else head + 1
        # "Sir" and "Dr" go with the name; "Health Secretary" and what precedes is the role.
        start, role = _role_before(tokens, begin, begin + role_end)
        name = _join(run[head + 1 :])
        return (
            Mention(
                Span(start, run[-1].end - 2 * _has_s(run[-1], host)),
                "person",
                name,
                title=title,
                role=_role_after(host, run[-1], words) or role,
            )
            if not run[-1].possessive
            else _owner(run, "person", name, title, role),
            end,
        )
    if run[-1].lower in lx.ROLE_HEADS and not (run[-1].text in words.surnames and len(run) < 3):
        return _role_mention(host, tokens, end - 1)
    # "Department of Health" is a body even where a lower-case noun follows.
    if _is_body(run, before, words):
        return _body(host, tokens, begin, end)
    if end < len(tokens) and tokens[end].joined and not run[-1].possessive:
        follower = tokens[end].lower
        if follower in lx.ROLE_HEADS | lx.ROLE_MODIFIERS | lx.VAGUE_PLURALS | lx.COMMON_BODIES and (
            len(run) == 1 or run[0].text not in lx.FIRST_NAMES
        ):
            # "Kremlin spokesman", "Whitehall officials": read from their head.
            return None, end
    start, role = _role_before(tokens, begin, begin)
    name = _join(run)
    if run[-1].possessive:
        kind: Kind = "person" if len(run) > 1 or run[0].text in words.surnames else "name"
        return _owner(run, kind, name, None, role), end
    span = Span(start, run[-1].end)
    place = before is not None and (before.lower in _PREPOSITIONS or before.lower == "the")
    if len(run) == 1:
        if run[0].text == "May" and run[0].text not in words.surnames:
            return None, end
        known = run[0].text in words.surnames or role is not None
        kind = "person" if known else "name"
        return Mention(span, kind, name, role=role or _role_after(host, run[-1], words)), end
    sure = run[0].text in lx.FIRST_NAMES or run[-1].text in words.surnames or role is not None
    if not sure and (place or len(run) > 4):
        return Mention(span, "name", name), end
    return Mention(span, "person", name, role=role or _role_after(host, run[-1], words)), end


def _has_s(token: _Token, host: str) -> bool:
    return token.possessive and host[token.end - 2 : token.end - 1] in "'’"


def _owner(
    run: Sequence[_Token], kind: Kind, name: str, title: str | None, role: str | None
) -> Mention:
    """A possessor: it introduces a name, but cannot be a subject, so it keeps its own span."""
    return Mention(
        Span(run[0].start, run[-1].start + len(run[-1].text)), kind, name, title=title, role=role
    )


def _is_body(run: Sequence[_Token], before: _Token | None, words: Vocabulary) -> bool:
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


def _body(host: str, tokens: Sequence[_Token], begin: int, end: int) -> tuple[Mention | None, int]:
    run_end = end
    linked = False
    while not tokens[run_end - 1].possessive and run_end + 1 < len(tokens):
        link = tokens[run_end]
        if not link.joined or link.lower not in ("of", "for", "and", "on"):
            break
        following = run_end + 1
        if tokens[following].lower == "the" and following + 1 < len(tokens):
            following += 1
        token = tokens[following]
        if not token.capital or not token.joined or token.text in lx.TITLES | {"I": None}:
            break
        if token.text in lx.FIRST_NAMES or token.text in lx.NOT_NAMES:
            break
        if link.lower == "and" and (
            not linked or token.acronym or token.text in lx.KNOWN_ORGANISATIONS
        ):
            break
        if not any(
            t.text in lx.ORGANISATION_WORDS or t.text == "College" for t in tokens[begin:end]
        ):
            break
        linked = True
        run_end = _run_end(host, tokens, following)
    if run_end < len(tokens) and tokens[run_end].joined and not tokens[run_end - 1].possessive:
        follower = tokens[run_end].lower
        if follower in lx.ROLE_HEADS | lx.ROLE_MODIFIERS | lx.VAGUE_PLURALS:
            return None, run_end
        if follower in lx.COMMON_BODIES:
            run_end += 1
    last = tokens[run_end - 1]
    name = host[tokens[begin].start : last.start + len(last.text)]
    start = tokens[begin].start
    definite = begin > 0 and tokens[begin - 1].lower == "the" and tokens[begin].joined
    if definite:
        start = tokens[begin - 1].start
        if begin > 1 and tokens[begin - 1].text == "The":
            name = f"The {name}"  # part of the name: "…, The Times reported."
    stop = last.start + len(last.text)
    alias = None
    if not last.possessive and (bracket := _BRACKET.match(host, stop)):
        alias, stop = bracket[1], bracket.end()
        while run_end < len(tokens) and tokens[run_end].start < stop:
            run_end += 1
    return (
        Mention(Span(start, stop), "organisation", name, alias=alias, definite=definite),
        run_end,
    )


def _role_before(tokens: Sequence[_Token], begin: int, stop: int) -> tuple[int, str | None]:
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
        elif not has_head:
            break
        elif not _modifies(token, first - 1):
            break
        first -= 1
    while first < stop and tokens[first].lower in ("and", "then"):
        first += 1
    if not has_head or first == stop:
        return tokens[begin].start, None
    role = _join(tokens[first:stop])
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


def _modifies(token: _Token, index: int) -> bool:
    """Whether a word can stand before the head of a role."""
    if token.lower in lx.ROLE_MODIFIERS:
        return token.lower != "and" or index > 0
    if token.capital:
        return token.text not in lx.NOT_NAMES
    return False


def _role_after(host: str, last: _Token, words: Vocabulary) -> str | None:
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
        run = _tokens(match[1])
        if _is_body(run, None, words):
            return match[1]
    return None


def _clean_role(text: str) -> str | None:
    """``text`` if it reads as a role: modifiers, a head, and what the head is of."""
    tokens = _tokens(text)
    for index, token in enumerate(tokens[:8]):
        if token.lower in lx.ROLE_HEADS and not token.possessive:
            following = tokens[index + 1].lower if index + 1 < len(tokens) else "of"
            if following in lx.ROLE_HEADS | lx.ROLE_MODIFIERS:
                continue
            if following in ("of", "for", "at", "in", "to", "on", "with", "and", "who", "from"):
                return text.split(" who ")[0].strip()
            return None
        if not (_modifies(token, index + 1) or token.possessive):
            return None
    return None


def _common_noun(host: str, tokens: Sequence[_Token], index: int) -> tuple[Mention | None, int]:
    """A phrase headed by a common noun: a role, a body, a group or a document."""
    token = tokens[index]
    if token.possessive:
        return None, index + 1
    lower = token.lower
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    continues = (
        following is not None
        and following.joined
        and (
            following.lower
            in lx.ROLE_HEADS | lx.VAGUE_PLURALS | lx.ROLE_MODIFIERS - {"and", "then"}
            or following.lower in lx.COMMON_BODIES | lx.DOCUMENT_HEADS
        )
    )
    if continues and following is not None and following.lower not in ("lead", "work", "trade"):
        return None, index + 1
    if lower in lx.ROLE_HEADS and lower not in lx.VAGUE_PLURALS:
        if (
            following is not None
            and following.joined
            and following.capital
            and (following.text not in lx.NOT_NAMES)
        ):
            return None, index + 1  # the name's own run takes it as its role
        return _role_mention(host, tokens, index)
    if lower in lx.VAGUE_PLURALS:
        first = _phrase_start(tokens, index)
        start, definite = _with_determiner(tokens, first)
        inner = tokens[first:index]
        named = any(t.acronym or t.possessive or (t.capital and t.start > 0) for t in inner)
        kind: Kind = "group" if named else "vague"
        name = host[tokens[first].start : token.end]
        return Mention(Span(start, token.end), kind, name, definite=definite), index + 1
    if lower in lx.COMMON_BODIES or lower in lx.DOCUMENT_HEADS:
        first = _phrase_start(tokens, index)
        start, definite = _with_determiner(tokens, first)
        kind = "organisation" if lower in lx.COMMON_BODIES else "document"
        if not definite and not any(t.capital for t in tokens[first:index]):
            kind = "vague" if kind == "organisation" else kind
        name = host[tokens[first].start : token.end]
        return Mention(Span(start, token.end), kind, name, definite=definite), index + 1
    return None, index + 1


def _phrase_start(tokens: Sequence[_Token], index: int) -> int:
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
    return first


def _with_determiner(tokens: Sequence[_Token], first: int) -> tuple[int, bool]:
    start = tokens[first].start
    definite = tokens[first].possessive
    if first > 0 and tokens[first].joined:
        word = tokens[first - 1]
        if word.lower in _DEFINITES:
            return word.start, True
        if word.lower in _INDEFINITES:
            return word.start, False
        if word.possessive:
            return word.start, True
    return start, definite


def _role_mention(host: str, tokens: Sequence[_Token], index: int) -> tuple[Mention | None, int]:
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
    if bare or before in _INDEFINITES or head.lower in lx.UNNAMED_HEADS:
        return Mention(Span(start, head.end), "vague", name), index + 1
    return Mention(Span(start, head.end), "role", name, definite=definite or capital), index + 1


def _spokes_body(text: str) -> str | None:
    """The body a spokesperson speaks for: "a spokesman for the RCN" -> "RCN"."""
    tokens = _tokens(text)
    if tokens and tokens[0].lower in ("the", "its"):
        tokens = tokens[1:]
    taken: list[_Token] = []
    for token in tokens:
        if token.capital or token.lower in lx.COMMON_BODIES | lx.ROLE_MODIFIERS:
            taken.append(token)
        elif token.lower in ("of", "for", "and") and taken and taken[-1].capital:
            taken.append(token)
        else:
            break
    while taken and taken[-1].lower in ("of", "for", "and"):
        taken.pop()
    return _join(taken) if taken else None


def _join_appositions(host: str, mentions: Sequence[Mention]) -> list[Mention]:
    """ "The health secretary, Steve Barclay, said": the role goes to the name."""
    found: list[Mention] = []
    for mention in mentions:
        if found and mention.kind == "person" and found[-1].kind == "role" and found[-1].definite:
            gap = host[found[-1].span.end : mention.span.start]
            after = host[mention.span.end : mention.span.end + 1]
            if gap == ", " and after in (",", ".", ""):
                role = found.pop()
                mention = replace(
                    mention,
                    span=Span(role.span.start, mention.span.end),
                    role=mention.role or role.name,
                )
        found.append(mention)
    return found


def _join(tokens: Sequence[_Token]) -> str:
    return " ".join(
        token.text + ("’s" if token.possessive and token is not tokens[-1] else "")
        for token in tokens
    )
