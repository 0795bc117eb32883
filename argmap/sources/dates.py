"""Dates as papers print them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s+(\d{{4}})(?!\d)", re.I
)
_MONTH_FIRST = re.compile(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I)
_PARTIAL = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")


def find_date(text: str) -> str | None:
    """The first full date in ``text``, as ``YYYY-MM-DD``; ``None`` where there is none.

    >>> find_date("Last updated on Monday 3 March 2023 at 12:03")
    '2023-03-03'
    """
    found: list[tuple[int, str]] = []
    for match in _ISO.finditer(text):
        _add(found, match, match[1], match[2], match[3])
    for match in _DAY_FIRST.finditer(text):
        _add(found, match, match[3], _month(match[2]), match[1])
    for match in _MONTH_FIRST.finditer(text):
        _add(found, match, match[3], _month(match[1]), match[2])
    return min(found)[1] if found else None


def to_iso(text: str) -> str | None:
    """``text`` as an ISO date, which may be a year or a month alone; ``None`` if it is no date."""
    text = text.strip()
    return text if _PARTIAL.fullmatch(text) else find_date(text)


def _month(name: str) -> str:
    # Patterns that leave case aside also find the long s of old prints.
    short = name.casefold()[:3]
    return str(next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(short)))


def _add(found: list[tuple[int, str]], match: re.Match[str], *parts: str) -> None:
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return  # "31 February" is not a date
    found.append((match.start(), day.isoformat()))
