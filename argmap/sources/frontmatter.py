"""The block of ``key: value`` lines between two ``---`` lines at the head of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9 _-]{0,40}?)\s*:(?:\s+(.*)|)")
_MAX_LINES = 60


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The fields, with lower-case keys, and the text after them.

    Values are plain strings; one pair of quotation marks around a value is taken off. A block
    with any other kind of line in it is not front matter: the text comes back whole.
    """
    lines = text.lstrip("\n").split("\n")
    if lines[0] != "---":
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:_MAX_LINES], 1):
        if line in ("---", "..."):
            return (fields, "\n".join(lines[number + 1 :])) if fields else ({}, text)
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            break
        fields[match[1].lower()] = _unquote((match[2] or "").strip())
    return {}, text


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
