"""A fault of ours on the command line: one sentence, exit code 1, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import process

SECRET = "a word of an unpublished text"


@pytest.mark.parametrize(
    "command", ["export {file} --to csv", "strength {file}", "corrections {file}"]
)
def test_a_fault_in_a_process_of_its_own_shows_no_traceback(tmp_path: Path, command: str) -> None:
    words = ["argmap", *command.format(file=__file__).split()]
    script = (
        "import sys; from argmap import projectfile; from argmap.cli import app\n"
        f"projectfile.loads = lambda data: {{}}[{SECRET!r}]\n"
        f"sys.argv = {words!r}\n"
        "app()"
    )
    done = process(script, ARGMAP_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "argmap: A fault in the program stopped this (KeyError)" in done.stderr
    assert all(line.startswith("argmap: ") for line in done.stderr.splitlines())
    assert "Traceback" not in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
