from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from argmap.projectfile import dumps
from tests.cli.running import run
from tests.samples import sample_debate


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    debate = sample_debate()
    stance = replace(debate.stances[0], label="unclear", pro=0.45, con=0.4, none=0.15)
    later = replace(debate, stances=(stance, *debate.stances[1:]))
    a.write_text(dumps(debate), encoding="utf-8")
    b.write_text(dumps(later), encoding="utf-8")
    return a, b


def test_diff_of_a_file_with_itself_is_nought(files: tuple[Path, Path]) -> None:
    a, _ = files
    result = run("diff", a, a)
    assert (result.exit_code, result.stdout) == (0, "Nothing differs; 3 statements in both.\n")
    assert json.loads(run("diff", a, a, "--json").stdout)["same"] is True


def test_diff_shows_what_changed_and_ends_with_one(files: tuple[Path, Path]) -> None:
    result = run("diff", *files)
    assert result.exit_code == 1
    for part in (
        "Labels",
        "Nurses deserve a larger pay rise",
        "For (for 0.84",
        "Unclear (for 0.45",
    ):
        assert part in result.stdout
    assert result.stdout.endswith("1 change; 3 statements in both.\n")
    value = json.loads(run("diff", *files, "--json").stdout)
    assert [change["section"] for change in value["changes"]] == ["label"]


def test_diff_reads_one_file_from_standard_input(files: tuple[Path, Path]) -> None:
    a, b = files
    result = run("diff", "-", b, "--json", input=a.read_bytes())
    assert result.exit_code == 1
    assert run("diff", "-", "-").exit_code == 2


def test_diff_of_what_cannot_be_read_ends_with_two(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = files
    missing = run("diff", a, tmp_path / "none.json")
    assert missing.exit_code == 2
    assert missing.stderr == f"argmap: {tmp_path}/none.json: No such file or directory\n"
    b.write_text("{}", encoding="utf-8")
    broken = run("diff", a, b)
    assert broken.exit_code == 2
    assert broken.stderr.startswith(f"argmap: {b}: ")
