"""The invented debates and what is measured on them; no time is checked."""

from __future__ import annotations

from typer.testing import CliRunner

from argmap.cli import app
from argmap.evaluation.scale import STAGES, invented, measure
from argmap.structure.overlap import words_of_weight


def test_scale_invents_the_same_debate_each_time_with_every_statement_on_a_side() -> None:
    debate = invented(50)
    assert debate == invented(50)
    assert {stance.label for stance in debate.stances} == {"pro", "con"}
    text = debate.documents[0].text
    assert all(text[s.start : s.end] == s.text for s in debate.statements)
    assert min(len(words_of_weight(s.text)) for s in debate.statements) >= 8


def test_scale_measures_every_stage_on_points_and_relations() -> None:
    found = measure(120)
    assert len(found.seconds) == len(STAGES)
    assert found.points > 3
    assert found.relations > 20
    assert found.megabytes > 10


def test_bench_structure_prints_a_row_for_each_size() -> None:
    result = CliRunner().invoke(app, ["bench", "structure", "--size", "40", "--size", "60"])
    assert result.exit_code == 0, result.output
    rows = [line for line in result.stdout.splitlines() if line.startswith(("| 40 ", "| 60 "))]
    assert len(rows) == 2
