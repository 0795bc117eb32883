"""The same rows from Ray, an actor that dies, and what Ray opens to the network."""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from argmap.batch import State, run
from argmap.batch.cluster import judge_on_ray
from argmap.errors import InputError
from tests.batch.inputs import MOTION, OTHER, job, plan, speeches, tree, write_jsonl, write_parquet
from tests.cli.running import process


def test_without_ray_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    made = plan(write_jsonl(tmp_path / "in.jsonl", speeches(4)))
    with pytest.raises(InputError, match=r"pip install 'argmap\[ray\]'"):
        next(judge_on_ray(made.blocks, job(), out=tmp_path, workers=1))


def below() -> dict[int, bytes]:
    """Processes below this one, with their command lines."""
    found: dict[int, bytes] = {os.getpid(): b""}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if parent in found:
                found[int(path.name)] = (path / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
    return found


def actors() -> list[int]:
    return [
        pid for pid, command in below().items()
        if command.startswith(b"ray::") and b"MapBatches" in command
    ]  # fmt: skip


def listening() -> set[tuple[str, int]]:
    """Address, as the kernel writes it, and port of every TCP socket on which those listen."""
    held = set()
    for pid in below():
        try:
            held |= {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir()}
        except OSError:
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and f"socket:[{cells[9]}]" in held:
                address, port = cells[1].split(":")
                found.add((address, int(port, 16)))
    return found


_LOOPBACK = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


# Found, not imported: what keeps Ray to the loopback address is read when it is imported.
@pytest.mark.ray
@pytest.mark.skipif(find_spec("ray") is None, reason="the optional extra ray is not installed")
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into /proc")
def test_ray_gives_the_same_bytes_though_an_actor_dies(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", speeches(150))
    write_parquet(folder / "b.parquet", speeches(60))
    (folder / "damaged.xml").write_text("<publicwhip><speech", encoding="utf-8")
    made, given = plan(folder, size=20), job(MOTION, OTHER)
    run(made, given, out=tmp_path / "one")
    before, opened, killed = listening(), set[tuple[str, int]](), []

    def kill_one(state: State) -> None:
        opened.update(listening() - before)
        if state.done and not killed and (running := actors()):
            killed.append(running[0])
            os.kill(running[0], signal.SIGKILL)

    run(made, given, out=tmp_path / "two", engine="ray", workers=2, progress=kill_one)
    assert len(killed) == 1
    assert tree(tmp_path / "two") == tree(tmp_path / "one")
    assert opened
    assert {address for address, _ in opened} <= _LOOPBACK
    assert 8265 not in {port for _, port in opened}  # its dashboard


def test_planning_a_run_imports_no_ray() -> None:
    done = process(
        "import sys\nimport argmap.batch\n"
        "print(sorted({'ray', 'pyarrow', 'torch'} & set(sys.modules)))"
    )
    assert done.stdout == "[]\n"
