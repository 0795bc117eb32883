"""Mapped debates, and Argdown's own program."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from argmap.bundled import bundled_debates
from argmap.nlp import FakeClassifier, FakeEncoder
from argmap.pipeline import map_debate
from argmap.records import Debate
from tests.dashboard.debates import make_debate
from tests.samples import sample_debate

#: 2.x needs a newer Node than Debian has.
ARGDOWN = "@argdown/cli@1.7.5"

Argdown = Callable[[Mapping[str, str]], dict[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def debates() -> dict[str, Debate]:
    """Two debates made by hand and the four bundled ones, mapped with the stand-ins."""
    found = {"sample": sample_debate(), "hostile names": make_debate()}
    for bundled in bundled_debates():
        found[bundled.id] = map_debate(
            bundled.documents,
            bundled.topics,
            title=bundled.title,
            classifier=FakeClassifier(),
            encoder=FakeEncoder(),
            relation_classifier=FakeClassifier(),
        )
    return found


@pytest.fixture(scope="session")
def argdown(tmp_path_factory: pytest.TempPathFactory) -> Argdown:
    """Runs Argdown's own parser over maps and gives its JSON of each; fails where one is wrong."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so Argdown's own parser cannot be run")
    home = tmp_path_factory.mktemp("argdown")
    subprocess.run(
        [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", "--ignore-scripts",
         "--loglevel=error", ARGDOWN],
        check=True,
        timeout=280,
    )  # fmt: skip

    def parse(maps: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        folder = tmp_path_factory.mktemp("maps")
        (folder / "out").mkdir()
        for name, text in maps.items():
            (folder / f"{name}.argdown").write_bytes(text.encode("utf-8"))
        done = subprocess.run(
            [str(home / "node_modules" / ".bin" / "argdown"), "json", "*.argdown", "out"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=280,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found = {path.stem: path for path in Path(folder / "out").glob("*.json")}
        assert set(found) == set(maps), done.stdout + done.stderr
        return {name: json.loads(path.read_text("utf-8")) for name, path in found.items()}

    return parse
