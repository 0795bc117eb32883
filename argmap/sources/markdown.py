"""Markdown marks taken off, the words kept.

Line by line, so the paragraphs stay where they were. Raw HTML stays as plain characters.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"^#{1,6} +(.*?)(?: +#+)?$")
_RULE = re.compile(r"^(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,}|=+)$")
_FENCE = re.compile(r"^(?:```|~~~)")
_QUOTE = re.compile(r"^(?:> ?)+")
_ORDERED = re.compile(r"^\d{1,3}[.)] +")
_DEFINITION = re.compile(r"^\[[^\]\n]+\]:\s*\S+.*$")
_TABLE_RULE = re.compile(r"^\|?[ :|-]*-{2,}[ :|-]*\|?$")

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_STRONG = re.compile(r"(\*\*\*|\*\*|___|__|~~)(?=\S)(.+?)(?<=\S)\1")
_STAR = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?![\w_])")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")

_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.M),
    re.compile(r"\[[^\[\]\n]+\]\((?:https?://|/|#|mailto:)"),
    re.compile(r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*"),
)


def looks_like_markdown(text: str) -> bool:
    """Whether the text has headings, links or bold text in Markdown's manner."""
    return any(sign.search(text) for sign in _SIGNS)


def strip_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its marks, and the images' descriptions, which are not the article's."""
    removed: list[str] = []

    def image(match: re.Match[str]) -> str:
        if match[1].strip():
            removed.append(match[1].strip())
        return ""

    lines: list[str] = []
    for line in _COMMENT.sub("", text).split("\n"):
        line = _QUOTE.sub("", line.strip())
        if (
            _FENCE.match(line)
            or _DEFINITION.match(line)
            or _TABLE_RULE.match(line)
            or _RULE.match(line)
        ):
            lines.append("")
        elif heading := _HEADING.match(line):
            lines.extend(("", _inline(_IMAGE.sub(image, heading[1])), ""))
        else:
            lines.append(_inline(_IMAGE.sub(image, _cells(_ORDERED.sub("", line)))))
    return "\n".join(lines), tuple(removed)


def _cells(line: str) -> str:
    if len(line) > 2 and line.startswith("|") and line.endswith("|"):
        return "; ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
    return line


def _inline(line: str) -> str:
    for pattern, group in ((_LINK, 1), (_REFERENCE, 1), (_AUTOLINK, 1), (_CODE, 2)):
        line = pattern.sub(lambda match, group=group: str(match[group]), line)  # type: ignore[misc]
    line = _FOOTNOTE.sub("", line)
    for _ in range(3):  # bold inside italics inside bold is as deep as people go
        line = _UNDERSCORE.sub(r"\1", _STAR.sub(r"\1", _STRONG.sub(r"\2", line)))
    return _ESCAPE.sub(r"\1", line).rstrip("\\")
