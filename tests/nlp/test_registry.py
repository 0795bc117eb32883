from dataclasses import replace
from pathlib import Path

import pytest

from argmap import resources
from argmap.errors import ModelError
from argmap.nlp import registry
from argmap.nlp.backbone import file_sha256
from argmap.records import Run

ROW = """
[[models]]
id = "tiny"
title = "Tiny"
task = "stance"
source = "shipped"
folder = "tiny"
sha256 = "{sha256}"
licence = "Apache-2.0"
size_mb = 0.1
default = true
note = "For the test."
"""


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(registry, "models_dir", lambda: tmp_path)
    (tmp_path / "tiny").mkdir()
    return tmp_path


def test_the_shipped_registry_names_a_default_for_each_task() -> None:
    entries = registry.list_models()
    for task in ("stance", "encoder", "attribution", "points", "relation"):
        assert [e.available for e in entries if e.task == task and e.default] == [True]
    assert all((resources.models_dir() / e.folder / "README.md").is_file()
               for e in entries if e.source == "shipped")  # fmt: skip


def test_verified_weights_refuses_a_changed_file(models: Path) -> None:
    weights = models / "tiny" / "model.safetensors"
    weights.write_bytes(b"weights")
    (models / "registry.toml").write_text(ROW.format(sha256=file_sha256(weights)))
    entry = registry.find_model(None, task="stance")
    assert registry.verified_weights(entry) == weights
    weights.write_bytes(b"other weights")
    with pytest.raises(ModelError, match="is not the registered file"):
        registry.verified_weights(entry)
    weights.unlink()
    with pytest.raises(ModelError, match="is missing"):
        registry.verified_weights(entry)


def test_find_model_lists_what_there_is(models: Path) -> None:
    (models / "registry.toml").write_text(ROW.format(sha256="0"))
    with pytest.raises(ModelError, match=r"no stance model “huge”\. Known: tiny"):
        registry.find_model("huge", task="stance")


@pytest.mark.parametrize("text", ["models = 3", "[[models]]\nid='x'", "not toml", "[[models]]"])
def test_a_broken_registry_is_named(models: Path, text: str) -> None:
    (models / "registry.toml").write_text(text)
    with pytest.raises(ModelError, match=r"registry\.toml"):
        registry.list_models()


def test_a_missing_registry_is_named(models: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        registry.list_models()


def test_judged_by_tells_how_far_to_trust_a_registered_model_and_nothing_of_another() -> None:
    run = Run("0", {"stance": "fake@0"}, {}, {})
    assert registry.judged_by(run) is None
    said = registry.judged_by(replace(run, models={"stance": "minilm-stance@0123"}))
    assert said is not None
    assert "Read a sentence before you rely on its label." in said
