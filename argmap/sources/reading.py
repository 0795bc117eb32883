"""One way in for every format. The content decides; a file's name is only a hint.

A format is one row of ``_BY_BYTES`` or ``_BY_TEXT``: a name, a test of the content, a reader.
The first row that fits reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from argmap.errors import SourceError
from argmap.interchange import detect
from argmap.records import Document
from argmap.sources.archive import read_zip
from argmap.sources.assemble import finish
from argmap.sources.characters import one_line
from argmap.sources.columns import Field, guess
from argmap.sources.decode import decode
from argmap.sources.delimited import looks_like_delimited, parse_delimited
from argmap.sources.draft import Draft, Reading
from argmap.sources.excel import parse_xlsx
from argmap.sources.graphs import read_graph
from argmap.sources.hansard import read_hansard
from argmap.sources.jsonlines import looks_like_json, looks_like_json_rows, parse_json_rows
from argmap.sources.limits import check_bytes, check_characters, max_bytes
from argmap.sources.mail import is_mail, read_mail
from argmap.sources.package import damaged, part_names
from argmap.sources.parlamint import looks_like_parlamint, read_parlamint
from argmap.sources.pdf import read_pdf
from argmap.sources.plain import read_plain
from argmap.sources.rtf import is_rtf, read_rtf
from argmap.sources.subtitles import looks_like_subtitles, read_subtitles
from argmap.sources.tables import SAMPLE_ROWS, Table, read_table
from argmap.sources.unknown import refusal, refuse_known
from argmap.sources.webpage import looks_like_html, read_html
from argmap.sources.word import read_docx

_XML_START = re.compile(r"\s*<\?xml\b")
_HANSARD = re.compile(r"<(?:!DOCTYPE\s+)?publicwhip\b")
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
_JSON_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_JSON_SUFFIXES = _JSON_LINES_SUFFIXES | {".json"}
# What a zip package is by the parts in it, where it is no plain archive.
_PACKAGES = (
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "an OpenDocument file"),
    ("AndroidManifest.xml", "a program"),
    ("META-INF/MANIFEST.MF", "a program"),
)
_EMPTY_ZIP = b"PK\x05\x06"
_OFFICE = {".docx": "Word document", ".xlsx": "Excel workbook"}


@dataclass(frozen=True, slots=True)
class _Source:
    """What a reader is given: bytes, with the names in them if they are a zip, or their text."""

    where: str
    suffix: str = ""
    data: bytes = b""
    text: str = ""
    parts: frozenset[str] = frozenset()
    title: str | None = None
    columns: Mapping[str, str] | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class _Format:
    """One row of the dispatch; ``table`` instead of ``read`` where it holds a table."""

    name: str
    fits: Callable[[_Source], bool]
    read: Callable[[_Source], Draft | Document | Reading | None] | None = None
    table: Callable[[_Source], Table] | None = None


_BY_BYTES: tuple[_Format, ...] = (
    _Format("PDF", lambda s: b"%PDF-" in s.data[:1024], lambda s: read_pdf(s.data, s.where)),
    _Format("Word", lambda s: _has(s, "word/document.xml"), lambda s: read_docx(s.data, s.where)),
    _Format(
        "Excel",
        lambda s: _has(s, "xl/workbook.xml"),
        table=lambda s: parse_xlsx(s.data, s.where),
    ),
    _Format("zip archive", lambda s: _is_zip(s.data), lambda s: _archive(s)),
    _Format("RTF", lambda s: is_rtf(s.data), lambda s: read_rtf(s.data, s.where)),
    _Format("e-mail", lambda s: is_mail(s.data), lambda s: read_mail(s.data, s.where)),
)  # fmt: skip
_BY_TEXT: tuple[_Format, ...] = (
    _Format(
        "argument graph or project file",
        lambda s: detect(s.text, suffix=s.suffix) is not None,
        lambda s: read_graph(s.text, s.where, suffix=s.suffix),
    ),
    _Format(
        "Hansard",
        lambda s: s.text.lstrip()[:1] == "<" and _HANSARD.search(s.text, 0, 20_000) is not None,
        lambda s: read_hansard(s.text, s.where),
    ),
    _Format(
        "ParlaMint",
        lambda s: s.text.lstrip()[:1] == "<" and looks_like_parlamint(s.text),
        lambda s: read_parlamint(s.text, s.where, folder=s.folder),
    ),
    _Format(
        "web page",
        lambda s: looks_like_html(s.text, hinted=s.suffix in _HTML_SUFFIXES),
        lambda s: read_html(s.text, s.where),
    ),
    _Format(
        "XML",
        lambda s: _XML_START.match(s.text) is not None or s.suffix == ".xml",
        lambda s: read_hansard(s.text, s.where),
    ),
    _Format(
        "subtitles",
        lambda s: looks_like_subtitles(s.text),
        lambda s: read_subtitles(s.text, s.where),
    ),
    _Format(
        "JSON rows",
        lambda s: looks_like_json_rows(s.text, hinted=s.suffix in _JSON_LINES_SUFFIXES),
        table=lambda s: parse_json_rows(s.text, s.where),
    ),
    _Format(
        "other JSON",
        lambda s: s.suffix in _JSON_SUFFIXES or looks_like_json(s.text),
        lambda s: _refuse_json(s),
    ),
    _Format(
        "table",
        lambda s: looks_like_delimited(
            s.text, hinted=s.suffix in _TABLE_SUFFIXES, columns=(s.columns or {}).values()
        ),
        table=lambda s: parse_delimited(s.text, s.where),
    ),
    _Format(
        "plain text",
        lambda s: True,
        lambda s: read_plain(s.text, markdown=s.suffix in _MARKDOWN_SUFFIXES),
    ),
)


def read(path: Path) -> Document:
    """Read a file that holds one document.

    Raises:
        SourceError: the file is missing, empty, too large, damaged, of a kind not read, or holds
            several documents.
    """
    return _single(read_all(path), path.name)


def read_bytes(
    data: bytes, *, name: str, suffix: str | None = None, folder: Path | None = None
) -> Document:
    """Read the content of a file that holds one document; ``name`` stands in messages.

    Args:
        suffix: what the name ends in, where that is known from elsewhere (``".html"``).
        folder: where the file lies, for formats that keep a part of it in files beside it.

    Raises:
        SourceError: as for :func:`read`.
    """
    return _single(_read_data(data, name, suffix=suffix, folder=folder), name)


def read_all(
    source: Path | bytes, *, name: str = "", mapping: Mapping[str, str] | None = None
) -> Reading:
    """Read a file that may hold many documents: a table, or an archive.

    Args:
        source: a path, or the content of a file such as an upload.
        name: the file's name, where its content is given; it is a hint and stands in messages.
        mapping: for tables, the column of each field, such as ``{"text": "comment"}``; fields
            are text, id, speaker, date, title, outlet and url. What it leaves open is guessed
            from the columns' names; an empty column means that there is none.

    Returns:
        The documents, with warnings and with the files of an archive that could not be read.

    Raises:
        SourceError: nothing of it can be read; the message says what it looks like.
    """
    if isinstance(source, Path):
        data = _content(source)
        return _read_data(data, source.name, mapping=mapping, folder=source.parent)
    return _read_data(source, name, mapping=mapping)


def table_in(data: bytes, *, name: str) -> Table | None:
    """The table that a file's content is, before its columns are chosen; ``None`` if it is none.

    Raises:
        SourceError: the content is empty, too large, damaged or of a kind not read.
    """
    source, found = _recognise(data, name)
    return found.table(source) if found.table else None


def guess_columns(table: Table) -> dict[Field, str]:
    """The likely column of each field of a table; a field without one is left out."""
    return guess(table.columns, table.rows[:SAMPLE_ROWS])


def read_text(text: str, *, name: str = "Pasted text", title: str | None = None) -> Document:
    """Read a text that is already decoded, such as one that was pasted.

    Args:
        title: used as it is; otherwise the headline or the first words make the title.

    Raises:
        SourceError: the text is empty, too long, or nothing of it is an article.
    """
    source = _Source(
        where=one_line(name) or "The text",
        text=_checked(text, one_line(name) or "The text"),
        title=one_line(title or "") or None,
    )
    return _single(_run(_first(_BY_TEXT, source), source), source.where)


def _read_data(
    data: bytes,
    name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    suffix: str | None = None,
    folder: Path | None = None,
    archives: bool = True,
) -> Reading:
    source, found = _recognise(data, name, mapping, suffix=suffix, folder=folder)
    if found.name == "zip archive" and not archives:
        raise SourceError(
            source.where,
            "this is an archive inside an archive, which is not opened.",
            "Unpack it and give its files.",
        )
    return _run(found, source)


def _recognise(
    data: bytes,
    name: str,
    mapping: Mapping[str, str] | None = None,
    *,
    suffix: str | None = None,
    folder: Path | None = None,
) -> tuple[_Source, _Format]:
    where = one_line(name) or "The file"
    check_bytes(len(data), where)
    source = _Source(
        where=where,
        suffix=PurePath(name).suffix.lower() if suffix is None else suffix,
        data=data,
        parts=part_names(data) if _is_zip(data) else frozenset(),
        columns=mapping,
        folder=folder,
    )
    for row in _BY_BYTES:
        if row.fits(source):
            return source, row
    refuse_known(data, where, source.suffix)
    source = replace(source, data=b"", text=_checked(decode(data, where), where))
    return source, _first(_BY_TEXT, source)


def _first(rows: tuple[_Format, ...], source: _Source) -> _Format:
    return next(row for row in rows if row.fits(source))


def _run(found: _Format, source: _Source) -> Reading:
    if found.table is not None:
        return read_table(found.table(source), source.where, source.columns)
    if found.read is None:
        raise TypeError(f"the format {found.name} has no reader")
    result = found.read(source)
    if isinstance(result, Draft):
        draft = result if source.title is None else replace(result, title=source.title)
        return Reading((finish(draft, source.where),), result.warnings)
    if isinstance(result, Document):
        return Reading((result,))
    if result is None:
        raise TypeError(f"{found.name}: what was recognised was not read")
    return result


def _single(reading: Reading, name: str) -> Document:
    if len(reading.documents) > 1:
        raise SourceError(
            one_line(name) or "The file",
            f"this holds {len(reading.documents):,} documents where one was expected.",
            "Give a file that holds one document.",
        )
    return reading.documents[0]


def _content(path: Path) -> bytes:
    where = path.name or str(path)
    try:
        if path.is_dir():
            raise SourceError(where, "this is a folder.", "Give the files in it one by one.")
        if not path.exists():
            raise SourceError(str(path), "there is no such file.", "Check the name and the folder.")
        if not path.is_file():
            raise SourceError(
                where, "this is not an ordinary file.", "Give a file that holds text."
            )
        check_bytes(path.stat().st_size, where)
        with path.open("rb") as file:
            # One byte over the limit is enough to see that a file has grown meanwhile.
            return file.read(max_bytes() + 1)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            str(path), f"the file cannot be opened ({problem}).", "Check its name and permissions."
        ) from error


def _checked(text: str, where: str) -> str:
    check_characters(len(text), where)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(
            where, "there is nothing in it but white space.", "Give a source that holds text."
        )
    return text


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", _EMPTY_ZIP))


def _has(source: _Source, part: str) -> bool:
    return part in source.parts


def _archive(source: _Source) -> Reading:
    names = source.parts
    if not names and not source.data.startswith(_EMPTY_ZIP):
        raise damaged(source.where, _OFFICE.get(source.suffix, "zip archive"))
    for sign, what in _PACKAGES:
        if sign in names or (sign.endswith("/") and any(name.startswith(sign) for name in names)):
            raise refusal(what, source.where, source.suffix)

    def one(data: bytes, name: str) -> Reading:
        return _read_data(data, name, mapping=source.columns, archives=False)

    reading = read_zip(source.data, source.where, one)
    if source.suffix in ("", ".zip"):
        return reading
    named = f"It is named {source.suffix} and is a zip archive; the files in it were read."
    return replace(reading, warnings=(named, *reading.warnings))


def _refuse_json(source: _Source) -> Reading:
    raise SourceError(
        source.where,
        "this is JSON, but not rows of a table (one object a line, or a list of objects).",
        "Save the texts as JSON Lines or CSV.",
    )
