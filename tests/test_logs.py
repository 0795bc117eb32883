"""The logs say what happened and hold no word of the user's."""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from argmap import cli, logs, nlp
from argmap.dashboard.jobs import Job, Report
from argmap.errors import SourceError
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder

ROOT = Path(__file__).resolve().parents[1]
#: Stands in every place that could hold a word of the user's.
MARK = "Zanzibarquux"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ARGMAP_LOG", "on")
    monkeypatch.delenv("ARGMAP_LOG_TEXT", raising=False)
    logs.configure()
    return tmp_path / "home"


def written(home: Path) -> list[dict[str, Any]]:
    path = home / "logs" / logs.FILE_NAME
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_event_is_one_line_with_its_fields(home: Path) -> None:
    logs.event("saved", session="m0123", seconds=0.25, statements=12, model=None)
    (line,) = written(home)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {"level": "info", "event": "saved", "session": "m0123", "seconds": 0.25,
                    "statements": 12}  # fmt: skip
    assert (home / "logs" / logs.FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_field_holds_only_what_its_name_says(home: Path) -> None:
    with pytest.raises(KeyError):
        logs.event("saved", title="x")
    logs.event("saved", session=f"{MARK} is a sentence.", statements=f"{MARK}")
    assert written(home)[0] | {"time": ""} == {
        "time": "", "level": "info", "event": "saved", "session": "withheld",
        "statements": "withheld",
    }  # fmt: skip


def raise_deep() -> None:
    note = f"{MARK} in a local value"
    try:
        raise FileNotFoundError(2, note, f"/home/{MARK}/secret.docx")
    except OSError as error:
        raise SourceError(f"{MARK}.docx", f"{MARK} cannot be read.", note) from error


def test_a_fault_has_its_places_and_kinds_and_no_message(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise_deep()
    except SourceError as error:
        found = logs.fault(error, kind="page")
        assert logs.fault(error) == found  # it is one fault, told twice
    (line,) = written(home)
    assert (line["event"], line["fault"], line["kind"]) == ("fault", found, "page")
    outer, inner = line["exception"]
    assert (outer["type"], inner["type"]) == (
        "argmap.errors.SourceError", "builtins.FileNotFoundError",
    )  # fmt: skip
    assert inner["errno"] == 2
    assert re.fullmatch(r".*test_logs\.py:\d+ raise_deep", outer["at"][-1])
    said = capsys.readouterr().err
    assert found in said
    assert MARK not in json.dumps(line) + said
    assert str(Path.home()) not in json.dumps(line)


def test_what_others_log_is_kept_without_its_words(home: Path) -> None:
    logging.getLogger("argmap.store.scores").warning("%s could not be used", f"/x/{MARK}")
    logging.getLogger("trafilatura").error("cannot parse %s", MARK)
    logging.getLogger("trafilatura").warning("nothing in %s", MARK)
    ours, other = written(home)
    assert ours["template"] == "%s could not be used"
    assert (other["logger"], "template" in other) == ("trafilatura", False)
    assert MARK not in json.dumps([ours, other])


def test_the_text_is_kept_where_it_is_asked_for_and_each_line_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_LOG_TEXT", "1")
    logging.getLogger("argmap.store.scores").warning("%s could not be used", MARK)
    try:
        raise_deep()
    except SourceError as error:
        logs.fault(error)
    said, fault = written(home)
    assert said["text"]["message"] == f"{MARK} could not be used"
    assert f"SourceError: {MARK}.docx" in fault["text"]["trace"]


def test_files_turn_over_and_no_more_than_a_few_stay(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 1000)
    for number in range(200):
        logs.event("saved", statements=number)
    files = sorted(path.name for path in (home / "logs").iterdir())
    assert files == [logs.FILE_NAME, *(f"{logs.FILE_NAME}.{n}" for n in (1, 2, 3))]
    assert all((home / "logs" / name).stat().st_size <= 1000 for name in files)
    assert written(home)[-1]["statements"] == 199


def test_work_goes_on_where_no_log_can_be_written(home: Path) -> None:
    home.mkdir()
    (home / "logs").write_text("a file in the way")
    logs.event("saved", statements=1)
    assert (home / "logs").read_text() == "a file in the way"


def test_logging_can_be_turned_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_LOG", "off")
    logs.event("saved", statements=1)
    assert not home.exists()


def test_every_template_in_the_code_is_words_of_our_own() -> None:
    """What is kept of a record is its first argument, so that must stand in the code."""
    kinds = ("debug", "info", "warning", "error", "exception", "critical")
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "argmap").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "logger", "logging")
        and node.func.attr in kinds
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert wrong == []


def run(*arguments: str | Path, input: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, [str(a) for a in arguments], input=input)
    return done.exit_code, done.stderr


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "load_classifier", lambda model_id=None, **_: FakeClassifier())
    monkeypatch.setattr(nlp, "load_point_encoder", FakeEncoder)
    monkeypatch.setattr(nlp, "load_attributor", FakeAttributor)
    monkeypatch.setattr(nlp, "load_relation_classifier", FakeClassifier)


@pytest.mark.usefixtures("fakes")
def test_the_command_line_leaves_no_word_of_the_users_in_the_log(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / f"{MARK}.txt"
    article.write_text(f"{MARK} must be free, said Ann {MARK}. Nurses of {MARK} deserve more pay.")
    motion = f"{MARK} should be free."
    out = tmp_path / f"{MARK}.json"
    assert run("map", article, "--motion", motion, "--json", out, "--title", MARK)[0] == 0
    assert run("map", tmp_path / f"{MARK}.pdf", "--motion", motion)[0] == 1
    assert run("map", article, "--motion", f"{MARK}")[0] != 0
    assert run("export", article, "--to", "csv")[0] == 1
    assert run("map", f"http://127.0.0.1:9/?q={MARK}", "--motion", motion)[0] == 1

    def broken(**_: object) -> None:
        raise ValueError(f"{MARK} broke it")

    monkeypatch.setattr(nlp, "load_point_encoder", broken)
    code, said = run("map", article, "--motion", motion)
    assert code == 1
    assert "Traceback" not in said
    lines = written(home)
    (fault,) = [line for line in lines if line["event"] == "fault"]
    assert f"named {fault['fault']}" in said
    assert fault["exception"][0]["type"] == "builtins.ValueError"
    (mapped,) = [line for line in lines if line["event"] == "mapped"]
    assert (mapped["sources"], mapped["motions"]) == (1, 1)
    ends = [line["code"] for line in lines if line["event"] == "command"]
    assert ends[0] == 0
    assert 0 not in ends[1:]
    held = b"".join(path.read_bytes() for path in (home / "logs").iterdir())
    assert MARK.encode() not in held


def test_a_job_that_fails_names_its_fault_and_logs_no_title(home: Path) -> None:
    def work(report: Report) -> str:
        raise KeyError(f"{MARK} is not there")

    job = Job(f"Debate on {MARK}", work)
    job.wait(5)
    fault, ended = written(home)
    assert job.error is not None
    assert f"named {fault['fault']} in the log" in job.error
    assert (ended["event"], ended["state"]) == ("job", "failed")
    assert MARK not in json.dumps([fault, ended])
