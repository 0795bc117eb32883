"""A model of which one byte was changed is not loaded, whatever file the byte is in."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from argmap import nlp, resources
from argmap.errors import ModelError
from argmap.nlp import backbone, registry
from argmap.nlp.adding import add_folder
from argmap.nlp.own_models import folder_sha256, read_folder
from argmap.nlp.tokens import load_tokenizer
from tests.nlp.tiny import save_tiny

LOADERS: dict[str, Callable[[], object]] = {
    "stance": nlp.load_classifier,
    "relations": nlp.load_relation_classifier,
    "points": nlp.load_point_encoder,
    "attribution": nlp.load_attributor,
}


def flip(path: Path, place: float = 0.5) -> None:
    """Change one bit of one byte, some way into the file."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(data)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped models, of which a test may change its own copies."""
    copy = tmp_path / "models"
    shipped = resources.models_dir()
    for folder in LOADERS:
        (copy / folder).mkdir(parents=True)
        for path in (shipped / folder).iterdir():
            (copy / folder / path.name).symlink_to(path)
    shutil.copy(shipped / "registry.toml", copy)
    monkeypatch.setattr(registry, "models_dir", lambda: copy)
    return copy


def own_copy(path: Path) -> Path:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    return path


# Reading key points takes nothing from its settings.
READ = [(folder, "model.safetensors") for folder in LOADERS] + [
    (folder, "config.json") for folder in LOADERS if folder != "points"
]


@pytest.mark.parametrize(("folder", "name"), READ)
def test_a_shipped_model_with_one_byte_changed_is_refused(
    models: Path, folder: str, name: str
) -> None:
    flip(own_copy(models / folder / name))
    with pytest.raises(ModelError, match=rf"{folder}/{name} is not the registered file: its sha"):
        LOADERS[folder]()


def test_settings_that_no_loader_reads_are_checked_with_the_weights(models: Path) -> None:
    flip(own_copy(models / "points" / "config.json"))
    entry = registry.find_model(None, task="points")
    with pytest.raises(ModelError, match=r"points/config\.json is not the registered file"):
        registry.verified_weights(entry)


def test_every_shipped_model_has_its_settings_pinned_too() -> None:
    shipped = [entry for entry in registry.registered() if entry.source == "shipped"]
    assert [e.id for e in shipped if len(e.settings) != 64] == []
    for entry in shipped:
        assert registry.verified_settings(entry)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's files, taken for the package."""
    copy = tmp_path / "package"
    copy.mkdir()
    for name in backbone.FILES:
        shutil.copy(backbone.backbone_dir() / name, copy)
    monkeypatch.setattr(backbone, "backbone_dir", lambda: copy)
    monkeypatch.setattr("argmap.nlp.tokens.backbone_dir", lambda: copy)
    backbone._state.cache_clear()
    backbone.backbone_settings.cache_clear()
    return copy


@pytest.mark.parametrize("place", [0.0, 0.3, 0.999])
def test_the_backbone_with_one_byte_changed_is_refused(package: Path, place: float) -> None:
    flip(package / "model.safetensors", place)
    with pytest.raises(ModelError, match="is not the published file"):
        backbone.backbone_state()


def test_the_backbones_settings_and_tokeniser_are_held_to_their_hashes(package: Path) -> None:
    assert load_tokenizer(package).get_vocab_size() == 30522
    flip(package / "tokenizer.json")
    flip(package / "config.json")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the published file"):
        load_tokenizer(package)
    with pytest.raises(ModelError, match=r"config\.json is not the published file"):
        backbone.backbone_settings()
    (package / "config.json").unlink()
    with pytest.raises(ModelError, match=r"config\.json cannot be read"):
        backbone.backbone_file("config.json")


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    folder = save_tiny(tmp_path / "mine", "bert", ("entailment", "neutral", "contradiction"))
    add_folder(folder, model_id="mine")
    nlp.load_classifier("mine")
    return folder


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_folder_of_the_users_is_held_to_what_it_was_when_added(added: Path, name: str) -> None:
    flip(added / name, 0.9)
    with pytest.raises(ModelError, match=r"is not the registered file.*argmap models add"):
        nlp.load_classifier("mine")


def test_labels_that_change_places_after_adding_are_refused(added: Path) -> None:
    """The weights are the same, and every for would be an against."""
    settings = added / "config.json"
    text = settings.read_text()
    swapped = text.replace("entailment", "!").replace("contradiction", "entailment")
    settings.write_text(swapped.replace("!", "contradiction"))
    with pytest.raises(ModelError, match="is not the registered file"):
        nlp.load_classifier("mine")


def test_what_is_hashed_is_what_is_loaded(added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are changed the moment after they were hashed are not read a second time."""
    before = nlp.load_classifier("mine").predict_proba([("One thing.", "Another thing.")])
    held = registry._hold

    def change(entry: registry.ModelEntry, path: Path, *hashes: str) -> None:
        held(entry, path, *hashes)
        if path == entry.folder and len(hashes) == 1:
            flip(added / "model.safetensors", 0.9)

    monkeypatch.setattr(registry, "_hold", change)
    after = nlp.load_classifier("mine").predict_proba([("One thing.", "Another thing.")])
    assert (before == after).all()
    monkeypatch.undo()
    monkeypatch.setenv("ARGMAP_HOME", str(added.parent / "home"))
    with pytest.raises(ModelError, match="is not the registered file"):
        nlp.load_classifier("mine")


def test_a_model_in_several_files_is_hashed_by_all_of_them(tmp_path: Path) -> None:
    for number, data in enumerate((b"one", b"two")):
        (tmp_path / f"part-{number}.safetensors").write_bytes(data)
    read, found = read_folder(tmp_path)
    assert (read, found) == ([b"one", b"two"], folder_sha256(tmp_path))
    flip(tmp_path / "part-1.safetensors")
    assert folder_sha256(tmp_path) != found
