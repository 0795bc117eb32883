"""Who is named in a sentence: people, pronouns, roles, bodies, and holders that name nobody.

Rules over capital letters and the word lists; a sentence is given with its quotations blanked
(``BLANK``), so that nobody named inside one is taken for its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.offices import common_noun, role_after, role_before, role_mention
from argmap.statements.phrases import Kind, Mention, Token, Vocabulary, is_body, join, tokenise

_BRACKET = re.compile(r"\s\(([A-Z][A-Za-z&]{1,9})\)")
_ROLE_WORDS = lx.ROLE_MODIFIERS | lx.ROLE_HEADS
_HOLDER_WORDS = _ROLE_WORDS | lx.VAGUE_PLURALS
_FOLLOWERS = _HOLDER_WORDS | lx.COMMON_BODIES
_COMMON = _FOLLOWERS | lx.DOCUMENT_HEADS
# Nouns for people in the plural; a surname with such an ending is known from elsewhere.
_PEOPLE = re.compile(r"(?:ers|ists|ors|ians|men|women|ees)$")
_PREPOSITIONS = lx.words("in at from near to into across outside around via")


def find_mentions(host: str, *, words: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Mentions of one sentence in order, not overlapping.

    Args:
        host: the sentence with quotations blanked.
        words: what the document tells about its words.
    """
    words = words or Vocabulary()
    tokens = tokenise(host)
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        mention, after = _mention_at(host, tokens, index, words)
        if mention is not None and not (found and mention.span.end <= found[-1].span.end):
            while found and found[-1].span.end > mention.span.start:
                found.pop()
            found.append(mention)
        index = after
    return tuple(_join_appositions(host, found))


def _mention_at(
    host: str, tokens: Sequence[Token], index: int, words: Vocabulary
) -> tuple[Mention | None, int]:
    token = tokens[index]
    if (
        token.lower in lx.PRONOUNS
        and not token.possessive
        and (token.lower != "i" or token.text == "I")
    ):
        return Mention(Span(token.start, token.end), "pronoun", token.lower), index + 1
    if token.capital and re.split("['’]", token.text)[0] not in lx.NOT_NAMES:
        run_end = _run_end(host, tokens, index)
        begin = _skip_ordinary(tokens, index, run_end, words)
        if begin is None:
            return common_noun(host, tokens, index)
        return _classify(host, tokens, begin, run_end, words)
    return common_noun(host, tokens, index)


def _run_end(host: str, tokens: Sequence[Token], index: int) -> int:
    """End of the run of capitalised words from ``index``, particles and initials within."""
    end = index + 1
    saint = tokens[index].text.rstrip(".") in ("St", "Saint")
    while end < len(tokens) and tokens[end].joined:
        token = tokens[end]
        # A possessor ends its run, but "St Brannoc's Hospital" is one name.
        if tokens[end - 1].possessive and not (saint and token.text in lx.ORGANISATION_WORDS):
            break
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


def _skip_ordinary(tokens: Sequence[Token], begin: int, end: int, words: Vocabulary) -> int | None:
    """Drop a first word that is capitalised only because it begins the sentence."""
    first = tokens[begin]
    ordinary = (
        begin == 0
        and first.lower in words.lowered
        and first.text not in lx.FIRST_NAMES
        and first.text not in lx.TITLES
        and first.text not in lx.KNOWN_ORGANISATIONS
        and first.text not in words.surnames
        and first.lower not in lx.PARTICLES
    )
    if not ordinary:
        return begin
    rest = tokens[begin + 1 : end]
    if any(t.lower in lx.ROLE_HEADS or t.text in lx.ORGANISATION_WORDS for t in rest):
        return begin
    if (
        first.lower in lx.ROLE_MODIFIERS
        and end < len(tokens)
        and (tokens[end].lower in _ROLE_WORDS)
    ):
        return None
    return begin + 1 if rest else None


def _classify(
    host: str, tokens: Sequence[Token], begin: int, end: int, words: Vocabulary
) -> tuple[Mention | None, int]:
    before = tokens[begin - 1] if begin and tokens[begin].joined else None
    lead = _descriptor(tokens[begin:end])
    run = tokens[begin:end]
    head = max(
        (
            i
            for i, token in enumerate(run[:-1])
            if token.lower.rstrip(".") in lx.ROLE_HEADS or token.text in lx.TITLES
        ),
        default=None,
    )
    if run[0].text in lx.FIRST_NAMES and run[0].text not in lx.TITLES:
        head = None  # "Paul Judge Smith" holds no office by his name
    if head is not None and not is_body(run[head + 1 :], before=None, words=words):
        title = run[head].text if run[head].text in lx.TITLES else None
        role_end = head if title else head + 1
        # "Sir" and "Dr" go with the name; "Health Secretary" and what precedes is the role.
        start, role = role_before(tokens, begin, begin + role_end)
        name = join(run[head + 1 :])
        return (
            Mention(
                Span(start, run[-1].end - 2 * _has_s(run[-1], host)),
                "person",
                name,
                title=title,
                role=role_after(host, run[-1], words) or role,
            )
            if not run[-1].possessive
            else _owner(run, "person", name, title, role),
            end,
        )
    if run[-1].lower in lx.ROLE_HEADS and not (run[-1].text in words.surnames and len(run) < 3):
        return role_mention(host, tokens, end - 1)
    # "Department of Health" is a body even where a lower-case noun follows.
    if is_body(run, before, words):
        return _body(host, tokens, begin, end)
    if end < len(tokens) and tokens[end].joined and not run[-1].possessive:
        follower = tokens[end].lower
        if follower in _FOLLOWERS and (len(run) == 1 or run[0].text not in lx.FIRST_NAMES):
            # "Kremlin spokesman", "Whitehall officials": read from their head.
            return None, end
    start, role = role_before(tokens, begin, begin)
    if lead:
        start, role = run[0].start, join(run[:lead])
        run = run[lead:]
    name = join(run)
    if run[-1].possessive:
        kind: Kind = "person" if len(run) > 1 or run[0].text in words.surnames else "name"
        return _owner(run, kind, name, None, role), end
    span = Span(start, run[-1].end)
    place = before is not None and (before.lower in _PREPOSITIONS or before.lower == "the")
    if len(run) == 1:
        if run[0].text == "May" and run[0].text not in words.surnames:
            return None, end
        known = run[0].text in words.surnames or role is not None
        if begin == 0 and not known and (run[0].lower in _COMMON or _PEOPLE.search(name)):
            return _opening_noun(host, tokens)
        kind = "person" if known else "name"
        return Mention(span, kind, name, role=role or role_after(host, run[-1], words)), end
    sure = run[0].text in lx.FIRST_NAMES or run[-1].text in words.surnames or role is not None
    if not sure and (place or len(run) > 4):
        return Mention(span, "name", name), end
    return Mention(span, "person", name, role=role or role_after(host, run[-1], words)), end


def _opening_noun(host: str, tokens: Sequence[Token]) -> tuple[Mention | None, int]:
    """A common noun whose capital only begins the sentence: "Analysts say", "Dockers want"."""
    if tokens[0].lower in _COMMON:
        return common_noun(host, tokens, 0)
    return Mention(Span(tokens[0].start, tokens[0].end), "vague", tokens[0].text), 1


def _descriptor(run: Sequence[Token]) -> int:
    """Words before a first name that are no part of it: "Rival Hillary Clinton" has one."""
    if run[0].text in lx.FIRST_NAMES or any(t.text in lx.TITLES for t in run):
        return 0
    if any(t.lower in lx.ROLE_HEADS for t in run[:-1]):
        return 0
    for index in range(1, len(run) - 1):
        if run[index].text in lx.FIRST_NAMES and len(run) - index <= 3:
            return index
    return 0


def _has_s(token: Token, host: str) -> bool:
    return token.possessive and host[token.end - 2 : token.end - 1] in "'’"


def _owner(
    run: Sequence[Token], kind: Kind, name: str, title: str | None, role: str | None
) -> Mention:
    """A possessor: it introduces a name, but cannot be a subject, so it keeps its own span."""
    return Mention(
        Span(run[0].start, run[-1].start + len(run[-1].text)), kind, name, title=title, role=role
    )


def _body(host: str, tokens: Sequence[Token], begin: int, end: int) -> tuple[Mention | None, int]:
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
        if not token.capital or not token.joined or token.text == "I" or token.text in lx.TITLES:
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
        if follower in _HOLDER_WORDS:
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
