"""Zip packages, checked before anything in them is opened.

Sizes are read from the table of contents, and ``zipfile`` never gives more of a part than is
written there, so what passes here stays within bounds. The formats that are zips of XML (Word,
Excel) have their parts looked through for a DOCTYPE, in pieces, before a parser sees them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from argmap.errors import SourceError
from argmap.sources.limits import MAX_PARTS, MAX_UNPACKED

_MAX_RATIO = 200
_RATIO_MATTERS = 20 * 1024 * 1024
#: Most XML that is parsed; as a tree it takes several times its size.
MAX_XML = 60 * 1024 * 1024
_XML = (".xml", ".rels")
_PIECE = 1024 * 1024
_OVERLAP = 64
_SIGNS = (b"<!DOCTYPE", b"<!ENTITY")


def open_package(data: bytes, where: str, *, what: str) -> zipfile.ZipFile:
    """The package, once its declared sizes are within bounds; close it after use.

    Args:
        what: what messages call it, such as ``"Word document"``.

    Raises:
        SourceError: it is damaged, would unpack to too much, or is locked.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(where, what) from error
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    swollen = unpacked > _RATIO_MATTERS and unpacked > _MAX_RATIO * len(data)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or swollen:
        raise SourceError(
            where,
            f"the {what} would unpack to {unpacked / 1_048_576:.0f} MB in {len(parts)} "
            "parts, which is more than is opened.",
            "Remove its pictures, or save the text alone.",
        )
    return package


def part_names(data: bytes) -> frozenset[str]:
    """The names of a package's parts; none at all where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return frozenset()


def check_xml(package: zipfile.ZipFile, where: str, *, what: str) -> None:
    """Refuse an Office package that is locked or whose XML declares entities.

    Raises:
        SourceError: see above, or a part is damaged.
    """
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(
            where, f"the {what} is locked with a password.", "Unlock it and try again."
        )
    marked_up = sum(part.file_size for part in parts if part.filename.endswith(_XML))
    if marked_up > MAX_XML:
        raise SourceError(
            where,
            f"the {what} holds {marked_up / 1_048_576:.0f} MB of text and marks, which is more "
            "than is opened.",
            "Split it, or save the text alone.",
        )
    for part in parts:
        if part.filename.endswith(_XML) and _declares(package, part, where, what):
            raise SourceError(
                where,
                f"the {what} declares XML entities, which Office never does, so it is not opened.",
                "Save it anew, or paste the text.",
            )


def read_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, *, what: str) -> bytes:
    """The content of one part.

    Raises:
        SourceError: it is damaged.
    """
    return b"".join(_pieces(package, part, where, what))


def damaged(where: str, what: str) -> SourceError:
    """The error for a package that cannot be opened."""
    return SourceError(
        where,
        f"the {what} is damaged and cannot be opened.",
        "Open it in the program it comes from, save it anew and try again.",
    )


def _declares(package: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, what: str) -> bool:
    tail = b""
    for piece in _pieces(package, part, where, what):
        # In UTF-16 every other byte is a zero.
        plain = tail + piece.replace(b"\0", b"")
        if any(sign in plain for sign in _SIGNS):
            return True
        tail = plain[-_OVERLAP:]
    return False


def _pieces(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, what: str
) -> Iterable[bytes]:
    try:
        with package.open(part) as file:
            while piece := file.read(_PIECE):
                yield piece
    # zlib.error, lzma.LZMAError and their like derive from Exception directly.
    except Exception as error:
        raise damaged(where, what) from error
