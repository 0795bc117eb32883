"""Fetching from a hub that runs in the test, and models of the user's own."""

import json
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import pytest

from argmap.errors import ModelError
from argmap.nlp import list_models, load_classifier
from argmap.nlp.adding import add_folder
from argmap.nlp.hub import pull
from argmap.nlp.own_models import forget_own, own_folder, own_list
from argmap.nlp.registry import find_model, verified_weights
from tests.nlp.hub_server import COMMIT, Hub, serving
from tests.nlp.tiny import MOTION, SENTENCES, save_tiny

TWO = ("entailment", "not_entailment")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    folder = save_tiny(tmp_path / "served", "bert", TWO)
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    (folder / "modeling_own.py").write_text("raise SystemExit")
    with serving(folder) as server:
        yield server


def test_a_model_comes_pinned_and_judges_at_once(hub: Hub, home: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    pulled = pull("owner/tiny", endpoint=hub.address, progress=lambda *step: seen.append(step))
    assert (pulled.id, pulled.commit) == ("owner--tiny", COMMIT)
    entry = find_model("owner--tiny", task="stance")
    assert (entry.source, entry.commit, entry.licence) == ("hub", COMMIT, "mit")
    assert entry.revision == pulled.sha256
    names = {path.name for path in entry.folder.iterdir()}
    assert "model.safetensors" in names
    assert not {"pytorch_model.bin", "modeling_own.py"} & names
    assert not [path for path in hub.asked if path.endswith((".bin", ".py"))]
    assert seen[-1][1] == seen[-1][2] > 0
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    rows = load_classifier("owner--tiny").predict_proba([(SENTENCES[0], MOTION)])
    assert rows.shape == (1, 3)
    assert list((home / "models").iterdir()) == [entry.folder]


def test_a_changed_file_is_refused_and_removing_deletes_it(hub: Hub) -> None:
    pull("owner/tiny", endpoint=hub.address)
    weights = own_folder("owner--tiny") / "model.safetensors"
    weights.write_bytes(weights.read_bytes() + b"x")
    with pytest.raises(ModelError, match="is not the registered file"):
        load_classifier("owner--tiny")
    forget_own("owner--tiny")
    assert not weights.exists()
    with pytest.raises(ModelError, match="no model “owner--tiny” of your own"):
        forget_own("owner--tiny")


@pytest.mark.parametrize(
    ("name", "commit", "says"),
    [
        ("owner/none", None, "There is no model owner/none on the hub"),
        ("owner/tiny", "f" * 40, "no such commit"),
        ("owner/tiny", "main", "no commit: give all 40"),
        ("no such form", None, "neither a model that argmap knows"),
        ("minilm-stance", None, "comes with argmap"),
    ],
)
def test_what_is_not_there_is_said_plainly(
    hub: Hub, name: str, commit: str | None, says: str
) -> None:
    with pytest.raises(ModelError, match=says):
        pull(name, commit=commit, endpoint=hub.address)
    assert not own_list().exists()


def test_weights_with_another_hash_are_not_kept(hub: Hub, home: Path) -> None:
    hub.false.add("model.safetensors")
    with pytest.raises(ModelError, match="sha256 is not the one"):
        pull("owner/tiny", endpoint=hub.address)
    assert not own_list().exists()
    assert not list((home / "models").rglob("model.safetensors"))
    hub.false.clear()
    assert pull("owner/tiny", endpoint=hub.address).commit == COMMIT


def test_a_model_without_safetensors_is_not_fetched(hub: Hub) -> None:
    (hub.folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no safetensors weights"):
        pull("owner/tiny", endpoint=hub.address)
    assert not [path for path in hub.asked if "resolve" in path]


def test_a_model_that_cannot_judge_is_not_kept(hub: Hub, home: Path) -> None:
    settings = json.loads((hub.folder / "config.json").read_text())
    settings["id2label"] = {"0": "spam", "1": "ham"}
    (hub.folder / "config.json").write_text(json.dumps(settings))
    with pytest.raises(ModelError, match="spam, ham"):
        pull("owner/tiny", endpoint=hub.address)
    assert not list((home / "models").iterdir())


def test_without_a_network_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE is set"):
        pull("owner/tiny")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    with pytest.raises(ModelError, match=r"could not be reached.*Check the network"):
        pull("owner/tiny", endpoint="http://127.0.0.1:9")


def test_a_registered_model_that_is_not_here_says_how_to_get_it() -> None:
    entry = find_model("bart-large-mnli", task="stance")
    assert not entry.available
    with pytest.raises(ModelError, match="argmap models pull bart-large-mnli"):
        verified_weights(entry)


def test_a_folder_is_added_under_a_name_with_its_hypotheses(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "mine", "bert", ("LABEL_0", "LABEL_1"))
    with pytest.raises(ModelError, match="LABEL_0, LABEL_1"):
        add_folder(folder)
    entry = add_folder(
        folder, model_id="own", labels=("not_entailment", "entailment"), pro="Yes: {motion}"
    )
    assert entry == find_model("own", task="stance")
    assert entry.hypotheses.of("M.", "N.") == ("Yes: M.", "N.")
    assert load_classifier("own").model_id == "own"
    forget_own("own")
    assert (folder / "model.safetensors").exists()  # the user's own files stay


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"model_id": "minilm-stance"}, "argmap knows"),
        ({"pro": "Is it so?"}, "nothing of the motion"),
    ],
)
def test_adding_refuses_a_taken_id_and_an_empty_hypothesis(
    tmp_path: Path, options: dict[str, str], says: str
) -> None:
    folder = save_tiny(tmp_path / "mine", "bert", TWO)
    with pytest.raises(ModelError, match=says):
        add_folder(folder, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["[]", "{}", '{"models": [{"id": 3}]}', "x"])
def test_a_broken_list_is_named(home: Path, text: str) -> None:
    home.mkdir()
    own_list().write_text(text)
    with pytest.raises(ModelError, match=r"models\.json is not a list of models"):
        list_models()
