"""Files, bytes, pasted text and web addresses -> ``Document``.

Cleaning happens here, before offsets exist.
"""

from argmap.sources.limits import MAX_BYTES, MAX_CHARACTERS
from argmap.sources.online import read_address
from argmap.sources.reading import read, read_bytes, read_text

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "read", "read_address", "read_bytes", "read_text"]
