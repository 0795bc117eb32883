"""How a session's debate lies in its row: the project file, compressed."""

from __future__ import annotations

import re
import zlib

from argmap.errors import ProjectFileError, StoreError
from argmap.projectfile import loads
from argmap.records import Debate

_CODING = "json+zlib"
_WORD = re.compile(r"[^\W_]+")


def packed(written: str) -> dict[str, object]:
    """The columns that hold a project file."""
    return {"coding": _CODING, "payload": zlib.compress(written.encode("utf-8"))}


def unpacked(coding: str, payload: bytes, *, title: str) -> Debate:
    """The debate that :func:`packed` holds.

    Raises:
        StoreError: it cannot be read; the message names it by ``title``.
    """
    try:
        if coding != _CODING:
            raise ProjectFileError(f"its coding, {coding!r}, is not known.")
        return loads(zlib.decompress(payload))
    except (zlib.error, ProjectFileError) as error:
        told = error.problem if isinstance(error, ProjectFileError) else error
        raise StoreError(
            f"The session “{title}” cannot be read: {told} It was left as it is; "
            "map its documents again to have a new one."
        ) from error


def may_hold(payload: bytes, *texts: str) -> bool:
    """Whether a debate may hold the texts: their longest words stand in what is kept."""
    try:
        kept = zlib.decompress(payload).decode("utf-8").casefold()
    except (zlib.error, UnicodeDecodeError):
        return True  # reading it says what is wrong
    words = (max(_WORD.findall(text), key=len, default="") for text in texts)
    return all(word in kept for word in words)
