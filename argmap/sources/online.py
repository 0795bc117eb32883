"""A web address -> ``Document``: fetched on the user's word, then read like any file."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from argmap.records import Document
from argmap.sources.decode import decode, encoding_named
from argmap.sources.fetching import Fetched, Report, fetch
from argmap.sources.network import Network
from argmap.sources.reading import read_bytes
from argmap.sources.walls import look
from argmap.sources.webpage import looks_like_html

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/xml": "",
    "application/xml": "",
}
# What calls itself one of these is Windows-1252 on the web (WHATWG Encoding, "names and labels").
_WESTERN = frozenset({"iso8859-1", "ascii", "iso8859-9"})


def today() -> date:
    """The day by universal time."""
    return datetime.now(UTC).date()


def read_address(
    address: str,
    *,
    network: Network | None = None,
    report: Report | None = None,
    day: Callable[[], date] = today,
) -> Document:
    """Fetch a page and read what it holds, which may also be a PDF, a Word file or plain text.

    The document keeps the address where the page was in the end, the outlet (its site where
    the page names none), and among its attributes the day on which it was fetched
    (``accessed``) and, where the page may not be whole, a ``caution``.

    Raises:
        SourceError: the page is not fetched (see ``fetching.fetch``), is a wall or an empty
            shell, or holds nothing that can be read.
    """
    fetched = fetch(address, network=network, report=report)
    where = fetched.address.shown
    if report is not None:
        report("Reading the page", 0, 0)
    data = _told(fetched)
    suffix = _SUFFIXES.get(fetched.media or "")
    caution = None
    if _markup(data):
        text = decode(data, where)
        if looks_like_html(text, hinted=suffix == ".html"):
            caution = look(text, where)
    document = read_bytes(data, name=where, suffix=suffix)
    attributes = {**document.attributes, "accessed": day().isoformat()}
    if caution is not None:
        attributes["caution"] = caution
    return replace(
        document,
        url=fetched.address.url,
        outlet=document.outlet or fetched.address.host.removeprefix("www."),
        attributes=attributes,
    )


def _markup(data: bytes) -> bool:
    """Whether the body begins as markup does, behind marks and space of any encoding."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def _told(fetched: Fetched) -> bytes:
    """The body as UTF-8 that says so, where the bytes or the site tell the encoding.

    Valid UTF-8 is hardly ever anything else, whatever the site or the page declare; next comes
    the site's word, which outranks the page's (WHATWG HTML, "determining the character
    encoding"). Everything else is left to ``decode``.
    """
    data = fetched.data
    textual = (fetched.media or "text/html").startswith("text/") or _markup(data)
    if not textual or b"\0" in data or data.startswith((b"%PDF-", b"PK", codecs.BOM_UTF8)):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return codecs.BOM_UTF8 + data
    try:
        name = encoding_named(fetched.charset or "utf-8")
        text = data.decode("cp1252" if name in _WESTERN else name)
    except (LookupError, UnicodeError):
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
