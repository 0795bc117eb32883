"""From pieces of text with places to lines in reading order, and the page furniture taken out.

Columns are found as the white strip between them, after the whitespace-cover idea of Breuel
(2002, DAS, "Two geometric algorithms for layout analysis"), reduced to what prose needs: a
strip is a gutter where lines stand side by side on its two sides. Lines that cross it (titles,
wide quotations) part the page into bands; in a band the left side is read before the right,
and each side may have gutters of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

#: Rows at the top and at the foot of a page that may be a running header or footer.
_EDGE = 3
_LONGEST_RUNNING = 120
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[]?\s*(?:page|p\.?|pg\.?)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—|\]]?)",
    re.I,
)
_SENTENCE = re.compile(r"\w[.!?][\"'”’)]*$")
_MARKER = re.compile(r"[\d*†‡§,]{1,5}")
#: Least pairs of lines side by side that make a gutter, and least share of the width a side has.
_LEAST_PAIRS = 4
_LEAST_SIDE = 0.18
_MOST_COLUMNS_DEEP = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one baseline without a gap in it; points from the page's bottom left."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order, and the edges of the column it stands in.

    ``block`` numbers the columns of a document in reading order.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    block: int
    column_left: float
    column_right: float


def arrange(pages: Sequence[Sequence[Piece]]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines of all pages in reading order, and the running lines and numbers that went."""
    body, removed = _without_page_furniture([_rows(_without_markers(page)) for page in pages])
    lines: list[Line] = []
    block = 0
    for rows in body:
        pieces = [piece for row in rows for piece in row]
        for column in _columns(pieces, _MOST_COLUMNS_DEEP):
            lines.extend(_lines(column, block))
            block += 1
    return tuple(lines), removed


def _without_markers(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without the raised figures of footnotes, which are no words of the sentence."""
    if not pieces:
        return []
    kept: list[Piece] = []
    usual = median(piece.size for piece in pieces)
    for piece in pieces:
        before = kept[-1] if kept else None
        raised = (
            before is not None
            and piece.size < 0.87 * before.size
            and 0.1 * before.size < piece.baseline - before.baseline < before.size
            and -0.5 * usual < piece.left - before.right < 0.5 * usual
        )
        if before is not None and raised and _MARKER.fullmatch(piece.text):
            # What follows stands as close to the marker as it would to the word.
            kept[-1] = replace(before, right=piece.right)
        else:
            kept.append(piece)
    return kept


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one baseline together, from the top of the page down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.baseline, piece.left)):
        if rows and abs(rows[-1][0].baseline - piece.baseline) <= 0.3 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _without_page_furniture(
    pages: Sequence[list[list[Piece]]],
) -> tuple[list[list[list[Piece]]], tuple[str, ...]]:
    """Pages without page numbers and without the rows that come again at their edges."""
    texts = [[_text(row) for row in page] for page in pages]
    seen: Counter[str] = Counter()
    for lines in texts:
        seen.update({_pattern(text) for text in (*lines[:_EDGE], *lines[-_EDGE:])})
    exact = Counter(text for lines in texts for text in {*lines[:_EDGE], *lines[-_EDGE:]})
    least = max(2, (len([lines for lines in texts if lines]) + 1) // 2)
    # A chapter's name changes in the midst; three pages in a row are enough to know it.
    least = min(least, 3) if len(pages) > 3 else least
    body: list[list[list[Piece]]] = []
    removed: dict[str, None] = {}
    for page, words in zip(pages, texts, strict=True):
        places = list(range(len(words)))
        gone: set[int] = set()
        for index in sorted({*places[:_EDGE], *places[-_EDGE:]}):
            text = words[index]
            outermost = index in (*places[:1], *places[-1:])
            # A sentence that comes again with other figures is a sentence, not a running line.
            same = seen[_pattern(text)] if not _SENTENCE.search(text) else exact[text]
            repeated = same >= least and len(text) <= _LONGEST_RUNNING
            if (len(pages) > 1 and repeated) or (outermost and _PAGE_NUMBER.fullmatch(text)):
                gone.add(index)
        rest = [index for index in places if index not in gone]
        for index in (*rest[:1], *rest[-1:]):
            text = words[index]
            if _PAGE_NUMBER.fullmatch(text) and len(rest) > 1 and not text.isalpha():
                gone.add(index)
        removed.update(dict.fromkeys(words[index] for index in sorted(gone)))
        body.append([row for index, row in enumerate(page) if index not in gone])
    return body, tuple(removed)


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _columns(pieces: Sequence[Piece], depth: int) -> list[list[Piece]]:
    """The pieces by column, in reading order."""
    gutter = _gutter(pieces) if depth else None
    if gutter is None:
        return [list(pieces)] if pieces else []
    found: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    across: list[Piece] = []

    def close_band() -> None:
        found.extend(_columns(left, depth - 1))
        found.extend(_columns(right, depth - 1))
        left.clear()
        right.clear()

    for row in _rows(pieces):
        if any(piece.left < gutter < piece.right for piece in row):
            close_band()
            across.extend(row)
            continue
        if across:
            found.extend(_columns(across, depth - 1))
            across = []
        left.extend(piece for piece in row if piece.right <= gutter)
        right.extend(piece for piece in row if piece.left >= gutter)
    close_band()
    if across:
        found.extend(_columns(across, depth - 1))
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The place of the strip with the most lines side by side, if there is one.

    The right column's lines begin at one place, so only places where several pieces begin are
    looked at.
    """
    if len(pieces) < 2 * _LEAST_PAIRS:
        return None
    first, last = min(p.left for p in pieces), max(p.right for p in pieces)
    width = last - first
    starts = Counter(round(p.left / 2) for p in pieces if p.left > first + _LEAST_SIDE * width)
    best, most = None, 0
    for start, count in sorted(starts.items()):
        if count + starts.get(start + 1, 0) < _LEAST_PAIRS - 1:
            continue
        place = min(p.left for p in pieces if round(p.left / 2) == start) - 0.5
        pairs = _pairs(pieces, place, width)
        if pairs > most:
            best, most = place, pairs
    return best


def _pairs(pieces: Sequence[Piece], place: float, width: float) -> int:
    """How many lines stand beside one another left and right of ``place``; 0 if it is no gutter."""
    left = [p for p in pieces if p.right <= place]
    right = [p for p in pieces if p.left >= place]
    crossing = [p for p in pieces if p.left < place < p.right]
    if min(len(left), len(right)) < _LEAST_PAIRS:
        return 0
    # Names beside speeches, numbers beside clauses and cells of tables are read row by row.
    if min(_wide(left), _wide(right)) < _LEAST_SIDE * width:
        return 0
    taken = _bands(right)
    beside = [p for p in left if _band(p) & taken]
    blocked = [p for p in crossing if _band(p) & (_bands(left) & taken)]
    if len(beside) < _LEAST_PAIRS or 3 * len(beside) < min(len(left), len(right)):
        return 0
    return 0 if 4 * len(blocked) > len(beside) else len(beside)


def _wide(pieces: Sequence[Piece]) -> float:
    """How wide the wider half of the pieces are."""
    widths = sorted(p.right - p.left for p in pieces)
    return widths[len(widths) // 2]


def _band(piece: Piece) -> set[int]:
    """The strips of the page, 3 points high, that a piece reaches into."""
    low = int(piece.baseline // 3)
    return set(range(low, low + max(1, int(0.6 * piece.size // 3)) + 1))


def _bands(pieces: Sequence[Piece]) -> set[int]:
    return {band for piece in pieces for band in _band(piece)}


def _lines(column: Sequence[Piece], block: int) -> list[Line]:
    """A column's lines; pieces that stand on one baseline are one line."""
    first, last = min(p.left for p in column), max(p.right for p in column)
    return [
        Line(
            text=_text(row),
            left=row[0].left,
            right=max(piece.right for piece in row),
            baseline=row[0].baseline,
            size=max(piece.size for piece in row),
            block=block,
            column_left=first,
            column_right=last,
        )
        for row in _rows(column)
    ]


def _text(row: Sequence[Piece]) -> str:
    text, right = "", row[0].left
    for piece in row:
        apart = piece.left - right > 0.12 * piece.size
        text = f"{text} {piece.text}" if text and apart else text + piece.text
        right = piece.right
    return text
