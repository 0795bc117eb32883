"""``argmap models add | check | remove | pull``, and a model given by its folder."""

from pathlib import Path

import pytest

from argmap import nlp
from argmap.nlp import classifier
from tests.cli.running import ARTICLE, MOTION, parsed, run
from tests.nlp.tiny import save_tiny


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(nlp, "load_classifier", classifier.load_classifier)
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_model_of_ones_own_comes_onto_the_list_and_goes(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "mine", "bert", ("entailment", "not_entailment"))
    added = run("models", "add", folder, "--id", "own")
    assert added.exit_code == 0, added.stderr
    assert added.stdout.startswith("own: ")
    listed = run("models", "list").stdout
    assert "nothing was measured here of how far to trust it" in " ".join(listed.split())
    assert run("models", "remove", "own").stdout == "own is off the list.\n"
    assert "own " not in run("models", "list").stdout


def test_check_says_that_a_model_of_noise_cannot_tell(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "mine", "bert", ("entailment", "neutral", "contradiction"))
    result = run("models", "check", folder)
    assert "of 3 right" in result.stdout
    assert result.exit_code == 1
    assert "does not tell for, against and neither apart" in result.stderr


@pytest.mark.model
def test_check_passes_the_shipped_model() -> None:
    result = run("models", "check", "minilm-stance")
    assert result.exit_code == 0, result.stderr
    assert "3 of 3 right" in result.stdout


def test_pull_needs_a_network_and_a_known_name(tmp_path: Path) -> None:
    result = run("models", "pull", "bart-large-mnli")
    assert result.exit_code == 1
    assert result.stderr.strip().endswith("Unset it and run the command again.")
    result = run("models", "pull", "nonsense")
    assert "neither a model that argmap knows" in result.stderr


@pytest.mark.model
def test_map_takes_a_model_folder(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "mine", "bert", ("entailment", "neutral", "contradiction"))
    article, out = tmp_path / "a.txt", tmp_path / "out.json"
    article.write_text(ARTICLE, encoding="utf-8")
    result = run("map", article, "--motion", MOTION, "--model", folder, "--json", out)
    assert result.exit_code == 0, result.stderr
    assert parsed(out)["run"]["models"]["stance"].startswith("mine@")
