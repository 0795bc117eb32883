"""Sentences with exact offsets: sentencex proposes boundaries, the rules here mend them.

sentencex keeps a whole quotation in one sentence and can leave the closing mark to the next
one. So it is shown the text with quotation marks, brackets and line breaks blanked, character
for character, and the marks are given back to the sentence they close afterwards.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import sentencex

from argmap.records import Span
from argmap.statements.lexicon import BARE, INVERTIBLE, TITLES

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_BLANKED = re.compile(r"[“”\"«»„()\[\]{}\n\r\t\u00a0\u2028\u202f\u2009]|(?<!\w)['‘’]|['‘’](?!\w)")
_TERMINAL = re.compile(r"[.?!…]\s?[\"”’'»)\]}]*$")
_ADJACENT_CLOSERS = frozenset("”’»\"')]}")
_BULLET = re.compile(r"\s*(?:[-*•–—‣▪]\s|\d{1,2}[.)]\s|\([a-z\d]{1,3}\)\s)")
_LOOK = 120
_LINE_END = re.compile(r"\n")
# Boundaries that sentencex leaves out: "… Next", and "me. I" (it knows "Me." for Maine).
_EXTRA = re.compile(
    r"(?:…|\.\.\.) +(?=[A-Z])"
    r"|(?<=[a-z]{2})[.?!] +(?=(?:I|He|She|It|We|They|You|The|This|That|But|And|If|There)\b)"
)
_JOIN_AFTER = re.compile(
    r"(?:^|[\s(“‘\"'])(?:Rt|Hon|hon|Cllr|Supt|Insp|Sgt|Cpl|Lt|Col|Maj|Brig|Rev|Fr|Msgr|Amb|Pres|"
    r"Atty|Asst|Messrs|Mx|Capt|Cmdr|Adm|Prof|Dr|Mr|Mrs|Ms|St|Sen|Rep|Gov|Gen|vs|v|viz|pp|paras?|"
    r"Ch|ch|Vol|vol|Nos?|Art|Sec|cf|ca|approx|e\.g|i\.e|eg|ie)\.$"
)
_NEEDS_DIGIT = re.compile(r"(?:^|\s)(?:Nos?|pp?|paras?|[Cc]h|[Vv]ol|Art|Sec|ca|approx)\.$")
_MARKER = re.compile(r"^[“‘\"'(\[]*(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]+$")
_NUMBER_MARKER = re.compile(r"^[(\[]?\d{1,3}[.)]+$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CUES = "|".join(sorted((v for v in {*INVERTIBLE, *BARE} if " " not in v), key=len, reverse=True))
_TITLE = "|".join(sorted((re.escape(title) for title in TITLES), key=len, reverse=True))
# “Why?” Mr Smith asked.
_CUE_AFTER = re.compile(
    rf"(?:(?:{_TITLE}) )?(?:He|She|They|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,3}}) (?:{_CUES})"
    r"(?=[.,:]|$| (?:as|in|on|at|after|during|with|when|while)\b)"
)
_CUE_ALONE = re.compile(_CUE_AFTER.pattern.rsplit("(?=", 1)[0] + r"\.$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and its sentences, all in characters of the document."""

    span: Span
    sentences: tuple[Span, ...]


def split(text: str, *, start: int = 0, end: int | None = None) -> tuple[Paragraph, ...]:
    """Paragraphs of ``text[start:end]``, each with its sentences; blank lines part paragraphs.

    Sentences hold no space at either end. A stretch that is no sentence (fewer than three words
    and no final mark, or no letter at all) belongs to none.
    """
    stop = len(text) if end is None else end
    found: list[Paragraph] = []
    position = start
    while position < stop:
        match = _BREAK.search(text, position, stop)
        edge = match.start() if match else stop
        span = _trim(text, position, edge)
        if len(span):
            found.append(Paragraph(span, _sentences(text, span)))
        position = match.end() if match else stop
    return tuple(found)


def is_sentence(text: str) -> bool:
    """Whether ``text`` is more than a stray word or a stray mark."""
    words = _WORD.findall(text)
    if not any(char.isalpha() for char in text):
        return False
    return len(words) >= 3 or _TERMINAL.search(text) is not None


def _sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    lines = _lines(text, paragraph)
    return tuple(
        span
        for line in lines
        for span in _line_sentences(text, line)
        if is_sentence(text[span.start : span.end])
    )


def _lines(text: str, paragraph: Span) -> list[Span]:
    """Stretches between line breaks that end a sentence; other breaks are mere wrapping."""
    found: list[Span] = []
    start = paragraph.start
    for match in _LINE_END.finditer(text, paragraph.start, paragraph.end):
        before = text[max(start, match.start() - 12) : match.start()].rstrip()
        if _TERMINAL.search(before) or _BULLET.match(text, match.end(), paragraph.end):
            found.append(_trim(text, start, match.start()))
            start = match.end()
    found.append(_trim(text, start, paragraph.end))
    return [span for span in found if len(span)]


def _line_sentences(text: str, line: Span) -> list[Span]:
    original = text[line.start : line.end]
    masked = _BLANKED.sub(" ", original)
    cuts: list[int] = []
    begin = 0
    for cut in _boundaries(original, masked):
        if cut <= begin:
            continue
        # Short looks either side keep the work linear in the length of the line.
        before = original[max(begin, cut - _LOOK) : cut].strip()
        if not _joins(before, original[cut : cut + _LOOK].lstrip()):
            cuts.append(cut)
            begin = cut
    edges = [0, *cuts, len(original)]
    spans = [
        _trim(text, line.start + left, line.start + right)
        for left, right in itertools.pairwise(edges)
    ]
    return [span for span in spans if len(span)]


def _boundaries(original: str, masked: str) -> list[int]:
    """Ends of the proposed sentences, after the marks that close them."""
    ends = {boundary["end_index"] for boundary in sentencex.get_sentence_boundaries("en", masked)}
    ends |= {match.end() for match in _EXTRA.finditer(masked)}
    cuts = set()
    for end in ends:
        position = end
        while position and masked[position - 1] == " ":
            position -= 1
        while position < len(original) and original[position] in _ADJACENT_CLOSERS:
            position += 1
        # A closing curly mark after a space opens nothing, so it belongs to what went before.
        if original[position : position + 2] in (" ”", " ’") and (
            position + 2 >= len(original) or original[position + 2].isspace()
        ):
            position += 2
        cuts.add(position)
    return sorted(cut for cut in cuts if cut < len(original))


def _joins(before: str, after: str) -> bool:
    """Whether the proposed boundary between the two stretches is none."""
    if not before or not after:
        return True
    head = after.lstrip("“‘\"'([—–- ")
    if head[:1].islower() and not before.endswith((":", ";")):
        return True
    if after[0] in ",;:)]}%" or (after[0] in "”’»" and not after[1:2].isalnum()):
        return True
    if _MARKER.match(before) and (_NUMBER_MARKER.match(before) or len(before) <= 3):
        return True
    if _JOIN_AFTER.search(before) and (not _NEEDS_DIGIT.search(before) or head[:1].isdigit()):
        return True
    if before[-1] in "”’\"'" and before[-2:-1] in ("?", "!", "…"):
        return _CUE_AFTER.match(after) is not None
    if before[-1] in "”’\"'" and before[-2:-1] == ".":
        return _CUE_ALONE.match(after.split("\n", 1)[0]) is not None
    return False


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
