"""Names for files that are taken away."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^\w]+")
# Windows keeps these for devices, whatever ending they have (Microsoft, "Naming Files").
_DEVICE = re.compile(r"con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9¹²³]")
_MOST_LETTERS, _MOST_BYTES = 60, 200


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes: ``nurse-pay.json``.

    Of the title only letters, digits and underscores stay, so it names no folder; its length
    leaves room for the ending within the 255 bytes that file systems allow.
    """
    stem = _UNSAFE.sub("-", title.casefold()).strip("-")[:_MOST_LETTERS]
    stem = stem.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip("-")
    if not stem or _DEVICE.fullmatch(stem):
        stem = f"debate-{stem}".rstrip("-")
    return f"{stem}{suffix}"
