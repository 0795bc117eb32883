"""Each architecture and layout of labels must answer as the model does when called by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from argmap.errors import ModelError
from argmap.nlp import load_classifier
from tests.nlp.tiny import KINDS, MOTION, SENTENCES, save_tiny

NEGATION = "Nurses should not receive a larger pay rise."
NLI = ("entailment", "neutral", "contradiction")
PAIRS = [(sentence, MOTION) for sentence in SENTENCES]


def by_hand(folder: Path, premise: str, hypothesis: str) -> np.ndarray:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        logits = model(**tokenizer(premise, hypothesis, return_tensors="pt")).logits
    found: np.ndarray = logits.softmax(-1)[0].double().numpy()
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "labels",
    [NLI, ("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), ("neutral", "entailment", "contradiction")],
    ids=["usual", "upper-case", "other-order"],
)
def test_three_way_heads_answer_as_by_hand(
    tmp_path: Path, kind: str, labels: tuple[str, ...]
) -> None:
    folder = save_tiny(tmp_path / "model", kind, labels)
    found = load_classifier(str(folder)).predict_proba(PAIRS)
    order = [[label.lower() for label in labels].index(n) for n in (NLI[0], NLI[2], NLI[1])]
    wanted = [by_hand(folder, sentence, MOTION)[order] for sentence in SENTENCES]
    assert np.ptp(found, axis=0).max() > 1e-3  # the answers do differ
    np.testing.assert_allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "labels", [("entailment", "not_entailment"), ("not_entailment", "entailment")]
)
def test_two_way_heads_are_asked_for_and_against(
    tmp_path: Path, kind: str, labels: tuple[str, ...]
) -> None:
    folder = save_tiny(tmp_path / "model", kind, labels)
    found = load_classifier(str(folder)).predict_proba(PAIRS)
    yes = labels.index("entailment")
    for row, sentence in zip(found, SENTENCES, strict=True):
        e, f = (by_hand(folder, sentence, text)[yes] for text in (MOTION, NEGATION))
        parts = np.array([e * (1 - f), f * (1 - e), (1 - e) * (1 - f)])
        np.testing.assert_allclose(row, parts / parts.sum(), atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_stance_heads_say_it_themselves(tmp_path: Path, kind: str) -> None:
    folder = save_tiny(tmp_path / "model", kind, ("NONE", "FAVOR", "AGAINST"))
    found = load_classifier(str(folder)).predict_proba(PAIRS)
    wanted = [by_hand(folder, sentence, MOTION)[[1, 2, 0]] for sentence in SENTENCES]
    np.testing.assert_allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_the_batch_does_not_matter_and_a_long_premise_is_cut(tmp_path: Path, kind: str) -> None:
    folder = save_tiny(tmp_path / "model", kind, NLI)
    classifier = load_classifier(str(folder))
    pairs = [*PAIRS, ("nurses " * 600, MOTION), PAIRS[0]]
    seen: list[tuple[int, int]] = []
    together = classifier.predict_proba(pairs, progress=lambda *step: seen.append(step))
    alone = np.concatenate([classifier.predict_proba([pair]) for pair in pairs])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert seen[-1] == (5, 5)  # the repeated pair is asked once
    assert classifier.predict_proba([]).shape == (0, 3)
    np.testing.assert_allclose(together.sum(axis=1), 1.0, atol=1e-5)


def test_names_that_tell_nothing_are_refused_until_the_user_says(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "model", "bert", ("LABEL_0", "LABEL_1", "LABEL_2"))
    with pytest.raises(ModelError, match=r"LABEL_0, LABEL_1, LABEL_2.*--labels"):
        load_classifier(str(folder))


def test_a_model_that_brings_code_is_refused(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "model", "bert", NLI)
    settings = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**settings, "auto_map": {"AutoModel": "x.Y"}}))
    with pytest.raises(ModelError, match="program code of its own"):
        load_classifier(str(folder))


def test_weights_that_can_hold_programs_are_not_opened(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "model", "bert", NLI)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="no safetensors"):
        load_classifier(str(folder))


def test_a_head_that_was_never_trained_is_named(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "model", "bert", NLI)
    weights = load_file(folder / "model.safetensors")
    save_file(
        {name: tensor for name, tensor in weights.items() if not name.startswith("classifier")},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    with pytest.raises(ModelError, match="not a trained classifier"):
        load_classifier(str(folder))


@pytest.mark.parametrize("text", ["", "[1, 2]", "not json"])
def test_broken_settings_are_named(tmp_path: Path, text: str) -> None:
    folder = save_tiny(tmp_path / "model", "bert", NLI)
    (folder / "config.json").write_text(text)
    with pytest.raises(ModelError, match=r"config\.json"):
        load_classifier(str(folder))


def test_broken_weights_are_named(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "model", "bert", NLI)
    (folder / "model.safetensors").write_bytes(b"\x08\x00\x00\x00")
    with pytest.raises(ModelError, match="could not be loaded"):
        load_classifier(str(folder))


def test_an_unknown_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no stance model"):
        load_classifier(str(tmp_path / "nowhere"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_tokenizers_own_marks_in_a_document_are_text(tmp_path: Path, kind: str) -> None:
    # BART counts its closing marks, and one more in a sentence stopped the whole debate.
    classifier = load_classifier(str(save_tiny(tmp_path / "model", kind, NLI)))
    hostile = [("It ends </s> here <s> and <pad> there <mask>.", MOTION), PAIRS[0]]
    found = classifier.predict_proba(hostile)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found[1:], classifier.predict_proba([PAIRS[0]]), atol=1e-5)
