"""Relation scores on a folder in miniature, with models that answer what they are told."""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from argmap.evaluation.relations import relation_tables, run_relations
from argmap.nlp import FakeClassifier, FakeEncoder, Progress

SETS = (
    "arg30k", "debatewise", "iam_claims_stance", "ibm_claim_stance", "kpa_arguments",
    "perspectrum", "procon20", "valueeval23", "vast",
)  # fmt: skip


class ByWord(FakeClassifier):
    """Answers by the first word of the first text."""

    def __init__(self, **answers: int) -> None:
        super().__init__()
        self.answers = answers

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        rows = np.full((len(pairs), 3), 0.05, dtype=np.float32)
        for row, (text, _) in enumerate(pairs):
            rows[row, self.answers.get(text.split()[0], 2)] = 0.9
        return rows


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def _pair(source: str, target: str, label: str, part: str) -> dict[str, Any]:
    return {
        "source_text": source, "target_text": target, "label": label, "source": part,
        "split": "test",
    }  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in SETS:
        _write(tmp_path / f"stance/{name}.jsonl.xz", [])
    _write(tmp_path / "claim/iam_sentences.jsonl.xz", [])
    _write(
        tmp_path / "stance/arg30k.jsonl.xz",
        [
            {"text": "Seen.", "target": "Ferries should be free.", "label": "pro",
             "split": "train"},
            {"text": "Islands need ships.", "target": "Ferries should be free.", "label": "pro",
             "split": "test"},
            {"text": "Harbours cost money.", "target": "Ferries should be free.", "label": "con",
             "split": "test"},
        ],
    )  # fmt: skip
    _write(
        tmp_path / "relation/relations.jsonl.xz",
        [
            _pair("Yes to ferries.", "Ferries should be free.", "support", "debatepedia-causal"),
            _pair("No to geese.", "Geese may roam villages.", "attack", "debatepedia-causal"),
            _pair("No to lamps.", "Geese may roam villages.", "support", "debatepedia-normative"),
            _pair("Yes we did.", "We did.", "support", "us-presidential"),
            _pair("Hello there.", "We did.", "none", "us-presidential"),
            _pair("No they did.", "We did.", "none", "us-presidential"),
            _pair("No pain.", "The drug works.", "attack", "abstrct"),
        ],
    )
    _write(
        tmp_path / "keypoint/kpa2021.jsonl.xz",
        [{"argument": "Yes bags.", "key_point": "Bags litter", "label": 1, "split": "test"}],
    )
    return tmp_path


def test_run_relations_scores_each_set_beside_signs_and_majority(data: Path) -> None:
    results, kept = run_relations(
        data,
        classifier=ByWord(Yes=0, No=1),
        stance_classifier=ByWord(Yes=1, No=1, Islands=0, Harbours=1),
        encoder=FakeEncoder(),
    )
    by_title = {result.title: result for result in results}
    assert by_title["Debatepedia, causal"].model.value == 1
    assert by_title["Debatepedia, causal"].signs.value == 0.5
    assert by_title["Debatepedia, normative"].model.value == 0
    # The ferries' motion was trained on; the geese's was not.
    assert by_title["Debatepedia, motions that no model saw"].model.n == 2
    presidential = by_title["US presidential debates"]
    assert presidential.model.value == pytest.approx((1 + 2 / 3) / 2)
    assert presidential.majority.value == pytest.approx(0.4)
    parallel = by_title["Made pairs of parallel arguments, called none"]
    assert (parallel.model.value, parallel.signs.value) == (1, 0)
    support = {k.threshold: k for k in kept if k.kind == "support"}
    # Two of the three that are said to support are said so rightly: one is missed.
    assert (support[0.9].kept, support[0.9].precision, support[0.9].recall) == (3, 1, 0.75)
    table = relation_tables(results, kept, data="abc", split="test")
    assert "| Debatepedia, causal | 2 | accuracy | 1.000 [1.000, 1.000] | 0.500" in table
    assert "| 0.9 | support | 3 | 1.000 | 0.750 |" in table
