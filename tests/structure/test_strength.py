"""What stands after the attacks, on debates drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.records import Debate
from argmap.structure import SEMANTICS, Semantics, weigh
from argmap.structure.strength import Standing, base_score

from .builders import debate


def of(made: Debate, own: str, semantics: Semantics = "df-quad") -> Standing:
    found = weigh(made, "pay", semantics=semantics)
    return next(item for item in found.statements if item.statement == own)


def test_strength_base_score_is_drawn_to_the_middle_and_less_so_by_more_evidence() -> None:
    assert base_score(0.9, 1) == pytest.approx(0.7)
    assert base_score(0.9, 3) == pytest.approx(0.8)
    assert base_score(0.5, 9) == pytest.approx(0.5)


def test_strength_worked_by_hand() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "con", 0.8),
        ("c", "pro", 0.7),
        relations=[("b", "a", "attack", 0.75), ("c", "a", "support", 0.5)],
    )
    # Base scores (c + ½)/2: 0.7, 0.65, 0.6. Attack 0.75 × 0.65, support 0.5 × 0.6.
    attack, support = 0.4875, 0.3
    item = of(made, "a")
    assert (item.before, item.evidence) == (0.7, 1)
    assert item.after == pytest.approx(0.7 - 0.7 * (attack - support), abs=1e-4)
    assert (item.attackers, item.supporters) == (("b",), ("c",))
    assert item.weight == pytest.approx(attack, abs=1e-4)
    energy = support - attack
    share = energy**2 / (1 + energy**2)
    assert of(made, "a", "quadratic-energy").after == pytest.approx(0.7 - 0.7 * share, abs=1e-4)


def test_strength_counts_different_sentences_of_a_point_as_evidence() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.9),
        ("c", "pro", 0.9),
        ("d", "pro", 0.9),
        texts=("Wards are short.", "“Wards are short!”", "Posts stay empty.", "Rents rose."),
        points=[("pro", "a b c")],
    )
    found = weigh(made, "pay")
    assert {i.statement: i.evidence for i in found.statements} == {"a": 2, "b": 2, "c": 2, "d": 1}
    assert of(made, "a").before == pytest.approx((2 * 0.9 + 0.5) / 3, abs=1e-4)
    assert [i.statement for i in found.loose] == ["d"]


def test_strength_of_a_point_is_the_mean_of_its_statements() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.7),
        ("x", "con", 0.9),
        points=[("pro", "a b")],
        relations=[("x", "b", "attack")],
    )
    point = weigh(made, "pay").points[0]
    own = [of(made, "a"), of(made, "b")]
    assert point.before == pytest.approx(sum(i.before for i in own) / 2, abs=1e-4)
    assert point.after == pytest.approx(sum(i.after for i in own) / 2, abs=1e-4)
    assert point.attackers == ("x",)
    assert point.after < point.before


def test_strength_passes_over_what_takes_no_side_now() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "none", 0.9),
        ("c", "con", 0.9),
        points=[("pro", "a c b")],
        relations=[("b", "a", "attack")],
    )
    found = weigh(made, "pay")
    assert sorted(i.statement for i in found.statements) == ["a", "c"]
    assert found.points[0].statements == ("a",)
    assert found.relations == ()


def test_strength_of_a_pair_found_twice_counts_the_surer() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("b", "con", 0.9),
        relations=[("b", "a", "attack", 0.7), ("b", "a", "attack", 0.9), ("a", "a", "attack")],
    )
    found = weigh(made, "pay")
    assert [r.probability for r in found.relations] == [0.9]


def test_strength_of_a_missing_topic_names_the_topics() -> None:
    with pytest.raises(ValueError, match="“pay”"):
        weigh(debate(("a", "pro", 0.9)), "other")


@pytest.mark.parametrize("semantics", SEMANTICS)
@given(seed=st.randoms(use_true_random=False))
def test_strength_does_not_depend_on_the_order_of_the_records(
    semantics: Semantics, seed: Random
) -> None:
    names = "abcdefgh"
    made = debate(
        *((own, "pro" if own < "e" else "con", 0.6 + i / 20) for i, own in enumerate(names)),  # type: ignore[misc]
        points=[("pro", "a b"), ("con", "e f g")],
        relations=[
            ("a", "e", "attack", 0.8),
            ("e", "a", "attack", 0.7),
            ("f", "a", "attack", 0.9),
            ("b", "a", "support", 0.75),
            ("g", "f", "support", 0.85),
            ("c", "g", "attack", 0.95),
        ],
    )
    mixed = replace(
        made,
        statements=tuple(seed.sample(made.statements, len(made.statements))),
        stances=tuple(seed.sample(made.stances, len(made.stances))),
        relations=tuple(seed.sample(made.relations, len(made.relations))),
        key_points=tuple(reversed(made.key_points)),
    )
    assert weigh(mixed, "pay", semantics=semantics) == weigh(made, "pay", semantics=semantics)


def test_strength_of_an_undercut_statement_stays_and_what_it_attacks_is_spared() -> None:
    made = debate(
        ("a", "pro", 0.9),
        ("x", "con", 0.9),
        ("b", "pro", 0.9),
        relations=[("x", "a", "attack", 1.0), ("b", "x", "attack", 1.0)],
    )
    attacked = of(made, "a").after
    first, second = sorted(made.relations, key=lambda r: r.source)[::-1]
    made = replace(made, relations=(first, replace(second, undercut=True)))
    assert (of(made, "x").after, of(made, "x").passes) == (0.7, pytest.approx(0.3))
    assert of(made, "x").attackers == ("b",)
    # Attacked, x falls to 0.21 and takes that from a; undercut, it brings 0.7 × 0.3, the same.
    assert of(made, "a").after == pytest.approx(attacked)


def test_strength_counts_a_sub_point_with_the_point_over_it() -> None:
    made = debate(
        *((own, "pro", 0.9) for own in "abcd"),  # type: ignore[misc]
        ("x", "con", 0.9),
        points=[("pro", "a b"), ("pro", "c d")],
        relations=[("x", "d", "attack")],
    )
    over, sub = made.key_points
    made = replace(made, key_points=(over, replace(sub, parent=over.id)))
    found = {point.point: point for point in weigh(made, "pay").points}
    assert found["k1"].statements == ("a", "b", "c", "d")
    assert (found["k2"].statements, found["k2"].parent) == (("c", "d"), "k1")
    assert found["k1"].attackers == found["k2"].attackers == ("x",)
    assert {i.statement: i.evidence for i in weigh(made, "pay").statements} == {
        "a": 4, "b": 4, "c": 2, "d": 2, "x": 1,
    }  # fmt: skip
