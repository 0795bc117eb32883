"""What a file that is not read looks like, told by its first bytes and never by its name."""

from __future__ import annotations

from argmap.errors import SourceError

#: Offset, first bytes, and what to call it. Numbers are those of the formats' own documents.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt or .msg)"),
    (0, b"\x89PNG", "a picture (PNG)"),
    (0, b"\xff\xd8\xff", "a picture (JPEG)"),
    (0, b"GIF8", "a picture (GIF)"),
    (0, b"II*\x00", "a picture (TIFF)"),
    (0, b"MM\x00*", "a picture (TIFF)"),
    (8, b"WEBP", "a picture (WebP)"),
    (4, b"ftypheic", "a picture (HEIC)"),
    (4, b"ftypavif", "a picture (AVIF)"),
    (0, b"8BPS", "a picture (Photoshop)"),
    (0, b"AT&TFORM", "a scanned book (DjVu)"),
    (8, b"WAVE", "a sound recording (WAV)"),
    (4, b"ftypM4A", "a sound recording (M4A)"),
    (4, b"ftyp", "a film (MP4 or MOV)"),
    (0, b"RIFF", "sound, film or a picture"),
    (0, b"ID3", "a sound recording (MP3)"),
    (0, b"\xff\xfb", "a sound recording (MP3)"),
    (0, b"OggS", "sound or film (Ogg)"),
    (0, b"fLaC", "a sound recording (FLAC)"),
    (0, b"\x1a\x45\xdf\xa3", "a film (WebM or Matroska)"),
    (0, b"\x1f\x8b", "a compressed file (gzip)"),
    (0, b"\xfd7zXZ", "a compressed file (xz)"),
    (0, b"BZh", "a compressed file (bzip2)"),
    (0, b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"SQLite format 3", "a database (SQLite)"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
    (0, b"OTTO", "a font"),
    (60, b"BOOKMOBI", "a Kindle book"),
    (0, b"%!PS", "a PostScript file"),
)
_REMEDY = "Save the words in it as .docx, PDF or plain text and try again."


def refuse_known(data: bytes, where: str, suffix: str) -> None:
    """Raise ``SourceError`` where the first bytes are those of a kind that is not read."""
    for offset, sign, what in _SIGNS:
        if data.startswith(sign, offset):
            raise refusal(what, where, suffix)


def refusal(what: str, where: str, suffix: str) -> SourceError:
    """The error that says what a file is, and that its name says otherwise if it does."""
    named = f", although its name ends in {suffix}" if suffix in _TEXTUAL else ""
    return SourceError(where, f"this is {what}{named}.", _REMEDY)


_TEXTUAL = frozenset((
    ".txt", ".md", ".markdown", ".html", ".htm", ".xml", ".pdf", ".docx", ".rtf", ".eml",
    ".srt", ".vtt", ".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".zip",
))  # fmt: skip
