from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings

from argmap.export import EXPORTERS
from argmap.records import Debate, Run
from tests.cli.running import ROOT
from tests.export.hostile import hostile_debate
from tests.strategies import debates


@pytest.mark.parametrize("key", EXPORTERS)
def test_format_writes_an_empty_debate(key: str) -> None:
    empty = Debate("Empty", Run("0", {}, {}, {}))
    EXPORTERS[key].write(empty).encode("utf-8")


@pytest.mark.parametrize("key", EXPORTERS)
def test_format_writes_hostile_text_as_utf8(key: str) -> None:
    text = EXPORTERS[key].write(hostile_debate())
    assert text == EXPORTERS[key].write(hostile_debate())
    text.encode("utf-8")


@settings(max_examples=15)
@given(debate=debates())
def test_formats_write_any_debate(debate: Debate) -> None:
    for exporter in EXPORTERS.values():
        exporter.write(debate).encode("utf-8")


def test_formats_are_the_same_whatever_the_hash_seed() -> None:
    script = (
        "import hashlib\n"
        "from argmap.export import EXPORTERS\n"
        "from tests.export.hostile import hostile_debate\n"
        "for key in EXPORTERS:\n"
        "    text = EXPORTERS[key].write(hostile_debate())\n"
        "    print(key, hashlib.sha256(text.encode()).hexdigest())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
