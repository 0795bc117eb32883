"""How much one source may hold. Checked before the costly step, so a refusal is quick."""

from __future__ import annotations

from argmap.errors import SourceError

#: Largest file that is opened, in bytes.
MAX_BYTES = 25 * 1024 * 1024

#: Longest text that is mapped, in characters; a full day of Hansard is about one million.
MAX_CHARACTERS = 5_000_000

READABLE = (
    "plain text, Markdown, HTML, PDF, Word (.docx), Hansard XML, ParlaMint TEI, argument graphs "
    "and project files"
)


def check_bytes(size: int, where: str) -> None:
    """Raise ``SourceError`` where ``size`` bytes are none at all or too many."""
    if size == 0:
        raise SourceError(where, "the file is empty.", "Choose a file that holds text.")
    if size > MAX_BYTES:
        raise SourceError(
            where,
            f"the file is {size / 1_048_576:.1f} MB and the limit is {MAX_BYTES // 1_048_576} MB.",
            "Split it, or give only the part you want mapped.",
        )


def check_characters(length: int, where: str) -> None:
    """Raise ``SourceError`` where a text of ``length`` characters is too long to map."""
    if length > MAX_CHARACTERS:
        raise SourceError(
            where,
            f"the text is {length:,} characters long and the limit is {MAX_CHARACTERS:,}.",
            "Split it, or give only the part you want mapped.",
        )
