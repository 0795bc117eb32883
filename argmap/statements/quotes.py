"""Where somebody is quoted: spans of quotation, one a paragraph, chained across paragraphs.

A stack of open marks per paragraph tells quotations from apostrophes. A quotation that its
paragraph does not close runs to the paragraph's end, and goes on where the next paragraph opens
with the same mark, as printed English does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.records import Span

_CURLY = {"“": "”", "‘": "’", "«": "»", "„": "”"}
_CLOSERS = frozenset("”’»")
_STRAIGHT = frozenset("\"'")
_AFTER_CLOSE = frozenset(".,;:!?)]}")
_FILLER = "\x02"
_MARK = re.compile("[“”‘’«»„\"']")
_OPENERS_BEFORE = frozenset("([{—–-/…:,;\"'“‘«„")
# ’90s, ’em, ’til: letters are left out, nothing is quoted.
_ELISION = re.compile(
    r"(?:\d0s?\b|\d\ds?\b|(?:em|til|tis|twas|cause|n|bout|ere|cos|round|neath)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation within one paragraph.

    Attributes:
        span: from the opening mark to after the closing one (or the paragraph's end).
        mark: the opening mark.
        depth: 0 for an outermost quotation.
        paragraph: index into the paragraphs given.
        closed: whether the closing mark was found.
        chain: the same number for the parts of one quotation over several paragraphs.
    """

    span: Span
    mark: str
    depth: int
    paragraph: int
    closed: bool
    chain: int


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


def find_quotes(text: str, paragraphs: Sequence[Span]) -> tuple[Quote, ...]:
    """Every quotation of ``text``, in order of its opening mark.

    Args:
        paragraphs: spans in order, not overlapping; no quotation crosses one.
    """
    found: list[Quote] = []
    chains = 0
    open_chain: tuple[str, int] | None = None  # mark and number of a chain that waits
    waited = 0
    for index, paragraph in enumerate(paragraphs):
        spans = sorted(_paragraph_quotes(text, paragraph))
        first_mark = _first_mark(text, paragraph)
        joins = open_chain is not None and first_mark == open_chain[0] and bool(spans)
        ends_open: tuple[str, int] | None = None
        for position, (start, end, mark, depth, closed) in enumerate(spans):
            if joins and position == 0 and open_chain is not None:
                chain = open_chain[1]
            else:
                chain, chains = chains, chains + 1
            found.append(Quote(Span(start, end), mark, depth, index, closed, chain))
            if not closed and depth == 0:
                ends_open = (mark, chain)
        if ends_open is not None:
            open_chain, waited = ends_open, 0
        elif spans or waited:
            open_chain, waited = None, 0
        else:
            # One paragraph without quotations, such as a caption, may stand in between.
            waited += 1
    return tuple(found)


def _first_mark(text: str, paragraph: Span) -> str | None:
    for char in text[paragraph.start : paragraph.end]:
        if not char.isspace():
            return char if _MARK.match(char) else None
    return None


def _paragraph_quotes(text: str, paragraph: Span) -> list[tuple[int, int, str, int, bool]]:
    """``(start, end, mark, depth, closed)`` of each quotation in one paragraph."""
    if "''" in text[paragraph.start : paragraph.end]:
        return _doubled(text, paragraph)
    marks = [
        (match.start(), role)
        for match in _MARK.finditer(text, paragraph.start, paragraph.end)
        if (role := _role(text, match.start(), paragraph)) != "apostrophe"
    ]
    found: list[tuple[int, int, str, int, bool]] = []
    stack: list[_Open] = []
    closes_later = _closes_later(text, marks)
    for order, (position, role) in enumerate(marks):
        char = text[position]
        if role == "open" and _opens(char, stack):
            stack.append(_Open(char, position))
            continue
        depth = _innermost(stack, char)
        if depth is None:
            continue
        if role == "weak" and closes_later[order]:
            continue
        opened = stack[depth]
        # Whatever opened inside and never closed was no quotation.
        del stack[depth:]
        found.append((opened.start, position + 1, opened.mark, depth, True))
    for depth, opened in enumerate(stack):
        if depth == 0:
            found.append((opened.start, paragraph.end, opened.mark, 0, False))
    return found


def _doubled(text: str, paragraph: Span) -> list[tuple[int, int, str, int, bool]]:
    """Two straight single marks stand for one double mark in many archives."""
    part = text[paragraph.start : paragraph.end].replace("''", '"' + _FILLER)
    shift = paragraph.start
    found = []
    for start, end, mark, depth, closed in _paragraph_quotes(part, Span(0, len(part))):
        stop = end + part.startswith(_FILLER, end)
        found.append((start + shift, stop + shift, mark, depth, closed))
    return found


def _opens(char: str, stack: Sequence[_Open]) -> bool:
    """An opening mark inside one of its own kind can only be a slip for a closing straight one."""
    return char not in _STRAIGHT or all(opened.mark != char for opened in stack)


def _innermost(stack: Sequence[_Open], char: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        mark = stack[depth].mark
        if char == (mark if mark in _STRAIGHT else _CURLY[mark]):
            return depth
    return None


def _role(text: str, position: int, paragraph: Span) -> str:
    """``"open"``, ``"close"``, ``"weak"`` (a close or a possessive) or ``"apostrophe"``."""
    char = text[position]
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    if char in "“«„":
        return "open"
    if char in "”»":
        return "close"
    if char == '"':
        if before.isspace() or before in _OPENERS_BEFORE:
            return "close" if after.isspace() else "open"
        return "close"
    if before.isalnum() and after.isalnum():
        return "apostrophe"
    if _ELISION.match(text, position + 1) and not before.isalnum() and char != "‘":
        return "apostrophe"
    if char == "‘":
        return "apostrophe" if re.match(r"\d\ds\b", text[position + 1 : position + 5]) else "open"
    if before.isspace() or before in _OPENERS_BEFORE:
        if char == "'" and not before.isspace() and (after.isspace() or after in _AFTER_CLOSE):
            return "close"
        if char == "'" and not after.isspace():
            return "open"
        return "close" if char == "’" and (before in ",;:…—–" or after.isspace()) else "apostrophe"
    if before in "sS" and after == " " and text[position + 2 : position + 3].isalnum():
        return "weak"
    return "close"


def _closes_later(text: str, marks: Sequence[tuple[int, str]]) -> list[bool]:
    """For each mark, whether a firm close of its kind comes before the next open of its kind."""
    answers = [False] * len(marks)
    firm = {"’": False, "'": False}
    for order in range(len(marks) - 1, -1, -1):
        position, role = marks[order]
        char = text[position]
        answers[order] = firm.get(char, False)
        if role == "open" and char in "‘'":
            firm["’" if char == "‘" else char] = False
        elif role == "close" and char in firm:
            firm[char] = True
    return answers
