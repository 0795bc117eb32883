"""Word documents (.docx), through python-docx, after the package itself has been checked.

What its core properties name (title, author, day of creation) goes with the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.limits import check_characters
from argmap.sources.package import check_xml, damaged, open_package

_WHAT = "Word document"
# Who and when python-docx's own empty document claims to be by and from.
_MADE_BY = "python-docx"
_MADE_ON = "2013-12-23"
_TEXT, _TAB, _BREAK, _RETURN, _HYPHEN = (
    qn(f"w:{tag}") for tag in ("t", "tab", "br", "cr", "noBreakHyphen")
)
_PARAGRAPH, _PROPERTIES, _VALUE = qn("w:p"), qn("w:pPr"), qn("w:val")
_STYLE, _NUMBERED = qn("w:pStyle"), qn("w:numPr")
# Word stores a text box twice, the second time for older programs.
_SKIPPED = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"),
    qn("w:moveFrom"),
)


def read_docx(data: bytes, where: str) -> Draft:
    """The body of a document with its core properties; deletions under review are left out.

    Raises:
        SourceError: the file is damaged, unsafe, too large when unpacked, or no Word document.
    """
    with open_package(data, where, what=_WHAT) as package:
        check_xml(package, where, what=_WHAT)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs, title = _body(document.element.body, where)
        properties = document.core_properties
        named = one_line(properties.title or "")
        author = one_line(properties.author or "")
        created = properties.created
    except SourceError:
        raise
    # python-docx lets whatever a damaged part provokes pass through.
    except Exception as error:
        raise damaged(where, _WHAT) from error
    day = created.date().isoformat() if created else None
    return Draft(
        paragraphs=tuple(paragraphs),
        title=title or named or None,
        file_date=None if day == _MADE_ON else day,
        attributes={"author": author} if author and author != _MADE_BY else {},
    )


def _body(body: Any, where: str) -> tuple[list[Paragraph], str | None]:
    """All paragraphs in reading order, cells of tables included, and the one styled as title."""
    title: str | None = None
    found: list[Paragraph] = []
    length = 0
    for element in _walk(body):
        properties = element.find(_PROPERTIES)
        style = properties.find(_STYLE) if properties is not None else None
        name = style.get(_VALUE) or "" if style is not None else ""
        numbered = properties is not None and properties.find(_NUMBERED) is not None
        item = numbered or "List" in name
        for line in _text(element).split("\n"):
            if words := one_line(line):
                if name == "Title" and title is None:
                    title = words
                found.append(Paragraph(words, item))
                length += len(words)
                check_characters(length, where)
    return found, title


def _walk(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _PARAGRAPH:
            yield child
        yield from _walk(child)


def _text(paragraph: Any) -> str:
    """The words of one paragraph, without those of a text box that is anchored in it."""
    parts: list[str] = []
    for child in paragraph:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _TAB:
            parts.append(" ")
        elif child.tag in (_BREAK, _RETURN):
            parts.append("\n")
        elif child.tag == _HYPHEN:
            parts.append("-")
        elif child.tag not in _SKIPPED and child.tag not in (_PARAGRAPH, _PROPERTIES):
            parts.append(_text(child))
    return "".join(parts)
