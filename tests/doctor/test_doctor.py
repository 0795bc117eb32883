"""The page for a bug report: true of a sound installation and of each broken one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from argmap import cli, doctor, logs, nlp, resources
from argmap.doctor import Finding, as_text, data, examine, findings, models, worst
from argmap.errors import ModelError
from argmap.nlp import registry
from argmap.nlp.backbone import bytes_sha256
from argmap.store import Store
from tests.samples import sample_debate

MARK = "Zanzibarquux"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ARGMAP_HOME", str(folder))
    monkeypatch.delenv("ARGMAP_DATABASE_URL", raising=False)
    monkeypatch.delenv("ARGMAP_LOG_TEXT", raising=False)
    return folder


@pytest.fixture(autouse=True)
def no_models(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing every model takes a good part of a second: only tests of that do it."""
    if "with_models" not in request.fixturenames:
        for check in ("present", "measurements"):
            monkeypatch.setattr(doctor.models, check, lambda *_: iter(()))


@pytest.fixture
def with_models() -> None:
    """Asked for by the tests that look at the models."""


@pytest.fixture
def filled(home: Path) -> Path:
    with Store() as store:
        store.save(sample_debate(title=MARK))
    return home


def named(name: str, *, topic: str = "") -> Finding:
    return next(f for f in examine(speed=False) if f.name == name and topic in ("", f.topic))


@pytest.mark.usefixtures("with_models")
def test_a_sound_installation_has_nothing_wrong(filled: Path) -> None:
    told: list[tuple[str, int, int]] = []
    found = examine(speed=False, progress=lambda *step: told.append(step))
    assert [f for f in found if f.state == "wrong"] == []
    page = as_text(found)
    lines = ("argmap ", "Python", "torch", "streamlit", "minilm-stance", "free disk",
             "auto takes", "1 debates, 0 deleted", "every check passed", "Chromium")  # fmt: skip
    assert [line for line in lines if line not in page] == []
    assert page.endswith(("Result: nothing wrong.\n", "Result: nothing wrong, 1 to look at.\n",
                          "Result: nothing wrong, 2 to look at.\n"))  # fmt: skip
    assert MARK not in page
    assert {step[0] for step in told} == {"Hashing the models", "Reading the database"}


def test_nothing_is_written_by_looking(home: Path, filled: Path) -> None:
    def state() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in home.rglob("*.db") if p.is_file()}

    before = state()
    examine(speed=False)
    assert state() == before
    assert sorted(p.name for p in home.iterdir() if "db" not in p.name) == []


def test_the_users_own_folder_is_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    page = as_text(examine(speed=False))
    assert str(tmp_path) not in page
    assert "~/home" in page


@pytest.mark.usefixtures("with_models")
def test_a_model_that_was_changed_or_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "models"
    shutil.copytree(resources.models_dir(), copy)
    monkeypatch.setattr(registry, "models_dir", lambda: copy)
    weights = copy / "stance" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    (copy / "points" / "model.safetensors").unlink()
    found = {f.name: f for f in examine(speed=False) if f.topic == "Models"}
    assert found["minilm-stance"].state == found["minilm-points"].state == "wrong"
    assert "is not the registered file" in found["minilm-stance"].value
    assert found["minilm-points"].remedy == "Fetch the project again, with its models."
    assert found["minilm-relations"].state == "ok"


@pytest.mark.usefixtures("with_models")
def test_a_missing_registry_is_a_finding_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "models_dir", lambda: tmp_path)
    found = named("models")
    assert (found.state, found.value) == ("wrong", "could not be examined (ModelError)")


@pytest.mark.usefixtures("with_models")
def test_a_folder_of_the_users_is_not_named(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / MARK
    mine.mkdir()
    (mine / "model.safetensors").write_bytes(b"weights")
    home.mkdir()
    row = {"id": MARK, "title": MARK, "task": "stance", "source": "folder", "licence": "x",
           "folder": str(mine), "sha256": bytes_sha256(b"others"), "size_mb": 1,
           "note": ""}  # fmt: skip
    (home / "models.json").write_text(json.dumps({"models": [row]}))
    found = named("a folder of your own")
    assert (found.state, found.value) == ("wrong", "its files changed since it was added")
    assert MARK not in as_text(examine(speed=False))


class Judge:
    """A stance model that answers ``columns`` in turn."""

    model_id, revision = "judge", "0"

    def __init__(self, columns: Sequence[int]) -> None:
        self._columns = columns

    def predict_proba(self, pairs: Sequence[tuple[str, str]], **_: object) -> NDArray[np.float32]:
        rows = [self._columns[n % len(self._columns)] for n in range(len(pairs))]
        return np.eye(3, dtype=np.float32)[rows]


def test_the_speed_is_measured_and_the_answers_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nlp, "load_classifier", lambda: Judge((0, 1, 2)))
    speed, plain = models.speed(lambda *_: None)
    assert "sentences a second on 96" in speed.value
    assert (plain.state, plain.value) == ("ok", "3 of 3 judged as anyone would")
    monkeypatch.setattr(nlp, "load_classifier", lambda: Judge((0,)))
    assert [f.state for f in models.speed(lambda *_: None)][1] == "wrong"

    def missing() -> None:
        raise ModelError("The model is missing.")

    monkeypatch.setattr(nlp, "load_classifier", missing)
    (only,) = models.speed(lambda *_: None)
    assert (only.state, only.remedy) == ("wrong", "The model is missing.")


def test_a_damaged_database_is_wrong_with_a_remedy(filled: Path) -> None:
    with Store() as store:
        (info,) = store.sessions()
    with closing(sqlite3.connect(filled / "argmap.db")) as raw:
        raw.execute("UPDATE sessions SET payload = x'00'")
        raw.commit()
    found = named("whole")
    assert (found.state, found.value) == (
        "wrong", f"{info.id}: The debate cannot be unpacked.",
    )  # fmt: skip
    (filled / "argmap.db").write_bytes(b"no database at all" * 300)
    for rest in ("-wal", "-shm"):
        (filled / f"argmap.db{rest}").unlink(missing_ok=True)
    found = named("kind", topic="Database")
    assert found.state == "wrong"
    assert "damaged" in found.value
    assert "argmap restore" in found.remedy


def test_a_database_of_a_newer_version_asks_for_an_update(filled: Path) -> None:
    with closing(sqlite3.connect(filled / "argmap.db")) as raw:
        raw.execute("UPDATE argmap_schema SET version = 99")
        raw.commit()
    found = named("version", topic="Database")
    assert (found.state, found.remedy) == ("wrong", "Update Argument Mapper.")


def test_a_locked_database_is_to_be_looked_at(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.store.integrity._TIMEOUT", 0.05)
    with closing(sqlite3.connect(filled / "argmap.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        found = named("kind", topic="Database")
    assert (found.state, found.value) == (
        "look",
        "SQLite: the database is locked by another program.",
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_or_a_folder_without_write_access_is_wrong(
    filled: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(data.tempfile, "TemporaryFile", refuse)
    found = named("writing")
    assert (found.state, found.value) == ("wrong", f"cannot be written to: {os.strerror(number)}")
    assert named("whole").state == "ok"


def test_little_room_is_told_before_it_is_too_late(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(filled)
    for free, state in ((10**9, "ok"), (4 * 10**8, "look"), (10**7, "wrong")):
        monkeypatch.setattr(data.shutil, "disk_usage", lambda _, f=free: usage._replace(free=f))
        assert named("free disk").state == state


def test_a_file_in_the_place_of_the_folder_is_wrong(home: Path) -> None:
    home.write_text("in the way")
    assert named("kind", topic="Data folder").state == "wrong"


def test_the_last_backup_and_the_lack_of_one_are_told(filled: Path) -> None:
    assert named("backup").remedy == "Make one: argmap backup"
    (filled / "backups").mkdir()
    (filled / "backups" / f"{MARK}.db").write_bytes(b"x" * 2000)
    os.utime(filled / "backups" / f"{MARK}.db", (1_780_000_000, 1_780_000_000))
    found = named("backup")
    assert found.value == "the last of 2026-05-28 20:26 UTC, 1 files, 2 kB"


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        found = next(f for f in examine(speed=False, port=number) if f.name == f"port {number}")
    assert found.state == "look"


def test_the_last_fault_is_told_by_its_places(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_LOG", "on")
    logs.configure()
    try:
        raise ZeroDivisionError(MARK)
    except ZeroDivisionError as error:
        name = logs.fault(error)
    found = named("last fault")
    assert found.value.startswith(f"{name} of 20")
    assert "builtins.ZeroDivisionError at" in found.value
    assert MARK not in found.value
    monkeypatch.setenv("ARGMAP_LOG_TEXT", "1")
    assert named("logs").state == "look"


def test_a_check_that_breaks_is_a_finding_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise RuntimeError(MARK)

    monkeypatch.setattr(doctor.data, "cache", broken)
    found = {f.name: f for f in examine(speed=False)}
    assert found["cache"].value == "could not be examined (RuntimeError)"
    assert "Chromium" in found


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, ["doctor", "--no-speed", *arguments])
    return done.exit_code, done.stdout


def test_the_command_ends_with_one_where_something_is_wrong(home: Path) -> None:
    code, page = run()
    assert (code, page.splitlines()[0][:15]) == (0, "Argument Mapper")
    code, told = run("--json")
    assert code == 0
    assert {"topic", "name", "value", "state", "remedy"} == set(json.loads(told)["findings"][0])
    home.write_text("in the way")
    code, told = run("--json")
    assert (code, json.loads(told)["state"]) == (1, "wrong")
    assert worst([Finding("a", "b", "c", "look")]) == "look"


def test_the_page_has_one_line_a_finding_whatever_it_holds() -> None:
    page = as_text([Finding("T", "n", "a\nb\x0bc", "wrong", "do\nthis")])
    assert "  wrong n                      a b c\n" in page
    assert "> do this\n" in page
    assert findings.size(999) == "1 kB"
    assert findings.size(2_500_000_000) == "2.5 GB"
