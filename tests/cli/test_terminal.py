"""What a command prints of a document cannot steer the terminal it is printed on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from argmap.cli import terminal
from argmap.projectfile import dumps
from tests.cli.running import run
from tests.dashboard.debates import make_debate

#: Begins a link, rings, clears, retitles the window, turns the line round: as long as "Nurses".
STEER = "\x1b]8;;\x07"
NAMES = (
    "\x1b[2JAnn",
    "\x1b]0;owned\x07",
    "\x9b31mBo",
    "\u202eyC\u202c",
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    text = dumps(make_debate(title=f"{STEER} pay", names=NAMES))
    raw = json.loads(text.replace("Nurses", json.dumps(STEER)[1:-1]))
    raw["documents"][0]["url"] = f"https://news.example/{STEER}"
    path = tmp_path / "debate.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("tree", "{}"),
        ("tree", "{}", "--topic", STEER),
        ("strength", "{}"),
        ("corrections", "{}"),
        ("compare", "{}", NAMES[0], NAMES[2], "--by", "speaker"),
        ("compare", "{}", f"{STEER} nobody", "x", "--by", "speaker"),
        ("diff", "{}", "{}"),
        ("explain", "{}", STEER),
        ("import", "{}", "--json", "/nowhere/x.json"),
        ("export", "{}", "--to", STEER),
        ("export", f"{STEER}.json", "--to", "csv"),
        ("map", f"{STEER}.txt", "--motion", f"{STEER} should be free."),
        ("models", "check", STEER),
        ("models", "remove", STEER),
    ],
    ids=lambda command: " ".join(command[:2]).encode("ascii", "replace").decode(),
)
def test_no_control_reaches_the_terminal(project: Path, command: tuple[str, ...]) -> None:
    done = run(*(str(project) if part == "{}" else part for part in command))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.output.strip()
    found = CONTROL.findall(done.output)
    assert found == [], [line for line in done.output.splitlines() if CONTROL.search(line)][:3]


@pytest.mark.parametrize("form", ["citations", "csv", "md", "outline"])
def test_a_file_that_is_printed_on_a_terminal_is_tamed_and_a_pipe_gets_it_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    whole = run("export", project, "--to", form).stdout
    monkeypatch.setattr(terminal, "_is_terminal", lambda: True)
    shown = run("export", project, "--to", form).stdout
    assert CONTROL.findall(shown) == []
    assert len(shown.splitlines()) == len(whole.splitlines())
    if form in ("citations", "csv"):
        assert "\x1b" in whole
        assert "\N{REPLACEMENT CHARACTER}" in shown
