"""Files that are there whole or not at all, whatever stops the run."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

_PART = re.compile(r"\.argmap-[0-9a-f]{16}\.part")


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` so that a reader sees all of it or what stood there before.

    It is on the disk when this returns: the file and then its folder are synchronised.

    Raises:
        OSError: it cannot be written; what was there is unchanged.
    """
    part = path.with_name(f".argmap-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make what was renamed in ``folder`` last; Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_part(name: str) -> bool:
    """Whether a file of this name is one that was never finished."""
    return _PART.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove what a run that was killed left unfinished."""
    for path in folder.rglob(".argmap-*.part"):
        if is_part(path.name):
            with suppress(FileNotFoundError):
                path.unlink()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
