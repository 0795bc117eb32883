"""The command run in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from argmap import cli
from argmap.projectfile import loads

ROOT = Path(__file__).parents[2]
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
