"""``argmap corrections``: the log in plain words, agreement, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from argmap.cli.correcting import refit_lines
from argmap.projectfile import dumps
from argmap.records import Edit
from argmap.stance import Labelled, refit
from tests.cli.running import run
from tests.corrections.logs import label, log
from tests.samples import sample_debate


def _file(tmp_path: Path, *edits: Edit) -> Path:
    path = tmp_path / "debate.json"
    path.write_text(dumps(replace(sample_debate(), edits=edits)), encoding="utf-8")
    return path


def test_a_debate_without_corrections_says_so(tmp_path: Path) -> None:
    result = run("corrections", _file(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "Nothing has been corrected in this debate.\n")


def test_the_log_is_listed_with_agreement_and_what_is_missing(tmp_path: Path) -> None:
    made = log(
        label("s1", "pro", author="Ada"),
        label("s2", "none", author="Bo\x1b[31m"),
        label("s9", "con"),
        label("s3", "con", drawn=True),
    )
    undo = Edit.create("undo", sequence=5, time="t", target=made[1].id)
    result = run("corrections", _file(tmp_path, *made, undo))
    assert result.exit_code == 0, result.stderr
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert any("Ms Adeyemi said.” confirmed as" in line and "Ada" in line for line in lines)
    assert any("the minister said. labelled as" in line and "undone" in line for line in lines)
    assert "no effect" in result.stdout
    assert "drawn at random" in result.stdout
    assert any(line.startswith("The model and every label given 2 0.50 [") for line in lines)
    assert any(line.startswith("Thresholds of your own take sentences drawn") for line in lines)
    assert "\x1b" not in result.stdout


def test_refitted_thresholds_are_told_in_sentences() -> None:
    labels = [Labelled(0.9, 0.05, 0.05, "pro", "A.", str(n)) for n in range(60)]
    first, second = refit_lines(refit(labels))
    assert first == (
        "Threshold for exploring: 0.50. At it 0% of 60 labels for or against are wrong [0%, 0%], "
        "of at most 20% wanted."
    )
    assert second.startswith("Threshold for citing: 0.50.")
