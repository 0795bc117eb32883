"""The command line on real files with the shipped model, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from argmap import projectfile
from argmap.resources import corpus_dir

pytestmark = pytest.mark.model

PAY = "pay=Nurses in England should receive a larger pay rise."
STRIKE = "strike=Nurses should go on strike."

# What several people say in much the same words is one point.
LETTERS = """Letters on pay

Nurses should be paid more, because higher pay would help hospitals to recruit and keep nurses.

Better pay for nurses would help hospitals to recruit more nurses and to keep those they have.

Paying nurses more would make it easier for hospitals to recruit and keep enough nurses.

Hospitals would find it easier to recruit and to keep nurses if nurses were paid more.
"""


def run(*arguments: str, seed: str, home: Path) -> subprocess.CompletedProcess[str]:
    # No network address can be reached through this proxy: a download would fail, not hang.
    nowhere = "http://127.0.0.1:9"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "ARGMAP_HOME": str(home)}
    environment |= {"https_proxy": nowhere, "http_proxy": nowhere, "no_proxy": ""}
    environment.pop("HF_HUB_OFFLINE", None)
    return subprocess.run(
        [sys.executable, "-m", "argmap.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("mapped")
    sources = [str(corpus_dir() / "nurse-pay" / name)
               for name in ("strike-days-near.md", "northmere-assembly.md")]  # fmt: skip
    letters = folder / "letters.txt"
    letters.write_text(LETTERS, encoding="utf-8")
    sources.append(str(letters))
    outs = (folder / "one.json", folder / "two.json")
    for seed, out in zip(("1", "2"), outs, strict=True):
        options = ["--motion", PAY, "--motion", STRIKE, "--json", str(out)]
        done = run("map", *sources, *options, seed=seed, home=folder)
        assert done.returncode == 0, done.stderr
    return outs


def test_the_same_input_gives_the_same_bytes(mapped: tuple[Path, Path]) -> None:
    assert mapped[0].read_bytes() == mapped[1].read_bytes()


def test_the_project_file_keeps_the_contract(mapped: tuple[Path, Path]) -> None:
    project = json.loads(mapped[0].read_text(encoding="utf-8"))
    texts = {document["id"]: document["text"] for document in project["documents"]}
    speakers = {speaker["id"]: speaker["name"] for speaker in project["speakers"]}
    assert len(project["statements"]) > 40
    for statement in project["statements"]:
        exact = texts[statement["document"]][statement["start"] : statement["end"]]
        assert statement["text"] == exact
        assert statement["speaker"] is None or statement["speaker"] in speakers
        assert {"method", "cue", "confidence", "reported"} <= statement["attribution"].keys()
    assert len(project["stances"]) == 2 * len(project["statements"])
    assert {stance["topic"] for stance in project["stances"]} == {"pay", "strike"}
    assert {"Pat Cullen", "Steve Barclay"} <= set(speakers.values())
    assert project["key_points"]
    assert projectfile.loads(mapped[0].read_text(encoding="utf-8")).topics[0].id == "pay"


def test_a_table_comes_out_of_the_project_file(mapped: tuple[Path, Path]) -> None:
    done = run("export", str(mapped[0]), "--to", "csv", seed="1", home=mapped[0].parent)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 80
