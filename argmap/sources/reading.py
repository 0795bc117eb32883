"""One way in for every format. The content decides; a file's name is only a hint."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources.assemble import finish
from argmap.sources.characters import one_line
from argmap.sources.decode import decode
from argmap.sources.draft import Draft
from argmap.sources.graphs import read_graph
from argmap.sources.hansard import read_hansard
from argmap.sources.limits import MAX_BYTES, READABLE, check_bytes, check_characters
from argmap.sources.parlamint import looks_like_parlamint, read_parlamint
from argmap.sources.pdf import read_pdf
from argmap.sources.plain import read_plain
from argmap.sources.webpage import looks_like_html, read_html
from argmap.sources.word import read_docx

_SAVE_AS = "Save it as .docx, PDF or plain text and try again."
#: First bytes of what people try, and what to call it.
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Office file (.doc, .xls or .ppt)"),
    (b"{\\rtf", "this is a Rich Text (.rtf) file"),
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"II*\x00", "this is a picture"),
    (b"MM\x00*", "this is a picture"),
    (b"RIFF", "this is sound, film or a picture"),
    (b"ID3", "this is sound"),
    (b"OggS", "this is sound or film"),
    (b"\x1f\x8b", "this is a compressed file"),
    (b"\xfd7zXZ", "this is a compressed file"),
    (b"BZh", "this is a compressed file"),
    (b"7z\xbc\xaf", "this is a compressed file"),
    (b"Rar!", "this is a compressed file"),
    (b"SQLite format 3", "this is a database"),
    (b"\x7fELF", "this is a program"),
    (b"MZ\x90", "this is a program"),
)
_XML_START = re.compile(r"\s*<\?xml\b")
_HANSARD = re.compile(r"<(?:!DOCTYPE\s+)?publicwhip\b")
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})


def read(path: Path) -> Document:
    """Read one file.

    Raises:
        SourceError: the file is missing, empty, too large, damaged or of a kind not read.
    """
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
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            str(path), f"the file cannot be opened ({problem}).", "Check its name and permissions."
        ) from error
    return read_bytes(data, name=path.name, folder=path.parent)


def read_bytes(
    data: bytes, *, name: str, suffix: str | None = None, folder: Path | None = None
) -> Document:
    """Read the content of a file, such as an upload; ``name`` stands in messages.

    Args:
        suffix: what the name ends in, where that is known from elsewhere (``".html"``).
        folder: where the file lies, for formats that keep a part of it in files beside it.

    Raises:
        SourceError: the content is empty, too large, damaged or of a kind not read.
    """
    where = one_line(name) or "The file"
    check_bytes(len(data), where)
    if b"%PDF-" in data[:1024]:
        return finish(read_pdf(data, where), where)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return finish(read_docx(data, where), where)
    for magic, what in _REFUSED:
        if data.startswith(magic):
            raise SourceError(where, f"{what}.", f"argmap reads {READABLE}. {_SAVE_AS}")
    text = decode(data, where)
    if suffix is None:
        suffix = PurePath(name).suffix.lower()
    return _read_decoded(text, where, suffix=suffix, folder=folder)


def read_text(text: str, *, name: str = "Pasted text", title: str | None = None) -> Document:
    """Read a text that is already decoded, such as one that was pasted.

    Args:
        title: used as it is; otherwise the headline or the first words make the title.

    Raises:
        SourceError: the text is empty, too long, or nothing of it is an article.
    """
    where = one_line(name) or "The text"
    return _read_decoded(text, where, title=one_line(title or "") or None)


def _read_decoded(
    text: str,
    where: str,
    *,
    suffix: str = "",
    title: str | None = None,
    folder: Path | None = None,
) -> Document:
    check_characters(len(text), where)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(
            where, "there is nothing in it but white space.", "Give a source that holds text."
        )
    if (graph := read_graph(text, where, suffix=suffix)) is not None:
        return graph
    marked_up = text.lstrip()[:1] == "<"
    if marked_up and _HANSARD.search(text, 0, 20_000):
        return read_hansard(text, where)
    if marked_up and looks_like_parlamint(text):
        return read_parlamint(text, where, folder=folder)
    if looks_like_html(text, hinted=suffix in _HTML_SUFFIXES):
        return finish(_titled(read_html(text, where), title), where)
    if _XML_START.match(text) or suffix == ".xml":
        return read_hansard(text, where)
    draft = read_plain(text, markdown=suffix in _MARKDOWN_SUFFIXES)
    return finish(_titled(draft, title), where)


def _titled(draft: Draft, title: str | None) -> Draft:
    if title is None:
        return draft
    return Draft(
        paragraphs=draft.paragraphs,
        title=title,
        kind=draft.kind,
        outlet=draft.outlet,
        date=draft.date,
        url=draft.url,
        attributes=draft.attributes,
        removed=draft.removed,
    )
