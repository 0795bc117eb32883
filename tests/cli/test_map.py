from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import argmap
from argmap import nlp
from argmap.errors import ModelError
from argmap.nlp import FakeClassifier
from argmap.projectfile import loads
from argmap.stance import THRESHOLD, USES
from argmap.stance.calibration import TARGETS
from tests.cli.running import ARTICLE, MOTION, OTHER, parsed, process, run
from tests.sources.misbehaving import answer, serving


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


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (
            "HTTP://[::1]/",
            "http://[::1]/: it leads to this machine, to a private network",
        ),
        ("ftp://a/b", "ftp://a/b: only addresses that begin with https:// or http:// are fetched"),
    ],
)
def test_map_refuses_addresses_that_are_not_of_the_public_web(address: str, problem: str) -> None:
    result = run("map", address, "--motion", MOTION)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"argmap: {problem}")
    assert result.stdout == ""


def test_map_reads_a_web_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.json"
    with serving() as site:
        monkeypatch.setattr("argmap.sources.fetching.Network", site.network)
        site.pages["/pay"] = answer(ARTICLE, media="text/plain")
        result = run("map", site.url("/pay"), "--motion", f"pay={MOTION}", "--json", out)
        assert result.exit_code == 0, result.stderr
        (document,) = parsed(out)["documents"]
        assert document["url"] == site.url("/pay")
        assert document["outlet"] == "news.example"
        site.pages["/pay"] = answer("no", status="403 Forbidden")
        failed = run("map", site.url("/pay"), "--motion", MOTION)
    assert failed.exit_code == 1
    assert "save the page, and load the file" in failed.stderr


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

    def load(model_id: str | None = None, **_: object) -> FakeClassifier:
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


def test_map_help_tells_what_each_use_promises() -> None:
    told = " ".join(run("map", "--help").stdout.split())
    for use in USES:
        assert f"{round(1 / TARGETS[use])}" in told and use in told
    assert "1 in 5 for/against labels wrong (exploring" in told


@pytest.mark.parametrize("value", ["nan", "1.5", "-0.1", "half"])
def test_map_refuses_a_threshold_that_is_no_probability(value: str, article: Path) -> None:
    result = run("map", article, "--motion", MOTION, "--threshold", value)
    assert result.exit_code == 2
    assert "--threshold" in result.stderr


def test_map_tells_a_missing_model_in_one_line(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(model_id: str | None = None, **_: object) -> FakeClassifier:
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
            self,
            pairs: Sequence[tuple[str, str]],
            *,
            contexts: Sequence[str] | None = None,
            progress: nlp.Progress | None = None,
        ) -> np.ndarray[Any, np.dtype[np.float32]]:
            raise KeyboardInterrupt

    monkeypatch.setattr(nlp, "load_classifier", lambda model_id=None, **_: Interrupted())
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
        "nlp.load_classifier = lambda model_id=None, **_: nlp.FakeClassifier()\n"
        "nlp.load_point_encoder = nlp.FakeEncoder\n"
        "nlp.load_attributor = nlp.FakeAttributor\n"
        "nlp.load_relation_classifier = nlp.FakeClassifier\n"
        f"app(['map', {str(article)!r}, {str(other)!r}, '--motion', {MOTION!r}, '--motion', "
        "'strike=Nurses should strike for a rise.'])\n"
    )
    first, second = (process(script, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert len(loads(first.stdout).stances) > 4
