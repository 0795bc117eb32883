"""Word documents (.docx), through python-docx, after the package itself has been checked.

A .docx is a zip of XML: sizes are read from its table of contents before anything is
unpacked, and parts that declare a DOCTYPE are refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.draft import Draft, Paragraph

#: Most that a document may unpack to, in bytes, and most parts it may have.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5_000
_MAX_RATIO = 200
_RATIO_MATTERS = 20 * 1024 * 1024

_OTHERS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "an OpenDocument file",
}
_TEXT, _TAB, _BREAK, _RETURN, _HYPHEN = (
    qn(f"w:{tag}") for tag in ("t", "tab", "br", "cr", "noBreakHyphen")
)
_PARAGRAPH, _STYLE, _NUMBERED = qn("w:p"), qn("w:pStyle"), qn("w:numPr")
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
    _check_package(data, where)
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs, title = _body(document.element.body)
        properties = document.core_properties
        named = one_line(properties.title or "")
        author = one_line(properties.author or "")
        created = properties.created
    # python-docx lets whatever a damaged part provokes pass through.
    except Exception as error:
        raise _damaged(where) from error
    attributes = {}
    if author and author != "python-docx":
        attributes["author"] = author
    if created is not None:
        attributes["created"] = created.date().isoformat()
    return Draft(paragraphs=tuple(paragraphs), title=title or named or None, attributes=attributes)


def _damaged(where: str) -> SourceError:
    return SourceError(
        where,
        "the Word document is damaged and cannot be opened.",
        "Open it in Word, save it anew as .docx and try again.",
    )


def _check_package(data: bytes, where: str) -> None:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(where) from error
    with package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        if "word/document.xml" not in names:
            kind = next(
                (
                    what
                    for sign, what in _OTHERS.items()
                    if any(name.startswith(sign) for name in sorted(names))
                ),
                "a zip archive",
            )
            raise SourceError(
                where,
                f"this is {kind}, not a Word document.",
                "Save the text as .docx, PDF or plain text and try again.",
            )
        unpacked = sum(part.file_size for part in parts)
        swollen = unpacked > _RATIO_MATTERS and unpacked > _MAX_RATIO * len(data)
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or swollen:
            raise SourceError(
                where,
                f"the document would unpack to {unpacked / 1_048_576:.0f} MB in {len(parts)} "
                "parts, which is more than is opened.",
                "Remove its pictures, or save the text alone.",
            )
        if any(part.flag_bits & 1 for part in parts):
            raise SourceError(
                where, "the document is locked with a password.", "Unlock it and try again."
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _check_part(package, part, where)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> None:
    try:
        content = package.read(part)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise _damaged(where) from error
    except Exception as error:  # zlib.error and its like derive from Exception directly
        raise _damaged(where) from error
    # In UTF-16 every other byte is a zero.
    if b"<!DOCTYPE" in (plain := content.replace(b"\0", b"")) or b"<!ENTITY" in plain:
        raise SourceError(
            where,
            "the document declares XML entities, which Word never does, so it is not opened.",
            "Save it anew in Word, or paste the text.",
        )


def _body(body: Any) -> tuple[list[Paragraph], str | None]:
    """All paragraphs in reading order, cells of tables included, and the one styled as title."""
    title: str | None = None
    found: list[Paragraph] = []
    for element in _walk(body):
        style = element.find(f".//{_STYLE}")
        name = style.get(qn("w:val")) or "" if style is not None else ""
        item = element.find(f"./{qn('w:pPr')}/{_NUMBERED}") is not None or "List" in name
        for line in _text(element).split("\n"):
            if words := one_line(line):
                if name == "Title" and title is None:
                    title = words
                found.append(Paragraph(words, item))
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
        elif child.tag not in _SKIPPED and child.tag not in (_PARAGRAPH, qn("w:pPr")):
            parts.append(_text(child))
    return "".join(parts)
