"""Labels laid over passages, and the attribution recipe run whole on a handful of sentences."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from argmap.errors import InputError
from argmap.nlp.attribution_net import build_net, new_net
from argmap.nlp.attributor import TransformerAttributor, log_odds
from argmap.nlp.backbone import backbone_dir
from argmap.nlp.passages import passages_of
from argmap.nlp.tokens import load_tokenizer
from argmap.training.attribution import (
    AttributionRecipe,
    attribution_trainer,
    fit_calibration,
    label,
    load_passages,
    package_attribution,
    train_attribution,
)
from tests.training.conftest import write

RECIPE = AttributionRecipe(
    name="test",
    seed=1,
    epochs=2,
    max_tokens=48,
    batch_tokens=200,
    reach=24,
    learning_rate=1e-3,
    warmup=0.1,
    weight_decay=0.01,
)
NAMES = ["Kettle", "Brandt", "Osei", "Lindqvist", "Moreau", "Tan"]


def row(name: str, split: str) -> dict[str, object]:
    """Two paragraphs; the first has a cue between two parts of its content."""
    text = f"“The ferry leaks,” {name} said, “and it is old.”\n\n{name} hopes that it floats."
    parts = ("“The ferry leaks,”", name, "said", "“and it is old.”", "hopes", "that it floats")
    at = [(text.index(part), text.index(part) + len(part)) for part in parts]
    second = text.rindex(name)
    return {
        "text": text,
        "split": split,
        "attributions": [
            {"source": [at[1]], "cue": [at[2]], "content": [at[0], at[3]]},
            {"source": [(second, second + len(name))], "cue": [at[4]], "content": [at[5]]},
        ],
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [row(name, "train") for name in NAMES * 4] + [row("Vane", "dev"), row("Vane", "test")]
    write(tmp_path / "attribution/polnear.jsonl.xz", rows)
    return tmp_path


def test_label_marks_first_tokens_of_words_only() -> None:
    example = row("Lindqvist", "train")
    (passage,) = passages_of(load_tokenizer(backbone_dir()), str(example["text"]), max_tokens=64)
    labelled = label(passage, example["attributions"])  # type: ignore[arg-type]
    assert [n for n, tag in enumerate(labelled.cues) if tag >= 0] == list(passage.words)
    text = str(example["text"])
    cued = [text[slice(*passage.offsets[n])] for n, tag in enumerate(labelled.cues) if tag == 1]
    assert cued == ["said", "hopes"]
    first, last, roles = labelled.roles[0]
    assert text[passage.offsets[first][0] : passage.offsets[last - 1][1]] == "said"
    contents = [text[slice(*passage.offsets[n])] for n, tag in enumerate(roles) if tag == 2]
    assert contents == [
        "“",
        "The",
        "ferry",
        "leaks",
        ",",
        "”",
        "“",
        "and",
        "it",
        "is",
        "old",
        ".",
        "”",
    ]
    sources = [n for n, tag in enumerate(roles) if tag == 1]
    assert text[passage.offsets[sources[0]][0] :].startswith("Lindqvist said")


def test_label_leaves_out_what_lies_in_another_passage() -> None:
    example = row("Osei", "train")
    first, second = passages_of(load_tokenizer(backbone_dir()), str(example["text"]), max_tokens=22)
    assert len(label(first, example["attributions"]).roles) == 1  # type: ignore[arg-type]
    assert len(label(second, example["attributions"]).roles) == 1  # type: ignore[arg-type]


def test_load_passages_keeps_to_its_split(data: Path) -> None:
    assert len(load_passages(data, "dev", max_tokens=64)) == 1
    assert len(load_passages(data, "train", max_tokens=64)) == 24


class StoppedError(Exception):
    """Stands for a run that is killed."""


def stop_at(step: int) -> Callable[[int, int, float], None]:
    def progress(done: int, total: int, loss: float) -> None:
        if done == step:
            raise StoppedError

    return progress


@pytest.mark.model
def test_the_recipe_learns_resumes_and_packages(data: Path, tmp_path: Path) -> None:
    passages = load_passages(data, "train", max_tokens=RECIPE.max_tokens)
    losses: list[float] = []
    whole = attribution_trainer(RECIPE, passages, tmp_path / "whole", checkpoint_every=2)
    whole.run(progress=lambda done, total, loss: losses.append(loss))
    assert losses[-1] < losses[0]
    with pytest.raises(StoppedError):
        attribution_trainer(RECIPE, passages, tmp_path / "cut", checkpoint_every=2).run(
            progress=stop_at(3)
        )
    attribution_trainer(RECIPE, passages, tmp_path / "cut", checkpoint_every=2).run()
    one, two = (load_file(tmp_path / name / "checkpoint.safetensors") for name in ("whole", "cut"))
    assert one.keys() == two.keys()
    assert not [name for name in one if name.startswith("weight/encoder.embeddings")]
    for name in one:
        torch.testing.assert_close(one[name], two[name], rtol=1e-3, atol=1e-4)

    packaged = package_attribution(
        tmp_path / "whole" / "checkpoint.safetensors", RECIPE, data, tmp_path / "model"
    )
    net = build_net(load_file(packaged.folder / "model.safetensors"))
    attributor = TransformerAttributor(
        net,
        model_id="test",
        revision="0",
        max_tokens=RECIPE.max_tokens,
        cue_threshold=packaged.cue_threshold,
    )
    unseen = str(row("Vane", "test")["text"])
    found = attributor.find([unseen])[0]
    assert "said" in [unseen[s.cue.start : s.cue.end] for s in found]


@pytest.mark.model
def test_build_net_refuses_weights_of_another_shape() -> None:
    from argmap.errors import ModelError

    state = {
        name: tensor
        for name, tensor in new_net().state_dict().items()
        if not name.startswith(("encoder.embeddings.", "roles.embeddings.word_embeddings."))
        and "position_ids" not in name
    }
    build_net(state)
    state.pop("cue.bias")
    with pytest.raises(ModelError, match=r"cue\.bias"):
        build_net(state)


def test_packaging_without_a_checkpoint_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no checkpoint"):
        package_attribution(tmp_path / "none.safetensors", RECIPE, tmp_path, tmp_path / "model")


def test_training_without_the_data_says_so(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(
        "\n".join(f"{key} = {value!r}" for key, value in vars_of(RECIPE).items()).replace("'", '"')
    )
    with pytest.raises(InputError, match="polnear"):
        train_attribution(recipe, tmp_path, tmp_path / "out")


def vars_of(recipe: AttributionRecipe) -> dict[str, object]:
    return {name: getattr(recipe, name) for name in recipe.__dataclass_fields__}


def test_calibration_cools_a_boastful_model_and_leaves_an_honest_one() -> None:
    boastful = [(0.99, n < 7) for n in range(10)] + [(0.2, n < 2) for n in range(10)]
    slope, intercept = fit_calibration(boastful)
    assert confidence(0.99, slope, intercept) == pytest.approx(0.7, abs=0.03)
    assert confidence(0.2, slope, intercept) == pytest.approx(0.2, abs=0.03)
    honest = [(0.8, n < 8) for n in range(10)] + [(0.3, n < 3) for n in range(10)]
    assert fit_calibration(honest) == pytest.approx((1.0, 0.0), abs=0.05)
    assert fit_calibration([]) == (1.0, 0.0)


def confidence(probability: float, slope: float, intercept: float) -> float:
    return 1.0 / (1.0 + math.exp(-(slope * log_odds(probability) + intercept)))
