"""The words that hand a sentence to a source: "X said that", "…," said X, "according to X".

A cue is a verb (or a fixed phrase) with the mention that governs it. The method is that of
rule-based quotation attribution after Krestel, Bergler and Witte (2008) and the guidelines of
PolNeAR: a cue, its source, and on which side of them the content lies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.records import Span
from argmap.statements import lexicon as lx
from argmap.statements.phrases import BLANK, Mention

CueKind = Literal["say", "stance", "according-to", "impersonal", "passive"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence.

    Attributes:
        span: the cue's words, in characters of the sentence.
        verb: its dictionary form.
        source: who holds the content; ``None`` where the sentence tells nobody.
        kind: what sort of rule found it.
        trailing: the content comes before the cue.
        direct: a quotation stands right beside it.
        joined: it shares its source with an earlier cue ("… and added that").
        relays: the source passes on what another holds ("accused him of saying").
    """

    span: Span
    verb: str
    source: Mention | None
    kind: CueKind
    trailing: bool = False
    direct: bool = False
    joined: bool = False
    relays: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    mention: Mention | None
    joined: bool
    words: tuple[str, ...]


_ALL_FORMS = {**lx.THAT, **lx.STANCE, **lx.BARE}
_VERB = re.compile(
    r"(?<![\w'’-])(?:" + "|".join(sorted(_ALL_FORMS, key=len, reverse=True)) + r")(?![\w-])"
)
_ACCORDING = re.compile(r"\baccording to\s", re.I)
_VIEW = re.compile(r"\b[Ii]n (?:the (?:view|opinion|words|eyes) of )", re.I)
_OWN_VIEW = re.compile(r"\s?['’]s? (?:view|opinion|words|eyes|mind)\b,?")
_IMPERSONAL = re.compile(
    r"\b[Ii]t (?:is|was|has been|had been)(?: (?:also|widely|now|often|generally|\w+ly))? "
    r"(understood|thought|believed|claimed|reported|alleged|said|feared|argued|suggested|"
    r"rumoured|expected|hoped|estimated) (?:that\b|the\b|he\b|she\b|they\b)"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|has been|have been)(?: (?:also|widely|\w+ly))? "
    r"(said|reported|understood|believed|thought|alleged|claimed|rumoured|quoted as saying|"
    r"quoted)(?: to\b|,|\s?\x01|(?= as saying))"
)
_WORD_BEFORE = re.compile(r"([\w’'-]+)\s+$")
_QUOTE_NEXT = re.compile(r"\s*[,:–—-]?\s*\x01")
_QUOTE_AFTER_LISTENER = re.compile(r"[^.;\x01]{0,160}?[:,]\s*\x01")
_THAT_NEXT = re.compile(r"\s+(?:[^\s,;]+\s+){0,8}?that\b")
_THAT_CLOSE = re.compile(r"\s+that\b")
_CLAUSE_WORDS = re.compile(r"\s+[^\s]+(?:\s+[^\s]+){1,}")
_END = re.compile(r"[\s.,!?;:)\]”’\"'…]*$")
# After a cue that follows its content: time, place and occasion, no new clause.
_TRAILING_REST = re.compile(
    r"\s*(?:,?\s*(?:on|in|at|during|after|before|last|this|yesterday|today|earlier|later|to|of|"
    r"when|as|while|with|from|via|through|by|about|following|outside|speaking|referring|adding|"
    r"who|an?|the)\b[^\x01]*)?[\s.,!?;:)\]…]*$",
    re.I,
)
_INTRO = re.compile(
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
_QUANTIFIERS = frozenset(["some", "many", "others", "most", "few", "both", "several"])
_GAP = re.compile(
    r"\s(?:of|for|at|from|in|on|with|who|representing|behind|to|that|leading|working|living)\s"
    r"[^;:\x01,]{1,90}$"
)
_PHRASAL = re.compile(r"\s+(?:out|away|down|off|into|up)\b(?! that)")
# Subjects that make a clause part of another: "after it backed", "what he says".
_SUBORDINATE = re.compile(
    r"\b(?:after|when|before|because|since|if|until|unless|whose|which)$", re.I
)
_RELATIVE = re.compile(
    r"\b(?:what|how|whatever|everything|anything|nothing|something|all|why)$", re.I
)
_NOUN_AFTER = re.compile(r"\s+(?:of|by|is|are|was|were|has|have|had)\b")
_NOT_CLAUSES = re.compile(r"\s+(?:nothing|little|so|no|goodbye|hello|yes|farewell|in|by|for)\b")
_SAYING = re.compile(r"\bof (?:saying|claiming|arguing|suggesting|pretending|believing)\b")


def has_cue_word(text: str) -> bool:
    """Cheap test before the careful search."""
    return bool(_VERB.search(text) or _ACCORDING.search(text))


def find_cues(host: str, mentions: Sequence[Mention]) -> tuple[Cue, ...]:
    """Cues of one sentence in order.

    Args:
        host: the sentence with quotations blanked.
        mentions: what ``find_mentions`` gave for it.
    """
    found = [*_phrases(host, mentions)]
    taken = [cue.span for cue in found]
    for match in _VERB.finditer(host):
        span = Span(match.start(), match.end())
        if any(span.overlaps(other) for other in taken):
            continue
        cue = _verb_cue(host, mentions, span, found)
        if cue is not None:
            found.append(cue)
    return tuple(sorted(found, key=lambda cue: cue.span))


def _phrases(host: str, mentions: Sequence[Mention]) -> list[Cue]:
    found = []
    for pattern in (_ACCORDING, _VIEW):
        for match in pattern.finditer(host):
            source = _mention_from(mentions, match.end(), within=12)
            span = Span(match.start(), match.end() - 1)
            trailing = match.start() > 2
            found.append(Cue(span, "according to", source, "according-to", trailing))
    for mention in mentions:
        if match := _OWN_VIEW.match(host, mention.span.end):
            before = host[: mention.span.start].rstrip()
            if before.lower().endswith("in"):
                span = Span(len(before) - 2, match.end())
                found.append(Cue(span, "in the view of", mention, "according-to", len(before) > 3))
    for match in _IMPERSONAL.finditer(host):
        end = match.end() - len(match[0].rsplit(" ", 1)[1]) - 1
        found.append(Cue(Span(match.start(), end), match[1], None, "impersonal"))
    for match in _PASSIVE.finditer(host):
        subject = _ending_at(mentions, len(host[: match.start()].rstrip()))
        if subject is not None and subject.name != "it":
            span = Span(match.start(), match.end(1))
            found.append(Cue(span, match[1].split()[0], subject, "passive"))
    return found


def _verb_cue(
    host: str, mentions: Sequence[Mention], span: Span, earlier: Sequence[Cue]
) -> Cue | None:
    form = host[span.start : span.end].lower()
    rest = host[span.end :]
    if rest.startswith((" by ", "’s ", "'s ")) or _PHRASAL.match(rest):
        return None
    beside = BLANK in host[max(0, span.start - 3) : span.start] or rest[:3].find(BLANK) >= 0
    inverted = _inverted_subject(host, mentions, span, form)
    if inverted is not None:
        return Cue(span, _lemma(form), inverted, "say", trailing=True, direct=beside)
    subject = _subject(host, mentions, span, form, earlier)
    if subject is None:
        return None
    kind = _complement(host, span, form, subject)
    if kind is None:
        return None
    trailing = _trails(host, span, subject)
    direct = _QUOTE_NEXT.match(rest) is not None or (
        (_lemma(form) in lx.LISTENER or kind == "say")
        and _QUOTE_AFTER_LISTENER.match(rest) is not None
        and ":" in rest.split(BLANK, 1)[0]
    )
    if trailing:
        head = host[: subject.mention.span.start if subject.mention else span.start].rstrip(" ,–—-")
        direct = head.endswith(BLANK)
    return Cue(
        span,
        _lemma(form),
        subject.mention,
        kind,
        trailing=trailing,
        direct=direct,
        joined=subject.joined,
        relays=(_lemma(form) == "accuse" and _SAYING.search(rest) is not None)
        or _lemma(form) in lx.MEDIA_VERBS,
    )


def _lemma(form: str) -> str:
    return _ALL_FORMS[form]


def _inverted_subject(
    host: str, mentions: Sequence[Mention], span: Span, form: str
) -> Mention | None:
    """The source after its verb: "…," said Mr Hunt; the plan, said Mr Hunt, was fair."""
    if form not in lx.INVERTIBLE or form in lx.GERUNDS:
        return None
    before = host[: span.start].rstrip()
    after_quote = before.endswith(BLANK) or (before.endswith(",") and BLANK in before[-3:])
    if not after_quote and not before.endswith((",", "–", "—")):
        return None
    mention = _mention_from(mentions, span.end + 1, within=0)
    if mention is None or (mention.kind == "pronoun" and not after_quote):
        return None
    if not after_quote:
        following = host[mention.span.end : mention.span.end + 1]
        if following not in (",", ".", "") or form.endswith("ing"):
            return None
    return mention


def _subject(
    host: str, mentions: Sequence[Mention], span: Span, form: str, earlier: Sequence[Cue]
) -> _Subject | None:
    position, words = _before_auxiliaries(host, span.start)
    gerund = form in lx.GERUNDS
    before = host[:position].rstrip()
    last_word = before.rsplit(" ", 1)[-1].lower().strip(",;:()") if before else ""
    if not words and last_word in lx.DETERMINERS | {"of"} and last_word != "that":
        return None
    if last_word.endswith(("’s", "'s")):
        return None
    if gerund and not set(words) & {"is", "are", "was", "were", "been", "be"}:
        # "…, adding that": the clause before it has the subject.
        if not before.endswith((",", BLANK)) and last_word not in ("and", "but", "while", "by"):
            return None
        source = _main_source(host, mentions, earlier, span.start)
        return _Subject(source, True, words) if source is not None else None
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
        return _Subject(mention, False, words)
    if last_word in ("and", "but", "or", "yet", "then") or before.endswith((",", BLANK)):
        source = _main_source(host, mentions, earlier, span.start)
        if source is not None and (last_word in ("and", "but", "yet", "then")):
            return _Subject(source, True, words)
        return None
    if last_word == "who":
        head = before[: -len("who")].rstrip(" ,")
        antecedent = _ending_at(mentions, len(head))
        return _Subject(antecedent, False, words) if antecedent is not None else None
    return None if form in lx.NOUNS_TOO else _generic(host, before, words)


def _before_auxiliaries(host: str, position: int) -> tuple[int, tuple[str, ...]]:
    """Walk left over "has also repeatedly"; the words walked over come back too."""
    words: list[str] = []
    while len(words) < 6 and (match := _WORD_BEFORE.search(host, max(0, position - 30), position)):
        word = match[1].lower()
        plain = word in lx.AUXILIARIES | lx.ADVERBS | lx.NEGATIONS or word == "to"
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
    mention = _ending_at(mentions, position)
    if mention is not None and _starts_clause(host, mention):
        return mention
    if position and host[position - 1] in ",)–—-":
        for aside in _aside_starts(host, position - 1):
            mention = _ending_at(mentions, len(host[:aside].rstrip()))
            if mention is None:
                gap_owner = _with_tail(host, mentions, len(host[:aside].rstrip()))
                mention = gap_owner
            if mention is not None and _starts_clause(host, mention):
                return mention
        return None
    return _with_tail(host, mentions, position)


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
        verbs = {*lx.AUXILIARIES, *_ALL_FORMS} - {"back", "state", "post", "report", "support"}
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
    if not before or before[-1] in ",;:–—([…" + BLANK or before.endswith(" -"):
        return True
    word = before.rsplit(" ", 1)[-1].lower()
    if word in _CONJUNCTIONS:
        return True
    clause = re.split(r"[,;:–—(\x01]", before)[-1]
    return _INTRO.match(clause) is not None and word not in (
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


def _ending_at(mentions: Sequence[Mention], position: int) -> Mention | None:
    for mention in mentions:
        if mention.span.end == position:
            return mention
    return None


def _mention_from(mentions: Sequence[Mention], position: int, *, within: int) -> Mention | None:
    for mention in mentions:
        if position <= mention.span.start <= position + within:
            return mention
        if mention.span.start > position + within:
            return None
    return None


def _main_source(
    host: str, mentions: Sequence[Mention], earlier: Sequence[Cue], position: int
) -> Mention | None:
    """Who the sentence has been about so far: the last cue's source, or its first subject."""
    for cue in reversed(earlier):
        if cue.source is not None and cue.span.end <= position and cue.kind != "according-to":
            return cue.source
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


def _generic(host: str, before: str, words: tuple[str, ...]) -> _Subject | None:
    """A noun phrase that no list knows ("The 34-year-old"): a holder, but nobody by name."""
    start = 0
    for match in _BOUNDARY.finditer(before):
        start = match.end()
    phrase = before[start:].strip()
    if phrase.lower() not in _QUANTIFIERS and not _GENERIC.match(phrase):
        return None
    if {word.lower() for word in phrase.split()} & (lx.AUXILIARIES | set(_ALL_FORMS)):
        return None
    at = len(before) - len(phrase)
    return _Subject(Mention(Span(at, len(before)), "vague", phrase), False, words)


def _complement(host: str, span: Span, form: str, subject: _Subject) -> CueKind | None:
    """What sort of cue the verb is, given what follows it; ``None`` where it is none."""
    rest = host[span.end :]
    negated = any(w in lx.NEGATIONS or w.endswith(("n't", "n’t")) for w in subject.words)
    modal = set(subject.words) & {"should", "must", "could", "can", "might", "may"}
    lemma = _lemma(form)
    clause = host[: subject.mention.span.start].rstrip() if subject.mention else ""
    if _RELATIVE.search(clause):
        return None
    if lemma not in lx.STANCE.values() or form in lx.BARE or form in lx.THAT:
        if (negated or modal) and form not in lx.STANCE:
            return None
        if _says(host, span, form, subject):
            return "say"
    if form in lx.STANCE and not negated and not modal:
        if _NOUN_AFTER.match(rest) and lemma not in ("accuse",):
            return None
        if _SUBORDINATE.search(clause) or "would" in subject.words:
            return None
        if subject.mention is not None and subject.mention.kind in ("document",):
            return None
        if re.match(r"\s+[^\s.,;:]", rest):
            return "stance"
    if lemma == "call" and re.match(r"[^,;.]{3,70}\x01", rest) and not negated:
        return "stance"
    return None


def _says(host: str, span: Span, form: str, subject: _Subject) -> bool:
    rest = host[span.end :]
    if _QUOTE_NEXT.match(rest) or _THAT_CLOSE.match(rest):
        return True
    if _trails(host, span, subject) or _is_aside(host, span, subject):
        return True
    if re.fullmatch(r"[^.;]{0,160}:\s*", rest):
        return True
    lemma = _lemma(form)
    if lemma in lx.LISTENER and (
        _QUOTE_AFTER_LISTENER.match(rest) or _THAT_NEXT.match(rest) or BLANK in rest
    ):
        return True
    if ":" in rest.split(BLANK, 1)[0][-3:] and BLANK in rest:
        return True
    if lemma == "tell":
        return _CLAUSE_WORDS.match(rest) is not None
    if form in lx.BARE and form not in ("think", "believe", "hope", "fear", "feel"):
        if _NOT_CLAUSES.match(rest):
            return _THAT_NEXT.match(rest) is not None or BLANK in rest
        return _CLAUSE_WORDS.match(rest) is not None
    if form in lx.BARE:
        return _CLAUSE_WORDS.match(rest) is not None and not _NOT_CLAUSES.match(rest)
    if lemma == "add" and re.match(r"\s+(?:there|it|he|she|they|the)\s", rest):
        return True
    if lemma in ("ask", "demand", "announce", "explain", "show", "find", "hold", "call"):
        return False
    if _THAT_NEXT.match(rest):
        return lemma not in ("show", "find", "decide", "rule", "recall")
    return bool(re.match(r"\s+(?:in|on|to|at|during)\b[^.;]{0,80}[:,]\s*\x01", rest))


def _is_aside(host: str, span: Span, subject: _Subject) -> bool:
    """ "In office, Mr Hunt said, a majority had …": the cue stands between commas."""
    if subject.mention is None or subject.joined or not host[span.end :].startswith(","):
        return False
    return host[: subject.mention.span.start].rstrip().endswith(",")


def _trails(host: str, span: Span, subject: _Subject) -> bool:
    """Whether the content stands before: "…, Mr Hunt said." """
    if subject.joined or subject.mention is None:
        return False
    before = host[: subject.mention.span.start].rstrip()
    if not before.endswith((",", BLANK, "–", "—", "?", "!", "-")):
        return False
    rest = host[span.end :]
    if before.rstrip(" ,–—-").endswith(BLANK):
        return bool(
            _TRAILING_REST.match(rest)
            or _QUOTE_NEXT.match(rest)
            or rest.startswith((",", ".", ":"))
        ) and not _THAT_CLOSE.match(rest)
    if len(before) < 12 or _INTRO.match(before.rsplit(",", 2)[-2] if "," in before else before):
        return bool(_END.match(rest))
    return (
        bool(_END.match(rest))
        or rest.startswith(",")
        or bool(
            re.match(
                r"\s+(?:on|in|at|last|this|yesterday|today|during)\b[^,;\x01]{0,60}[.]?$", rest
            )
        )
    )
