"""SIGKILL at random points: nothing that was finished is lost or repeated."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from argmap.batch import run
from tests.batch.inputs import MOTION, OTHER, job, plan, speeches, tree, write_jsonl
from tests.cli.running import ROOT

_SCRIPT = """
import sys
from pathlib import Path
from argmap.batch import run
from tests.batch.inputs import MOTION, OTHER, job, plan

def say(state):
    print(state.done, flush=True)

run(plan(sys.argv[1], size=10), job(MOTION, OTHER), out=Path(sys.argv[2]), progress=say)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_run_that_is_killed_again_and_again_leaves_the_same_bytes(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", speeches(400))
    run(plan(source, size=10), job(MOTION, OTHER), out=tmp_path / "whole")
    out, chosen, killed = tmp_path / "killed", random.Random(7), 0
    finished: set[str] = set()
    for _ in range(8):
        command = [sys.executable, "-c", _SCRIPT, str(source), str(out)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            done = [int(child.stdout.readline())]
            # What was on the disk when the last one was killed is what this one begins with.
            assert done[0] == len(finished)
            for _ in range(chosen.randrange(4)):
                done += [int(line) for line in [child.stdout.readline()] if line]
            time.sleep(chosen.random() * 0.03)
            child.send_signal(signal.SIGKILL)
            child.wait()
            done += [int(line) for line in child.stdout]
        killed += child.returncode == -signal.SIGKILL
        if (out / "_blocks").is_dir():
            entries = {path.name for path in (out / "_blocks").glob("*.json")}
            assert entries >= finished
            # Each block is said to be done once it is on the disk, and at most one is unsaid.
            assert 0 <= len(entries) - done[-1] <= 1
            finished = entries
        if json.loads((out / "_manifest.json").read_bytes())["complete"]:
            break
    assert killed >= 5
    run(plan(source, size=10), job(MOTION, OTHER), out=out)
    assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_worker_that_is_killed_costs_no_row(tmp_path: Path) -> None:
    import multiprocessing

    source = write_jsonl(tmp_path / "in.jsonl", speeches(200))
    made, given = plan(source, size=20), job(MOTION)
    run(made, given, out=tmp_path / "one")
    killed: list[int] = []

    def kill_one(state: object) -> None:
        children = [child.pid for child in multiprocessing.active_children() if child.pid]
        if children and not killed:
            killed.append(children[0])
            os.kill(children[0], signal.SIGKILL)

    run(made, given, out=tmp_path / "two", workers=2, progress=kill_one)
    assert killed
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", speeches(3000))
    script = _SCRIPT.replace("progress=say", "progress=say, workers=2").replace(
        "\nrun(", "\nif __name__ == '__main__': run("
    )
    file = tmp_path / "script.py"
    file.write_text(script, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, str(file), str(source), str(tmp_path / "out")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child:
        child.stdout.readline()
        assert child.stdout.readline()
        workers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        assert len(workers) >= 2
        child.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while any(_alive(worker) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _alive(pid: str) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
