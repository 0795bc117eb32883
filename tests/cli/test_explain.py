from __future__ import annotations

from pathlib import Path

import pytest

from argmap.evaluation import gate as gate_module
from argmap.projectfile import loads
from tests.cli.running import MOTION, run


@pytest.fixture
def project(article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "debate.json"
    assert run("map", str(article), "--motion", f"pay={MOTION}", "--json", str(path)).exit_code == 0
    return path


def test_explain_shows_words_and_wordings(project: Path) -> None:
    debate = loads(project.read_bytes())
    sided = next(s.statement for s in debate.stances if s.label in ("pro", "con"))
    shown = run("explain", str(project), "--statement", sided, "--topic", "pay")
    assert shown.exit_code == 0, shown.stderr
    assert "rests on" in shown.stdout
    assert "turned round" in shown.stdout and "in other words" in shown.stdout
    assert "0.0" in shown.stdout


def test_explain_says_what_is_there_when_an_id_is_not(project: Path) -> None:
    debate = loads(project.read_bytes())
    missing = run("explain", str(project), "--statement", "u0")
    assert missing.exit_code == 1 and "There is no statement u0" in missing.stderr
    known = debate.statements[0].id
    other = run("explain", str(project), "--statement", known, "--topic", "tax")
    assert other.exit_code == 1 and "There are: pay." in other.stderr


def test_map_takes_a_use_or_a_threshold(article: Path) -> None:
    both = run("map", str(article), "--motion", MOTION, "--use", "citing", "--threshold", "0.7")
    assert both.exit_code == 2 and "not both" in both.stderr
    wrong = run("map", str(article), "--motion", MOTION, "--use", "printing")
    assert wrong.exit_code == 2 and "neither exploring nor citing" in wrong.stderr
    # The stand-in's confidence was never measured.
    unmeasured = run("map", str(article), "--motion", MOTION, "--use", "citing")
    assert unmeasured.exit_code == 1 and "Nothing was measured" in unmeasured.stderr


def test_the_gate_takes_a_reason_only_with_accept_and_accept_only_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = run("eval", "gate", "--reason", "because it is so")
    assert alone.exit_code == 1 and "--accept" in alone.stderr
    monkeypatch.setattr(gate_module, "measure", lambda **_: ())
    written: list[object] = []
    monkeypatch.setattr(gate_module, "save", lambda gate, entry: written.append(gate))
    bare = run("eval", "gate", "--accept")
    assert bare.exit_code == 1 and "--reason" in bare.stderr
    assert written == []
