"""Every shipped model has a card that tells what a reader must know to trust it or not."""

import json

import pytest

from argmap.nlp import ModelEntry, list_models
from argmap.nlp.backbone import BACKBONE_SHA256, file_sha256
from argmap.structure.keypoints import KEY_POINT, SUB_POINT

SHIPPED = [entry for entry in list_models() if entry.source == "shipped"]
SECTIONS = ["Base", "Data and licences", "Recipe", "Scores", "Calibration", "Caveats"]


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.id)
def test_card_has_every_section_and_names_the_weights(entry: ModelEntry) -> None:
    card = (entry.folder / "README.md").read_text(encoding="utf-8")
    assert [section for section in SECTIONS if f"\n## {section}\n" not in card] == []
    assert entry.revision in card
    assert BACKBONE_SHA256 in card
    assert file_sha256(entry.folder / "model.safetensors") == entry.revision


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.id)
def test_folder_holds_no_pickle_and_its_settings_agree(entry: ModelEntry) -> None:
    suffixes = {path.suffix for path in entry.folder.iterdir()}
    assert suffixes <= {".safetensors", ".json", ".toml", ".md"}
    settings = json.loads((entry.folder / "config.json").read_text(encoding="utf-8"))
    assert settings["base_sha256"] == BACKBONE_SHA256
    card = (entry.folder / "README.md").read_text(encoding="utf-8")
    if entry.task in ("stance", "relation"):
        assert f"temperature of {settings['temperature']}" in card
    elif entry.task == "points":
        assert f"after {settings['steps']} batches" in " ".join(card.split())
        assert f"mean similarity of {KEY_POINT}" in card
        assert f"of {SUB_POINT}" in card
    else:
        slope, intercept = settings["calibration"]
        assert f"slope {slope} and intercept {intercept}" in " ".join(card.split())
        assert f"probability of {settings['cue_threshold']}" in card
    size = (entry.folder / "model.safetensors").stat().st_size / 1e6
    assert size == pytest.approx(entry.size_mb, abs=0.1)
