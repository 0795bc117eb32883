"""Inputs of the tests, a job on them, and what a run left behind."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from argmap.batch import BLOCK, Job, Plan, find_files, load_stand_ins, make_plan
from argmap.stance import make_topic

MOTION = "Nurses should receive a larger pay rise."
OTHER = "The town should close its centre to cars."
HANSARD = """<?xml version="1.0" encoding="UTF-8"?>
<publicwhip>
<major-heading id="uk.org.publicwhip/debate/2031-04-03a.1.0" colnum="1">Pay</major-heading>
<speech id="uk.org.publicwhip/debate/2031-04-03a.1.1" speakername="Ann Lee"
 person_id="uk.org.publicwhip/person/10001" colnum="1" time="12:00:00">
<p>Nurses deserve a larger pay rise. The cost of it is small.</p></speech>
<speech id="uk.org.publicwhip/debate/2031-04-03a.1.2" speakername="Per Dahl"
 person_id="uk.org.publicwhip/person/10002" colnum="1" time="12:01:00">
<p>A rise is not affordable. The town has too many cars.</p></speech>
</publicwhip>
"""
ARTICLE = (
    "Pay talks stall\n\n"
    "Nurses deserve a larger pay rise, the union leader Ann Adeyemi said. "
    "“A larger rise is not affordable,” the minister John Smith said.\n\n"
    "The talks began on Monday in London.\n"
)


def speeches(count: int) -> list[dict[str, str]]:
    """Rows of two or three sentences, no two alike."""
    return [
        {
            "id": f"r{n}",
            "speaker": f"Speaker {n % 7}",
            "date": "2031-04-03",
            "text": f"Nurses deserve a larger pay rise in year {n}. The cost of cars is {n} pounds."
            + (" Nobody knows." if n % 3 else ""),
        }
        for n in range(count)
    ]


def write_jsonl(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], *, group: int = 1000) -> Path:
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), path, row_group_size=group)
    return path


def job(*motions: str, **changes: Any) -> Job:
    topics = tuple(make_topic(m, id=f"m{n}") for n, m in enumerate(motions or (MOTION,)))
    given: dict[str, Any] = {
        "topics": topics, "threshold": 0.5, "settings": {}, "columns": {}, "model": "fake@0",
        "load": load_stand_ins,
    }  # fmt: skip
    return Job(**{**given, **changes})


def plan(*names: Path | str, size: int = BLOCK, **options: Any) -> Plan:
    return make_plan(find_files([str(name) for name in names]), size=size, **options)


def rows_in(out: Path) -> list[dict[str, Any]]:
    """All rows, blocks in order, motions outermost."""
    files = sorted((out / "rows").rglob("*.parquet"))
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


def errors_in(out: Path) -> list[dict[str, Any]]:
    files = sorted((out / "errors").glob("*.parquet"))
    return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]


def tree(out: Path) -> dict[str, bytes]:
    """Every file below ``out`` with its bytes."""
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
