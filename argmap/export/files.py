"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from argmap.errors import InputError


def write_file(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, line ends as they are; what was there stays until all is written.

    The text goes to a new file in the same folder, which then takes the place of ``path``.

    Raises:
        InputError: the file cannot be written; what was there is unchanged.
    """
    data = text.encode("utf-8")
    target = Path(os.path.realpath(path))  # a link goes on pointing at its file
    part = target.with_name(f".argmap-{secrets.token_hex(8)}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # nothing can take the place of a device or a pipe
            return
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}. Name another file to write."
        ) from error
