"""What a run has done, on the disk: a header, and an entry for each block that is finished.

While a run goes on, each finished block has a small file of its own in ``_blocks``, written
after its rows; so a block counts as done only when all of it is there. At the end they are put
together in ``_manifest.json``, which tells neither times nor workers: the same inputs and
settings give the same bytes, however often the run was stopped and whoever did the work.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from argmap.batch.blocks import Block
from argmap.batch.files import is_part, sha256_of, sweep, sync_folder, write_whole
from argmap.batch.judge import Judged
from argmap.errors import InputError

MANIFEST = "_manifest.json"
BLOCKS = "_blocks"
_PARQUET = re.compile(r"\d{8}\.parquet")


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written, by its path below the folder of the run."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished block.

    Attributes:
        input_sha256: of the digests of its records.
        inputs: source, number of the first row (0 for a whole file) and rows of each piece.
        labels: how often "pro", "con", "none" and "unclear" was given, by motion.
    """

    block: int
    input_sha256: str
    inputs: tuple[tuple[str, int, int], ...]
    documents: int
    statements: int
    errors: int
    labels: Mapping[str, tuple[int, ...]]
    outputs: tuple[Output, ...]


def folder_of(motion: str) -> str:
    """Where the rows of a motion lie below the folder of the run."""
    return f"rows/motion={quote(motion, safe='')}"


def commit(out: Path, block: Block, judged: Judged) -> Entry:
    """Write a block's rows and then its entry; until the entry is there, nothing counts.

    Raises:
        OSError: a file cannot be written.
    """
    name = f"{block.number:08d}.parquet"
    files = [(f"{folder_of(motion)}/{name}", judged.statements, data)
             for motion, data in judged.rows.items()]  # fmt: skip
    if judged.errors is not None:
        files.append((f"errors/{name}", judged.refused, judged.errors))
    outputs = []
    for path, rows, data in files:
        target = out / path
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(target.parent.parent)
        write_whole(target, data)
        outputs.append(Output(path, rows, hashlib.sha256(data).hexdigest()))
    entry = Entry(
        block=block.number,
        input_sha256=block.sha256,
        inputs=tuple((piece.source, piece.first, piece.rows) for piece in block.pieces),
        documents=judged.documents,
        statements=judged.statements,
        errors=judged.refused,
        labels=judged.labels,
        outputs=tuple(outputs),
    )
    write_whole(out / BLOCKS / f"{block.number:08d}.json", _json(asdict(entry)))
    return entry


def read_entry(out: Path, number: int) -> Entry:
    """The entry that a worker has written.

    Raises:
        InputError: the file is not what argmap writes.
        OSError: it is not there.
    """
    return _entry(_read(out / BLOCKS / f"{number:08d}.json"))


def begin(out: Path, header: Mapping[str, Any]) -> dict[int, Entry]:
    """Open a folder for a run, or the one of a run that was stopped, and give what is done.

    Raises:
        InputError: the folder holds other files, or a run of other settings or another version.
        OSError: it cannot be written.
    """
    manifest = out / MANIFEST
    if not manifest.exists():
        if out.exists() and not out.is_dir():
            raise InputError(f"{out}: This is a file. Name a folder.")
        if out.exists() and any(not is_part(path.name) for path in out.iterdir()):
            raise InputError(
                f"{out}: The folder holds other files. Name a new one, or that of a run to resume."
            )
        out.mkdir(parents=True, exist_ok=True)
        write_whole(manifest, _json({**header, "complete": False, "blocks": []}))
    found = _read(manifest)
    for name, value in header.items():
        if found.get(name) != json.loads(_json(value)):
            raise InputError(
                f"{out}: This folder holds a run with another setting ({name}: "
                f"{_short(found.get(name))}, now {_short(value)}). Name another folder, or "
                "give the same motions and settings as before."
            )
    sweep(out)
    (out / BLOCKS).mkdir(exist_ok=True)
    sync_folder(out)
    done = [_entry(item) for item in found["blocks"]]
    done += [_entry(_read(path)) for path in sorted((out / BLOCKS).glob("*.json"))]
    return {entry.block: entry for entry in done}


def still_there(out: Path, entry: Entry) -> bool:
    """Whether what an entry tells of lies there unaltered."""
    return all(
        (out / output.path).is_file() and sha256_of(out / output.path) == output.sha256
        for output in entry.outputs
    )


def finish(out: Path, header: Mapping[str, Any], entries: Iterable[Entry]) -> None:
    """Put the entries together and remove what belongs to no block of them."""
    ordered = sorted(entries, key=lambda entry: entry.block)
    blocks = [asdict(entry) for entry in ordered]
    write_whole(out / MANIFEST, _json({**header, "complete": True, "blocks": blocks}))
    sweep(out)  # a worker that died leaves what it was writing
    shutil.rmtree(out / BLOCKS)
    kept = {out / output.path for entry in ordered for output in entry.outputs}
    for part in ("rows", "errors"):
        for path in (out / part).rglob("*.parquet"):
            if _PARQUET.fullmatch(path.name) and path not in kept:
                path.unlink()
    sync_folder(out)


def _entry(value: Mapping[str, Any]) -> Entry:
    return Entry(
        block=value["block"],
        input_sha256=value["input_sha256"],
        inputs=tuple((source, first, rows) for source, first, rows in value["inputs"]),
        documents=value["documents"],
        statements=value["statements"],
        errors=value["errors"],
        labels={motion: tuple(counts) for motion, counts in value["labels"].items()},
        outputs=tuple(Output(**output) for output in value["outputs"]),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
        if isinstance(value, dict):
            return value
    except ValueError:
        pass
    raise InputError(f"{path}: This is not what argmap wrote there. Name a new folder.")


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
