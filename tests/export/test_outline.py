"""The tree as an outline in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.export.outline import to_outline
from argmap.projectfile import dumps
from tests.cli.running import run
from tests.structure.test_drawn_trees import DRAWN, read

WHOLE = next(path for path in DRAWN if path.stem.endswith("whole_debate"))

OUTLINE = """\
Nurses should receive a larger pay rise.
  + For the motion (6 statements, 3 answers, 1 more where it answers)
    • More nurses would shorten the waiting lists. (5 statements, 71% of the side, 3 answers)
      + as above
        − attacks: The lists are long for want of doctors.
          + attacks: Wards are closed for want of nurses.
      • Nurses leave because of the pay. (3 statements, 43% of the side, 2 answers)
        + as above
          + supports: Half of those who left named the pay.
            − undercuts: The survey asked only members of the union.
          − attacks: They leave because of the hours, not the pay.
        + Many go abroad.
    • Not part of any key point (1 statement, 14% of the side)
      + They have earned it.
  − Against the motion (2 statements, 1 answer, 3 more where they answer)
    • The country cannot afford it. (2 statements, 40% of the side, 1 answer)
      − as above
        → attacks “They have earned it.”
        + attacks: The money is there for banks.
      − The debt is higher than ever.
"""


def test_outline_says_what_bears_on_what() -> None:
    made, _ = read(WHOLE)
    assert to_outline(made) == OUTLINE
    assert to_outline(made, topic="pay") == OUTLINE
    with pytest.raises(ValueError, match="no topic “rail”"):
        to_outline(made, topic="rail")


def test_the_command_line_prints_it(tmp_path: Path) -> None:
    made, _ = read(WHOLE)
    file = tmp_path / "debate.json"
    file.write_text(dumps(made), encoding="utf-8")
    result = run("tree", str(file), "--topic", "pay")
    assert (result.exit_code, result.stdout) == (0, OUTLINE)
    wrong = run("tree", str(file), "--topic", "rail")
    assert wrong.exit_code == 2
    assert "'rail' is not a motion of this debate. Choose from pay." in wrong.stderr
