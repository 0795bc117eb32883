"""Who governs a cue verb: the noun phrase before it, after it, or in the clause it continues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.phrases import BLANK, Mention

#: End and source of a cue found earlier in the sentence.
EarlierCue = tuple[int, Mention]

_WORD_BEFORE = re.compile(r"([\w’'-]+)\s+$")
INTRO = re.compile(
    r"^\s*(?:And|But|Yet|So|However|Meanwhile|Also|Then|Later|Earlier|Yesterday|Today|Tonight|Last|"
    r"This|On|In|At|During|After|Before|By|Speaking|Writing|Responding|Asked|Following|Despite|"
    r"Instead|Now|Still|Nevertheless|Nonetheless|Even|Only|Perhaps|Since|From|For|To|With|"
    r"Afterwards|Again|Separately|Privately|Publicly|Online|Elsewhere|Here|There|Yes|No|When|While|"
    r"Although|Though|If|Because|As|Until|Once|Not|Both)\b"
)
_CONJUNCTIONS = lx.words(
    "and but as while that because when after before if though although whereas since "
    "until so or yet which what how why where whether like than once unless who whom then "
    "fellow"
)
_BOUNDARY = re.compile(
    r"[,;:–—()\x01]|(?<=\s)-(?=\s)|\b(?:and|but|as|while|that|because|when|after|"
    r"if|though|although|whereas|since|before|until)\s"
)
_GENERIC = re.compile(
    r"(?:the|a|an|his|her|its|their|one|another|some|many|most|several|both|two|three|four|other|"
    r"those|these|more|few)\s+(?:[\w’'-]+\s+){0,8}[\w’'-]+$|(?:[\w’'-]+\s+){0,3}[\w’'-]+s$",
    re.I,
)
_BEFORE_NOUNS = (lx.DETERMINERS | {"of"}) - {"that"}
_SKIPPED = lx.AUXILIARIES | lx.ADVERBS | lx.NEGATIONS | {"to"}
_NOT_IN_PHRASES = (
    lx.AUXILIARIES
    | frozenset(lx.FORMS)
    | lx.words("let us him me them it this i we you here there to as")
)
_POSSESSOR = re.compile(r"(?:\b[Tt]he )?(?:(?<![\w])[A-Z][\w&.-]*['’]s?|\b[Tt]he)$")
_END_OF_NAMES = re.compile(r"[,.;]|$")
_INSIDE = re.compile(r"\b(?:of|for|from|between|in|at|to|by|with)\s(?:the\s)?$")
_QUANTIFIERS = frozenset(["some", "many", "others", "most", "few", "both", "several"])
_GAP = re.compile(
    r"\s(?:of|for|at|from|in|on|with|who|representing|behind|to|that|leading|working|living)\s"
    r"[^;:\x01,]{1,90}$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    mention: Mention | None
    joined: bool
    words: tuple[str, ...]


def inverted_subject(
    host: str, mentions: Sequence[Mention], span: Span, form: str
) -> Mention | None:
    """The source after its verb: "…," said Mr Hunt; the plan, said Mr Hunt, was fair."""
    if form not in lx.INVERTIBLE or form in lx.GERUNDS:
        return None
    before = host[: span.start].rstrip()
    after_quote = before.endswith(BLANK) or (before.endswith(",") and BLANK in before[-3:])
    if not after_quote and not before.endswith((",", "–", "—")):
        return None
    follows = 4 if host.startswith(" the ", span.end) else 0
    mention = mention_from(mentions, span.end + 1, within=follows)
    if mention is not None and host.startswith(("’s ", "'s "), mention.span.end):
        mention = mention_from(mentions, mention.span.end + 3, within=0)
    if mention is None or (mention.kind == "pronoun" and not after_quote):
        return None
    second = mention_from(mentions, mention.span.end + 5, within=4)
    if (
        second is not None
        and host.startswith(" and ", mention.span.end)
        and _END_OF_NAMES.match(host, second.span.end)
    ):
        return Mention(Span(mention.span.start, second.span.end), "vague", "both")
    if not after_quote:
        following = host[mention.span.end : mention.span.end + 1]
        if following not in (",", ".", "") or form.endswith("ing"):
            return None
    return mention


def find_subject(
    host: str, mentions: Sequence[Mention], span: Span, form: str, earlier: Sequence[EarlierCue]
) -> Subject | None:
    position, words = _before_auxiliaries(host, span.start)
    gerund = form in lx.GERUNDS
    before = host[:position].rstrip()
    last_word = before.rsplit(" ", 1)[-1].lower().strip(",;:()") if before else ""
    alone = last_word in _QUANTIFIERS and form not in lx.NOUNS_TOO
    if not words and last_word in _BEFORE_NOUNS and not alone and (not gerund or last_word != "by"):
        return None
    if last_word.endswith(("’s", "'s")):
        return None
    if gerund and not set(words) & {"is", "are", "was", "were", "been", "be"}:
        # "…, adding that": the clause before it has the subject.
        if not before.endswith((",", BLANK)) and last_word not in ("and", "but", "while", "by"):
            return None
        source = _main_source(host, mentions, earlier, span.start)
        return Subject(source, True, words) if source is not None else None
    if "to" in words or last_word == "to":
        lead = re.search(
            r"\b(?:went on|goes on|continued|continues|appeared|seemed)\s+to\s+$",
            host[: span.start],
        )
        if not lead:
            return None
        position, words = _before_auxiliaries(host, lead.start())
        before = host[:position].rstrip()
    if not gerund and form != "said" and set(words) & lx.PASSIVE_AUXILIARIES:
        return None
    if form == "said" and set(words) & {"is", "are", "was", "were", "be", "been"}:
        return None
    mention = _at_end(host, mentions, len(before))
    if mention is not None:
        return Subject(mention, False, words)
    if last_word in ("and", "but", "or", "yet", "then") or before.endswith((",", BLANK)):
        source = _main_source(host, mentions, earlier, span.start)
        if source is not None and (last_word in ("and", "but", "yet", "then")):
            return Subject(source, True, words)
        return None
    if last_word == "who":
        head = before[: -len("who")].rstrip(" ,")
        antecedent = ending_at(mentions, len(head))
        return Subject(antecedent, False, words) if antecedent is not None else None
    return None if form in lx.NOUNS_TOO else _generic(host, before, words)


def _before_auxiliaries(host: str, position: int) -> tuple[int, tuple[str, ...]]:
    """Walk left over "has also repeatedly"; the words walked over come back too."""
    words: list[str] = []
    while len(words) < 6 and (match := _WORD_BEFORE.search(host, max(0, position - 30), position)):
        word = match[1].lower()
        plain = word in _SKIPPED
        if (
            not plain
            and not (word.endswith("ly") and len(word) > 4)
            and "n’t" not in word
            and ("n't" not in word)
        ):
            break
        if match[1][0].isupper() and position > 0 and match.start(1) > 0:
            break
        words.append(word)
        position = match.start(1)
    return position, tuple(words)


def _at_end(host: str, mentions: Sequence[Mention], position: int) -> Mention | None:
    """The mention that is the subject of what follows ``position``, asides skipped."""
    mention = ending_at(mentions, position)
    if mention is not None and mention.kind != "pronoun":
        partner = _partner(host, mentions, mention)
        if partner is not None and _starts_clause(host, partner):
            # "Mr Hunt and Mr Hale said": two hold it, so nobody alone does.
            both = Span(partner.span.start, mention.span.end)
            return Mention(both, "vague", host[both.start : both.end])
        if (
            partner is not None
            and partner.kind == mention.kind
            and _INSIDE.search(host[: partner.span.start])
        ):
            return _with_tail(host, mentions, position)  # "of Scotland and Wales"
    if mention is not None and _starts_clause(host, mention):
        return mention
    if position and host[position - 1] == ",":
        mention = ending_at(mentions, position - 1)
        if mention is not None and _is_apposition(host, mentions, mention):
            return mention
    if position and host[position - 1] in ",)–—-":
        for aside in _aside_starts(host, position - 1):
            mention = ending_at(mentions, len(host[:aside].rstrip()))
            if mention is None:
                gap_owner = _with_tail(host, mentions, len(host[:aside].rstrip()))
                mention = gap_owner
            if mention is not None and _starts_clause(host, mention):
                return mention
        return None
    return _with_tail(host, mentions, position)


def _partner(host: str, mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """The mention that "and" joins to this one."""
    before = _POSSESSOR.sub("", host[: mention.span.start].rstrip()).rstrip()
    if not before.endswith(" and"):
        return None
    partner = ending_at(mentions, len(before) - len(" and"))
    return partner if partner is not None and partner.kind != "pronoun" else None


def _is_apposition(host: str, mentions: Sequence[Mention], mention: Mention) -> bool:
    """ "The health secretary, Steve Barclay," and "a lawyer for the papers, David Schulz,"."""
    if mention.kind != "person":
        return False
    if ", " in host[mention.span.start : mention.span.end]:
        return _starts_clause(host, mention)  # the office is part of the phrase already
    if not host[: mention.span.start].endswith(", "):
        return False
    earlier = [m for m in mentions if m.span.end < mention.span.start]
    people = [m for m in earlier if m.kind in ("person", "name", "pronoun")]
    return not people and any(
        m.kind in ("role", "vague") and _starts_clause(host, m) for m in earlier
    )


def _aside_starts(host: str, position: int) -> list[int]:
    """Where an aside that ends at ``position`` may have begun, nearest first."""
    closing = host[position]
    opening = {")": "(", ",": ",", "–": "–", "—": "—", "-": "-"}[closing]
    found = []
    search = position
    for _ in range(4):
        search = host.rfind(opening, 0, search)
        if search < 0 or position - search > 260:
            break
        if BLANK in host[search:position] and closing != ")":
            break
        found.append(search)
    return found


def _with_tail(host: str, mentions: Sequence[Mention], position: int) -> Mention | None:
    """ "Sara Gorton of UNISON": the mention whose own phrase reaches ``position``."""
    for mention in reversed(mentions):
        if mention.span.end >= position:
            continue
        if position - mention.span.end > 90:
            return None
        gap = host[mention.span.end : position]
        if mention.kind == "pronoun" or not _starts_clause(host, mention):
            continue
        match = _GAP.match(gap)
        if match is None:
            return None
        words = [word.lower() for word in gap.split()]
        verbs = {*lx.AUXILIARIES, *lx.FORMS} - {"back", "state", "post", "report", "support"}
        if words[0] not in ("who", "that") and verbs & set(words):
            return None
        return mention
    return None


def _starts_clause(host: str, mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.name != "it" or not re.search(
            r"\b(?:of|for|to|by|with|on|in|at|about)\s$", host[: mention.span.start]
        )
    before = host[: mention.span.start].rstrip()
    # "Labour's Wes Streeting", "the Rev. Peter Wherry" start where their first word does.
    before = _POSSESSOR.sub("", before).rstrip()
    if not before or before[-1] in ",;:–—([…" + BLANK or before.endswith(" -"):
        return True
    word = before.rsplit(" ", 1)[-1].lower()
    if word in _CONJUNCTIONS:
        return True
    clause = re.split(r"[,;:–—(\x01]", before)[-1]
    return INTRO.match(clause) is not None and word not in (
        "of",
        "for",
        "with",
        "by",
        "to",
        "in",
        "at",
        "on",
        "from",
        "about",
        "against",
    )


def ending_at(mentions: Sequence[Mention], position: int) -> Mention | None:
    for mention in mentions:
        if mention.span.end == position:
            return mention
    return None


def mention_from(mentions: Sequence[Mention], position: int, *, within: int) -> Mention | None:
    for mention in mentions:
        if position <= mention.span.start <= position + within:
            return mention
        if mention.span.start > position + within:
            return None
    return None


def _main_source(
    host: str, mentions: Sequence[Mention], earlier: Sequence[EarlierCue], position: int
) -> Mention | None:
    """Who the sentence has been about so far: the last cue's source, or its first subject."""
    for end, source in reversed(earlier):
        if end <= position:
            return source
    for mention in mentions:
        if mention.span.end > position:
            return None
        if mention.kind == "pronoun" and mention.name == "it":
            continue
        if _starts_clause(host, mention) and host[: mention.span.start].strip()[-1:] not in ("(",):
            following = host[mention.span.end : mention.span.end + 2]
            if not following.startswith(("’s", "'s", "’ ", "' ")):
                return mention
    return None


def _generic(host: str, before: str, words: tuple[str, ...]) -> Subject | None:
    """A noun phrase that no list knows ("The 34-year-old"): a holder, but nobody by name."""
    start = 0
    for match in _BOUNDARY.finditer(before):
        start = match.end()
    phrase = before[start:].strip()
    if phrase.lower() not in _QUANTIFIERS and not _GENERIC.match(phrase):
        return None
    if {word.lower() for word in phrase.split()} & _NOT_IN_PHRASES:
        return None
    at = len(before) - len(phrase)
    return Subject(Mention(Span(at, len(before)), "vague", phrase), False, words)
