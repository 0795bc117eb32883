"""Divisions as ParlParse writes them: totals, who voted on which side, what was put.

Three shapes are read alike: ``mpname@id`` in surname-first form (to 2016), ``mpname@person_id``
(since), and the lists of the Lords and of Holyrood, whose sides have names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from argmap.records import Division, Span, Vote, VoteSide, content_id
from argmap.sources.characters import one_line
from argmap.sources.places import clock, web_address

_SIDES: dict[str, VoteSide] = {
    "aye": "aye",
    "content": "aye",
    "for": "aye",
    "no": "no",
    "not-content": "no",
    "against": "no",
    "abstain": "abstain",
    "abstentions": "abstain",
    "both": "both",
}
_AYES = ("ayes", "content", "for")
_NOES = ("noes", "not-content", "against")
_NAMES = ("mpname", "lord", "mspname", "mlaname", "msname")
_PUT = re.compile(
    r"(?:(?:Main |Original )?Question\b[^.]*\bput\b|"
    r"(?:The (?:Chair|(?:Deputy )?Speaker)|M(?:r|adam)\.? (?:Deputy )?Speaker)\b[^.]{0,40}\bput\b"
    r"[^.]*\bQuestion\b)(?P<rest>.*)",
    re.S,
)
_THAT = re.compile(r"[,)]\s*(?P<that>That\b.*)", re.S)
_PROPOSED = re.compile(r"Amendments? proposed\b")
_QUESTION_LENGTH = 400


def person_of(element: Any, *, name: str) -> str | None:
    """What identifies the person an element names; ``None`` where neither id nor name is told.

    The file's own id, or one made of the name where the file could not match it.
    """
    given = one_line(
        element.get("person_id") or element.get("speakerid") or element.get("id") or ""
    )
    if given and given != "unknown":
        return given
    return content_id("s", name.casefold()) if name else None


def read_division(element: Any, *, document: str, span: Span, question: str | None) -> Division:
    """The division that a ``division`` element describes; ``span`` is where its result stands."""
    ayes, noes = totals(element)
    return Division(
        id=content_id("v", document, element.get("id", ""), str(span.start)),
        document=document,
        span=span,
        date=one_line(element.get("divdate") or "") or None,
        time=clock(element.get("time")),
        number=one_line(element.get("divnumber") or "") or None,
        question=question,
        ayes=ayes,
        noes=noes,
        column=one_line(element.get("colnum") or "") or None,
        url=web_address(element.get("url")),
        votes=votes(element),
    )


def totals(element: Any) -> tuple[int, int]:
    """Ayes and noes without tellers: the published figures, or else the number of names."""
    counts = element.find("divisioncount")
    named = votes(element)

    def total(keys: tuple[str, ...], side: VoteSide) -> int:
        for key in keys if counts is not None else ():
            value = one_line(counts.get(key) or "")
            if value.isascii() and value.isdigit():
                return int(value[:9])
        return sum(vote.side == side and not vote.teller for vote in named)

    return total(_AYES, "aye"), total(_NOES, "no")


def votes(element: Any) -> tuple[Vote, ...]:
    """Every vote in the order of the lists; whoever is in both lists has the side ``"both"``."""
    found: dict[str, Vote] = {}
    for entry in element.iter(*_NAMES):
        name = _given_first(one_line("".join(entry.itertext())))
        person = person_of(entry, name=name)
        parent = entry.getparent()
        written = entry.get("vote") or ("" if parent is None else parent.get("vote") or "")
        side = _SIDES.get(one_line(written).lower())
        if person is None or side is None:
            continue
        vote = Vote(
            person=person,
            name=name,
            side=side,
            teller=one_line(entry.get("teller") or "") in ("yes", "true"),
            proxy=one_line(entry.get("proxy") or "") or None,
        )
        before = found.get(person)
        if before is None:
            found[person] = vote
        elif before.side != side:
            found[person] = replace(before, side="both", teller=False)
        elif vote.teller and not before.teller:
            found[person] = replace(before, teller=True)
    return tuple(found.values())


def question_of(paragraphs: Iterable[tuple[str, bool]]) -> str | None:
    """What was put to the vote, from the paragraphs before it.

    Args:
        paragraphs: texts in order, each with whether it is a heading. The last heading, or the
            amendment proposed after it, says what "the clause" or "the amendment" is.
    """
    subject = put = None
    for text, heading in paragraphs:
        if heading or _PROPOSED.match(text):
            subject, put = text, None
        elif match := _PUT.match(text):
            that = _THAT.search(match["rest"])
            put = one_line(that["that"]) if that else None
    parts = [part.rstrip(" .:—–-") for part in (subject, put) if part]
    whole = ": ".join(parts)
    if len(whole) > _QUESTION_LENGTH:
        whole = whole[: _QUESTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return whole or None


def _given_first(name: str) -> str:
    """``Ancram, rh Mr. Michael`` as ``Mr. Michael Ancram``."""
    surname, comma, given = name.partition(",")
    if not comma:
        return name
    return one_line(f"{given.strip().removeprefix('rh ')} {surname}")
