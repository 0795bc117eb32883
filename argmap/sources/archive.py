"""Zip archives of documents. A name in an archive is shown and never used as a path.

Every file is read as if it had been given by itself. One that cannot be read is named with its
reason and the others are kept. An archive in an archive is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable

from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources.characters import one_line
from argmap.sources.draft import Reading
from argmap.sources.limits import max_bytes, max_files
from argmap.sources.package import open_package, read_part

_WHAT = "zip archive"
# What systems put into archives by themselves.
_BY_THEMSELVES = ("__MACOSX/", "Thumbs.db", "desktop.ini")
_NAME_LENGTH = 120
_NAMED = 3


def read_zip(data: bytes, where: str, read_one: Callable[[bytes, str], Reading]) -> Reading:
    """The documents of all files in an archive, in its order.

    Args:
        read_one: reads one file's bytes under the name that messages use; it refuses archives.

    Raises:
        SourceError: the archive is damaged or too large, or nothing in it can be read.
    """
    documents: dict[str, Document] = {}
    warnings: list[str] = []
    refused: list[SourceError] = []
    with open_package(data, where, what=_WHAT) as package:
        parts = [part for part in package.infolist() if _is_document(part)]
        limit = max_files()
        if len(parts) > limit:
            raise SourceError(
                where,
                f"the zip archive holds {len(parts):,} files and the limit is {limit}.",
                "Split it, or set ARGMAP_MAX_FILES to a larger number.",
            )
        for part in parts:
            name = _shown(part.filename)
            try:
                reading = _read_part(package, part, name, read_one)
            except SourceError as error:
                refused.append(error)
                continue
            warnings.extend(f"{name}: {warning}" for warning in reading.warnings)
            for document in reading.documents:
                if document.id in documents:
                    warnings.append(f"{name}: the same text is in the archive already.")
                documents.setdefault(document.id, document)
    if not documents:
        reasons = " ".join(str(error) for error in refused[:_NAMED])
        raise SourceError(
            where,
            f"the zip archive holds nothing that can be read. {reasons}".strip(),
            "Put documents into it, not folders or archives.",
        )
    return Reading(tuple(documents.values()), tuple(warnings), tuple(refused))


def _read_part(
    package: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    name: str,
    read_one: Callable[[bytes, str], Reading],
) -> Reading:
    if part.flag_bits & 1:
        raise SourceError(name, "the file is locked with a password.", "Unlock it and try again.")
    if part.file_size > max_bytes():
        raise SourceError(
            name,
            f"the file is {part.file_size / 1_048_576:.1f} MB and the limit is "
            f"{max_bytes() // 1_048_576} MB.",
            "Split it, or give only the part you want mapped.",
        )
    return read_one(read_part(package, part, name, what="file in the archive"), name)


def _is_document(part: zipfile.ZipInfo) -> bool:
    base = part.filename.rsplit("/", 1)[-1]
    # A name of nothing is one that a damaged table of contents gives, and ``is_dir`` trips over it.
    return bool(part.filename) and not (
        part.is_dir()
        or part.filename.startswith(_BY_THEMSELVES)
        or base.startswith(".")
        or base in _BY_THEMSELVES
    )


def _shown(name: str) -> str:
    """A name for messages: what stands last in it, on one line."""
    base = one_line(name.replace("\\", "/").rsplit("/", 1)[-1])
    return base[:_NAME_LENGTH] or "A file without a name"
