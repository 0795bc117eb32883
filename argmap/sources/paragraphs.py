"""From lines to paragraphs, whichever way the text marks them."""

from __future__ import annotations

import re
from itertools import pairwise

from argmap.sources.draft import Paragraph

_BULLET = re.compile(r"^(?:[-*+•‣▪●◦·∙]\s+)+")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WRAP_LIMIT = 110


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a normalised text.

    A line is a paragraph unless the text is wrapped to a fixed width, as in e-mail; then a
    blank line parts the paragraphs and the lines between are joined.
    """
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n")) if block]
    wrapped = _is_wrapped(blocks)
    found: list[Paragraph] = []
    for block in blocks:
        for line in _joined(block) if wrapped else block:
            words = _BULLET.sub("", line).strip()
            if words and words not in "-*+•‣▪●◦·∙":
                found.append(Paragraph(words, item=words != line))
    return tuple(found)


def _is_wrapped(blocks: list[list[str]]) -> bool:
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs or max(len(line) for block in blocks for line in block) > _WRAP_LIMIT:
        return False
    widest = max(len(first) for first, _ in pairs)
    if widest < 40:
        return False
    runs_on = sum(
        len(first) > 0.6 * widest and not _ENDS.search(first) and not _BULLET.match(second)
        for first, second in pairs
    )
    return 2 * runs_on > len(pairs)


def _joined(block: list[str]) -> list[str]:
    lines = [block[0]]
    for line in block[1:]:
        if _BULLET.match(line):
            lines.append(line)
        else:
            lines[-1] += f" {line}"
    return lines
