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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

import argmap
from argmap import cli, nlp
from argmap.errors import ModelError
from argmap.nlp import FakeClassifier, FakeEncoder, ModelEntry
from argmap.projectfile import dumps, loads
from argmap.stance import THRESHOLD
from tests.samples import sample_debate

ROOT = Path(__file__).parents[1]
MOTION = "Nurses should receive a larger pay rise."
ARTICLE = (
    "Pay talks stall\n\n"
    "Nurses deserve a larger pay rise, the union leader Ann Adeyemi said. "
    "“A larger rise is not affordable,” the minister John Smith said.\n\n"
    "The talks began on Monday in London.\n"
)
OTHER = (
    "A letter to the editor\n\n"
    "The health service cannot keep its nurses without a rise. "
    "Higher pay would help hospitals to recruit.\n"
)


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "load_classifier", lambda model_id=None: FakeClassifier())
    monkeypatch.setattr(nlp, "load_encoder", FakeEncoder)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=input)


def parsed(path: Path) -> dict[str, Any]:
    loads(path.read_bytes())
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def process(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["map", "--help"], ["export", "--help"], ["serve", "--help"]]
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = process(
        "import sys\n"
        "from argmap.cli import app\n"
        "try:\n"
        f"    app({arguments!r})\n"
        "except SystemExit as stop:\n"
        "    assert stop.code == 0\n"
        "heavy = {'torch', 'transformers', 'streamlit', 'pandas', 'sklearn', 'sqlalchemy', "
        "'plotly', 'trafilatura', 'numpy'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    assert done.stderr == ""
    assert "Usage:" in done.stdout
    assert done.stdout.endswith("LOADED []\n")


def test_version_is_the_package_s() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"argmap {argmap.__version__}\n")


def test_map_writes_a_project_file(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("map", article, "--motion", f"pay={MOTION}", "--json", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    value = parsed(out)
    assert [topic["id"] for topic in value["topics"]] == ["pay"]
    assert value["topics"][0]["motion"] == MOTION
    assert value["title"] == value["documents"][0]["title"]
    assert value["run"]["settings"]["threshold"] == THRESHOLD
    labels = {
        statement["text"]: stance["label"]
        for statement, stance in zip(value["statements"], value["stances"], strict=True)
    }
    assert labels["The talks began on Monday in London."] == "none"
    assert {"pro", "con"} <= set(labels.values())


def test_map_summarises_on_standard_error(article: Path, tmp_path: Path) -> None:
    result = run("map", article, "--motion", MOTION, "--json", tmp_path / "out.json")
    assert result.stderr.startswith("1 document, ")
    assert MOTION in result.stderr
    assert "50% for" in result.stderr
    assert "\x1b" not in result.stderr


def test_map_prints_the_project_file_by_default(article: Path, tmp_path: Path) -> None:
    run("map", article, "--motion", MOTION, "--json", tmp_path / "out.json")
    for arguments in ([], ["--json", "-"]):
        result = run("map", article, "--motion", MOTION, *arguments)
        assert result.exit_code == 0
        assert result.stdout_bytes == (tmp_path / "out.json").read_bytes()


def test_map_reads_several_files_on_several_motions(article: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "letter.txt", tmp_path / "out.json"
    other.write_text(OTHER, encoding="utf-8")
    motions = ("--motion", MOTION, "--motion", "talk=The talks should go on.")
    result = run("map", article, other, *motions, "--json", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("2 documents, ")
    value = parsed(out)
    assert len(value["stances"]) == 2 * len(value["statements"])
    assert value["topics"][1]["id"] == "talk"
    assert value["title"] == f"{value['documents'][0]['title']} and 1 more"
    assert len({statement["document"] for statement in value["statements"]}) == 2


def test_map_reads_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("map", "-", "--motion", MOTION, "--json", out, input=ARTICLE.encode())
    assert result.exit_code == 0, result.stderr
    assert "“A larger rise is not affordable,”" in parsed(out)["documents"][0]["text"]
    twice = run("map", "-", "-", "--motion", MOTION, input=ARTICLE)
    assert twice.exit_code == 2
    assert "standard input once" in twice.stderr


@pytest.mark.parametrize(
    ("typed", "name", "motion"),
    [
        (f"pay={MOTION}", "pay", MOTION),
        (f" pay-2.b = {MOTION}", "pay-2.b", MOTION),
        ("We should say that 2+2=4.", None, "We should say that 2+2=4."),
        ("sum=We should say that 2=2.", "sum", "We should say that 2=2."),
        ("[red]nurses deserve more[/red]", None, "[red]nurses deserve more[/red]."),
    ],
)
def test_map_motions_may_be_named(
    typed: str, name: str | None, motion: str, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    result = run("map", article, "--motion", typed, "--json", out)
    assert result.exit_code == 0, result.stderr
    (topic,) = parsed(out)["topics"]
    assert topic["motion"] == motion
    assert topic["id"] == (name or argmap.records.content_id("t", motion))
    assert motion in result.stderr


@pytest.mark.parametrize(
    ("motions", "code", "message"),
    [
        ([], 2, "Missing option '--motion'"),
        (["Nurses"], 1, "too short"),
        (["pay="], 1, "empty"),
        (["pay=Should nurses be paid more?"], 1, "is a question"),
        ([MOTION, MOTION], 2, "the id of a motion before it"),
        ([f"pay={MOTION}", "pay=Nurses should strike."], 2, "a motion before it, pay"),
    ],
)
def test_map_refuses_motions_of_no_use(
    motions: list[str], code: int, message: str, article: Path
) -> None:
    options = [part for motion in motions for part in ("--motion", motion)]
    result = run("map", article, *options)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("address", ["https://news.example/pay", "HTTP://[::1]/", "ftp://a/b"])
def test_map_says_that_addresses_are_not_read(address: str) -> None:
    result = run("map", address, "--motion", MOTION)
    assert result.exit_code == 1
    assert result.stderr == (
        f"argmap: {address}: Web addresses are not read yet. "
        "Save the page in your browser and name the saved file.\n"
    )


def test_map_with_an_unreadable_file_writes_nothing(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    empty, binary = tmp_path / "empty.txt", tmp_path / "[bold]noise[bold].txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 8)
    missing = tmp_path / "[red]missing.txt"
    result = run("map", empty, article, binary, missing, "--motion", MOTION, "--json", out)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 3
    for path, line in zip((empty, binary, missing), result.stderr.splitlines(), strict=True):
        assert line.startswith("argmap: ")
        assert path.name in line
    assert result.stdout == ""
    assert out.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == sorted([article, out, empty, binary])


def test_map_of_documents_without_a_sentence_writes_nothing(tmp_path: Path) -> None:
    bare, out = tmp_path / "bare.txt", tmp_path / "out.json"
    bare.write_text("Contents\n\nTables\n", encoding="utf-8")
    result = run("map", bare, "--motion", MOTION, "--json", out)
    assert result.exit_code == 1
    assert "No sentence was found" in result.stderr
    assert not out.exists()


def test_map_refuses_one_document_twice(article: Path) -> None:
    result = run("map", article, article, "--motion", MOTION)
    assert result.exit_code == 1
    assert f"The same document as {article}. Name each document once." in result.stderr


def test_map_finds_out_at_once_that_it_could_not_write(article: Path, tmp_path: Path) -> None:
    for target, message in (
        (tmp_path, "This is a folder"),
        (tmp_path / "none" / "out.json", "There is no such folder"),
        (article, "This is one of the documents"),
    ):
        result = run("map", article, "--motion", MOTION, "--json", target)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"argmap: {target}: {message}")
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_map_takes_threshold_title_and_model(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def load(model_id: str | None = None) -> FakeClassifier:
        asked.append(model_id)
        return FakeClassifier()

    monkeypatch.setattr(nlp, "load_classifier", load)
    out = tmp_path / "out.json"
    options = ("--threshold", "0.99", "--title", "Pay [2024]", "--model", "other")
    result = run("map", article, "--motion", MOTION, "--json", out, *options)
    assert result.exit_code == 0, result.stderr
    value = parsed(out)
    assert value["title"] == "Pay [2024]"
    assert value["run"]["settings"]["threshold"] == 0.99
    assert {stance["label"] for stance in value["stances"]} == {"unclear"}
    assert "no side taken" in result.stderr
    assert asked == ["other"]


def test_map_help_tells_the_threshold_that_is_used() -> None:
    assert f"{THRESHOLD} unless given" in " ".join(run("map", "--help").stdout.split())


@pytest.mark.parametrize("value", ["nan", "1.5", "-0.1", "half"])
def test_map_refuses_a_threshold_that_is_no_probability(value: str, article: Path) -> None:
    result = run("map", article, "--motion", MOTION, "--threshold", value)
    assert result.exit_code == 2
    assert "--threshold" in result.stderr


def test_map_tells_a_missing_model_in_one_line(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(model_id: str | None = None) -> FakeClassifier:
        raise ModelError(f"There is no model {model_id}.\nKnown: \x1b[31mone.")

    monkeypatch.setattr(nlp, "load_classifier", load)
    result = run("map", article, "--motion", MOTION, "--model", "[x]")
    assert result.exit_code == 1
    assert result.stderr == "argmap: There is no model [x]. Known: \ufffd[31mone.\n"


def test_map_interrupted_leaves_nothing_behind(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(FakeClassifier):
        def predict_proba(
            self, pairs: Sequence[tuple[str, str]], *, progress: nlp.Progress | None = None
        ) -> np.ndarray[Any, np.dtype[np.float32]]:
            raise KeyboardInterrupt

    monkeypatch.setattr(nlp, "load_classifier", lambda model_id=None: Interrupted())
    out = tmp_path / "out.json"
    result = run("map", article, "--motion", MOTION, "--json", out)
    assert result.exit_code == 130
    assert result.stderr == "argmap: Stopped.\n"
    assert list(tmp_path.iterdir()) == [article]


def test_map_gives_the_same_bytes_in_every_process(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text(OTHER, encoding="utf-8")
    script = (
        "from argmap import nlp\n"
        "from argmap.cli import app\n"
        "nlp.load_classifier = lambda model_id=None: nlp.FakeClassifier()\n"
        "nlp.load_encoder = nlp.FakeEncoder\n"
        f"app(['map', {str(article)!r}, {str(other)!r}, '--motion', {MOTION!r}, '--motion', "
        "'strike=Nurses should strike for a rise.'])\n"
    )
    first, second = (process(script, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert len(loads(first.stdout).stances) > 4


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
    assert "'[red]pdf' is not a format. Choose from json, csv." in result.stderr


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
        def __init__(self, command: list[str]) -> None:
            commands.append(command)

        def wait(self, timeout: float | None = None) -> int:
            return 3

        def poll(self) -> int:
            return 3

    monkeypatch.setattr(cli, "app_file", lambda: page)
    monkeypatch.setattr("argmap.cli.subprocess.Popen", Child)
    assert run("serve", "--no-browser", "--port", "8600").exit_code == 3
    assert run("serve").exit_code == 3
    first, second = commands
    assert first[1:5] == ["-m", "streamlit", "run", str(page)]
    options = dict(zip(first[5::2], first[6::2], strict=True))
    assert options == {
        "--server.address": "127.0.0.1",
        "--server.headless": "true",
        "--browser.gatherUsageStats": "false",
        "--server.port": "8600",
    }
    assert "--server.port" not in second
    assert second[second.index("--server.headless") + 1] == "false"


def test_serve_says_that_the_dashboard_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "app_file", lambda: tmp_path / "app.py")
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
        "import sys\n"
        "from argmap import cli\n"
        "cli._SECONDS_TO_STOP = 0.3\n"
        f"raise SystemExit(cli._run([sys.executable, '-c', {child!r}]))\n"
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
    "from argmap import cli\n"
    "cli._SECONDS_BEFORE_PROGRESS = {before}\n"
    "with cli._progress() as report:\n"
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
