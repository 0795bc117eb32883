"""A research data folder in miniature, in the sets' own layout; every sentence is invented."""

import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

MOTIONS = [
    "We should ban paper bags",
    "We should fund village halls",
    "Ferries should be free",
    "Lighthouses should be kept staffed",
]


def write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    stance = [
        {"text": f"{motion} for reason {n}.", "target": motion, "label": label, "split": "train"}
        for motion in MOTIONS
        for n in range(5)
        for label in ("pro", "con")
    ]
    test = [{**stance[0], "split": "test"}]
    write(tmp_path / "stance/arg30k.jsonl.xz", stance + test)
    repeated = {**stance[1], "text": "This stands in another test.", "in_arg30k_eval": True}
    write(tmp_path / "stance/kpa_arguments.jsonl.xz", [*stance[:4], repeated])
    write(
        tmp_path / "nli/nli_mix.jsonl.xz",
        [
            {"premise": "It rains.", "hypothesis": "It is wet.", "label": label, "split": "train"}
            for label in ("entailment", "neutral", "contradiction")
        ],
    )
    votes = {"pro": 0.75, "con": 0.0, "none": 0.25}
    write(
        tmp_path / "stance/gwsd.jsonl.xz",
        [
            {"text": f"Sentence {n}.", "target": "The sea rises.", "label": "pro",
             "votes": votes, "split": "train"}
            for n in range(50)
        ],
    )  # fmt: skip
    write(
        tmp_path / "claim/iam_sentences.jsonl.xz",
        [
            {"text": f"Fact {n}.", "target": f"Motion {topic} should pass", "stance": "none",
             "split": split}
            for split, topics in (("dev", range(12)), ("test", range(6)))
            for topic in topics
            for n in range(3)
        ],
    )  # fmt: skip
    write(
        tmp_path / "attribution/polnear.jsonl.xz",
        [
            {"text": "The council met in the old hall on Monday. Rain fell on the roof all day.",
             "split": "train"},
            {"text": "A sentence of the test split must never be seen in training at all.",
             "split": "test"},
        ],
    )  # fmt: skip
    return tmp_path
