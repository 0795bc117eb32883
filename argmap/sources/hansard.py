"""Hansard as ParlParse and TheyWorkForYou publish it: XML whose root is ``publicwhip``.

Every word of the day stays, in order. A speech is a turn of its speaker; headings, motions,
amendments, divisions and stage directions are turns of nobody. The two generations of the
format are read alike: ``speakerid`` in ISO-8859-1 up to 2015 or so, ``person_id`` since. A turn
carries the time, column and address that its element has; divisions are kept with every vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from argmap.errors import SourceError
from argmap.records import Document, Speaker
from argmap.sources.assemble import Segment, join
from argmap.sources.characters import one_line
from argmap.sources.divisions import person_of, question_of, read_division, totals, votes
from argmap.sources.places import clock, web_address
from argmap.sources.xmlsafe import parse_xml

_ID = re.compile(r"^uk\.org\.publicwhip/(?P<place>[a-z]+)/(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_PLACES = {
    "debate": ("House of Commons", "House of Commons debates"),
    "westminhall": ("House of Commons", "Westminster Hall debates"),
    "wms": ("House of Commons", "Written ministerial statements"),
    "wrans": ("House of Commons", "Written answers"),
    "standing": ("House of Commons", "Public bill committee"),
    "lords": ("House of Lords", "House of Lords debates"),
    "spor": ("Scottish Parliament", "Scottish Parliament debates"),
    "sp": ("Scottish Parliament", "Scottish Parliament debates"),
    "ni": ("Northern Ireland Assembly", "Northern Ireland Assembly debates"),
    "senedd": ("Senedd", "Senedd debates"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# Where the record takes over from the speaker until the speech element ends.
_PROCEDURE = re.compile(
    r"(?:Question (?:put|accordingly|agreed|again|proposed|deferred)\b|(?:Main |Original )?Question"
    r"\b.* (?:put|proposed|agreed to|negatived)\b|Motion (?:made|and|agreed)\b|Amendments? (?:made|"
    r"agreed|negatived)\b|Resolved\b|Ordered\b|House adjourned|Adjourned\b|Sitting (?:adjourned|"
    r"suspended)|Bill (?:accordingly |to be )?(?:read|considered|reported|ordered|presented)\b|"
    r"The (?:House|Committee) (?:having )?(?:divided|proceeded)\b|Debate (?:interrupted|adjourned)|"
    r"(?:New )?[Cc]lause(?: \d+)?,?(?: by leave,)? (?:withdrawn|accordingly|read|ordered|added)\b|"
    r"Lords amendments?\b.*\b(?:agreed|disagreed) to\b|Virtual participation\b|On resuming|"
    r"To be (?:considered|read|printed)\b|The Deputy Speaker declared|Division No\b)"
)
_AMENDMENTS = re.compile(
    r"With this it will be convenient to (?:discuss|consider|take|debate)\b.*\bfollowing\b"
)
_STAGE = re.compile(
    r"(?:rose|indicated (?:assent|dissent)|(?:made|assented to) .{0,40}|in the Chair)"
    r"\s*[—–-]*\.?|\[[^\[\]]*\]\.?",
    re.I,
)
_ASIDE = re.compile(
    r"\[\s*(?:Interruption|Laughter|Inaudible|Applause|Hon\. Members:[^\[\]]*)\.?\s*\]", re.I
)
_RUNS_ON = re.compile(r"[\w,’'%)]$")


@dataclass(slots=True)
class _Notes:
    """What comes to light while the segments are made."""

    removed: list[str] = field(default_factory=list)
    # Division elements and what was put, by the number of their turn.
    divisions: dict[int, tuple[Any, str | None]] = field(default_factory=dict)


def read_hansard(text: str, where: str) -> Document:
    """The day's debates as one document of kind ``"hansard"``.

    Speakers carry the id that the file gives them (``uk.org.publicwhip/person/10001``, or
    ``uk.org.publicwhip/member/1997`` in older files), so one person is the same in every file
    of a generation. Members whom the file does not identify get an id made of their name.

    Raises:
        SourceError: the XML is malformed, unsafe, of another kind, or holds no speeches.
    """
    root = parse_xml(text, where)
    if root.tag != "publicwhip":
        raise SourceError(
            where,
            f"this XML is of an unknown kind (its root is “{root.tag}”).",
            "Give Hansard XML as ParlParse or TheyWorkForYou publish it, or paste the text.",
        )
    speakers = _speakers(root)
    notes = _Notes()
    segments = list(_segments(root, speakers, notes))
    if not any(segment.speaker for segment in segments):
        raise SourceError(
            where, "the file holds no speeches.", "Choose a day on which the House sat."
        )
    text_out, turns = join(segments, where)
    first = next((match for e in root if (match := _ID.match(e.get("id", "")))), None)
    outlet, title = _PLACES.get(first["place"] if first else "", ("Parliament", "Hansard"))
    day = first["date"] if first else None
    attributes = {"source": "ParlParse", "speeches": str(_count(root))}
    if root.get("latest"):
        attributes["latest"] = root.get("latest")
    document = Document.create(
        title=f"{title}, {_in_words(day)}" if day else title,
        text=text_out,
        kind="hansard",
        outlet=outlet,
        date=day,
        url=next((url for e in root if (url := web_address(e.get("url")))), None),
        attributes=attributes,
        turns=turns,
        removed=tuple(notes.removed),
    )
    numbers = (number for number, _ in groupby(segments, key=lambda segment: segment.turn))
    return replace(
        document,
        divisions=tuple(
            read_division(element, document=document.id, span=turn.span, question=question)
            for number, turn in zip(numbers, turns, strict=True)
            if number is not None and number in notes.divisions
            for element, question in (notes.divisions[number],)
        ),
    )


def _count(root: Any) -> int:
    return sum(1 for element in root if _speaker_key(element) is not None)


def _speaker_key(element: Any) -> str | None:
    """What identifies who speaks in this element; ``None`` where nobody does."""
    if element.get("nospeaker") == "true" or element.tag != "speech":
        return None
    return person_of(element, name=one_line(element.get("speakername") or ""))


def _speakers(root: Any) -> dict[str, Speaker]:
    """One record a person: the first name and the first office that the day gives them."""
    names: dict[str, dict[str, None]] = {}
    roles: dict[str, str] = {}
    parties: dict[str, str] = {}
    for element in root:
        key = _speaker_key(element)
        if key is None:
            continue
        name = one_line(element.get("speakername") or "") or key.rsplit("/", 1)[-1]
        names.setdefault(key, {})[name] = None
        for found, attribute in ((roles, "speakeroffice"), (parties, "party")):
            value = one_line(element.get(attribute) or "")
            if value:
                found.setdefault(key, value)
    return {
        key: Speaker(key, next(iter(given)), tuple(given)[1:], roles.get(key), parties.get(key))
        for key, given in names.items()
    }


def _segments(root: Any, speakers: dict[str, Speaker], notes: _Notes) -> Iterator[Segment]:
    turn = 0
    before: list[tuple[str, bool]] = []  # the paragraphs since the last division
    for element in root:
        turn += 1
        if element.tag == "division":
            notes.divisions[turn] = (element, question_of(before))
            before = []
            yield _division(element, turn, notes.removed)
            continue
        key = _speaker_key(element)
        if key is None:
            heading = element.tag.endswith("heading")
            texts = [text for text in ([_words(element)] if heading else _plain(element)) if text]
            before.extend((text, heading) for text in texts)
            yield from (_placed(element, Segment(text, turn)) for text in texts)
            continue
        speaker = speakers[key]
        previous: bool | None = None
        for text, said in _paragraphs(element):
            before.append((text, False))
            for part, aloud, glue in _parts(text) if said else ((text, False, "\n\n"),):
                if previous is not None and aloud != previous:
                    turn += 1
                previous = aloud
                yield _placed(element, Segment(part, turn, speaker if aloud else None, glue))


def _placed(element: Any, segment: Segment) -> Segment:
    return replace(
        segment,
        time=clock(element.get("time")),
        column=one_line(element.get("colnum") or "") or None,
        url=web_address(element.get("url")),
    )


def _paragraphs(speech: Any) -> list[tuple[str, bool]]:
    """The paragraphs of a speech, and whether the speaker says each of them."""
    found: list[tuple[str, bool]] = []
    procedure = False
    for text, kind in _mended(speech):
        if kind == "table":
            found.append((text, False))
            continue
        if kind == "motion":
            found.append((text, False))
            continue
        if _PROCEDURE.match(text) and (found or kind == "italic"):
            procedure = True
        stage = kind == "italic" or _STAGE.fullmatch(text) is not None
        if kind == "italic" and not _STAGE.fullmatch(text):
            procedure = True
        found.append((text, not procedure and not stage))
        if _AMENDMENTS.match(text):
            # The Chair reads out the amendments that are grouped for debate.
            procedure = True
    return found


def _mended(speech: Any) -> list[tuple[str, str]]:
    """Texts and kinds of a speech's children, with paragraphs that the scraper tore put together.

    In some files of 2016 a name in italics ("The Times") or a bracket stands as a paragraph
    of its own in the middle of a sentence.
    """
    found: list[tuple[str, str]] = []
    for child in speech:
        if child.tag == "table":
            found.extend((row, "table") for row in _rows(child))
            continue
        text = _words(child)
        if not text:
            continue
        kind = (
            "motion"
            if child.get("pwmotiontext")
            else "italic"
            if child.get("class") == "italic"
            else "said"
        )
        if found and kind != "motion" and found[-1][1] in ("said", "torn"):
            before, was = found[-1]
            torn = kind == "italic" and _RUNS_ON.search(before) and not _PROCEDURE.match(text)
            if (torn and not _STAGE.fullmatch(text)) or text == "[" or before.endswith("["):
                found[-1] = (_knit(before, text), "torn")
                continue
            if was == "torn" and (text[0].islower() or text[0] in "],.;"):
                found[-1] = (_knit(before, text), "said")
                continue
        found.append((text, kind))
    return [(text, "said" if kind == "torn" else kind) for text, kind in found]


def _knit(before: str, after: str) -> str:
    return before + after if before.endswith("[") or after[0] in "],.;" else f"{before} {after}"


def _parts(text: str) -> Iterator[tuple[str, bool, str]]:
    """A paragraph cut at asides such as "[Interruption.]", which the speaker does not say."""
    cuts = [edge for match in _ASIDE.finditer(text) for edge in match.span()]
    glue = "\n\n"
    for number, (start, end) in enumerate(pairwise((0, *cuts, len(text)))):
        piece = text[start:end]
        if piece.startswith(" ") and not glue:
            glue = " "
        if words := piece.strip():
            yield words, number % 2 == 0, glue
            glue = " " if piece.endswith(" ") else ""


def _plain(element: Any) -> list[str]:
    found: list[str] = []
    for child in element:
        found.extend(_rows(child) if child.tag == "table" else [_words(child)])
    return found or [_words(element)]


def _rows(table: Any) -> list[str]:
    rows = []
    for row in table.iter("tr"):
        cells = [text for cell in row if (text := _words(cell))]
        if cells:
            rows.append("; ".join(cells))
    return rows


def _division(element: Any, turn: int, removed: list[str]) -> Segment:
    """The result of a vote as a sentence; the list of names stays out of the text."""
    number = one_line(element.get("divnumber") or "")
    ayes, noes = totals(element)
    named = len(votes(element))
    if named:
        removed.append(f"Division No. {number}: the names of {named} members")
    return _placed(element, Segment(f"Division No. {number}: Ayes {ayes}, Noes {noes}.", turn))


def _words(element: Any) -> str:
    return one_line("".join(element.itertext()))


def _in_words(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
