from __future__ import annotations

from pathlib import Path

import pytest

from argmap import nlp
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from tests.cli.running import ARTICLE


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "load_classifier", lambda model_id=None, **_: FakeClassifier())
    monkeypatch.setattr(nlp, "load_point_encoder", FakeEncoder)
    monkeypatch.setattr(nlp, "load_attributor", FakeAttributor)
    monkeypatch.setattr(nlp, "load_relation_classifier", FakeClassifier)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
