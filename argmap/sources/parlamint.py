"""ParlaMint: parliaments in TEI, one file a day (https://clarin-eric.github.io/ParlaMint/).

An utterance (``u``) is a turn of the person that ``who`` names; its segments are paragraphs.
Headings are turns of nobody; notes, times and noises (``note``, ``vocal``, ``kinesic``,
``incident``, ``gap``) are left out. Names and parties come from ``listPerson`` and ``listOrg``,
which stand in the file's own header or in files beside it. The plain and the linguistically
annotated (``.ana``) edition read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from argmap.errors import SourceError
from argmap.records import Document, Speaker
from argmap.sources.assemble import Segment, join
from argmap.sources.characters import one_line
from argmap.sources.decode import decode
from argmap.sources.limits import check_bytes
from argmap.sources.places import web_address
from argmap.sources.xmlsafe import parse_xml

_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ROOTS = re.compile(
    r"<(?:TEI|teiCorpus|listPerson|listOrg)\b[^>]*\bxmlns\s*=\s*[\"']http://www\.tei-c"
)
_START = 20_000

# What a reader of the transcript sees or hears besides the words.
_ASIDE = frozenset(f"{_TEI}{tag}" for tag in ("note", "vocal", "kinesic", "incident", "gap"))
_TOKENS = (f"{_TEI}w", f"{_TEI}pc")
_PARTIES = ("politicalParty", "parliamentaryGroup", "ethnicCommunity", "independent")
_ROLES = {"chair": "Chair", "guest": "Guest"}
_SAMPLE = re.compile(r"\s*\[ParlaMint[^\]]*\]")
_WORD_ENDS = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])|[._]+")
_CORPUS = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PRINTED_LENGTH = 80


@dataclass(slots=True)
class _Register:
    """Persons and organisations by their ids."""

    persons: dict[str, Any] = field(default_factory=dict)
    orgs: dict[str, Any] = field(default_factory=dict)

    def take(self, root: Any) -> None:
        """Add those that stand anywhere below ``root``; the first of an id counts."""
        for tag, known in (("person", self.persons), ("org", self.orgs)):
            for element in root.iter(f"{_TEI}{tag}"):
                known.setdefault(element.get(f"{_XML}id", ""), element)


def looks_like_parlamint(text: str) -> bool:
    """Whether the text is TEI of the kind that ParlaMint is published in."""
    return _ROOTS.search(text, 0, _START) is not None


def read_parlamint(text: str, where: str, *, folder: Path | None = None) -> Document:
    """One day, or all days of one file, as a document of kind ``"parlamint"``.

    Speakers carry the corpus's name and the id that it gives them
    (``ParlaMint-GB/PeterFowler``), so one person is the same in every file of a corpus. Their
    party is the one of the day. Without a list of persons the name is the one printed before
    the utterance, or else the id in words; without a list of organisations the party is the
    short form in its id.

    Args:
        folder: where the file lies; lists of persons and organisations are looked for there and
            in the folder above, as the corpora are packed.

    Raises:
        SourceError: the XML is malformed or unsafe, or holds no speeches.
    """
    root = parse_xml(text, where)
    register = _Register()
    register.take(root)
    name = root.get(f"{_XML}id", "")
    # It becomes part of a file's name below, so nothing that could lead elsewhere may be in it.
    found = _CORPUS.match(name)
    corpus = found[0] if found else "ParlaMint"
    if folder is not None and not (register.persons and register.orgs):
        for beside in _lists(folder, corpus):
            register.take(beside)
    days = list(root.iter(f"{_TEI}TEI"))
    utterances = sum(1 for _ in root.iter(f"{_TEI}u"))
    if not utterances:
        raise SourceError(
            where,
            "the file holds no speeches, only the head of a corpus or a list of its members.",
            "Give one of the corpus's days, and keep this file in its folder.",
        )
    removed: list[str] = []
    segments: list[Segment] = []
    dates = [_date(day) for day in days]
    for day, date in zip(days, dates, strict=True):
        reader = _Day(day, register, corpus=corpus, date=date, first=len(segments), removed=removed)
        segments.extend(reader.segments())
    if not any(segment.speaker for segment in segments):
        raise SourceError(where, "nobody says anything in it.", "Give a day with speeches.")
    joined, turns = join(segments, where)
    attributes = {"source": "ParlaMint", "speeches": str(utterances)}
    if language := one_line(root.get(f"{_XML}lang", "")):
        attributes["language"] = language
    return Document.create(
        title=_title(days[0]) or corpus,
        text=joined,
        kind="parlamint",
        outlet=_house(days[0], register),
        date=dates[0] if len(set(dates)) == 1 else None,
        url=next(
            (
                url
                for source in days[0].iter(f"{_TEI}sourceDesc")
                for idno in source.iter(f"{_TEI}idno")
                if (url := web_address(idno.text))
            ),
            None,
        ),
        attributes=attributes,
        turns=turns,
        removed=tuple(removed),
    )


class _Day:
    """The speeches of one ``TEI`` element."""

    def __init__(
        self,
        day: Any,
        register: _Register,
        *,
        corpus: str,
        date: str | None,
        first: int,
        removed: list[str],
    ) -> None:
        self._day = day
        self._register = register
        self._corpus = corpus
        self._date = date
        self._turn = first
        self._removed = removed
        self._speakers: dict[str, Speaker] = {}
        self._printed = ""
        self._page: str | None = None

    def segments(self) -> Iterator[Segment]:
        body = self._day.find(f"{_TEI}text/{_TEI}body")
        yield from self._walk(self._day if body is None else body)

    def _walk(self, parent: Any) -> Iterator[Segment]:
        for element in parent:
            if element.tag == f"{_TEI}u":
                yield from self._utterance(element)
                self._printed = ""
            elif element.tag == f"{_TEI}head":
                self._turn += 1
                if words := _words(element, self._removed):
                    yield Segment(words, self._turn)
            elif element.tag == f"{_TEI}pb":
                self._page = web_address(element.get("source")) or self._page
            elif element.tag in _ASIDE:
                words = one_line("".join(element.itertext()))
                if element.get("type") == "speaker":
                    self._printed = words
                elif words:
                    self._removed.append(words)
            else:
                yield from self._walk(element)

    def _utterance(self, element: Any) -> Iterator[Segment]:
        self._turn += 1
        speaker = self._speaker(element)
        link = web_address(element.get("source")) or self._page
        parts = [child for child in element if child.tag == f"{_TEI}seg"] or [element]
        for part in parts:
            for page in part.iter(f"{_TEI}pb"):
                self._page = web_address(page.get("source")) or self._page
            if words := _words(part, self._removed):
                yield Segment(words, self._turn, speaker, url=link)

    def _speaker(self, element: Any) -> Speaker | None:
        who = one_line(element.get("who") or "").split(" ")[0].rpartition("#")[2]
        kinds = [kind.rpartition("#")[2] for kind in (element.get("ana") or "").split()]
        role = next((_ROLES[kind] for kind in kinds if kind in _ROLES), None)
        if not who:
            return None
        known = self._speakers.get(who)
        if known is None:
            known = self._speakers[who] = self._make(who)
        return replace(known, role=role) if role else known

    def _make(self, who: str) -> Speaker:
        identifier = f"{self._corpus}/{who}"
        person = self._register.persons.get(who)
        if person is None:
            # The printed name ends in a colon, and is no name where it runs on.
            printed = self._printed.rstrip(": ")
            spelt = " ".join(part for part in _WORD_ENDS.split(who) if part) or who
            name = printed if 0 < len(printed) <= _PRINTED_LENGTH else spelt
            return Speaker(identifier, name)
        names = [name for entry in person.iter(f"{_TEI}persName") if (name := _name(entry))]
        english = [
            name
            for entry in person.iter(f"{_TEI}persName")
            if entry.get(f"{_XML}lang") == "en" and (name := _name(entry))
        ]
        chosen = next(iter([*english, *names]), who)
        others = dict.fromkeys(name for name in names if name != chosen)
        return Speaker(identifier, chosen, tuple(others), self._office(person), self._party(person))

    def _affiliations(self, person: Any) -> list[Any]:
        return [entry for entry in person.iter(f"{_TEI}affiliation") if _holds(entry, self._date)]

    def _party(self, person: Any) -> str | None:
        found: dict[str, str] = {}
        for entry in self._affiliations(person):
            ref = one_line(entry.get("ref") or "").rpartition("#")[2]
            org = self._register.orgs.get(ref)
            if org is None:
                kind, dot, short = ref.partition(".")
                if dot and kind.lower() in ("party", "group"):
                    found.setdefault("named", short)
            elif org.get("role") in _PARTIES:
                found.setdefault(str(org.get("role")), _org_name(org) or ref)
        return next((found[kind] for kind in (*_PARTIES, "named") if kind in found), None)

    def _office(self, person: Any) -> str | None:
        for entry in self._affiliations(person):
            names = [name for name in entry.iter(f"{_TEI}roleName") if one_line(name.text or "")]
            if names:
                return one_line(_in_english(names).text)
        return None


def _holds(affiliation: Any, date: str | None) -> bool:
    """Whether an affiliation covers the day; dates may be a year or a month alone."""
    start = affiliation.get("from") or affiliation.get("when") or ""
    end = affiliation.get("to") or affiliation.get("when") or ""
    if date is None:
        return not end
    return date[: len(start)] >= start and (not end or date[: len(end)] <= end)


def _words(element: Any, removed: list[str]) -> str:
    """The words of a heading or segment, without what is no speech; that goes to ``removed``."""
    if next(element.iter(f"{_TEI}w"), None) is not None:
        return _from_tokens(element, removed)
    parts = [element.text or ""]
    for child in element:
        if child.tag in _ASIDE:
            _note(child, removed)
            parts.append(" ")
        elif child.tag not in (f"{_TEI}pb", f"{_TEI}desc"):
            parts.append(_words(child, removed))
        parts.append(child.tail or "")
    # White space at either end counts here and goes at the outermost call.
    whole = "".join(parts)
    return (
        whole if element.tag not in (f"{_TEI}seg", f"{_TEI}u", f"{_TEI}head") else one_line(whole)
    )


def _from_tokens(element: Any, removed: list[str]) -> str:
    """The text that the words and marks of the annotated edition were cut from."""
    parts: list[str] = []

    def walk(parent: Any) -> None:
        for child in parent:
            if child.tag in _ASIDE:
                _note(child, removed)
            elif child.tag in _TOKENS:
                # A contraction holds its two words inside; its own text is what was written.
                parts.append((child.text or "").strip())
                if child.get("join") != "right":
                    parts.append(" ")
            else:
                walk(child)

    walk(element)
    return one_line("".join(parts))


def _note(element: Any, removed: list[str]) -> None:
    if words := one_line("".join(element.itertext())):
        removed.append(words)


def _name(entry: Any) -> str:
    """``forename nameLink surname`` whatever the order in the file; or the bare text."""
    parts = [
        words
        for tag in ("forename", "nameLink", "surname")
        for part in entry.iter(f"{_TEI}{tag}")
        if (words := one_line("".join(part.itertext())))
    ]
    return " ".join(parts) or one_line("".join(entry.itertext()))


def _org_name(org: Any) -> str | None:
    names = [n for n in org.findall(f"{_TEI}orgName") if one_line(n.text or "")]
    full = [n for n in names if n.get("full") != "abb"]
    return one_line(_in_english(full or names).text) if names else None


def _in_english(elements: Sequence[Any]) -> Any:
    return next((e for e in elements if e.get(f"{_XML}lang") == "en"), elements[0])


def _title(day: Any) -> str | None:
    titles = [t for t in day.iter(f"{_TEI}title") if t.getparent().tag == f"{_TEI}titleStmt"]
    main = [t for t in titles if t.get("type") == "main"] or titles
    if not main:
        return None
    return one_line(_SAMPLE.sub("", "".join(_in_english(main).itertext()))) or None


def _date(day: Any) -> str | None:
    for path in (f".//{_TEI}setting/{_TEI}date", f".//{_TEI}bibl/{_TEI}date"):
        for entry in day.iterfind(path):
            if match := _DAY.match(entry.get("when") or entry.get("from") or ""):
                return match[0]
    match = _DAY.search(day.get(f"{_XML}id", ""))
    return match[0] if match else None


def _house(day: Any, register: _Register) -> str | None:
    for meeting in day.iter(f"{_TEI}meeting"):
        org = register.orgs.get(one_line(meeting.get("corresp") or "").rpartition("#")[2])
        if org is not None and (name := _org_name(org)):
            return name
    return None


def _lists(folder: Path, corpus: str) -> Iterator[Any]:
    """The roots of the files beside the day that list persons and organisations."""
    for kind in ("listPerson", "listOrg", ""):
        stems = (f"{corpus}-{kind}", kind) if kind else (corpus,)
        paths = (
            place / f"{stem}{ending}"
            for place in (folder, folder.parent)
            for stem in stems
            for ending in (".xml", ".ana.xml")
        )
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            continue
        check_bytes(path.stat().st_size, path.name)
        yield parse_xml(decode(path.read_bytes(), path.name), path.name)
