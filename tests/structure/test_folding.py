"""Folding: what is on show, what it holds, and where the links of what is hidden go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.records import ArgumentTree
from argmap.structure import build_tree, fold
from argmap.structure.folding import FEW, ancestors, groups_of

from .builders import debate, outline

_LOOSE = [f"s{n:02}" for n in range(12)]


def tree() -> ArgumentTree:
    """Two points for, one against with links to both, and twelve loose statements for."""
    return build_tree(
        debate(
            *((own, "pro", 0.9) for own in "abcd"),  # type: ignore[misc]
            *((own, "con", 0.8) for own in "xy"),  # type: ignore[misc]
            *((own, "pro", 0.9 - n / 100) for n, own in enumerate(_LOOSE)),  # type: ignore[misc]
            points=[("pro", "a b"), ("pro", "c d"), ("con", "x y")],
            relations=[
                ("x", "a", "attack", 0.7),
                ("y", "x", "support", 0.9),
                ("x", "b", "attack", 0.8),
                ("x", "c", "undercut", 0.9),
            ],
        ),
        "pay",
    )


def test_an_open_tree_is_the_tree_itself() -> None:
    whole = tree()
    shown = fold(whole, few=None, few_points=None)
    assert shown.tree == whole
    assert (shown.path, shown.held) == ((), {})
    assert shown.home == {node.id: node.id for node in whole.nodes}


def test_a_long_list_is_cut_behind_the_surest() -> None:
    shown = fold(tree())
    more = "more:loose:pay:pro"
    listed = [node.id for node in shown.tree.nodes if node.parent == "loose:pay:pro"]
    assert listed == [*_LOOSE[:FEW], more]
    node = next(node for node in shown.tree.nodes if node.id == more)
    assert (node.text, node.count, node.side) == ("and 4 more", 4, "pro")
    assert shown.held == {more: tuple(_LOOSE[FEW:])}
    assert shown.home["s11"] == more
    spread = fold(tree(), spread={"loose:pay:pro"})
    assert spread.held == {}


def test_a_list_is_not_cut_for_one_statement() -> None:
    assert fold(tree(), few=11).held == {}
    assert fold(tree(), few=10).held == {"more:loose:pay:pro": ("s10", "s11")}


def test_the_points_of_a_side_are_cut_before_its_loose_statements() -> None:
    made = debate(
        *((f"p{n}", "pro", 0.9) for n in range(5)),  # type: ignore[misc]
        ("z", "pro", 0.5),
        points=[("pro", f"p{n}") for n in range(5)],
    )
    shown = fold(build_tree(made, "pay"), few_points=2)
    below = [node.id for node in shown.tree.nodes if node.parent == "side:pay:pro"]
    assert below == ["k1", "k2", "more:side:pay:pro", "loose:pay:pro"]
    assert [n.text for n in shown.tree.nodes if n.kind == "more"] == ["and 3 more points (3)"]
    assert shown.held["more:side:pay:pro"] == ("p2", "p3", "p4")
    assert shown.home["k5"] == "more:side:pay:pro"


def test_closed_nodes_hold_what_is_beneath_and_take_over_its_links() -> None:
    whole = tree()
    shown = fold(whole, closed=groups_of(whole))
    assert outline(shown.tree) == [
        "motion 18", "  pro 16", "    k1 2", "    k2 2", "    loose 12", "  con 2", "    k3 2",
    ]  # fmt: skip
    assert shown.held["k3"] == ("x", "y")
    links = {(r.source, r.target, r.shown): r.probability for r in shown.tree.links}
    assert links == {("k3", "k1", "attack"): 0.8, ("k3", "k2", "undercut"): 0.9}
    assert shown.times == {("k3", "k1", "attack"): 2, ("k3", "k2", "undercut"): 1}
    assert {"k1", "side:pay:con", "motion:pay"} <= shown.inner


def test_focus_shows_one_branch_under_its_ancestors() -> None:
    whole = tree()
    shown = fold(whole, focus="k3")
    assert [node.id for node in shown.tree.nodes] == ["k3", "x", "y"]
    assert shown.tree.nodes[0].parent is None
    assert [node.id for node in shown.path] == ["motion:pay", "side:pay:con"]
    # What x attacks is not there, and that y supports it the branch shows.
    assert shown.tree.links == ()
    assert fold(whole, focus="nobody").path == ()


@given(data=st.data())
def test_folding_loses_no_statement_and_no_parent(data: st.DataObject) -> None:
    whole = tree()
    ids = [node.id for node in whole.nodes]
    closed = data.draw(st.sets(st.sampled_from(ids)))
    focus = data.draw(st.sampled_from(ids))
    few = data.draw(st.one_of(st.none(), st.integers(1, 6)))
    shown = fold(whole, closed=closed, focus=focus, few=few, few_points=few)
    nodes = {node.id: node for node in whole.nodes}
    branch = {
        node.id for node in whole.nodes
        if node.id == focus or focus in {over.id for over in ancestors(nodes, node.id)}
    }  # fmt: skip
    assert set(shown.home) == branch
    drawn = [node.id for node in shown.tree.nodes]
    folded = [own for held in shown.held.values() for own in held]
    said = [own for own in drawn if own in nodes and nodes[own].kind == "statement"]
    assert sorted(said + folded) == sorted(o for o in branch if nodes[o].kind == "statement")
    for at, node in enumerate(shown.tree.nodes):
        assert node.parent in drawn[:at] if at else node.parent is None
    for link in shown.tree.links:
        assert link.source != link.target
        assert {link.source, link.target} <= set(drawn)
