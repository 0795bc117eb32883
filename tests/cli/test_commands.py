from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from argmap.cli import serving
from argmap.nlp import ModelEntry
from argmap.projectfile import dumps
from argmap.records import Edit
from tests.browser.conftest import free_port
from tests.cli.running import ROOT, process, run
from tests.samples import sample_debate


def test_export_writes_a_table(tmp_path: Path) -> None:
    project, out = tmp_path / "project.json", tmp_path / "out.csv"
    project.write_text(dumps(sample_debate()), encoding="utf-8")
    result = run("export", project, "--to", "csv", "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode(), newline="")))
    assert [row["label"] for row in rows] == ["pro", "con", "unclear"]
    for arguments in ([], ["-o", "-"], ["--output", "-"]):
        printed = run("export", project, "--to", "csv", *arguments)
        assert printed.stdout_bytes == out.read_bytes()


def test_export_carries_corrections_and_the_table_follows_them(tmp_path: Path) -> None:
    edit = Edit.create("merge", sequence=1, time="t", speaker="p1", into="p2")
    project = tmp_path / "project.json"
    written = dumps(replace(sample_debate(), edits=(edit,)))
    project.write_text(written, encoding="utf-8")
    assert run("export", project, "--to", "json").stdout_bytes == written.encode()
    table = run("export", project, "--to", "csv").stdout_bytes.decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [(row["speaker"], row["corrected"]) for row in rows] == [
        ("The minister", "true"),
        ("The minister", "false"),
        ("", "false"),
    ]


def test_export_to_json_is_the_same_project_file() -> None:
    written = dumps(sample_debate())
    result = run("export", "-", "--to", "json", input=written.encode())
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes == written.encode()


def test_export_names_what_is_wrong(tmp_path: Path) -> None:
    project, out = tmp_path / "[b]project.json", tmp_path / "out.csv"
    value = json.loads(dumps(sample_debate()))
    value["statements"][1]["end"] = 9999
    project.write_text(json.dumps(value), encoding="utf-8")
    result = run("export", project, "--to", "csv", "-o", out)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"argmap: {project}: statements[1].end: 9999 is past")
    assert not out.exists()
    missing = run("export", tmp_path / "[i]none.json", "--to", "csv")
    assert missing.exit_code == 1
    assert missing.stderr == f"argmap: {tmp_path}/[i]none.json: No such file or directory\n"
    folder = run("export", tmp_path, "--to", "csv")
    assert (folder.exit_code, folder.stderr) == (1, f"argmap: {tmp_path}: Is a directory\n")


def test_export_refuses_a_format_that_it_does_not_know() -> None:
    result = run("export", "project.json", "--to", "[red]pdf")
    assert result.exit_code == 2
    assert "'[red]pdf' is not a format. Choose from html, md, outline, " in result.stderr


def test_models_list_shows_every_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entries = tuple(
        ModelEntry(
            id=name,
            title=f"The {name} model",
            task="stance",
            source="shipped",
            revision="0" * 64,
            licence="Apache-2.0",
            size_mb=22.4,
            available=here,
            default=here,
            note="Reads [English].",
            folder=tmp_path,
        )
        for name, here in (("small", True), ("large", False))
    )
    monkeypatch.setattr("argmap.nlp.registry.list_models", lambda: entries)
    result = run("models", "list")
    assert result.exit_code == 0, result.stderr
    _, small, large = (line.split() for line in result.stdout.splitlines())
    assert small[:6] == ["small", "stance", "22", "Apache-2.0", "yes", "yes"]
    assert " ".join(small[6:]) == "The small model. Reads [English]."
    assert large[:5] == ["large", "stance", "22", "Apache-2.0", "no"]


def test_serve_runs_the_dashboard_on_this_machine_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "app.py"
    page.write_text("")
    commands: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            commands.append(command)
            assert env["ARGMAP_SIGN_IN"] == "none"

        def wait(self, timeout: float | None = None) -> int:
            return 3

        def poll(self) -> int:
            return 3

    monkeypatch.setattr(serving, "app_file", lambda: page)
    monkeypatch.setattr("argmap.cli.serving.subprocess.Popen", Child)
    assert run("serve", "--no-browser", "--port", "8600").exit_code == 3
    assert run("serve").exit_code == 3
    first, second = commands
    assert first[1:5] == ["-m", "streamlit", "run", str(page)]
    options = dict(zip(first[5::2], first[6::2], strict=True))
    assert options == {
        "--server.address": "127.0.0.1",
        "--server.headless": "true",
        "--server.showEmailPrompt": "false",
        "--browser.gatherUsageStats": "false",
        "--server.port": "8600",
    }
    assert "--server.port" not in second
    assert second[second.index("--server.headless") + 1] == "false"


def test_serve_says_that_the_dashboard_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "app_file", lambda: tmp_path / "app.py")
    result = run("serve")
    assert result.exit_code == 1
    assert "The dashboard is missing" in result.stderr


@pytest.mark.parametrize(
    ("number", "to_group", "code"),
    [(signal.SIGINT, True, 0), (signal.SIGINT, False, 0), (signal.SIGTERM, False, 143)],
)
def test_serve_stopped_leaves_no_process_behind(
    number: signal.Signals, to_group: bool, code: int
) -> None:
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    script = (
        # Where the tests are a shell's background job, SIGINT is ignored from the start.
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from argmap.cli import serving, terminal\n"
        "serving._SECONDS_TO_STOP = 0.3\n"
        f"raise SystemExit(serving._run([sys.executable, '-c', {child!r}], {{}}))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
        (os.killpg if to_group else os.kill)(parent.pid, number)
        assert parent.wait(20) == code
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_first_start_asks_for_no_address(tmp_path: Path) -> None:
    # The README's own command, by somebody who has a screen and has never run Streamlit.
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "false"]
    own = {"HOME": str(tmp_path), "ARGMAP_HOME": str(tmp_path / "home"), "BROWSER": "/bin/true"}
    with (tmp_path / "told").open("w+") as told:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        try:
            until = time.monotonic() + 90
            while "URL: http" not in Path(told.name).read_text() and server.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.2)
        finally:
            server.terminate()
            server.wait(20)
    text = (tmp_path / "told").read_text()
    assert "URL: http" in text
    assert "Email" not in text


def _in_terminal(script: str) -> str:
    """What ``script`` writes to a standard error that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as child:
        os.close(theirs)
        written = b""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                block = os.read(ours, 4096)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not block:
                break
            written += block
    os.close(ours)
    assert child.returncode == 0, written
    return written.decode()


_WORK = (
    "import time\n"
    "from argmap.cli import serving, terminal\n"
    "terminal._SECONDS_BEFORE_PROGRESS = {before}\n"
    "with terminal.progress() as report:\n"
    "    report('Loading the models', 0, 0)\n"
    "    for done in range(4):\n"
    "        report('Judging [each] sentence', done, 4)\n"
    "        time.sleep(0.2)\n"
)


def test_progress_shows_stages_of_long_work_in_a_terminal() -> None:
    written = _in_terminal(_WORK.format(before=0.2))
    assert "Judging [each] sentence" in written
    assert "3/4" in written


def test_progress_of_short_work_is_not_shown() -> None:
    assert "Judging" not in _in_terminal(_WORK.format(before=30))


def test_progress_is_not_shown_outside_a_terminal() -> None:
    done = process(_WORK.format(before=0.0))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_output_to_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    project = tmp_path / "project.json"
    project.write_text(dumps(sample_debate()), encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "argmap.cli", "export", str(project), "--to", "csv"],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    os.close(writer)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
