"""Lines that say who wrote the article."""

from __future__ import annotations

import re

from argmap.sources.dates import MONTH
from argmap.sources.furniture_rules import STAMP, WEEKDAY

_WORD = r"(?:(?:Mc|Mac|O['’]|D['’])?[A-ZÀ-Þ][\w'’-]*\.?)"
_LINK = r"(?:de|van|der|von|al|bin|la|le)"
# Shortest first, so that an office after the name is not taken for part of it.
_PERSON = rf"(?:{_WORD}(?: (?:{_LINK}|{_WORD})){{1,3}}?|{_WORD})"
_ROLE = (
    r"(?:[\w'’&-]+ ){0,4}(?:[Cc]orrespondent|[Ee]ditor|[Rr]eporter|[Jj]ournalist|[Ww]riter"
    r"|[Cc]olumnist|[Cc]ommentator|[Pp]roducer)"
)
_FOR = (
    r"(?:(?:[Ff]or|[Ii]n|[Aa]t|[Oo]f|[Tt]he|FOR|IN|AT|THE) )*"
    rf"{_WORD}(?: {_WORD}){{0,3}}"
)
_BY = re.compile(
    r"(?:(?:By|BY|by):?|(?:Written|Words|Report|Story|Analysis|Reporting|Additional reporting"
    r"|Edited|Editing|Posted) by:?|Author:)\s+"
    rf"(?P<name>{_PERSON}(?:(?:,| and| &|;) {_PERSON}){{0,4}}?)"
    rf"(?:\s*[,|–—-]?\s*{_ROLE})?(?:\s*[,|–—-]?\s*{_FOR})?"
    rf"(?:\s*[,|–—-]\s*(?:{STAMP}|[^.]*\d{{4}}[^.]*))?"
)
_NAME_AND_ROLE = re.compile(
    rf"(?P<name>{_WORD}(?: {_WORD}){{1,2}}?)\s*[,|–—-]?\s+{_ROLE}(?: (?:in|at|for) {_WORD}"
    rf"(?: {_WORD})?)?"
)
_NOT_NAMES = re.compile(
    rf"\b(?:{MONTH}|{WEEKDAY}|christmas|easter|law|contrast|comparison|far|then|now)\b", re.I
)
_MOST_WORDS = 16


def byline(text: str) -> str | None:
    """The writer's name where the paragraph is a byline and nothing else.

    >>> byline("By Ada Vale, Health Correspondent")
    'Ada Vale'
    """
    if text.count(" ") >= _MOST_WORDS or text.endswith((".", "!", "?", ":")):
        return None
    match = _BY.fullmatch(text) or _NAME_AND_ROLE.fullmatch(text)
    if match is None or _NOT_NAMES.search(match["name"]):
        return None
    return match["name"]
