"""PDF read in this process, without one of its own for each file: a crash then ends the run."""

from __future__ import annotations

import json

import pypdfium2

from argmap.errors import SourceError
from argmap.sources import limits, pdf_worker


def extract(data: bytes, where: str) -> dict[str, object]:
    """What ``pdf._extract`` answers. Raises ``SourceError`` as that does."""
    try:
        answer = pdf_worker._read(data, limits.MAX_PAGES, limits.MAX_CHARACTERS)
    except pypdfium2.PdfiumError as error:
        raise SourceError(where, "damaged.", "Save it anew.") from error
    if "error" in answer:
        raise SourceError(where, "too long.", "Split it.")
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]
