from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from argmap.errors import ArgmapError
from argmap.evaluation.bulk import bulk_table, measure_bulk, write_invented


def ignore(stage: str, done: int, total: int) -> None:
    pass


def test_the_input_is_the_same_each_time_and_no_sentence_stands_twice(tmp_path: Path) -> None:
    write_invented(tmp_path / "a", 2005)
    write_invented(tmp_path / "b", 2005)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    texts = [json.loads(line)["text"] for line in (tmp_path / "a").open(encoding="utf-8")]
    sentences = [sentence for text in texts for sentence in text.rstrip(".").split(". ")]
    assert len(sentences) == len(set(sentences)) == 2005
    assert 18 <= sum(len(sentence.split()) for sentence in sentences) / 2005 <= 22


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_killed_run_is_measured_and_comes_to_the_same(tmp_path: Path) -> None:
    found = []
    for name, kills in (("killed", 1), ("whole", 0)):
        folder = tmp_path / name
        folder.mkdir()
        found.append(
            measure_bulk(folder, statements=800, motions=2, stand_ins=True, kills=kills,
                         block=50, progress=ignore)
        )  # fmt: skip
    killed, whole = found
    assert (killed.kills, killed.repeated, whole.kills) == (1, 0, 0)
    assert (killed.statements, killed.blocks) == (800, whole.blocks)
    assert killed.manifest == whole.manifest
    assert 20 < killed.megabytes < 3000
    for name in ("killed", "whole"):
        files = list((tmp_path / name / "out" / "rows").rglob("*.parquet"))
        assert len(files) == 2 * whole.blocks
    table = bulk_table(found)
    assert "| 800 | 2 | stand-ins | local | 1 |" in table


def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(ArgmapError, match="This is a file"):
        measure_bulk(tmp_path, statements=100, stand_ins=True, progress=ignore)
