"""From bytes to text: byte-order marks, UTF-8, then the likeliest single-byte encoding.

English text in an old encoding is nearly always Windows-1252, and a statistical guess is
unsure of it on short texts, so that reading is tried first and kept where it looks like
writing. Anything else is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from argmap.errors import SourceError
from argmap.sources.limits import check_characters

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_XML_ENCODING = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.I
)
_REMEDY = "Save it as UTF-8 text and try again."
_NOT_OF_TEXTS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


def decode(data: bytes, where: str) -> str:
    """The text that ``data`` holds.

    Raises:
        SourceError: the bytes are not text, or are in an encoding that cannot be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, where)
    if wide := _wide(data):
        return _strictly(data, wide, where)
    refuse_binary(data, where)
    head = data[:4096]
    if declared := _XML_ENCODING.search(head) or _META_CHARSET.search(head):
        return _declared(data, declared.group(1).decode("ascii"), where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _single_byte(data, where)
    check_characters(len(text), where)
    return text


def refuse_binary(data: bytes, where: str) -> None:
    """Raise ``SourceError`` where the bytes cannot be text in any byte-wise encoding."""
    head = data[:_SAMPLE]
    control = sum(head.count(bytes([byte])) for byte in (*range(1, 9), *range(14, 27), 28, 29, 30))
    if 0 in data or control * 50 > len(head):
        raise SourceError(
            where,
            "this is a binary file, not text.",
            "Save the words in it as .docx, PDF or plain text and try again.",
        )


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text then has a zero in every other byte."""
    head = data[:_SAMPLE]
    half = len(head) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # A file of other kinds has zeros on both sides.
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            where,
            f"the text claims to be {encoding} and breaks off at byte {error.start}.",
            _REMEDY,
        ) from error
    check_characters(len(text), where)
    return text


def encoding_named(name: str) -> str:
    """What Python calls an encoding of texts.

    Raises:
        LookupError: there is none of that name, or it is one of host names, of bytes or of
            Python's own source.
    """
    found = codecs.lookup(name).name
    if found in _NOT_OF_TEXTS:
        raise LookupError(f"{name} is no encoding of texts")
    b"a".decode(found)  # a codec of bytes says so only where there is something to decode
    return found


def _declared(data: bytes, encoding: str, where: str) -> str:
    try:
        name = encoding_named(encoding)
    except (LookupError, UnicodeError) as error:
        raise SourceError(
            where, f"the encoding “{encoding}” that it declares is unknown.", _REMEDY
        ) from error
    try:
        text = data.decode("utf-8" if name.startswith(("utf-16", "utf-32")) else name)
    except UnicodeError:
        # A wrong declaration is common, and UTF-8 is hard to match by accident.
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _single_byte(data, where)
    if name in ("iso8859-1", "ascii") and any("\x80" <= char <= "\x9f" for char in text):
        # What calls itself Latin-1 and has characters there is Windows-1252.
        text = data.decode("cp1252", errors="ignore")
    check_characters(len(text), where)
    return text


def _single_byte(data: bytes, where: str) -> str:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and _looks_western(western):
        return western
    if western is not None and _looks_like_mac(data):
        return data.decode("mac_roman")
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise SourceError(where, "the text is in an encoding that cannot be told.", _REMEDY)
    text = data.decode(best.encoding, errors="replace")
    if text.count("\ufffd") * 100 > len(text) or not _is_writing(text[:_SAMPLE]):
        raise SourceError(where, "the text is in an encoding that cannot be told.", _REMEDY)
    return text


_ODD_PLACES = re.compile(r"[a-z][À-ÞŠŽŒ][a-z]|(?:^|\s)[ÒÔ][A-Za-z]|[a-z.,!?][ÓÕ](?:\s|$)")
_MARKS = frozenset("€‚„…‘’“”•–—™£§©«®°±²³´¶·¹»¼½¾¿¡¢º\xa0ª×")


def _looks_western(text: str) -> bool:
    """Whether the characters beyond ASCII are few, and are letters and marks that one writes."""
    head = text[:_SAMPLE]
    high = [char for char in head if char > "\x7f"]
    letters = sum(char.isalpha() for char in head)
    odd = sum(not (char in _MARKS or (char.isalpha() and char not in "ƒˆµÐÞþð")) for char in high)
    return (
        len(high) * 6 < max(letters, 6) and odd * 10 <= len(high) and not _ODD_PLACES.search(head)
    )


def _looks_like_mac(data: bytes) -> bool:
    text = data[:_SAMPLE].decode("mac_roman")
    return len(re.findall(r"[“”‘’]", text)) > 0 and _is_writing(text)


def _is_writing(text: str) -> bool:
    """Whether nearly all characters are letters, marks, figures, punctuation or spaces."""
    plain = sum(
        unicodedata.category(char)[0] in "LMNPZ" or char in "\n\r\t£€$+=<>|" for char in text
    )
    return plain * 100 >= 95 * len(text)
