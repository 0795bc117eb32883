from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder that does not exist yet."""
    folder = tmp_path / "a new" / "home"
    monkeypatch.setenv("ARGMAP_HOME", str(folder))
    return folder
