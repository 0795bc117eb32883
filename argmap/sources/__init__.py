"""Files, bytes and pasted text -> ``Document``. Cleaning happens here, before offsets exist."""

from argmap.sources.limits import MAX_BYTES, MAX_CHARACTERS
from argmap.sources.reading import read, read_bytes, read_text

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "read", "read_bytes", "read_text"]
