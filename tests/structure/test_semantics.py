"""Strengths: by hand, against a slow reading of the definitions, and by their properties."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from argmap.structure.semantics import SEMANTICS, TOLERANCE, Edge, Semantics, settle

every = pytest.mark.parametrize("semantics", SEMANTICS)
SHARES = st.integers(0, 1000).map(lambda value: value / 1000)


def strengths(base: Sequence[float], edges: Sequence[Edge], semantics: Semantics) -> list[float]:
    found = settle(base, edges, semantics=semantics)
    assert found.rests
    return [float(value) for value in found.strengths]


def by_definition(
    base: Sequence[float], edges: Sequence[Edge], semantics: Semantics, own: int
) -> float:
    """The papers' definitions read word for word, for graphs without cycles."""

    def passed(source: int) -> float:
        left = 1.0
        for edge in edges:
            if edge.target == source and edge.effect == "undercut":
                left *= 1 - edge.weight * by_definition(base, edges, semantics, edge.source)
        return left * by_definition(base, edges, semantics, source)

    brought = {
        effect: [
            edge.weight * passed(edge.source)
            for edge in edges
            if edge.target == own and edge.effect == effect
        ]
        for effect in ("attack", "support")
    }
    if semantics == "df-quad":
        attack, support = 0.0, 0.0
        for value in brought["attack"]:
            attack = attack + value - attack * value
        for value in brought["support"]:
            support = support + value - support * value
        if attack >= support:
            return base[own] - base[own] * abs(support - attack)
        return base[own] + (1 - base[own]) * abs(support - attack)
    energy = sum(brought["support"]) - sum(brought["attack"])

    def h(x: float) -> float:
        return max(x, 0.0) ** 2 / (1 + max(x, 0.0) ** 2)

    return base[own] - base[own] * h(-energy) + (1 - base[own]) * h(energy)


@st.composite
def graphs(draw: st.DrawFn, *, cycles: bool = False) -> tuple[list[float], list[Edge]]:
    base = draw(st.lists(SHARES, min_size=1, max_size=7))
    place = st.integers(0, len(base) - 1)
    edges = draw(
        st.lists(
            st.builds(
                Edge, place, place, st.sampled_from(["support", "attack", "undercut"]), SHARES
            ),
            max_size=12,
        )
    )
    if not cycles:  # an edge runs from a later argument to an earlier one
        edges = [
            Edge(max(e.source, e.target), min(e.source, e.target), e.effect, e.weight)
            for e in edges
            if e.source != e.target
        ]
    return base, edges


# Worked by hand: a claim of 0.5, an attacker of 0.8, a supporter of 0.6.
HAND = [
    ([0.5, 0.8], [Edge(1, 0, "attack")], 0.5 - 0.5 * 0.8, 0.5 - 0.5 * (0.64 / 1.64)),
    ([0.5, 0.6], [Edge(1, 0, "support")], 0.5 + 0.5 * 0.6, 0.5 + 0.5 * (0.36 / 1.36)),
    # Attackers of 0.8 and 0.5: together 1 - 0.2 × 0.5 = 0.9; energy -1.3.
    (
        [0.5, 0.8, 0.5],
        [Edge(1, 0, "attack"), Edge(2, 0, "attack")],
        0.5 - 0.5 * 0.9,
        0.5 - 0.5 * (1.69 / 2.69),
    ),
    # An attack of half the weight.
    ([0.5, 0.8], [Edge(1, 0, "attack", 0.5)], 0.3, 0.5 - 0.5 * (0.16 / 1.16)),
    # The attacker is itself attacked by 0.5: 0.8 falls to 0.4, or to 0.8 × 0.8 = 0.64.
    (
        [0.5, 0.8, 0.5],
        [Edge(1, 0, "attack"), Edge(2, 1, "attack")],
        0.3,
        0.5 - 0.5 * (0.4096 / 1.4096),
    ),
    # The attacker is undercut by 0.5 and stays at 0.8, but brings 0.4.
    (
        [0.5, 0.8, 0.5],
        [Edge(1, 0, "attack"), Edge(2, 1, "undercut")],
        0.3,
        0.5 - 0.5 * (0.16 / 1.16),
    ),
]


@pytest.mark.parametrize(("base", "edges", "df_quad", "energy"), HAND)
def test_semantics_worked_by_hand(
    base: list[float], edges: list[Edge], df_quad: float, energy: float
) -> None:
    assert strengths(base, edges, "df-quad")[0] == pytest.approx(df_quad)
    assert strengths(base, edges, "quadratic-energy")[0] == pytest.approx(energy)


@every
def test_semantics_undercut_leaves_its_target_and_says_what_it_passes_on(
    semantics: Semantics,
) -> None:
    found = settle([0.5, 0.8, 0.5], [Edge(2, 1, "undercut", 0.4)], semantics=semantics)
    assert found.strengths.tolist() == [0.5, 0.8, 0.5]
    assert found.bearings.tolist() == [1.0, pytest.approx(0.8), 1.0]


@every
@given(graph=graphs())
def test_semantics_agree_with_the_definitions_read_slowly(
    semantics: Semantics, graph: tuple[list[float], list[Edge]]
) -> None:
    base, edges = graph
    found = strengths(base, edges, semantics)
    for own, value in enumerate(found):
        assert value == pytest.approx(by_definition(base, edges, semantics, own), abs=1e-12)


@every
@given(graph=graphs(cycles=True))
def test_semantics_stay_in_bounds_and_are_at_rest_with_cycles(
    semantics: Semantics, graph: tuple[list[float], list[Edge]]
) -> None:
    base, edges = graph
    found = settle(base, edges, semantics=semantics)
    assert all(0 <= value <= 1 for value in (*found.strengths, *found.bearings))
    if found.rests and edges:
        # One edge more that weighs nothing must not move what is at rest.
        again = settle(found.strengths, [Edge(0, 0, "attack", 0.0)], semantics=semantics)
        assert again.strengths == pytest.approx(found.strengths, abs=TOLERANCE)


@every
@given(base=st.lists(SHARES, max_size=6))
def test_semantics_without_edges_leave_the_base_scores(
    semantics: Semantics, base: list[float]
) -> None:
    assert strengths(base, [], semantics) == base


@every
@given(graph=graphs(), weight=SHARES, effect=st.sampled_from(["support", "attack", "undercut"]))
def test_semantics_neutrality_an_argument_of_no_strength_changes_nothing(
    semantics: Semantics, graph: tuple[list[float], list[Edge]], weight: float, effect: str
) -> None:
    base, edges = graph
    silent = Edge(len(base), 0, effect, weight)  # type: ignore[arg-type]
    more = strengths([*base, 0.0], [*edges, silent], semantics)
    assert more[:-1] == strengths(base, edges, semantics)


@every
@given(base=st.lists(SHARES, min_size=3, max_size=3), weight=SHARES)
def test_semantics_balance_equal_support_and_attack_cancel(
    semantics: Semantics, base: list[float], weight: float
) -> None:
    twin = [base[0], base[1], base[1]]
    edges = [Edge(1, 0, "support", weight), Edge(2, 0, "attack", weight)]
    assert strengths(twin, edges, semantics)[0] == pytest.approx(base[0], abs=1e-12)


@every
@given(base=st.lists(SHARES, min_size=2, max_size=6))
def test_semantics_duality_support_lifts_as_attack_lowers(
    semantics: Semantics, base: list[float]
) -> None:
    """A claim of b under support is as far from 1 as one of 1 - b under attack is from 0."""
    others = range(1, len(base))
    up = strengths(base, [Edge(i, 0, "support") for i in others], semantics)[0]
    mirrored = [1 - base[0], *base[1:]]
    down = strengths(mirrored, [Edge(i, 0, "attack") for i in others], semantics)[0]
    assert up == pytest.approx(1 - down, abs=1e-9)


@every
@given(graph=graphs(), strength=SHARES, weight=SHARES)
def test_semantics_monotony_one_more_attack_never_lifts_and_support_never_lowers(
    semantics: Semantics, graph: tuple[list[float], list[Edge]], strength: float, weight: float
) -> None:
    base, edges = graph
    assume(strength > 0)
    before = strengths(base, edges, semantics)[0]
    for effect, holds in (("attack", -1), ("support", 1)):
        edge = Edge(len(base), 0, effect, weight)  # type: ignore[arg-type]
        after = strengths([*base, strength], [*edges, edge], semantics)[0]
        assert holds * (after - before) >= -1e-12


@every
@given(graph=graphs(), data=st.data())
def test_semantics_do_not_depend_on_the_order_of_arguments_and_edges(
    semantics: Semantics, graph: tuple[list[float], list[Edge]], data: st.DataObject
) -> None:
    base, edges = graph
    order = data.draw(st.permutations(range(len(base))))
    place = {own: index for index, own in enumerate(order)}
    moved = [Edge(place[e.source], place[e.target], e.effect, e.weight) for e in edges]
    found = strengths([base[own] for own in order], data.draw(st.permutations(moved)), semantics)
    assert [found[place[own]] for own in range(len(base))] == pytest.approx(
        strengths(base, edges, semantics), abs=1e-12
    )


def test_semantics_two_that_attack_each_other_meet_where_neither_moves() -> None:
    edges = [Edge(0, 1, "attack"), Edge(1, 0, "attack")]
    # DF-QuAD: s = 1 - s. Quadratic energy: s = 1 - s²/(1 + s²), so s³ + s = 1.
    assert strengths([1, 1], edges, "df-quad") == pytest.approx([0.5, 0.5], abs=1e-5)
    found = strengths([1, 1], edges, "quadratic-energy")[0]
    assert found**3 + found == pytest.approx(1, abs=1e-4)


@every
def test_semantics_of_a_cycle_rest_where_the_definitions_hold(semantics: Semantics) -> None:
    base = [0.9, 0.6, 0.7]
    edges = [Edge(0, 1, "attack"), Edge(1, 2, "support"), Edge(2, 0, "attack", 0.5)]
    found = strengths(base, edges, semantics)
    for edge in edges:
        alone = [Edge(1, 0, edge.effect, edge.weight)]
        pair = [base[edge.target], found[edge.source]]
        assert by_definition(pair, alone, semantics, 0) == pytest.approx(
            found[edge.target], abs=1e-5
        )


def test_semantics_say_when_a_graph_does_not_come_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.structure.semantics._WINDOWS", 1)
    monkeypatch.setattr("argmap.structure.semantics._WINDOW", 0.5)
    found = settle(
        [1.0, 1.0], [Edge(0, 1, "attack"), Edge(1, 0, "attack")], semantics="quadratic-energy"
    )
    assert not found.rests
    assert all(0.682 < value < 1 for value in found.strengths)


@pytest.mark.parametrize(
    ("base", "edges"),
    [
        ([1.1], []),
        ([math.nan], []),
        ([0.5], [Edge(0, 1, "attack")]),
        ([0.5, 0.5], [Edge(0, 1, "attack", 1.5)]),
    ],
)
def test_semantics_refuse_what_is_out_of_range(base: list[float], edges: list[Edge]) -> None:
    with pytest.raises(ValueError, match=r"base score|weight"):
        settle(base, edges, semantics="df-quad")
