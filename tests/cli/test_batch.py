from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from argmap.batch import State
from argmap.cli import batching
from argmap.nlp import FakeClassifier
from tests.batch.inputs import OTHER, errors_in, rows_in, speeches, tree, write_jsonl
from tests.cli.running import MOTION, run


def test_batch_writes_rows_and_says_what_they_come_to(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", speeches(9)), tmp_path / "out"
    result = run("batch", source, "--motion", f"pay={MOTION}", "--motion", f"cars={OTHER}",
                 "--out", out)  # fmt: skip
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("9 documents, 24 statements; 1 of 1 blocks judged now\n")
    assert MOTION in result.stderr
    assert str(out / "rows") in result.stderr
    rows = rows_in(out)
    assert len(rows) == 48
    assert {row["motion_id"] for row in rows} == {"pay", "cars"}
    assert {row["settings"] for row in rows} == {'{"threshold": 0.5}'}
    assert {row["source"] for row in rows} == {source.as_posix()}
    again = run("batch", source, "--motion", f"pay={MOTION}", "--motion", f"cars={OTHER}",
                "--out", out)  # fmt: skip
    assert again.exit_code == 0
    assert "0 of 1 blocks judged now" in again.stderr


def test_the_folder_is_one_table_to_other_programs(tmp_path: Path) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", speeches(9)), tmp_path / "out"
    run("batch", source, "--motion", f"1={MOTION}", "--motion", f"ü.b={OTHER}", "--out", out)
    table = pq.read_table(out / "rows")
    assert table.num_rows == 48
    assert set(table.column("motion_id").to_pylist()) == {"1", "ü.b"}


def test_records_that_cannot_be_read_give_a_code_of_their_own(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text('{"text": "Nurses deserve a larger pay rise."}\nnot json\n', encoding="utf-8")
    result = run("batch", source, "--motion", MOTION, "--out", out)
    assert result.exit_code == 3
    assert f"1 record could not be read; which, why and what to do is in {out}" in result.stderr
    (row,) = errors_in(out)
    assert (row["row"], row["problem"]) == (2, "the line is not JSON.")


def test_a_run_that_is_interrupted_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = write_jsonl(tmp_path / "in.jsonl", speeches(9)), tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(FakeClassifier, "predict_proba", interrupted)
        result = run("batch", source, "--motion", MOTION, "--out", out)
    assert result.exit_code == 130
    assert "the same command again goes on from there" in result.stderr
    assert run("batch", source, "--motion", MOTION, "--out", out).exit_code == 0


def interrupted(*arguments: object, **options: object) -> None:
    raise KeyboardInterrupt


def test_a_dry_run_counts_and_estimates_and_writes_nothing(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", speeches(50))
    before = tree(tmp_path)
    result = run("batch", tmp_path, "--motion", MOTION, "--dry-run", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("1 files, 50 records, about 133 statements on 1 motion, 1 blo")
    assert "by 133 statements judged just now" in result.stdout
    assert tree(tmp_path) == before
    assert run("batch", source, "--motion", MOTION, "--dry-run").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name a folder to write"),
        (["--out", "o", "--engine", "spark"], "'spark' is neither local nor ray"),
        (["--out", "o", "--use", "all"], "'all' is neither exploring nor citing"),
        (["--out", "o", "--use", "citing", "--threshold", "0.5"], "Give a use or a threshold"),
        (["--out", "o", "--threshold", "nan"], "Invalid value for '--threshold'"),
        (["--out", "o", "--column", "text"], "'text' is not FIELD=COLUMN"),
    ],
)
def test_options_that_cannot_be_meant(tmp_path: Path, arguments: list[str], message: str) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", speeches(2))
    result = run("batch", source, "--motion", MOTION, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_an_input_that_is_not_there(tmp_path: Path) -> None:
    result = run("batch", tmp_path / "gone", "--motion", MOTION, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "There is no such file or folder" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (89.4, "89 s"), (91, "2 min"), (5399, "1 h 30 min"), (12_000, "3 h 20 min"),
     (360_000, "4 days 4 h")],
)  # fmt: skip
def test_durations_in_words(seconds: float, words: str) -> None:
    assert batching.duration(seconds) == words


def test_how_far_counts_only_what_this_run_did() -> None:
    begun = State(blocks=10, done=4, expected=1000, reached=400, kept=400, statements=0)
    assert batching.how_far(begun, 3.0) == "4 of 10 blocks (about 1,000 statements in all)"
    later = State(blocks=10, done=6, expected=1000, reached=600, kept=400, statements=210)
    assert batching.how_far(later, 20.0) == (
        "6 of 10 blocks, 210 statements, 10.5 a second, about 40 s left"
    )
