"""How much one source may hold. Checked before the costly step, so a refusal is quick.

Two limits are the user's to set, in the environment: ``ARGMAP_MAX_FILE_MB`` (25) is the largest
file that is opened, and ``ARGMAP_MAX_FILES`` (200) is the most files that one debate, or one zip
archive, takes.
"""

from __future__ import annotations

import os

from argmap.errors import SourceError

DEFAULT_FILE_MB = 25
DEFAULT_FILES = 200

#: Largest file that is opened unless the environment says otherwise, in bytes.
MAX_BYTES = DEFAULT_FILE_MB * 1024 * 1024

#: Longest text that is mapped, in characters; a full day of Hansard is about one million.
MAX_CHARACTERS = 5_000_000

#: Most rows and columns of a table.
MAX_ROWS = 10_000
MAX_COLUMNS = 200

#: Most pages of a PDF.
MAX_PAGES = 2_000

#: Most that a zip package may unpack to, in bytes, and most parts it may have.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5_000

READABLE = (
    "plain text, Markdown, HTML, PDF, Word (.docx), RTF, e-mail (.eml), subtitles (.srt, .vtt), "
    "tables (CSV, TSV, Excel .xlsx, JSON Lines), Hansard XML, ParlaMint "
    "TEI, argument graphs and project files, and zip archives of these"
)


def max_bytes() -> int:
    """The largest file that is opened, in bytes.

    Raises:
        SourceError: ``ARGMAP_MAX_FILE_MB`` is not a whole number above nought.
    """
    return _setting("ARGMAP_MAX_FILE_MB", DEFAULT_FILE_MB) * 1024 * 1024


def max_files() -> int:
    """The most files that one debate, or one zip archive, takes.

    Raises:
        SourceError: ``ARGMAP_MAX_FILES`` is not a whole number above nought.
    """
    return _setting("ARGMAP_MAX_FILES", DEFAULT_FILES)


def _setting(name: str, default: int) -> int:
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 6 and int(given) > 0):
        raise SourceError(
            name,
            f"the setting “{given[:40]}” is not a whole number above nought.",
            f"Set it to a number such as {default}, or leave it unset.",
        )
    return int(given)


def check_bytes(size: int, where: str) -> None:
    """Raise ``SourceError`` where ``size`` bytes are none at all or too many."""
    if size == 0:
        raise SourceError(where, "the file is empty.", "Choose a file that holds text.")
    limit = max_bytes()
    if size > limit:
        raise SourceError(
            where,
            f"the file is {size / 1_048_576:.1f} MB and the limit is {limit // 1_048_576} MB.",
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


def check_rows(rows: int, where: str) -> None:
    """Raise ``SourceError`` where a table of at least ``rows`` rows has too many.

    It is refused rather than cut: a debate mapped from its first rows would not say so.
    """
    if rows > MAX_ROWS:
        raise SourceError(
            where,
            f"the table has more than {MAX_ROWS:,} rows, the most that is mapped.",
            "Keep the rows you need, or a random sample of them, and try again.",
        )
