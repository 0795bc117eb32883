"""Groups held against people's key points, by hand, and the whole table with fakes."""

from __future__ import annotations

import numpy as np
import pytest

from argmap.evaluation.keypoints import points_tables, run_points, score_groups
from argmap.nlp import FakeEncoder
from argmap.training.points import Group

# Key points: a b -> first, c d -> second, e -> both, f -> none.
SIDE = Group(
    "Ferries should be free.",
    "pro",
    (
        "Ferries save money for islanders.",
        "Islanders save money by ferries.",
        "Crews keep passengers safe.",
        "Passengers stay safe with crews.",
        "Safe crews save money.",
        "Scotland settled quickly.",
    ),
    ("Ferries save money.", "Crews keep passengers safe."),
    ((1, 0), (1, 0), (0, 1), (-1, 1), (1, 1), (0, 0)),
)


def test_groups_are_scored_by_hand() -> None:
    found = score_groups("by hand", [SIDE], [[(0, 1, 2), (3, 5)]])
    # Over a b c d: two of the three in the first group agree, the third and the loner do not.
    assert found.precision.value == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.recall.value == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert found.precision.n == 4
    # One of the three pairs and none of the one share a key point; e is left out, f is not.
    assert found.pairs == pytest.approx(1 / 4)
    assert found.placed == pytest.approx(4 / 5)
    assert found.misplaced == 1.0
    assert found.largest == pytest.approx(3 / 6)


def test_an_argument_with_two_key_points_shares_each() -> None:
    found = score_groups("by hand", [SIDE], [[(0, 4), (2,)]])
    assert (found.pairs, found.misplaced) == (1.0, 0.0)
    assert found.placed == pytest.approx(2 / 5)


def test_no_groups_at_all_are_right_and_recall_nothing_beyond_themselves() -> None:
    found = score_groups("none", [SIDE], [[]])
    assert (found.precision.value, found.recall.value, found.placed) == (1.0, 0.5, 0.0)


def test_every_table_is_told() -> None:
    seen: list[str] = []

    def progress(stage: str) -> object:
        seen.append(stage)
        return lambda done, total: None

    quality = np.linspace(0.1, 0.9, 6, dtype=np.float32)

    class Rater(FakeEncoder):
        def quality(self, vectors: np.ndarray) -> np.ndarray:
            return np.arange(len(vectors), dtype=np.float32)

    scores = run_points(
        [SIDE],
        (SIDE.arguments, quality),
        encoder=Rater(),
        plain=FakeEncoder(),
        progress=progress,  # type: ignore[arg-type]
    )
    assert scores.quality.value == pytest.approx(1.0)
    # The three best matches are right, so both scores are 1.
    assert scores.matchings[0].strict.value == scores.matchings[1].relaxed.value == 1.0
    table = points_tables(scores, split="dev", data="abc", quality_data="def")
    assert table.count("| fake-encoder") == 5
    assert "n = 6" in table
    assert seen
