"""Transcripts: paragraphs that begin with the name of who speaks.

``NAME:``, ``Name (Role, Party):`` and the same on a line of its own are read; what was
``**Name:**`` in Markdown has lost its stars by then. So are the manners of transcription
programs, with a time for the colon (``Name [00:01:12] words``, or ``Name 1:12`` above them),
and a committee's question numbers (``Q12 Name: words``). A paragraph without a name goes on
with the speaker before it. The name is not part of what was said and leaves the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.records import Speaker, content_id
from argmap.sources.characters import one_line
from argmap.sources.draft import Voice

_STAMP = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?[\])]?"
_LABEL = re.compile(
    rf"^(?:{_STAMP}\s*[-–—]?\s*)?(?:Q\d{{1,4}}[.)]?\s+)?(?P<name>[^:()\[\]\n]{{1,60}}?)"
    rf"\s*(?:[(\[](?P<role>[^()\[\]\n]{{1,90}})[)\]])?\s*(?:{_STAMP})?\s*:(?:\s+|$)"
)
# A time for the colon: in brackets before the words, or bare where the line ends with it.
_STAMPED = re.compile(
    r"^(?P<name>[^:()\[\]\n]{1,60}?)(?P<role>),?\s+"
    r"(?:[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?[\])]\s*:?(?:\s+|$)|\d{1,2}:\d{2}(?::\d{2})?$)"
)
# What stands for a name where nobody put one in.
_ANONYMOUS = re.compile(
    r"(?:unknown |male |female )?(?:speaker|voice|participant|interview(?:er|ee)|respondent"
    r"|moderator|facilitator|host|guest|presenter|audience member)(?:[ _-]?[\da-z]{1,2})?",
    re.I,
)
_NAME_AND_ROLE = re.compile(r"(?P<name>[^()]*[^()\s])\s*(?:\((?P<role>[^()]+)\))?")
_PARTICLES = frozenset({"of", "the", "for", "and", "de", "van", "von", "der", "bin", "al", "la"})
# Words that stand before a colon without being anybody.
_NOBODY = frozenset((
    "note", "notes", "update", "updates", "source", "sources", "photo", "image", "picture",
    "video", "watch", "listen", "read", "see", "date", "time", "venue", "place", "correction",
    "analysis", "background", "related", "more", "tags", "topics", "pros", "cons", "summary",
    "title", "subject", "re", "example", "warning", "tip", "conclusion", "introduction",
    "editor's", "editor’s", "key", "next", "why", "what", "how", "when", "where", "who", "first",
    "second", "third", "finally", "also", "but", "and", "so",
))  # fmt: skip
_DIRECTION = re.compile(r"^(?:\([^()]*\)|\[[^\[\]]*\])\.?$")
_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baroness|(?:the )?rt hon)\b"
    r"\.?\s+",
    re.I,
)
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Mx", "Dr", "St"})
_PARTY = re.compile(
    r"con|lab|lib ?dem|ld|snp|green|pc|dup|sf|sdlp|uup|ind|independent|labour|conservative"
    r"|liberal democrats?|greens|reform(?: uk)?|(?:lab|labour)/co-op|cross-?bench(?:er)?|cb"
    r"|non-affiliated|plaid cymru|sinn féin|.{2,40}\bparty",
    re.I,
)
_ENDS = re.compile(r"[.!?:;,…—–-][\"'”’)\]]*$")
_MAX_WORDS = 7
_HEADING_WORDS = 10


@dataclass(frozen=True, slots=True)
class Speech:
    """Paragraphs in a row by one speaker, or by nobody: headings, stage directions, openings."""

    speaker: Speaker | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    role: str | None
    rest: str


def looks_like_transcript(paragraphs: Sequence[str]) -> bool:
    """Whether most paragraphs begin with one of several names that come again.

    Names in capitals are a stronger sign, so fewer of them will do. An article in which a line
    or two happens to hold a colon is not a transcript.
    """
    labels = [label for text in paragraphs if (label := _label(text))]
    counts = Counter(_key(label.name) for label in labels)
    if len(labels) < 3 or len(counts) < 2 or len(labels) == len(counts):
        return False
    repeated = sum(count for count in counts.values() if count > 1)
    shouted = all(_shouts(label.name) for label in labels)
    share = 0.25 if shouted and len(labels) >= 4 else 0.5
    return len(labels) >= share * len(paragraphs) and 2 * repeated >= len(labels)


def is_labelled(paragraph: str) -> bool:
    """Whether a paragraph begins with a name and a colon."""
    return _label(paragraph) is not None


def speeches(paragraphs: Sequence[str]) -> tuple[Speech, ...]:
    """Who says which paragraphs, in order. The same name is the same ``Speaker`` throughout."""
    labels = [_label(text) for text in paragraphs]
    people = _people([label for label in labels if label])
    found: list[Speech] = []
    current: Speaker | None = None
    continues = False
    for text, label, following in zip(paragraphs, labels, (*labels[1:], None), strict=True):
        if label is None and (_DIRECTION.match(text) or (following and _is_heading(text))):
            found.append(Speech(None, (text,)))
            continues = False
        elif label is not None:
            current = people[_key(label.name)]
            if label.rest:
                found.append(Speech(current, (label.rest,)))
            continues = bool(label.rest)
        elif continues and found and found[-1].speaker == current:
            found[-1] = Speech(current, (*found[-1].paragraphs, text))
        else:
            found.append(Speech(current, (text,)))
            continues = True
    return tuple(found)


def voiced(voices: Sequence[Voice]) -> tuple[Speech, ...]:
    """The same for a format that marks its speakers itself; a name may have a role in brackets."""
    labels: list[_Label | None] = []
    for voice in voices:
        name = one_line(voice.name or "")
        match = _NAME_AND_ROLE.fullmatch(name)
        known = _Label(match["name"], match["role"], "") if match else _Label(name, None, "")
        labels.append(known if _key(known.name) else None)
    people = _people([label for label in labels if label])
    found: list[Speech] = []
    for voice, label in zip(voices, labels, strict=True):
        speaker = people[_key(label.name)] if label else None
        paragraphs = tuple(line for text in voice.paragraphs if (line := one_line(text)))
        if not paragraphs:
            continue
        if found and found[-1].speaker == speaker:
            found[-1] = Speech(speaker, (*found[-1].paragraphs, *paragraphs))
        else:
            found.append(Speech(speaker, paragraphs))
    return tuple(found)


def labelled(text: str) -> tuple[str, str] | None:
    """Name, with its role in brackets if there is one, and words of a ``NAME: words`` line."""
    label = _label(text)
    if label is None:
        return None
    return (f"{label.name} ({label.role})" if label.role else label.name), label.rest


def _is_heading(text: str) -> bool:
    return text.count(" ") < _HEADING_WORDS and not _ENDS.search(text)


def _label(text: str) -> _Label | None:
    match = _LABEL.match(text) or _STAMPED.match(text)
    if match is None:
        return None
    name = match["name"].strip(" *_-–—,")
    words = name.split()
    if not words or len(words) > _MAX_WORDS or words[0].lower() in _NOBODY:
        return None
    if words[0].lower() in _PARTICLES and len(words) == 1:
        return None
    if name[-1] in ".!?" and not re.search(r"\b[A-Z]\.$|\b(?:Jr|Sr|Esq)\.$", name):
        return None
    if _ANONYMOUS.fullmatch(name):
        name = name[0].upper() + name[1:]
        return _Label(name, match["role"] or None, text[match.end() :].strip())
    if not all(_is_name(word) for word in words) or not any(char.isalpha() for char in name):
        return None
    if words[0][0] in "“‘\"'" or (
        words[0] == words[0].lower() != words[0].upper() and words[0][0] != "<"
    ):
        return None
    role = match["role"]
    return _Label(name, role.strip() if role else None, text[match.end() :].strip())


def _is_name(word: str) -> bool:
    if word.lower() in _PARTICLES or word[0] == "<" or not word[0].isalpha():
        return True
    return not (word == word.lower() != word.upper())


def _key(name: str) -> str:
    return _HONORIFIC.sub("", name).strip().casefold()


def _people(labels: Sequence[_Label]) -> dict[str, Speaker]:
    """A speaker for every way of naming; a surname alone is the one full name that ends in it."""
    keys = list(dict.fromkeys(_key(label.name) for label in labels))
    full = {
        key: [other for other in keys if " " in other and other.split()[-1] == key] for key in keys
    }
    person = {key: full[key][0] if len(full[key]) == 1 else key for key in keys}
    speakers: dict[str, Speaker] = {}
    for key in dict.fromkeys(person.values()):
        named = [label for label in labels if person[_key(label.name)] == key]
        names = [label.name for label in named if _key(label.name) == key]
        name = next((name for name in names if not _shouts(name)), None) or _lowered(names[0])
        role = party = None
        for label in named:
            found_role, found_party = _role_and_party(label.role)
            role, party = role or found_role, party or found_party
        others = dict.fromkeys(_lowered(label.name) for label in named)
        aliases = tuple(other for other in others if other.casefold() != name.casefold())
        speakers[key] = Speaker(content_id("s", key), name, aliases, role, party)
    return {key: speakers[target] for key, target in person.items()}


def _role_and_party(given: str | None) -> tuple[str | None, str | None]:
    if not given:
        return None, None
    parts = [part.strip() for part in re.split(r"[,;]", given) if part.strip()]
    party = next((part for part in (*parts[-1:], *parts[:-1]) if _PARTY.fullmatch(part)), None)
    return ", ".join(part for part in parts if part != party) or None, party


def _shouts(name: str) -> bool:
    """Whether a name is in capitals, as in MAUD McFENN."""
    return re.sub(r"\b(?:Mc|Mac)(?=[A-Z])", "", name).isupper()


def _lowered(name: str) -> str:
    """A name in capitals as one writes it; initials such as BBC stay."""
    if not _shouts(name) or len(name) <= 2:
        return name

    def word(match: re.Match[str]) -> str:
        text = match[0]
        if text.title() not in _TITLES and not re.search(r"[AEIOUYÀ-Þ]", text):
            return text
        if text.upper().startswith("MC") and len(text) > 4:
            return f"Mc{text[2:].capitalize()}"
        if text.lower() in _PARTICLES and match.start():
            return text.lower()
        return text.capitalize()

    return re.sub(r"[^\W\d_]+(?:(?<=\w{2})['’][^\W\d_]{1,2}(?!\w))?", word, name)
