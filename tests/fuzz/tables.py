"""Tables, as files to map and as the inputs of a batch, where they are read as streams."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from argmap.batch.blocks import split
from argmap.batch.inputs import find_files, units
from argmap.batch.judge import Judge
from argmap.sources import guess_columns, read_table, table_in
from tests.batch.inputs import job, speeches
from tests.fuzz import changes, checks
from tests.fuzz.sources import _files
from tests.fuzz.targets import Target
from tests.sources.samples import SAMPLES


def targets() -> Iterator[Target]:
    """A target for each kind of table, and for each kind of a batch's inputs."""
    text = (changes.changed, changes.relined, changes.respelt)
    yield _files("csv", ("csv", "tsv"), text)
    yield _files("excel", ("xlsx", "sheets"), (changes.repacked,), small=15)
    yield _files("json rows", ("jsonl",), text)
    yield _files("json list", ("json",), (*text, changes.rewritten_json, changes.rewritten_json))
    yield Target("column choice", _csv, _choose)
    yield Target("batch csv", _csv, partial(_batch, name="a.csv"), small=20)
    yield Target("batch jsonl", _jsonl, partial(_batch, name="a.jsonl"), small=20)
    yield Target("batch parquet", _parquet, partial(_batch, name="a.parquet"), small=10)


def _csv(chance: random.Random) -> bytes:
    data = SAMPLES[chance.choice(("csv", "tsv"))][1]
    return chance.choice((changes.changed, changes.relined, changes.respelt))(data, chance)


def _jsonl(chance: random.Random) -> bytes:
    lines = [json.dumps(row).encode() for row in speeches(4)]
    lines = [
        changes.rewritten_json(line, chance) if chance.random() < 0.5 else line for line in lines
    ]
    data = b"\n".join(lines) + b"\n"
    return changes.relined(data, chance) if chance.random() < 0.3 else data


@cache
def _whole_parquet() -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist([*speeches(4)]), buffer, row_group_size=2)
    return buffer.getvalue()


_CELLS = (
    None, 1, -1.5, float("nan"), float("inf"), True, "The port must sleep.", "", "\x00",
    b"\xff\xfe", 2**62,
    ["a"], {"a": 1},
)  # fmt: skip


def _parquet(chance: random.Random) -> bytes:
    if chance.random() < 0.6:
        return changes.changed(_whole_parquet(), chance)
    names = chance.sample(("text", "id", "speaker", "date", "title", "", "text ", "Text"), k=4)
    columns = []
    for _ in names:
        cell = chance.choice(_CELLS)
        columns.append(pa.array([cell, None, cell, cell]))
    buffer = BytesIO()
    pq.write_table(
        pa.Table.from_arrays(columns, names=names), buffer, row_group_size=chance.choice((1, 2, 9))
    )
    return buffer.getvalue()


def _choose(data: bytes, chance: random.Random) -> None:
    """What the New debate page does with an upload: guess, let choose, read."""
    table = table_in(data, name=chance.choice(("a.csv", "a.tsv", "a.txt", "")))
    if table is None:
        return
    checks.hold(
        all(len(row) <= len(table.columns) for row in table.rows), "a row of too many cells"
    )
    checks.hold(len(set(table.columns)) == len(table.columns), "two columns of one name")
    chosen = {str(field): column for field, column in guess_columns(table).items()}
    for field in chance.sample(("text", "id", "speaker", "date", "title", "outlet", "url"), k=2):
        chosen[field] = chance.choice((*table.columns, ""))
    checks.reading(read_table(table, "a.csv", chosen), further=chance.randrange(10) == 0)


def _batch(data: bytes, chance: random.Random, *, name: str) -> None:
    """Plan the blocks, and judge the first of them with the stand-in models."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(units(find_files([str(path)])))
        for unit in found:
            checks.hold(
                unit.piece.kind != "refused" or unit.piece.remedy, "a refusal without a remedy"
            )
        work = job()
        judge = Judge(work, work.load())
        for block in split(found, size=3):
            judged = judge.read(block)
            for error in judged.errors:
                checks.hold("argmap failed" not in error["problem"], error["problem"])
                checks.hold(error["remedy"], "a refusal without a remedy")
            if chance.randrange(10) == 0:
                checks.hold(judge(block).statements == len(judged.statements), "lost statements")
