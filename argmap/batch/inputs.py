"""Which files the inputs come to, and the units in each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmap.batch.blocks import Kind, Piece, Unit
from argmap.batch.files import sha256_of
from argmap.batch.tables import CHARACTERS, scan_table
from argmap.errors import InputError, SourceError

_KINDS: Mapping[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
# Bytes of a statement where they are not its characters: measured on sixteen days of Hansard, and
# guessed for the rest. Only the bar and the size of a block lean on it.
_BYTES = {".xml": 210, ".html": 400, ".htm": 400, ".docx": 60, ".pdf": 400}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes:
        source: how the user named it, or the folder that it was found in, with forward slashes.
    """

    source: str
    path: Path
    kind: Kind


def find_files(names: Sequence[str]) -> tuple[InputFile, ...]:
    """The files of the inputs in the order given, those of a folder in the order of their names.

    Hidden files, and the folder of a run that lies among them, are passed over.

    Raises:
        InputError: an input is missing, or is standard input or an address, or there is no file.
    """
    found: dict[Path, InputFile] = {}
    for name in names:
        if name == "-" or "://" in name:
            raise InputError(
                f"{name}: A batch is resumed by reading its inputs again. Save it to a file first."
            )
        path = Path(name)
        if not path.exists():
            raise InputError(f"{name}: There is no such file or folder. Check the name.")
        for file in _below(path) if path.is_dir() else (path,):
            kind = _KINDS.get(file.suffix.lower(), "file")
            found.setdefault(file.resolve(), InputFile(file.as_posix(), file, kind))
    if not found:
        raise InputError(f"{', '.join(names)}: There is no file in it. Check the folder.")
    return tuple(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for at, folders, files in os.walk(folder):
        inside = Path(at)
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and not (inside / name / "_manifest.json").exists()
        )  # fmt: skip
        for name in sorted(files):
            if not name.startswith("."):
                yield inside / name


def units(files: Iterable[InputFile], mapping: Mapping[str, str] | None = None) -> Iterator[Unit]:
    """Every record of the files; what cannot be read is a unit too, and says why."""
    for file in files:
        try:
            if file.kind == "file":
                yield _whole(file)
            else:
                yield from scan_table(file.path, file.source, file.kind, mapping)
        except SourceError as error:
            yield _refused(file, error.problem, error.remedy)
        except OSError as error:
            problem = f"the file cannot be read ({error.strerror or error})."
            yield _refused(file, problem, "Check its permissions and run the command again.")


def _whole(file: InputFile) -> Unit:
    each = _BYTES.get(file.path.suffix.lower(), CHARACTERS)
    statements = max(1, round(file.path.stat().st_size / each))
    piece = Piece(file.source, str(file.path), "file", statements)
    return Unit(piece, bytes.fromhex(sha256_of(file.path)))


def _refused(file: InputFile, problem: str, remedy: str) -> Unit:
    piece = Piece(file.source, str(file.path), "refused", 1, problem=problem, remedy=remedy)
    return Unit(piece, hashlib.sha256(f"{file.source}\0{problem}".encode()).digest())
