"""PDF, through PDFium: columns in reading order, lines made into paragraphs.

The places of the letters come from a process of its own (``pdf_worker.py``), the order from
``pdf_layout.py``; here lines become paragraphs and hyphens at line ends are undone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.limits import MAX_CHARACTERS, MAX_PAGES
from argmap.sources.pdf_layout import Line, Piece, arrange

_WORKER = Path(__file__).resolve().with_name("pdf_worker.py")
#: Memory and processor time of one file, where the system can limit them, and the seconds after
#: which it is given up in any case.
MEMORY_MB = 1_000
SECONDS = 120
_TIMEOUT = 180
_BULLET = re.compile(r"^(?:[•‣▪●◦·∙*]|[-–]\s|\(?(?:\d{1,3}|[a-z])[.)]\s)")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*\d{0,2}$")
_FULL_STOP = re.compile(r"[.!?…][\"'”’)\]]*\d{0,2}$")
_HYPHEN = re.compile(r"(?P<word>[^\W\d_]{2,})[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OFFICE_TITLE = re.compile(r"^(?:Microsoft Word - |untitled|.*\.(?:docx?|pdf|indd|qxd|odt)$)", re.I)
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# How far back the paragraph may stand that goes on in the next column: footnotes lie between.
_BACK = 6


def read_pdf(data: bytes, where: str) -> Draft:
    """The text of a PDF as paragraphs, with the title, author and day its properties give.

    Raises:
        SourceError: the file is damaged, locked with a password, too long, or holds pictures of
            pages and no text.
    """
    answer = _extract(data, where)
    lines, removed = arrange(
        [[Piece(*piece) for piece in page["pieces"]] for page in answer["pages"]]
    )
    if not any(char.isalnum() for line in lines for char in line.text):
        count = len(answer["pages"])
        raise SourceError(
            where,
            f"the PDF holds no text on its {count} page{'' if count == 1 else 's'}; it looks "
            "like a scan.",
            "Run text recognition (OCR) on it first, or paste the text.",
        )
    title, author, day = _properties(answer["info"])
    scanned = sum(not page["pieces"] for page in answer["pages"])
    return Draft(
        paragraphs=_paragraphs(lines),
        title=title,
        file_date=day,
        attributes={"author": author} if author else {},
        removed=tuple(removed),
        warnings=_warnings(scanned, len(answer["pages"])),
    )


def _warnings(scanned: int, pages: int) -> tuple[str, ...]:
    # A cover or a picture page is usual; a third of the pages is a part that was scanned.
    if 3 * scanned < pages or not scanned:
        return ()
    return (
        f"{scanned} of {pages} pages hold no text, perhaps because they are scans; they are "
        "not mapped.",
    )


def _extract(data: bytes, where: str) -> Mapping[str, Any]:
    command = [sys.executable, "-P", str(_WORKER)]
    try:
        done = subprocess.run(  # nosec B603 # our own module; the document is its input
            [*command, *map(str, (MAX_PAGES, MAX_CHARACTERS, MEMORY_MB, SECONDS))],
            input=data,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(where) from error
    if done.returncode != 0 or not done.stdout:
        raise _too_much(where)
    answer: dict[str, Any] = json.loads(done.stdout)
    problem = answer.get("error")
    if problem == "locked":
        raise SourceError(
            where, "the PDF is locked with a password.", "Save a copy without the password."
        )
    if problem == "pages":
        raise SourceError(
            where,
            f"the PDF has {answer['pages']:,} pages and the limit is {MAX_PAGES:,}.",
            "Save the pages you want mapped as a file of their own.",
        )
    if problem == "characters":
        raise SourceError(
            where,
            f"the text is longer than {MAX_CHARACTERS:,} characters, the most that is mapped.",
            "Save the pages you want mapped as a file of their own.",
        )
    if problem:
        raise SourceError(
            where,
            "the PDF is damaged and cannot be read.",
            "Open it in a reader, print it to a new PDF, or paste the text.",
        )
    return answer


def _too_much(where: str) -> SourceError:
    return SourceError(
        where,
        "the PDF cannot be read with the memory and time that one file may take; it may be "
        "damaged.",
        "Open it in a reader, print it to a new PDF, or paste the text.",
    )


def _properties(info: Mapping[str, str]) -> tuple[str | None, str | None, str | None]:
    title = one_line(info.get("Title", ""))
    if _OFFICE_TITLE.match(title):
        title = ""
    day = None
    if match := _CREATED.match(info.get("CreationDate", "")):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            day = None  # a producer that writes noughts
    return title or None, one_line(info.get("Author", "")) or None, day


def _paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    steps = [
        a.baseline - b.baseline
        for a, b in pairwise(lines)
        if a.block == b.block and a.baseline > b.baseline
    ]
    step = median(steps) if steps else 0.0
    found: list[str] = []
    last_of: list[Line] = []  # the last line of every paragraph
    for line in lines:
        index = _continued(line, found, last_of, step)
        if index is None:
            found.append(line.text)
            last_of.append(line)
        else:
            found[index] = _knit(found[index], line.text, words)
            last_of[index] = line
    return tuple(
        Paragraph(
            _BULLET.sub("", text).strip() if text[0] in "•‣▪●◦·∙*" else text,
            item=_BULLET.match(text) is not None,
        )
        for text in map(one_line, found)
        if text
    )


def _continued(
    line: Line, found: Sequence[str], last_of: Sequence[Line], step: float
) -> int | None:
    """The paragraph that ``line`` goes on with."""
    if not found or _BULLET.match(line.text):
        return None
    last = last_of[-1]
    if last.block == line.block:
        near = last.baseline - line.baseline <= 1.45 * min(step or line.size, 1.8 * line.size)
        return len(found) - 1 if near and _same_paragraph(found[-1], last, line) else None
    # Over a column or a page: the last unfinished paragraph in letters of this size.
    for index in range(len(found) - 1, max(-1, len(found) - 1 - _BACK), -1):
        if abs(last_of[index].size - line.size) <= 0.08 * line.size:
            open_end = not _ENDS.search(found[index])
            return index if open_end and _goes_on(found[index], last_of[index], line) else None
    return None


def _goes_on(before: str, last: Line, line: Line) -> bool:
    if line.text[0].islower() or _HYPHEN.search(before) or before.endswith(","):
        return True
    return _full(last) and before.count(" ") > 10


def _same_paragraph(before: str, last: Line, line: Line) -> bool:
    """Whether ``line`` runs on from ``last``, just above it in the same column."""
    if abs(last.size - line.size) > 0.15 * line.size:
        return False  # a heading above its text
    if line.text[0].islower() or _HYPHEN.search(before):
        return True
    indented = line.left > last.left + 0.6 * line.size
    if _FULL_STOP.search(before) and indented:
        return False
    if _full(last):
        return True
    # In a ragged column a line stops where the next word would not fit.
    room = last.column_right - last.right
    first = line.text.split(" ", 1)[0]
    needed = (len(first) + 1) * (line.right - line.left) / max(len(line.text), 1)
    return needed > room


def _full(line: Line) -> bool:
    """Whether a line reaches, or nearly reaches, its column's right edge."""
    width = line.column_right - line.column_left
    return line.right >= line.column_right - max(0.06 * width, line.size)


def _knit(before: str, line: str, words: Counter[str]) -> str:
    """Join two lines, without the hyphen that only the line's end put there."""
    match = _HYPHEN.search(before)
    if match is None or not line[:1].isalpha():
        return f"{before}{line}" if match else f"{before} {line}"
    head, tail = match["word"], (_WORD.match(line) or [""])[0].split("-")[0]
    together, apart = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
    compound = words[apart] > words[together] or line[0].isupper() or head.casefold() == "self"
    return f"{before[:-1]}-{line}" if compound else f"{before[:-1]}{line}"
