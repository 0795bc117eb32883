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
from argmap.statements.subjects import (
    INTRO,
    Subject,
    ending_at,
    find_subject,
    inverted_subject,
    mention_from,
)

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


_VERB = re.compile(
    r"(?<![\w'’-])(?:" + "|".join(sorted(lx.FORMS, key=len, reverse=True)) + r")(?![\w-])"
)
_SPEECH = re.compile(
    r"(?<![\w'’-])(?:"
    + "|".join(sorted({*lx.THAT, *lx.BARE, "reported", "understood"}, key=len, reverse=True))
    + r")(?![\w-])"
)
_ACCORDING = re.compile(r"\baccording to\s", re.I)
_PHRASE = re.compile(
    r"\b(?:according to|understood|rumoured|expected|hoped|quoted|view|opinion|words|eyes|mind|"
    r"(?:is|was|been) (?:\w+ )?that)\b",
    re.I,
)
_VIEW = re.compile(r"\b[Ii]n (?:the (?:view|opinion|words|eyes) of )", re.I)
_OWN_VIEW = re.compile(r"\s?['’]s? (?:view|opinion|words|eyes|mind)\b,?")
_NOUN = (
    r"(?:own |main |first |central )?(case|view|argument|answer|position|objection|point|fear|"
    r"worry|concern|belief|claim|message|warning|response|reply|defence|verdict|conclusion) "
    r"(?:is|was|has been)(?: also| simply)? that\b"
)
_OWN_NOUN = re.compile(rf"['’]s? {_NOUN}")
_PRONOUN_NOUN = re.compile(rf"\b(his|her|their|its) {_NOUN}", re.I)
_PRONOUN_VIEW = re.compile(r"\bin (his|her|their|its) (?:own )?(?:view|opinion|words|eyes)\b", re.I)
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
    r"who|an?|the|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b[^\x01]*)?"
    r"[\s.,!?;:)\]…]*$",
    re.I,
)
_ASIDE_END = re.compile(r"(?:\s(?:on|in|at|last|this|yesterday|today)\b[^,;\x01]{0,60})?,")
_PRONOUN_CLAUSE = re.compile(r"\s+(?:it|he|she|they|there|we|his|her|their|its)\s")
_PHRASAL = re.compile(r"\s+(?:out|away|down|off|into|up)\b(?! that)")
# Subjects that make a clause part of another: "after it backed", "what he says".
_SUBORDINATE = re.compile(
    r"\b(?:after|when|before|because|since|if|until|unless|whose|which)$", re.I
)
_RELATIVE = re.compile(
    r"\b(?:what|how|whatever|everything|anything|nothing|something|all|why)$", re.I
)
_NOUN_AFTER = re.compile(r"\s+(?:of|by|is|are|was|were|has|have|had)\b")
_NOT_CLAUSES = re.compile(
    r"\s+(?:nothing|little|so|no|goodbye|hello|yes|in|by|for|on|upon|with|against|about|of|to)\b"
)
_SAYING = re.compile(r"\bof (?:saying|claiming|arguing|suggesting|pretending|believing)\b")


def has_cue_word(text: str, *, stances: bool = True) -> bool:
    """Cheap test before the careful search; ``stances`` counts verbs such as "condemn"."""
    return bool((_VERB if stances else _SPEECH).search(text) or _PHRASE.search(text))


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
            source = mention_from(mentions, match.end(), within=12)
            span = Span(match.start(), match.end() - 1)
            trailing = match.start() > 2
            found.append(Cue(span, "according to", source, "according-to", trailing))
    for mention in mentions:
        if view := _OWN_VIEW.match(host, mention.span.end):
            before = host[: mention.span.start].rstrip()
            if before.lower().endswith("in"):
                span = Span(len(before) - 2, view.end())
                found.append(Cue(span, "in the view of", mention, "according-to", len(before) > 3))
    for match in _PRONOUN_VIEW.finditer(host):
        name = {"his": "he", "her": "she", "their": "they", "its": "it"}[match[1].lower()]
        holder = Mention(Span(match.start(1), match.end(1)), "pronoun", name)
        span = Span(match.start(), match.end())
        found.append(Cue(span, "in the view of", holder, "according-to", match.start() > 2))
    for match in _PRONOUN_NOUN.finditer(host):
        name = {"his": "he", "her": "she", "their": "they", "its": "it"}[match[1].lower()]
        holder = Mention(Span(match.start(1), match.end(1)), "pronoun", name)
        found.append(Cue(Span(match.start(2), match.end()), match[2], holder, "say"))
    for mention in mentions:
        if noun := _OWN_NOUN.match(host, mention.span.end):
            span = Span(noun.start(1), noun.end())
            found.append(Cue(span, noun[1], mention, "say"))
    for match in _IMPERSONAL.finditer(host):
        end = match.end() - len(match[0].rsplit(" ", 1)[1]) - 1
        found.append(Cue(Span(match.start(), end), match[1], None, "impersonal"))
    for match in _PASSIVE.finditer(host):
        subject = ending_at(mentions, len(host[: match.start()].rstrip()))
        if subject is not None:
            span = Span(match.start(), match.end(1))
            # What somebody "was reported to" think, nobody has been heard to say.
            said = match[1].startswith("quoted")
            found.append(Cue(span, match[1].split()[0], subject if said else None, "passive"))
    return found


def _verb_cue(
    host: str, mentions: Sequence[Mention], span: Span, earlier: Sequence[Cue]
) -> Cue | None:
    form = host[span.start : span.end].lower()
    rest = host[span.end :]
    if rest.startswith((" by ", "’s ", "'s ")) or _PHRASAL.match(rest):
        return None
    beside = BLANK in host[max(0, span.start - 3) : span.start] or rest[:3].find(BLANK) >= 0
    inverted = inverted_subject(host, mentions, span, form)
    if inverted is not None:
        return Cue(span, _lemma(form), inverted, "say", trailing=True, direct=beside)
    before = [
        (cue.span.end, cue.source)
        for cue in earlier
        if cue.source is not None and cue.kind != "according-to"
    ]
    subject = find_subject(host, mentions, span, form, before)
    if subject is None or (subject.joined and form == _lemma(form)):
        return None  # "to track and suggest" shares an infinitive, not a source
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
    return lx.FORMS[form]


def _complement(host: str, span: Span, form: str, subject: Subject) -> CueKind | None:
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


def _says(host: str, span: Span, form: str, subject: Subject) -> bool:
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
        if lemma == "warn" and re.match(r"\s+(?:of|about|against)\s", rest):
            return True
        if _NOT_CLAUSES.match(rest):
            return _THAT_NEXT.match(rest) is not None or BLANK in rest
        return _CLAUSE_WORDS.match(rest) is not None
    if form in lx.BARE and lemma != "feel":
        return _CLAUSE_WORDS.match(rest) is not None and not _NOT_CLAUSES.match(rest)
    if lemma in ("ask", "demand", "show", "find", "hold", "call", "read", "begin"):
        return False
    if _PRONOUN_CLAUSE.match(rest) and re.match(
        r"\s+(?:\w+\s+){1,3}(?:\w+ed|is|was|were|are|"
        r"will|would|had|has|have|could|can|must)\b",
        rest,
    ):
        return True
    if _THAT_NEXT.match(rest):
        return lemma not in ("show", "find", "decide", "rule", "recall")
    return bool(re.match(r"\s+(?:in|on|to|at|during)\b[^.;]{0,80}[:,]\s*\x01", rest))


def _is_aside(host: str, span: Span, subject: Subject) -> bool:
    """ "In office, Mr Hunt said, a majority had …": the cue stands between commas."""
    if subject.mention is None or subject.joined or not _ASIDE_END.match(host, span.end):
        return False
    return host[: subject.mention.span.start].rstrip().endswith(",")


def _trails(host: str, span: Span, subject: Subject) -> bool:
    """Whether the content stands before: "…, Mr Hunt said." """
    if subject.joined or subject.mention is None:
        return False
    before = host[: subject.mention.span.start].rstrip()
    rest = host[span.end :]
    if before.endswith(" as"):
        return _END.match(rest) is not None
    if not before.endswith((",", BLANK, "–", "—", "?", "!", "-")):
        return False
    if before.rstrip(" ,–—-").endswith(BLANK):
        told = _lemma(host[span.start : span.end]) == "tell" and BLANK not in rest
        return bool(
            told
            or _TRAILING_REST.match(rest)
            or _QUOTE_NEXT.match(rest)
            or rest.startswith((",", ".", ":"))
        ) and not _THAT_CLOSE.match(rest)
    if len(before) < 12 or INTRO.match(before.rsplit(",", 2)[-2] if "," in before else before):
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
