"""From a draft, or from speeches, to the finished ``Document`` with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.errors import SourceError
from argmap.records import Document, Span, Speaker, Turn
from argmap.sources.bylines import byline
from argmap.sources.characters import one_line
from argmap.sources.clean import clean, drop_furniture
from argmap.sources.dates import find_date, to_iso
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.furniture import is_furniture
from argmap.sources.limits import check_characters
from argmap.sources.transcript import is_labelled, looks_like_transcript, speeches, voiced

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_FIRST_SENTENCE = re.compile(r"^.{12,}?[.!?…][\"'”’)]*(?=\s|$)")
_TITLE_WORDS = 10
_HEADLINE_WORDS = 22


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one speaker's words, or of nobody's.

    Segments with the same ``turn`` that follow each other make one turn; ``None`` makes none.
    ``glue`` is what stands between the segment and the one before it; ``time``, ``column`` and
    ``url`` say of a turn's first segment where the turn begins.
    """

    text: str
    turn: int | None = None
    speaker: Speaker | None = None
    glue: str = "\n\n"
    time: str | None = None
    column: str | None = None
    url: str | None = None


def join(segments: Iterable[Segment], where: str) -> tuple[str, tuple[Turn, ...]]:
    """The text of the segments and the turns in it, in order and without overlap.

    Raises:
        SourceError: the text is too long to map.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    length, current = 0, None
    for segment in segments:
        if parts:
            parts.append(segment.glue)
            length += len(segment.glue)
        start, length = length, length + len(segment.text)
        parts.append(segment.text)
        check_characters(length, where)
        if segment.turn is not None:
            if segment.turn == current:
                turns[-1] = replace(turns[-1], span=Span(turns[-1].span.start, length))
            else:
                turns.append(
                    Turn(
                        Span(start, length),
                        segment.speaker,
                        time=segment.time,
                        column=segment.column,
                        url=segment.url,
                    )
                )
        current = segment.turn
    return "".join(parts), tuple(turns)


def finish(draft: Draft, where: str) -> Document:
    """Clean a draft and make the document of it.

    Raises:
        SourceError: nothing is left to map, or too much.
    """
    paragraphs = [
        Paragraph(text, paragraph.item)
        for paragraph in draft.paragraphs
        if (text := one_line(paragraph.text))
    ]
    check_characters(sum(len(paragraph.text) + 2 for paragraph in paragraphs), where)
    said = [one_line(text) for voice in draft.voices for text in voice.paragraphs]
    check_characters(sum(len(text) + 2 for text in said), where)
    if not any(char.isalnum() for text in (*said, *(p.text for p in paragraphs)) for char in text):
        raise SourceError(where, "there are no words in it.", "Give a source that holds text.")
    if draft.voices:
        return _voiced(draft, where)
    if draft.kind == "transcript" or (
        draft.kind is None and looks_like_transcript([paragraph.text for paragraph in paragraphs])
    ):
        return _transcript(draft, paragraphs, where)
    first = drop_furniture(paragraphs)
    title, rest, kicker = _headline(draft.title, first.paragraphs)
    second = clean(rest)
    kept = tuple(paragraph.text for paragraph in second.paragraphs)
    if not kept:
        raise SourceError(
            where,
            "nothing is left when the page's own lines (menus, notices, captions) are taken out.",
            "Give the article itself.",
        )
    removed = (*draft.removed, *first.removed, *kicker, *second.removed)
    text, _ = join((Segment(paragraph) for paragraph in kept), where)
    date, attributes = _dated(draft, removed)
    return Document.create(
        title=title or _first_words(kept[0]),
        text=text,
        kind=draft.kind or "article",
        outlet=draft.outlet,
        date=date,
        url=draft.url,
        attributes=_with_author(attributes, removed),
        removed=tuple(removed),
    )


def _transcript(draft: Draft, paragraphs: Sequence[Paragraph], where: str) -> Document:
    """A transcript keeps every word said; only lines outside the speeches can be furniture."""
    title, rest = draft.title, tuple(paragraphs)
    removed: list[str] = list(draft.removed)
    while rest and is_furniture(rest[0].text):
        removed.append(rest[0].text)
        rest = rest[1:]
    if rest and not is_labelled(rest[0].text):
        title, rest, kicker = _headline(title, rest)
        removed.extend(kicker)
    said = speeches([paragraph.text for paragraph in rest])
    segments: list[Segment] = []
    for number, part in enumerate(said):
        if part.speaker is None:
            cleaned = drop_furniture([Paragraph(text) for text in part.paragraphs])
            removed.extend(cleaned.removed)
            texts = tuple(paragraph.text for paragraph in cleaned.paragraphs)
        else:
            texts = part.paragraphs
        segments.extend(Segment(text, number, part.speaker) for text in texts)
    return _spoken(draft, title, segments, removed, where)


def _voiced(draft: Draft, where: str) -> Document:
    """Every word stays; what nobody named says is in no turn, so it counts and has no speaker."""
    segments = [
        Segment(text, number if part.speaker else None, part.speaker)
        for number, part in enumerate(voiced(draft.voices))
        for text in part.paragraphs
    ]
    return _spoken(draft, draft.title, segments, draft.removed, where)


def _spoken(
    draft: Draft,
    title: str | None,
    segments: Sequence[Segment],
    removed: Sequence[str],
    where: str,
) -> Document:
    if not segments:
        raise SourceError(where, "nobody says anything in it.", "Give a transcript with speeches.")
    text, turns = join(segments, where)
    date, attributes = _dated(draft, removed)
    return Document.create(
        title=title or _first_words(text.split("\n\n", 1)[0]),
        text=text,
        kind=draft.kind or "transcript",
        outlet=draft.outlet,
        date=date,
        url=draft.url,
        attributes=attributes,
        turns=turns,
        removed=tuple(removed),
    )


def apply_fields(draft: Draft, fields: Mapping[str, str]) -> Draft:
    """``draft`` with the fields of a front matter block; unknown ones become attributes."""
    attributes = dict(draft.attributes)
    known: dict[str, str] = {}
    for key, raw in fields.items():
        value = one_line(raw)
        if key == "date" and value:
            # A date in words that cannot be read stays readable as an attribute.
            iso = to_iso(value)
            if iso is None:
                attributes[key] = value
            else:
                known[key] = iso
        elif key in ("title", "outlet", "url", "kind"):
            if value:
                known[key] = value.lower() if key == "kind" else value
        else:
            attributes[key] = value
    return replace(
        draft,
        title=known.get("title", draft.title),
        kind=known.get("kind", draft.kind),
        outlet=known.get("outlet", draft.outlet),
        date=known.get("date", draft.date),
        url=known.get("url", draft.url),
        attributes=attributes,
    )


def _headline(
    title: str | None, paragraphs: tuple[Paragraph, ...]
) -> tuple[str | None, tuple[Paragraph, ...], tuple[str, ...]]:
    """The title, the paragraphs without the line that is it, and a section's name above it."""
    if len(paragraphs) < 2:
        return title, paragraphs, ()
    first, second = paragraphs[0].text, paragraphs[1].text
    if title is not None:
        if _same(title, first) and not first.endswith("."):
            return (first if len(first) < len(title) else title), paragraphs[1:], ()
        return title, paragraphs, ()
    if not _is_headline(first) or not any(
        _SENTENCE_END.search(paragraph.text) for paragraph in paragraphs[1:4]
    ):
        return None, paragraphs, ()
    kicker = first.isupper() and first.count(" ") < 3 and not second.isupper()
    if kicker and len(paragraphs) > 2 and _is_headline(second) and second.count(" ") > 2:
        return second, paragraphs[2:], (first,)
    return first, paragraphs[1:], ()


def _is_headline(text: str) -> bool:
    """Short, without a final full stop, and not several sentences."""
    return (
        text.count(" ") + 1 <= _HEADLINE_WORDS
        and not text.endswith((".", ":", ";", ",", ".”", ".’", '."', ".'", "…"))
        and not re.search(r"[a-z]{2}\.[\"”’]?\s+[A-Z“‘\"]", text)
    )


def _same(title: str, line: str) -> bool:
    """Whether a page's title is this line, with or without the outlet's name after it."""
    title, line = title.casefold(), line.casefold()
    return title == line or (
        title.startswith(line) and re.match(r"\s*[-–—|:·•]\s", title[len(line) :]) is not None
    )


def _first_words(text: str) -> str:
    match = _FIRST_SENTENCE.match(text)
    words = (match[0] if match else text).split(" ")
    if len(words) <= _TITLE_WORDS:
        return " ".join(words).rstrip(".") or " ".join(words)
    return " ".join(words[:_TITLE_WORDS]).rstrip(".,;:–—-") + "…"


def _date_among(removed: Sequence[str]) -> str | None:
    """The date of a dropped "Published ..." or bare date line."""
    for line in removed:
        if len(line) <= 90 and (found := find_date(line)):
            return found
    return None


def _dated(draft: Draft, removed: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """The best date there is, and the attributes, which say so where it is only the file's."""
    attributes = dict(draft.attributes)
    if date := draft.date or _date_among(removed):
        if draft.file_date:
            attributes.setdefault("created", draft.file_date)
        return date, attributes
    if draft.file_date:
        attributes.setdefault("date from", "the file’s properties")
    return draft.file_date, attributes


def _with_author(attributes: Mapping[str, str], removed: Sequence[str]) -> dict[str, str]:
    """The attributes, with the name of a dropped byline where no author is known."""
    names = (name for line in removed if (name := byline(line)))
    author = next(names, None)
    return {**({"author": author} if author else {}), **attributes}
