"""What the citation formats share: a source's date in parts, its author, its key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from argmap.projectfile import well_formed
from argmap.records import Debate, Document

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_WORD = re.compile(r"[a-z0-9]+")


def one_line(text: str) -> str:
    """``text`` on one line, without controls and halves of characters."""
    return " ".join(_CONTROL.sub(" ", well_formed(text)).split())


def web_link(url: str | None) -> str | None:
    """``url`` if it is one that a reader may be sent to."""
    if url and url.lower().startswith(("https://", "http://")):
        return url
    return None


def date_parts(date: str | None) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as many as it has; none where it is no such date."""
    found = _DATE.fullmatch((date or "").strip()[:10])
    if found is None:
        return ()
    parts = tuple(int(part) for part in found.groups() if part is not None)
    plausible = (1, 12, 31)
    if any(not 1 <= part <= most for part, most in zip(parts[1:], plausible[1:], strict=False)):
        return parts[:1]
    return parts


def author(document: Document) -> str | None:
    """Who wrote it, as the source says; bylines are not taken apart into names."""
    return one_line(document.attributes.get("author", "")) or None


def citation_keys(debate: Debate) -> Mapping[str, str]:
    """A key for every document by its id, such as ``example2024pay``; unlike one another."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for document in debate.documents:
        year = date_parts(document.date)[:1]
        parts = (_word(document.outlet or document.kind), *map(str, year), _word(document.title))
        stem = "".join(part for part in parts if part) or "source"
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key)
        keys[document.id] = key
    return keys


def _word(text: str) -> str:
    """The first word that is more than an article, in ASCII."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _WORD.findall(plain)
    return next((word for word in words if word not in ("the", "a", "an")), "")[:20]
