"""Names for files that are taken away."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^\w]+")


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes: ``nurse-pay.json``."""
    stem = _UNSAFE.sub("-", title.casefold()).strip("-")[:60].rstrip("-") or "debate"
    return f"{stem}{suffix}"
