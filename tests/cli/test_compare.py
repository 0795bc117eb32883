from __future__ import annotations

from pathlib import Path

import pytest

from argmap.projectfile import dumps
from tests.cli.running import run
from tests.structure.contrasts import side_by_side


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "debate.json"
    path.write_text(dumps(side_by_side()), encoding="utf-8")
    return path


def test_compare_says_what_differs_and_what_cannot_be_said(project: Path) -> None:
    result = run("compare", project, "ann adeyemi", "p2", "--by", "speaker", "--topic", "pay")
    assert result.exit_code == 0, result.stderr
    for part in (
        "Ann Adeyemi: 6 statements",
        "The numbers are small",
        "3 of 6, 50%",
        "Points that only John Smith makes: 1",
        "Earlier and later",
    ):
        assert part in result.stdout


def test_compare_writes_a_page_and_markdown(project: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "c.html", tmp_path / "c.md"
    result = run(
        "compare", project, "2022", "2024", "--by", "date", "--html", page, "--markdown", text
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert text.read_text(encoding="utf-8").startswith("# 2022 and 2024\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Nobody", "p2", "--by", "speaker"), "There is no speaker 'Nobody'"),
        (("p1", "p1", "--by", "speaker"), "compared with itself"),
        (("p1", "p2", "--by", "colour"), "'colour' is none of speaker, party"),
        (("p1", "p2", "--by", "speaker", "--topic", "rail"), "no motion 'rail'"),
        (("soon", "2024", "--by", "date"), "is no date"),
    ],
)
def test_compare_refuses_in_one_line(project: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run("compare", project, *arguments)
    assert result.exit_code != 0
    assert says in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr
