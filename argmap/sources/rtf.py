"""Rich Text (.rtf), by the specification's own reading of groups and destinations (RTF 1.9.1).

Written here because the libraries at hand write link addresses into the text, drop what the
file says of its author and date, and slow down with the square of a hostile file's length.
Every byte is looked at once. Hidden text, and text deleted under review, is left out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from datetime import date

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.limits import check_characters

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\",
    re.S,
)
_BREAKS = frozenset({"par", "sect", "page", "line", "row", "cell", "nestcell", "column"})
_CHARACTERS = {
    "tab": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
# Groups whose text is not the document's. Those marked with \* are left out as well.
_APART = frozenset((
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "revtbl",
    "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "pict", "object", "objdata", "fldinst", "annotation", "atnid", "atnauthor", "bkmkstart",
    "bkmkend", "themedata", "datastore", "latentstyles", "xe", "tc", "private", "filetbl",
    "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "nonesttables", "generator", "operator",
    "keywords", "subject", "company", "category", "comment", "doccomm", "hlinkbase",
))  # fmt: skip
_MARKERS = frozenset({"listtext", "pntext"})
_NOTES = frozenset({"footnote"})
_PROPERTIES = frozenset({"title", "author"})
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside one pair of braces: where text goes, and how bytes become text.

    ``target`` is ``body``, a property's name, ``note``, or ``""`` for text that is dropped.
    """

    target: str = "body"
    destination: str = ""
    skip: int = 1
    font: int | None = None
    hidden: bool = False


@dataclass(slots=True)
class _State:
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    item: bool = False
    length: int = 0


def is_rtf(data: bytes) -> bool:
    """Whether the bytes begin as Rich Text does."""
    return data.lstrip()[:5] == b"{\\rtf"


def read_rtf(data: bytes, where: str) -> Draft:
    """The paragraphs of a document with the title, author and day that its properties name.

    Raises:
        SourceError: the file nests too deeply or holds too much text.
    """
    state = _parse(data.lstrip().decode("latin-1"), where)
    author = _property(state, "author")
    return Draft(
        paragraphs=tuple(state.paragraphs),
        title=_property(state, "title") or None,
        file_date=_day(state.created),
        attributes={"author": author} if author else {},
        removed=tuple(f"Footnote: {note}" for note in state.notes if note),
    )


def _parse(text: str, where: str) -> _State:
    state, stack = _State(), [_Group()]
    waiting = bytearray()
    to_skip = 0
    at, end = 0, len(text)
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            break
        at = match.end()
        group = stack[-1]
        kind = match.lastgroup
        if waiting and kind != "hex":
            _put(state, group, _decoded(state, group, waiting), where)
            waiting.clear()
        if kind == "brace":
            to_skip = 0
            if match["brace"] == "{":
                if len(stack) > _DEEPEST:
                    raise SourceError(
                        where, "the RTF file nests too deeply.", "Save it anew as .docx."
                    )
                stack.append(replace(group, destination=""))
                continue
            if group.target == "note" and stack[-2:-1] and stack[-2].target != "note":
                state.notes.append(_joined(state.parts.pop("note", [])))
            if len(stack) > 1:
                stack.pop()
            if len(stack) == 1:
                break  # the document's own group is closed
        elif kind == "hex":
            if to_skip:
                to_skip -= 1
            else:
                waiting.append(int(match["hex"], 16))
        elif kind == "text":
            shown = match["text"]
            skipped = min(to_skip, len(shown))
            to_skip -= skipped
            _put(state, group, shown[skipped:], where)
        elif kind == "symbol":
            if match["symbol"] == "*":
                stack[-1] = replace(group, target="")
            elif match["symbol"] in "\r\n":
                _break(state, group)
            elif to_skip:
                to_skip -= 1
            else:
                _put(state, group, _SYMBOLS.get(match["symbol"], ""), where)
        elif match["word"]:  # a control word, with its number or without
            word = match["word"]
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                at += max(number or 0, 0)
            elif word == "u" and number is not None:
                _put(state, group, chr(number % 65536), where)
                to_skip = group.skip
            else:
                stack[-1] = _control(state, group, word, number, where)
    if waiting:
        _put(state, stack[-1], _decoded(state, stack[-1], waiting), where)
    _break(state, _Group())
    return state


def _control(state: _State, group: _Group, word: str, number: int | None, where: str) -> _Group:
    """Act on a control word; the group as it holds from there on."""
    if word in _BREAKS:
        _break(state, group)
    elif word in _CHARACTERS:
        _put(state, group, _CHARACTERS[word], where)
    elif word == "ansicpg":
        state.encoding = _codec(f"cp{number}") or state.encoding
    elif word in _CODE_PAGES:
        state.encoding = _CODE_PAGES[word]
    elif word == "fcharset" and group.font is not None and number is not None:
        state.fonts[group.font] = _CHARSETS.get(number, "")
    elif word == "f":
        return replace(group, font=number)
    elif word == "plain":
        return replace(group, hidden=False)
    elif word in ("v", "deleted"):
        return replace(group, hidden=number != 0)
    elif word == "uc":
        return replace(group, skip=max(0, min(number or 0, 10)))
    elif word in ("yr", "mo", "dy") and group.destination == "creatim":
        state.created[word] = number or 0
    elif word == "creatim":
        return replace(group, destination=word)
    elif word in _MARKERS:
        state.item = True
        return replace(group, target="")
    elif word in _NOTES and group.target == "body":
        return replace(group, target="note")
    elif word in _PROPERTIES:
        return replace(group, target=word)
    elif word in _APART:
        return replace(group, target="")
    return group


def _put(state: _State, group: _Group, text: str, where: str) -> None:
    if text and group.target and not group.hidden:
        state.parts.setdefault(group.target, []).append(text)
        state.length += len(text)
        check_characters(state.length, where)


def _break(state: _State, group: _Group) -> None:
    if group.target == "note":
        state.parts.setdefault("note", []).append(" ")
    if group.target != "body":
        return
    if words := _joined(state.parts.pop("body", [])):
        state.paragraphs.append(Paragraph(words.removeprefix("• "), state.item))
    state.item = False


def _joined(parts: list[str]) -> str:
    # Characters beyond the basic plane come as two halves, each a control word of its own.
    text = "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return one_line(text)


def _property(state: _State, name: str) -> str:
    return _joined(state.parts.get(name, []))


def _decoded(state: _State, group: _Group, waiting: bytearray) -> str:
    encoding = (state.fonts.get(group.font, "") if group.font is not None else "") or state.encoding
    return waiting.decode(encoding, "replace")


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return None


def _day(created: dict[str, int]) -> str | None:
    try:
        return date(created["yr"], created["mo"], created["dy"]).isoformat()
    except (KeyError, ValueError, OverflowError):
        return None
