"""Whole runs with stand-ins for the models: rows, errors, going on after a stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from argmap.batch import Models, State, Summary, load_stand_ins, run
from argmap.errors import InputError, ModelError
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate
from argmap.sources import read
from argmap.statements import extract
from tests.batch.inputs import (
    ARTICLE,
    HANSARD,
    MOTION,
    OTHER,
    errors_in,
    job,
    plan,
    rows_in,
    speeches,
    tree,
    write_csv,
    write_jsonl,
    write_parquet,
)

SCHEMA = """\
document_id: string not null
statement_id: string not null
start: int64 not null
end: int64 not null
text: string not null
speaker_id: string
speaker: string
party: string
reported: bool not null
date: string
title: string not null
outlet: string
source: string not null
row: int64
motion_id: string not null
label: string not null
pro: double not null
con: double not null
none: double not null
model: string not null
engine: string not null
settings: string not null"""


class StoppedError(Exception):
    pass


def stop_after(blocks: int) -> Any:
    def progress(state: State) -> None:
        if state.done >= blocks:
            raise StoppedError

    return progress


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of every kind of input, with a damaged one and one that is no text."""
    folder = tmp_path / "in"
    (folder / "days").mkdir(parents=True)
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "days" / "debates2031-04-03a.xml").write_text(HANSARD, encoding="utf-8")
    (folder / "days" / "debates2031-04-04a.xml").write_text("<publicwhip><speech", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    (folder / ".hidden.txt").write_text("Nurses deserve a larger pay rise.", encoding="utf-8")
    write_jsonl(folder / "a.jsonl", [*speeches(12), {"id": "blank", "text": " "}])
    write_csv(folder / "b.csv", speeches(9)[3:])
    write_parquet(folder / "c.parquet", speeches(8), group=3)
    return folder


def test_the_rows_have_the_schema_that_the_docs_give(mixed: Path, tmp_path: Path) -> None:
    run(plan(mixed), job(), out=tmp_path / "out")
    (file,) = (tmp_path / "out" / "rows" / "motion=m0").glob("*.parquet")
    assert pq.read_schema(file).to_string(show_schema_metadata=False) == SCHEMA
    docs = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in docs.splitlines() if line.startswith("| `")]
    columns = [line.split(":")[0] for line in SCHEMA.splitlines()]
    assert named[: len(columns)] == columns
    assert pq.read_schema(tmp_path / "out" / "errors" / "00000000.parquet").names == [
        "source", "row", "problem", "remedy"
    ]  # fmt: skip


def test_rows_are_the_statements_and_stances_of_a_debate(tmp_path: Path) -> None:
    for name, text in (("article.txt", ARTICLE), ("day.xml", HANSARD)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        given = job(MOTION, OTHER)
        run(plan(path), given, out=tmp_path / f"out {name}")
        debate = map_debate(
            [read(path)],
            given.topics,
            title="t",
            classifier=FakeClassifier(),
            encoder=FakeEncoder(),
            attributor=FakeAttributor(),
            threshold=0.5,
        )
        found = rows_in(tmp_path / f"out {name}")
        speakers = {speaker.id: speaker.name for speaker in debate.speakers}
        shared = ("motion_id", "statement_id", "label", "pro", "con", "none")
        assert [tuple(row[name] for name in shared) for row in found] == [
            (s.topic, s.statement, s.label, s.pro, s.con, s.none) for s in debate.stances
        ]
        assert [(r["text"], r["start"], r["end"], r["speaker"]) for r in found] == [
            (s.text, s.start, s.end, speakers.get(s.attribution.speaker or ""))
            for _ in given.topics
            for s in debate.statements
        ]


def test_what_cannot_be_read_is_written_down_and_the_rest_goes_on(
    mixed: Path, tmp_path: Path
) -> None:
    summary = run(plan(mixed, size=6), job(), out=tmp_path / "out")
    found = {(Path(row["source"]).name, row["row"]): row for row in errors_in(tmp_path / "out")}
    assert set(found) == {
        ("a.jsonl", 13), ("debates2031-04-04a.xml", None), ("picture.png", None)
    }  # fmt: skip
    assert all(row["problem"] and row["remedy"] for row in found.values())
    assert summary.errors == 3
    assert summary.documents == 12 + 6 + 8 + 2
    assert {Path(row["source"]).name for row in rows_in(tmp_path / "out")} == {
        "a.jsonl", "b.csv", "c.parquet", "article.txt", "debates2031-04-03a.xml"
    }  # fmt: skip


def test_a_file_that_goes_away_after_the_plan_is_an_error_not_an_end(
    mixed: Path, tmp_path: Path
) -> None:
    made = plan(mixed, size=6)
    (mixed / "article.txt").unlink()
    (mixed / "b.csv").unlink()
    run(made, job(), out=tmp_path / "out")
    gone = {Path(row["source"]).name for row in errors_in(tmp_path / "out")}
    assert gone >= {"article.txt", "b.csv"}


def test_a_record_that_argmap_itself_fails_on_is_said_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argmap.batch import judge

    def fails(documents: Any, **options: Any) -> Any:
        if "year 3" in documents[0].text:
            raise ValueError("a slip")
        return extract(documents, **options)

    monkeypatch.setattr(judge, "extract", fails)
    path = write_jsonl(tmp_path / "a.jsonl", speeches(8))
    assert run(plan(path), job(), out=tmp_path / "out").documents == 7
    (row,) = errors_in(tmp_path / "out")
    assert (row["row"], row["problem"]) == (4, "argmap failed on it (ValueError: a slip).")
    assert "report it" in row["remedy"]


def test_a_run_that_is_stopped_goes_on_and_leaves_the_same_bytes(
    mixed: Path, tmp_path: Path
) -> None:
    made, given = plan(mixed, size=6), job(MOTION, OTHER)
    run(made, given, out=tmp_path / "whole")
    out = tmp_path / "stopped"
    for blocks in (0, 1, 3, 3, 4):
        with pytest.raises(StoppedError):
            run(made, given, out=out, progress=stop_after(blocks))
        assert not json.loads((out / "_manifest.json").read_bytes())["complete"]
    states: list[State] = []
    summary = run(made, given, out=out, progress=states.append)
    assert (states[0].done, states[0].kept > 0) == (4, True)
    assert summary.judged == len(made.blocks) - 4
    assert tree(out) == tree(tmp_path / "whole")


def test_a_run_that_is_complete_judges_nothing_again(mixed: Path, tmp_path: Path) -> None:
    made, models = plan(mixed, size=6), load_stand_ins()
    first = run(made, job(), out=tmp_path / "out", models=models)
    before = tree(tmp_path / "out")
    classifier = models.classifier
    assert isinstance(classifier, FakeClassifier)
    calls = classifier.calls
    again = run(made, job(), out=tmp_path / "out", models=models)
    assert classifier.calls == calls
    assert tree(tmp_path / "out") == before
    assert again == Summary(**{**_fields(first), "judged": 0})


def _fields(summary: Summary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in Summary.__slots__}


def test_a_record_that_changes_is_judged_again_with_its_block_alone(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    rows = speeches(40)
    write_jsonl(path, rows)
    run(plan(path, size=4), job(), out=out)
    rows[21]["text"] = rows[21]["text"].replace("Nurses", "Midwife")
    write_jsonl(path, rows)
    made = plan(path, size=4)
    summary = run(made, job(), out=out)
    assert (summary.judged, summary.blocks) == (1, len(made.blocks))
    run(made, job(), out=tmp_path / "fresh")
    assert tree(out) == tree(tmp_path / "fresh")


def test_inputs_that_grow_or_shrink_leave_what_a_fresh_run_leaves(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    for count, judged in ((20, 7), (40, 8), (5, 2)):
        write_jsonl(path, speeches(count))
        made = plan(path, size=6)
        assert run(made, job(), out=out).judged <= judged
        run(made, job(), out=tmp_path / f"fresh{count}")
        assert tree(out) == tree(tmp_path / f"fresh{count}")


def test_rows_that_were_lost_or_altered_are_made_again(mixed: Path, tmp_path: Path) -> None:
    made, out = plan(mixed, size=6), tmp_path / "out"
    run(made, job(), out=out)
    before = tree(out)
    files = sorted((out / "rows").rglob("*.parquet"))
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:-1])
    (out / "rows" / ".argmap-0123456789abcdef.part").write_bytes(b"half")
    assert run(made, job(), out=out).judged == 2
    assert tree(out) == before


def test_several_processes_give_the_same_bytes(mixed: Path, tmp_path: Path) -> None:
    made, given = plan(mixed, size=6), job(MOTION, OTHER)
    run(made, given, out=tmp_path / "one")
    run(made, given, out=tmp_path / "two", workers=2)
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


def _no_model() -> Models:
    raise ModelError("There is no such model.")


def test_a_model_that_is_missing_in_a_worker_is_said_in_its_own_words(
    mixed: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=r"^There is no such model\.$"):
        run(plan(mixed), job(load=_no_model), out=tmp_path / "out", workers=2)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"threshold": 0.6}, "settings"),
        ({"model": "other@1"}, "model"),
        ({"columns": {"text": "text"}}, "columns"),
    ],
)
def test_a_folder_of_another_run_is_refused(
    mixed: Path, tmp_path: Path, change: dict[str, Any], name: str
) -> None:
    run(plan(mixed), job(), out=tmp_path / "out")
    before = tree(tmp_path / "out")
    with pytest.raises(InputError, match=f"another setting \\({name}: "):
        run(plan(mixed), job(**change), out=tmp_path / "out")
    with pytest.raises(InputError, match=r"another setting \(topics: "):
        run(plan(mixed), job(OTHER), out=tmp_path / "out")
    with pytest.raises(InputError, match=r"another setting \(block: 2000, now 7\)"):
        run(plan(mixed, size=7), job(), out=tmp_path / "out")
    assert tree(tmp_path / "out") == before


def test_a_folder_with_other_files_or_a_file_is_refused(mixed: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The folder holds other files"):
        run(plan(mixed), job(), out=mixed)
    with pytest.raises(InputError, match="This is a file"):
        run(plan(mixed), job(), out=mixed / "article.txt")


def test_two_runs_in_one_folder_are_refused(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def again(state: State) -> None:
        with pytest.raises(InputError, match="Another argmap is writing there"):
            run(plan(mixed), job(), out=out)

    run(plan(mixed), job(), out=out, progress=again)


def test_motions_that_a_file_system_cannot_tell_apart_are_refused(
    mixed: Path, tmp_path: Path
) -> None:
    from argmap.stance import make_topic

    topics = (make_topic(MOTION, id="Pay"), make_topic(OTHER, id="pay"))
    with pytest.raises(InputError, match="differ only in their case"):
        run(plan(mixed), job(topics=topics), out=tmp_path / "out")


def test_the_output_is_not_read_as_input(mixed: Path) -> None:
    first = plan(mixed)
    run(first, job(), out=mixed / "out")
    assert plan(mixed).files == first.files


@pytest.mark.parametrize("name", ["-", "https://news.example/a", "missing.csv"])
def test_inputs_that_cannot_be_read_again_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"Save it to a file first|no such file or folder"):
        plan(name)
