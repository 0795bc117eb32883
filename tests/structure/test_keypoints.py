"""Key points: like with like, one side at a time, under a sentence that can stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.nlp import FakeEncoder
from argmap.records import Debate, KeyPoint, content_id
from argmap.stance import make_topic
from argmap.structure import find_key_points
from argmap.structure.headings import heading_score
from argmap.structure.keypoints import KEY_POINT, LARGE, SUB_POINT, group_points

from .builders import PAY, debate, stance

STAFF = (
    "Wards run short because nurses leave hospitals.",
    "Nurses leave hospitals and wards run dangerously short.",
    "Experienced nurses leave, so hospitals and wards run short.",
)
MONEY = (
    "The treasury has no money left this winter.",
    "There is no money left in the treasury.",
)
LONE = "Scotland settled quickly."


def _points(made: Debate) -> tuple[KeyPoint, ...]:
    return find_key_points(made.statements, made.stances, made.topics, encoder=FakeEncoder())


def _nurse_debate() -> Debate:
    return debate(
        ("a", "pro", 0.8),
        ("b", "pro", 0.95),
        ("c", "pro", 0.9),
        ("d", "con", 0.9),
        ("e", "con", 0.7),
        ("f", "pro", 0.9),
        ("g", "none", 0.9),
        ("h", "unclear", 0.45),
        texts=(*STAFF, *MONEY, LONE, STAFF[0], STAFF[1]),
    )


def test_keypoints_group_like_statements_and_leave_loners_out() -> None:
    points = _points(_nurse_debate())
    assert [(p.side, sorted(p.statements)) for p in points] == [
        ("pro", ["a", "b", "c"]),
        ("con", ["d", "e"]),
    ]


def test_keypoints_head_with_their_own_sentence_first_then_by_confidence() -> None:
    made = _nurse_debate()
    texts = {statement.id: statement.text for statement in made.statements}
    confidence = {"a": 0.8, "b": 0.95, "c": 0.9, "d": 0.9, "e": 0.7}
    for point in _points(made):
        assert point.text == texts[point.statements[0]]
        rest = [confidence[own] for own in point.statements[1:]]
        assert rest == sorted(rest, reverse=True)


def test_keypoints_take_their_ids_from_content() -> None:
    staff, money = _points(_nurse_debate())
    assert staff.id == content_id("k", "pay", "pro", "a", "b", "c")
    assert money.id == content_id("k", "pay", "con", "d", "e")


def test_keypoints_keep_the_sides_apart() -> None:
    made = debate(("a", "pro", 0.9), ("b", "con", 0.9), texts=STAFF[:2])
    assert _points(made) == ()


def test_keypoints_need_no_model_where_nobody_takes_a_side() -> None:
    class Unused(FakeEncoder):
        def encode(self, texts: Sequence[str], **_: object) -> None:  # type: ignore[override]
            raise AssertionError(f"asked to encode {texts}")

    made = debate(("a", "none", 0.9), ("b", "unclear", 0.4), texts=STAFF[:2])
    found = find_key_points(made.statements, made.stances, made.topics, encoder=Unused())
    assert found == ()


def test_keypoints_of_two_topics_do_not_mix() -> None:
    strikes = make_topic("Nurses should go on strike.", id="strike")
    made = debate(("a", "pro", 0.9), ("b", "pro", 0.9), texts=STAFF[:2], topics=(PAY, strikes))
    stances = (
        *made.stances,
        stance("a", "con", topic="strike"),
        stance("b", "con", topic="strike"),
    )
    points = find_key_points(made.statements, stances, made.topics, encoder=FakeEncoder())
    assert [(p.topic, p.side, set(p.statements)) for p in points] == [
        ("pay", "pro", {"a", "b"}),
        ("strike", "con", {"a", "b"}),
    ]


def test_keypoints_progress_reaches_its_total_and_never_falls() -> None:
    seen: list[tuple[int, int]] = []
    made = _nurse_debate()
    find_key_points(
        made.statements,
        made.stances,
        made.topics,
        encoder=FakeEncoder(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]


def test_keypoints_refuse_a_stance_on_an_unknown_statement() -> None:
    made = _nurse_debate()
    with pytest.raises(ValueError, match="“zz”"):
        find_key_points(made.statements, [stance("zz", "pro")], made.topics, encoder=FakeEncoder())


WORDS = ("wards", "nurses", "money", "treasury", "strike", "short", "leave")

_SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["pro", "con", "none", "unclear"]),
        st.lists(
            st.sampled_from(WORDS),
            min_size=1,
            max_size=5,
        ),
    ),
    max_size=14,
)


@given(_SENTENCES, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_keypoints_hold_for_any_debate(drawn: list[tuple[str, list[str]]], random: object) -> None:
    made = debate(
        *((f"s{n}", label, 0.8) for n, (label, _) in enumerate(drawn)),  # type: ignore[misc]
        texts=[f"{' '.join(words).capitalize()}." for _, words in drawn],
    )
    points = _points(made)
    labels = {s.statement: s.label for s in made.stances}
    used = [own for point in points for own in point.statements]
    assert len(used) == len(set(used))
    assert all(labels[own] == point.side for point in points for own in point.statements)
    wholes = {point.id: point for point in points if point.parent is None}
    for point in points:
        below = [own for own in points if own.parent == point.id]
        if point.parent is None:
            # A key point is never smaller than two, whatever its sub-points took of it.
            assert len(point.statements) + sum(len(own.statements) for own in below) > 1
        else:
            assert not below
            assert len(point.statements) > 1
            assert (point.topic, point.side) == (
                wholes[point.parent].topic,
                wholes[point.parent].side,
            )
    statements, stances = list(made.statements), list(made.stances)
    random.shuffle(statements)  # type: ignore[attr-defined]
    random.shuffle(stances)  # type: ignore[attr-defined]
    again = find_key_points(statements, stances, made.topics, encoder=FakeEncoder())
    assert again == points


def _unit(rows: object) -> np.ndarray:
    rows = np.asarray(rows, dtype=np.float64)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _pair(first: int, similarity: float) -> list[list[float]]:
    """Two unit rows of that similarity, at right angles to every other pair's."""
    rows = np.zeros((2, 16))
    rows[0, first] = 1.0
    rows[1, first] = similarity
    rows[1, first + 1] = (1 - similarity**2) ** 0.5
    return rows.tolist()


def test_a_small_group_must_be_as_close_as_a_sub_point() -> None:
    between = (KEY_POINT + SUB_POINT) / 2
    assert group_points(_unit(_pair(0, between))) == ()
    assert group_points(_unit(_pair(0, SUB_POINT + 0.05))) == (((0, 1), ()),)


def test_a_large_group_holds_the_closer_ones_within_it() -> None:
    # Two tight threes that share a direction: close within, wider apart.
    shared = np.zeros(16)
    shared[0] = 1.0
    rows = []
    for three in range(2):
        for n in range(3):
            row = shared.copy()
            row[1 + three] = 1.0
            row[4 + 3 * three + n] = 0.3
            rows.append(row)
    ((whole, close),) = group_points(_unit(rows))
    assert len(whole) == 6 >= LARGE
    assert close == ((0, 1, 2), (3, 4, 5))


def test_one_closer_group_divides_nothing() -> None:
    assert group_points(_unit(np.tile(np.eye(1, 16), (7, 1)))) == ((tuple(range(7)), ()),)


class _Placed(FakeEncoder):
    """Vectors and quality as the test sets them, by sentence; the motion is at right angles."""

    def __init__(self, rows: dict[str, tuple[list[float], float]]) -> None:
        self.rows = rows

    def encode(self, texts: Sequence[str], **_: object) -> np.ndarray:  # type: ignore[override]
        away = [0.0] * 15 + [1.0]
        return _unit([self.rows[text][0] if text in self.rows else away for text in texts])

    def quality(self, vectors: np.ndarray) -> np.ndarray:
        wanted = {tuple(_unit([row])[0].tolist()): value for row, value in self.rows.values()}
        return np.array([wanted.get(tuple(own.tolist()), 0.0) for own in vectors], dtype=np.float32)


def test_sub_points_follow_their_key_point_which_keeps_its_heading() -> None:
    texts = [f"Sentence number {n} says a thing in plain words." for n in range(6)]
    rows = {}
    for n, text in enumerate(texts):
        row = [0.0] * 16
        row[0], row[1 + n // 3], row[4 + n] = 1.0, 1.0, 0.3
        rows[text] = (row, 0.9 if n == 4 else 0.2)
    made = debate(*((f"s{n}", "pro", 0.9) for n in range(6)), texts=texts)
    whole, first, *rest = find_key_points(
        made.statements, made.stances, made.topics, encoder=_Placed(rows)
    )
    # The best argument heads the whole; what is left of its group is a sub-point still.
    assert (whole.text, whole.statements, whole.parent) == (texts[4], ("s4",), None)
    assert (set(first.statements), first.parent) == ({"s0", "s1", "s2"}, whole.id)
    assert [(set(own.statements), own.parent) for own in rest] == [({"s3", "s5"}, whole.id)]


def test_heading_weighs_quality() -> None:
    poor, good = (
        heading_score(GOOD, centrality=0.5, confidence=0.8, quality=own) for own in (0.4, 0.9)
    )
    assert good > poor


GOOD = "Low pay is driving experienced nurses out of the health service."


@pytest.mark.parametrize(
    "worse",
    [
        "Is low pay driving experienced nurses out of the health service?",
        "It is driving experienced nurses out of the health service.",
        "But low pay is driving nurses out of the health service.",
        "“They are being driven out of the health service by pay.”",
        "low pay is driving experienced nurses out of the health service.",
        "Low pay is driving experienced nurses out of the health service",
        "Low pay drives them out.",
        f"{GOOD[:-1]}, {'and so it has gone on and on ' * 5}for years.",
    ],
)
def test_heading_prefers_a_sentence_that_stands_alone(worse: str) -> None:
    def score(text: str) -> float:
        return heading_score(text, centrality=0.5, confidence=0.8)

    assert score(GOOD) > score(worse)


@pytest.mark.parametrize("quoted", [f"“{GOOD}”", f"'{GOOD}'", f"({GOOD})"])
def test_heading_reads_through_quotation_marks(quoted: str) -> None:
    assert heading_score(quoted, centrality=0.5, confidence=0.8) == heading_score(
        GOOD, centrality=0.5, confidence=0.8
    )


def test_heading_weighs_centrality_and_confidence() -> None:
    base = heading_score(GOOD, centrality=0.5, confidence=0.5)
    assert heading_score(GOOD, centrality=0.6, confidence=0.5) > base
    assert heading_score(GOOD, centrality=0.5, confidence=0.9) > base
