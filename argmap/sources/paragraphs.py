"""From lines to paragraphs, whichever way the text marks them."""

from __future__ import annotations

import re
from itertools import pairwise

from argmap.sources.draft import Paragraph

_BULLET = re.compile(r"^(?:[-*+•‣▪●◦·∙]\s+)+")
_RULE = re.compile(r"[-–—*_=~#+•‣▪●◦·∙ ]+")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WRAP_LIMIT = 110
_FULL_LINE = 40


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a normalised text.

    A line is a paragraph unless the text is wrapped to a fixed width, as in e-mail; then a
    blank line parts the paragraphs and the lines between are joined.
    """
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n")) if block]
    wrapped = _is_wrapped(blocks)
    found: list[Paragraph] = []
    for block in blocks:
        for line in _joined(block, every=wrapped):
            words = _BULLET.sub("", line).strip()
            if words and not _RULE.fullmatch(words):
                found.append(Paragraph(words, item=words != line))
    return tuple(found)


def _is_wrapped(blocks: list[list[str]]) -> bool:
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs or max(len(line) for block in blocks for line in block) > _WRAP_LIMIT:
        return False
    widest = max(len(first) for first, _ in pairs)
    if widest < _FULL_LINE:
        return False
    runs_on = sum(
        len(first) > 0.6 * widest and not _ENDS.search(first) and not _BULLET.match(second)
        for first, second in pairs
    )
    return 2 * runs_on > len(pairs)


def _joined(block: list[str], *, every: bool) -> list[str]:
    """The block's lines put together: every one, or those that break off in mid-sentence."""
    lines = [block[0]]
    for before, line in pairwise(block):
        broken = len(before) >= _FULL_LINE and not _ENDS.search(before) and line[0].islower()
        if (every or broken) and not _BULLET.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines
