"""Subtitles: SubRip (.srt) and WebVTT (.vtt, W3C candidate recommendation of 2019).

Cues become running text. Captions that roll, as broadcasters and video sites make them, show
each line two or three times: only what a cue adds is kept. ``<v Name>`` and ``NAME:`` are the
speaker; a dash or ``>>`` is a change to somebody unknown. Sounds and music are left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from argmap.errors import SourceError
from argmap.sources.characters import normalise, one_line
from argmap.sources.draft import Draft, Voice
from argmap.sources.transcript import labelled

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_CUE = re.compile(rf"^{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_BLOCKS = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}|</>")
# In square brackets, or a few words in round ones, or between notes.
_SOUND = re.compile(r"\[[^\[\]]*\]|\((?:[^\s()]+ ?){1,5}\)|♪[^♪]*♪?|♫[^♫]*♫?")
_CHANGE = re.compile(r"^(?:>{2,}|[-–—]\s*(?=\S))\s*")
_ENDS = re.compile(r"[.!?…][\"'”’)]*$")
#: Seconds without words after which a finished sentence ends a paragraph.
_PAUSE = 2.0
_LONGEST_PARAGRAPH = 700
_SAMPLE = 5_000
_MAX_OVERLAP = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """One line on the screen; ``voice`` is ``""`` at a change to somebody unknown."""

    text: str
    start: float
    end: float
    voice: str | None = None


def looks_like_subtitles(text: str) -> bool:
    """Whether the text is WebVTT by its first line, or has SubRip's cues from its start."""
    head = text[:_SAMPLE].lstrip("\ufeff\r\n \t")
    if re.match(r"WEBVTT(?:[ \t\r\n]|$)", head):
        return True
    lines = [line.strip() for line in head.splitlines() if line.strip()][:2]
    return any(_CUE.match(line) for line in lines)


def read_subtitles(text: str, where: str) -> Draft:
    """The words of the captions, by speaker where they name one.

    Raises:
        SourceError: there are no words in them.
    """
    lines, removed = [], dict[str, None]()
    for line in _fresh(_cues(text)):
        shown = _SOUND.sub(" ", line.text)
        for sound in _SOUND.findall(line.text):
            removed[one_line(sound)] = None
        if any(char.isalnum() for char in shown):
            lines.append(_Line(one_line(shown), line.start, line.end, line.voice))
    if not lines:
        raise SourceError(
            where, "the subtitles hold no words.", "Choose a subtitle file with captions in it."
        )
    voices = _voices(lines)
    gone = tuple(sound for sound in removed if sound)
    named = any(voice.name for voice in voices)
    return Draft(voices=voices, kind="transcript" if named else "subtitles", removed=gone)


def _cues(text: str) -> Iterator[tuple[float, float, tuple[tuple[str, str | None], ...]]]:
    """Start, end, and lines with the voice that a tag names, of every cue in order."""
    lines = normalise(text).split("\n")
    at = 0
    while at < len(lines):
        match = _CUE.match(lines[at])
        if match is None:
            if _BLOCKS.match(lines[at]) and (at == 0 or not lines[at - 1]):
                while at < len(lines) and lines[at]:
                    at += 1
            at += 1
            continue
        at += 1
        shown: list[tuple[str, str | None]] = []
        while at < len(lines) and lines[at] and not _CUE.match(lines[at]):
            # The number of the next cue may follow without the blank line that should part them.
            if lines[at].isdigit() and at + 1 < len(lines) and _CUE.match(lines[at + 1]):
                break
            shown.extend(_marked(lines[at]))
            at += 1
        yield _seconds(match.groups()[:4]), _seconds(match.groups()[4:]), tuple(shown)


def _marked(line: str) -> Iterator[tuple[str, str | None]]:
    """The words of a line, parted where a tag names another voice."""
    pieces = _VOICE.split(line)
    names: list[str | None] = [None, *pieces[1::2]]
    for name, words in zip(names, pieces[::2], strict=True):
        plain = one_line(html.unescape(_TAG.sub("", words)))
        if plain or name:
            yield plain, one_line(html.unescape(name)) if name else None


def _fresh(
    cues: Iterator[tuple[float, float, tuple[tuple[str, str | None], ...]]],
) -> Iterator[_Line]:
    """The lines that a cue adds to what is on the screen already."""
    last: list[_Line] = []
    for start, end, shown in cues:
        lines = [
            _Line(words, start, end, voice) for words, voice in shown if words or voice is not None
        ]
        if not lines:
            continue
        # What was long gone from the screen is said again, not shown again.
        still = bool(last) and start - last[-1].end < 0.5
        overlap = _overlap(last, lines) if still else 0
        fresh = lines[overlap:]
        if still and fresh and not overlap and last and _grows(last[-1].text, fresh[0].text):
            added = fresh[0].text[len(last[-1].text) :].strip()
            fresh = [_Line(added, start, end, fresh[0].voice), *fresh[1:]]
        yield from (line for line in fresh if line.text)
        last = lines


def _overlap(last: Sequence[_Line], lines: Sequence[_Line]) -> int:
    """How many lines of a cue are the last ones of the cue before it, still shown."""
    for count in range(min(len(last), len(lines), _MAX_OVERLAP), 0, -1):
        same = [a.text for a in last[-count:]] == [b.text for b in lines[:count]]
        # A whole cue that comes again is one caption cut in two, if it is more than a word.
        if same and (count < len(lines) or lines[0].text.count(" ") >= 2 or len(lines) > 1):
            return count
    return 0


def _grows(before: str, text: str) -> bool:
    """Whether a line is the one before it with words added, as in live captions."""
    return text.startswith(before + " ") and before.count(" ") >= 1 and not _ENDS.search(before)


def _voices(lines: Sequence[_Line]) -> tuple[Voice, ...]:
    """Stretches of one speaker; in them a pause after a full stop ends the paragraph."""
    counts = Counter(said[0] for line in lines if (said := _named(line)))
    found: list[tuple[str | None, list[str]]] = []
    name: str | None = None
    before: _Line | None = None
    for line in lines:
        words, changed = _CHANGE.subn("", line.text)
        said = _named(line)
        # “Remember:” once is no name; capitals are, and what comes again.
        if said and not (said[0].isupper() or counts[said[0]] > 1):
            said = None
        new = line.voice
        if new is None and said:
            new, words = said
        if new is None and changed:
            new = ""
        turned = (new is not None and (new or None) != name) or (bool(changed) and not said)
        if new is not None:
            name = new or None
        if not found or turned:
            found.append((name, [words] if words else []))
        elif words:
            paragraphs = found[-1][1]
            paused = before is not None and line.start - before.end >= _PAUSE
            long = bool(paragraphs) and len(paragraphs[-1]) > _LONGEST_PARAGRAPH
            if not paragraphs or ((paused or long) and _ENDS.search(paragraphs[-1])):
                paragraphs.append(words)
            else:
                paragraphs[-1] = f"{paragraphs[-1]} {words}"
        before = line
    return tuple(Voice(name, tuple(texts)) for name, texts in found if texts)


def _named(line: _Line) -> tuple[str, str] | None:
    return labelled(_CHANGE.sub("", line.text)) if line.voice is None else None


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")
