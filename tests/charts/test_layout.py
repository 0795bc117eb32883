"""The tidy layout: no row over another, parents in the middle, children in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.charts.layout import place
from argmap.records import TreeNode


def _node(own: str, parent: str | None) -> TreeNode:
    return TreeNode(own, parent, "statement", own)


@st.composite
def _trees(draw: st.DrawFn) -> tuple[list[TreeNode], dict[str, float]]:
    """A tree in depth-first order: each node hangs on the path that leads to the one before."""
    nodes = [_node("n0", None)]
    path = ["n0"]
    for n in range(1, draw(st.integers(1, 25))):
        del path[draw(st.integers(1, len(path))) :]
        nodes.append(_node(f"n{n}", path[-1]))
        path.append(f"n{n}")
    return nodes, {node.id: float(draw(st.integers(20, 90))) for node in nodes}


@given(_trees())
@settings(max_examples=80)
def test_place_keeps_rows_of_one_column_apart(
    drawn: tuple[list[TreeNode], dict[str, float]],
) -> None:
    nodes, heights = drawn
    placed = place(nodes, heights)
    columns: dict[int, list[str]] = {}
    for node in nodes:
        columns.setdefault(placed[node.id].depth, []).append(node.id)
    for column in columns.values():
        for upper, lower in pairwise(column):
            room = placed[lower].y - placed[upper].y
            # Depth-first order is also the order from top to bottom.
            assert room >= (heights[upper] + heights[lower]) / 2 - 1e-6


@given(_trees())
@settings(max_examples=80)
def test_place_sets_parents_in_the_middle_and_the_top_at_nought(
    drawn: tuple[list[TreeNode], dict[str, float]],
) -> None:
    nodes, heights = drawn
    placed = place(nodes, heights)
    for node in nodes:
        own = [placed[child.id].y for child in nodes if child.parent == node.id]
        if own:
            assert abs(placed[node.id].y - (own[0] + own[-1]) / 2) < 1e-6
    tops = [placed[own].y - heights[own] / 2 for own in placed]
    assert abs(min(tops)) < 1e-6


def test_place_gives_a_leaf_its_whole_row() -> None:
    nodes = [
        _node("root", None),
        _node("branch", "root"),
        *(_node(f"child{n}", "branch") for n in range(3)),
        _node("leaf", "root"),
    ]
    placed = place(nodes, {node.id: 20.0 for node in nodes})
    # Its label may run under the branch's children, so it stands below all of them.
    assert placed["leaf"].y >= placed["child2"].y + 20


def test_place_follows_a_long_chain() -> None:
    nodes = [_node("n0", None), *(_node(f"n{n}", f"n{n - 1}") for n in range(1, 1500))]
    placed = place(nodes, {node.id: 20.0 for node in nodes})
    assert placed["n1499"].depth == 1499
    assert {round(at.y, 6) for at in placed.values()} == {10.0}


def test_place_of_nothing_is_nothing() -> None:
    assert place([], {}) == {}
