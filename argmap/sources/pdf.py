"""PDF, through pypdf: lines made into paragraphs, page furniture taken out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError

from argmap.errors import SourceError
from argmap.sources.characters import normalise, one_line
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.limits import check_characters

#: Lines at the top and at the foot of a page that may be a running header or footer.
_EDGE = 3
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[]?\s*(?:page|p\.?|pg\.?)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—|\]]?)",
    re.I,
)
_BULLET = re.compile(r"^(?:[•‣▪●◦·∙*]|[-–]\s|\(?(?:\d{1,3}|[a-z])[.)]\s)")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*\d{0,2}$")
_HYPHEN = re.compile(r"(?P<word>[^\W\d_]{2,})[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OFFICE_TITLE = re.compile(r"^(?:Microsoft Word - |untitled|.*\.(?:docx?|pdf|indd|qxd|odt)$)", re.I)


def read_pdf(data: bytes, where: str) -> Draft:
    """The text of a PDF as paragraphs, with the title that its properties give.

    Raises:
        SourceError: the file is damaged, locked with a password, or holds pictures of pages
            and no text.
    """
    pages, title, author, created = _extract(data, where)
    lines = [normalise(page).split("\n") for page in pages]
    if not any(char.isalnum() for page in lines for line in page for char in line):
        raise SourceError(
            where,
            "the PDF holds no text; it may be a scan.",
            "Run text recognition (OCR) on it first, or paste the text.",
        )
    body, removed = _without_page_furniture(lines)
    attributes = {}
    if author:
        attributes["author"] = author
    if created:
        attributes["created"] = created
    return Draft(
        paragraphs=_paragraphs(body),
        title=title,
        attributes=attributes,
        removed=tuple(removed),
    )


def _extract(data: bytes, where: str) -> tuple[list[str], str | None, str | None, str | None]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        # A file may be locked against changes only: then the empty password opens it.
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(where)
        pages: list[str] = []
        length = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            check_characters(length, where)
        info = reader.metadata
        title = one_line(info.title or "") if info else ""
        author = one_line(info.author or "") if info else ""
        created = info.creation_date if info else None
    except SourceError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise _locked(where) from error
    # A damaged file makes pypdf raise nearly anything.
    except Exception as error:
        raise SourceError(
            where,
            "the PDF is damaged and cannot be read.",
            "Open it in a reader, print it to a new PDF, or paste the text.",
        ) from error
    if _OFFICE_TITLE.match(title):
        title = ""
    day = created.date().isoformat() if created else None
    return pages, title or None, author or None, day


def _locked(where: str) -> SourceError:
    return SourceError(
        where, "the PDF is locked with a password.", "Save a copy without the password."
    )


def _without_page_furniture(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Pages without page numbers and without the lines that come again at their edges."""
    full = [[line for line in page if line] for page in pages]
    seen: Counter[str] = Counter()
    for page in full:
        seen.update({_pattern(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    least = max(2, (len([page for page in full if page]) + 1) // 2)
    body: list[list[str]] = []
    removed: dict[str, None] = {}
    for page in pages:
        places = [index for index, line in enumerate(page) if line]
        edges = {*places[:_EDGE], *places[-_EDGE:]}
        gone: set[int] = set()
        for index in sorted(edges):
            line = page[index]
            outermost = index in (*places[:1], *places[-1:])
            # What comes again with other figures is a running line only if it has few words.
            repeated = len(pages) > 1 and seen[_pattern(line)] >= least and len(line) <= 120
            if repeated or (outermost and _PAGE_NUMBER.fullmatch(line)):
                gone.add(index)
                removed[line] = None
        rest = [index for index in places if index not in gone]
        for index in (*rest[:1], *rest[-1:]):
            if _PAGE_NUMBER.fullmatch(page[index]) and len(rest) > 1 and not page[index].isalpha():
                gone.add(index)
                removed[page[index]] = None
        body.append([line for index, line in enumerate(page) if index not in gone])
    return body, list(removed)


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", line).casefold()


def _paragraphs(pages: Sequence[list[str]]) -> tuple[Paragraph, ...]:
    widths = sorted(len(line) for page in pages for line in page if line)
    if not widths:
        return ()
    full = widths[int(0.9 * (len(widths) - 1))]
    words = Counter(
        word.casefold() for page in pages for line in page for word in _WORD.findall(line)
    )
    found: list[str] = []
    for page in pages:
        open_end = bool(found) and not _ENDS.search(found[-1])
        last: str | None = None
        for line in page:
            if not line:
                last = None
                continue
            # A paragraph goes on over the page where its last line is not finished.
            carried = last is None and open_end and _goes_on(found[-1], line)
            if carried or (last is not None and _same_paragraph(last, line, full)):
                found[-1] = _knit(found[-1], line, words)
            else:
                found.append(line)
            last, open_end = line, False
    return tuple(
        Paragraph(_BULLET.sub("", text).strip() if text[0] in "•‣▪●◦·∙*" else text,
                  item=_BULLET.match(text) is not None)
        for text in found
    )  # fmt: skip


def _goes_on(before: str, line: str) -> bool:
    return line[0].islower() or _HYPHEN.search(before) is not None or before.endswith(",")


def _same_paragraph(last: str, line: str, full: int) -> bool:
    """Whether ``line`` runs on from ``last`` in a column about ``full`` characters wide."""
    if _BULLET.match(line):
        return False
    if line[0].islower() or _HYPHEN.search(last):
        return True
    short = len(last) < 0.75 * full
    # A line that stops short of the margin is a paragraph's last, or a heading.
    return not short and not (_ENDS.search(last) and len(last) < 0.85 * full)


def _knit(before: str, line: str, words: Counter[str]) -> str:
    """Join two lines, without the hyphen that only the line's end put there."""
    match = _HYPHEN.search(before)
    if match is None or not line[:1].isalpha():
        return f"{before}{line}" if match else f"{before} {line}"
    head, tail = match["word"], (_WORD.match(line) or [""])[0].split("-")[0]
    together, apart = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
    compound = words[apart] > words[together] or line[0].isupper() or head.casefold() == "self"
    return f"{before[:-1]}-{line}" if compound else f"{before[:-1]}{line}"
