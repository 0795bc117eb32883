"""``argmap map --division``: naming the division that decides a motion."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.projectfile import loads
from tests.cli.running import run
from tests.sources.official import DAY

MOTION = "night=Night work in harbours should end."


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.xml"
    path.write_text(DAY, encoding="utf-8")
    return path


def test_division_is_kept_with_its_sense(day: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("map", day, "--motion", MOTION, "--division", "12=night:aye-con", "--json", out)
    assert result.exit_code == 0, result.stderr
    debate = loads(out.read_bytes())
    (division,) = debate.divisions
    assert [(d.topic, d.division, d.aye) for d in debate.decisions] == [
        ("night", division.id, "con")
    ]
    assert "Division 12 on night: " in result.stderr
    assert "speakers with a vote and a stance voted as they spoke" in result.stderr
    by_id = tmp_path / "by_id.json"
    option = f"{division.id}=night:aye-con"
    assert run("map", day, "--motion", MOTION, "--division", option, "--json", by_id).exit_code == 0
    assert by_id.read_bytes() == out.read_bytes()


def test_divisions_are_listed_where_none_is_chosen(day: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("map", day, "--motion", MOTION, "--json", out)
    assert result.exit_code == 0
    assert "--division DIVISION=MOTION:aye-pro" in result.stderr
    assert "number 12, 2031-03-04, 14:30" in result.stderr
    assert "(ayes 2, noes 1)" in result.stderr
    assert loads(out.read_bytes()).decisions == ()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["12=night"], "is not DIVISION=MOTION:aye-pro"),
        (["12=night:pro"], "is not DIVISION=MOTION:aye-pro"),
        (["13=night:aye-pro"], "there is no division '13'. There is:"),
        (["12=day:aye-pro"], "'day' is not the id of a motion"),
        (["12=night:aye-pro", "12=night:aye-con"], "'night' has a division already"),
    ],
)
def test_option_that_cannot_be_meant_is_refused(
    day: Path, tmp_path: Path, options: list[str], problem: str
) -> None:
    given = [part for option in options for part in ("--division", option)]
    out = tmp_path / "out.json"
    result = run("map", day, "--motion", MOTION, *given, "--json", out)
    assert result.exit_code == 2
    assert problem in " ".join(result.stderr.replace("│", " ").split())
    assert not out.exists()


def test_documents_without_a_division_say_so(article: Path, tmp_path: Path) -> None:
    result = run(
        "map", article, "--motion", MOTION, "--division", "1=night:aye-pro",
        "--json", tmp_path / "out.json",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "the documents record none" in " ".join(result.stderr.split())


def test_number_of_two_divisions_asks_for_the_id(day: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text(DAY.replace("2031-03-04", "2031-03-05"), encoding="utf-8")
    result = run(
        "map", day, other, "--motion", MOTION, "--division", "12=night:aye-pro",
        "--json", tmp_path / "out.json",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "2 divisions have the number 12" in " ".join(result.stderr.split())
