"""The tree: what a reader would draw, and what holds whatever the debate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.records import LABELS, SIDES, Debate, KeyPoint, Relation, TreeNode
from argmap.structure import build_tree
from argmap.structure.nesting import MAX_CHAIN

from .builders import PAY, debate, outline, stance


def test_tree_of_points_and_loose_statements() -> None:
    drawn = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.95),
        ("c", "pro", 0.7),
        ("d", "con", 0.8),
        ("e", "con", 0.6),
        ("f", "none", 0.9),
        ("g", "unclear", 0.45),
        points=[("pro", "a b")],
    )
    assert outline(build_tree(drawn, "pay")) == [
        "motion 5",
        "  pro 3",
        "    k1 2",
        "      a 1",  # the heading first, though b is surer
        "      b 1",
        "    loose 1",
        "      c 1",
        "  con 2",
        "    loose 2",
        "      d 1",
        "      e 1",
    ]


def test_tree_hangs_support_and_attack_beneath_their_target() -> None:
    drawn = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.8),
        ("c", "pro", 0.7),
        ("d", "con", 0.9),
        ("e", "con", 0.8),
        points=[("pro", "a b c")],
        relations=[
            ("c", "b", "support"),
            ("b", "a", "support", 0.85),
            ("d", "a", "attack"),
            ("e", "d", "support"),
        ],
    )
    tree = build_tree(drawn, "pay")
    assert outline(tree) == [
        "motion 5",
        "  pro 5",
        "    k1 5",
        "      a 5",
        "        b 2",
        "          c 1",
        "        d 2",
        "          e 1",
        "  con 0",
    ]
    assert tree.links == ()
    relations = {node.id: node.relation for node in tree.nodes}
    assert (relations["a"], relations["b"], relations["d"]) == (None, "support", "attack")
    nodes = {node.id: node for node in tree.nodes}
    assert (nodes["k1"].own, nodes["k1"].answers) == (3, 2)
    assert (nodes["side:pay:con"].own, nodes["side:pay:con"].elsewhere) == (0, 2)


def test_tree_breaks_a_circle_at_its_weakest_support() -> None:
    drawn = debate(
        ("a", "con", 0.9),
        ("b", "con", 0.8),
        ("c", "con", 0.7),
        relations=[
            ("a", "b", "support", 0.99),
            ("b", "c", "support", 0.95),
            ("c", "a", "support", 0.81),
        ],
    )
    tree = build_tree(drawn, "pay")
    assert outline(tree)[2:] == [
        "  con 3",
        "    loose 3",
        "      c 3",
        "        b 2",
        "          a 1",
    ]
    assert [(r.source, r.target) for r in tree.links] == [("c", "a")]


def test_tree_orders_points_by_size_then_confidence() -> None:
    drawn = debate(
        ("a", "pro", 0.6),
        ("b", "pro", 0.6),
        ("c", "pro", 0.9),
        ("d", "pro", 0.9),
        ("e", "pro", 0.7),
        ("f", "pro", 0.7),
        ("g", "pro", 0.7),
        ("h", "pro", 0.99),
        points=[("pro", "a b"), ("pro", "c d"), ("pro", "e f g")],
    )
    assert [node.id for node in build_tree(drawn, "pay").nodes[2:-1] if node.kind != "loose"] == [
        *("k3", "e", "f", "g"),
        *("k2", "c", "d"),
        *("k1", "a", "b"),
        "h",
    ]


def test_tree_keeps_statements_of_different_points_apart() -> None:
    drawn = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.8),
        ("c", "pro", 0.7),
        ("d", "pro", 0.6),
        ("e", "pro", 0.55),
        points=[("pro", "a b"), ("pro", "c d")],
        relations=[("d", "a", "support"), ("e", "a", "support")],
    )
    tree = build_tree(drawn, "pay")
    parents = {node.id: node.parent for node in tree.nodes}
    assert parents["d"] == "k2"
    assert parents["e"] == "a"
    assert [(r.source, r.target) for r in tree.links] == [("d", "a")]


def test_tree_never_hangs_a_heading_beneath_another() -> None:
    drawn = debate(
        ("a", "pro", 0.9),
        ("b", "pro", 0.8),
        points=[("pro", "a b")],
        relations=[("a", "b", "support")],
    )
    tree = build_tree(drawn, "pay")
    assert outline(tree)[3:5] == ["      a 1", "      b 1"]
    assert [(r.source, r.target) for r in tree.links] == [("a", "b")]


def test_tree_cuts_long_chains_of_support() -> None:
    names = "abcdefg"
    drawn = debate(
        *((name, "pro", 0.9) for name in names),
        relations=[
            (low, high, "support", 0.99 - n / 100) for n, (high, low) in enumerate(pairwise(names))
        ],
    )
    tree = build_tree(drawn, "pay")
    depth: dict[str | None, int] = {None: 0}
    for node in tree.nodes:
        depth[node.id] = depth[node.parent] + 1
    # Motion, side and what is loose are 1 to 3; a statement on top is 4.
    assert max(depth.values()) == 4 + MAX_CHAIN
    shown = sum(node.parent in set(names) for node in tree.nodes)
    assert shown + len(tree.links) == len(drawn.relations)


def test_tree_moves_a_corrected_statement_to_its_new_side() -> None:
    drawn = debate(
        ("a", "pro", 0.9), ("b", "pro", 0.8), ("c", "pro", 0.7), points=[("pro", "a b c")]
    )
    corrected = replace(drawn, stances=(*drawn.stances, stance("a", "con")))
    tree = build_tree(corrected, "pay")
    assert outline(tree) == [
        "motion 3",
        "  pro 2",
        "    k1 2",
        "      b 1",
        "      c 1",
        "  con 1",
        "    loose 1",
        "      a 1",
    ]
    point = next(node for node in tree.nodes if node.kind == "key_point")
    assert (point.text, point.statement) == ("Sentence b.", "b")


def test_tree_names_its_nodes() -> None:
    drawn = debate(("a", "pro", 0.9), ("b", "pro", 0.8), points=[("pro", "a b")])
    tree = build_tree(drawn, "pay")
    assert [node.id for node in tree.nodes] == [
        "motion:pay",
        "side:pay:pro",
        "k1",
        "a",
        "b",
        "side:pay:con",
    ]
    assert tree.nodes[0].text == PAY.motion
    assert [node.text for node in tree.nodes if node.kind == "side"] == [
        "For the motion",
        "Against the motion",
    ]


def test_tree_without_such_a_topic_says_which_there_are() -> None:
    with pytest.raises(ValueError, match=r"no topic “rail”.*“pay”"):
        build_tree(debate(("a", "pro", 0.9)), "rail")


def test_tree_with_a_stance_on_an_unknown_statement_says_so() -> None:
    drawn = debate(("a", "pro", 0.9))
    broken = replace(drawn, stances=(*drawn.stances, stance("zz", "pro")))
    with pytest.raises(ValueError, match="“zz”"):
        build_tree(broken, "pay")


@st.composite
def _debates(draw: st.DrawFn) -> Debate:
    count = draw(st.integers(0, 12))
    names = [f"s{n}" for n in range(count)]
    rows = [
        (name, draw(st.sampled_from(LABELS)), draw(st.integers(50, 99)) / 100) for name in names
    ]
    made = debate(*rows)
    if not names:
        return made
    # Key points and relations as they come, right or wrong: a project file may hold any.
    points = draw(
        st.lists(
            st.tuples(
                st.sampled_from(SIDES), st.lists(st.sampled_from(names), min_size=1, max_size=5)
            ),
            max_size=4,
        )
    )
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from(names),
                st.sampled_from(names),
                st.sampled_from((("support", False), ("attack", False), ("attack", True))),
                st.integers(80, 99),
            ),
            max_size=20,
            unique_by=lambda pair: pair[:2],
        )
    )
    return replace(
        made,
        key_points=tuple(
            KeyPoint(
                f"k{n}",
                "pay",
                side,
                "Point.",
                tuple(own),
                "k0" if n and side == points[0][0] and draw(st.booleans()) else None,
            )
            for n, (side, own) in enumerate(points)
        ),
        relations=tuple(
            Relation(a, b, "pay", kind, p / 100, undercut)
            for a, b, (kind, undercut), p in pairs
            if a != b
        ),
    )


@given(_debates())
@settings(max_examples=60)
def test_tree_holds_every_sided_statement_once(made: Debate) -> None:
    tree = build_tree(made, "pay")
    sided = {s.statement: s.label for s in made.stances if s.label in SIDES}
    shown = [node for node in tree.nodes if node.kind == "statement"]
    assert sorted(node.id for node in shown) == sorted(sided)
    assert all(node.side == sided[node.id] for node in shown)
    assert max(Counter(node.id for node in tree.nodes).values()) == 1


@given(_debates())
@settings(max_examples=60)
def test_tree_is_a_tree_and_its_counts_add_up(made: Debate) -> None:
    tree = build_tree(made, "pay")
    seen: set[str] = set()
    open_path: list[str] = []
    for node in tree.nodes:
        if node.parent is None:
            assert node is tree.nodes[0]
        else:
            # The parent came before, which leaves no room for a circle ...
            assert node.parent in seen
            # ... and is still open, which is what depth first means.
            while open_path[-1] != node.parent:
                open_path.pop()
        open_path.append(node.id)
        seen.add(node.id)
    for node in tree.nodes:
        below = sum(child.count for child in tree.nodes if child.parent == node.id)
        assert node.count == below + (node.kind == "statement")


@given(_debates())
@settings(max_examples=50)
def test_tree_shows_every_relation_once(made: Debate) -> None:
    tree = build_tree(made, "pay")
    sided = {s.statement for s in made.stances if s.label in SIDES}
    branches = {
        (node.id, node.parent): node.relation for node in tree.nodes if node.kind == "statement"
    }
    links = [(r.source, r.target) for r in tree.links]
    for relation in made.relations:
        assert branches.get((relation.source, relation.target)) in (None, relation.shown)
        pair = (relation.source, relation.target)
        if set(pair) <= sided:
            assert (pair in branches) + links.count(pair) == 1
        else:
            assert pair not in links


@given(_debates())
@settings(max_examples=60)
def test_tree_hangs_nothing_where_it_does_not_belong(made: Debate) -> None:
    tree = build_tree(made, "pay")
    nodes = {node.id: node for node in tree.nodes}
    depth: dict[str, int] = {}
    for node in tree.nodes:
        over = nodes[node.parent] if node.parent is not None else None
        if node.kind != "statement" or over is None:
            continue
        depth[node.id] = depth.get(over.id, 0) + 1
        assert depth[node.id] <= 1 + MAX_CHAIN
        assert (over.kind == "statement") == (node.relation is not None)
        if over.kind != "statement" or node.relation == "support":
            assert node.side == over.side
        elif node.relation == "attack":
            assert node.side != over.side
    headings = [node.statement for node in tree.nodes if node.kind == "key_point"]
    assert [nodes[str(own)].relation for own in headings] == [None] * len(headings)
    # Whatever a side says stands on its branch or is counted as elsewhere.
    for side in tree.nodes:
        if side.kind == "side":
            said = {s.statement for s in made.stances if s.label == side.side}
            here = said & {node.id for node in tree.nodes if _branch(node, nodes) == side.id}
            assert (side.own, side.elsewhere) == (len(here), len(said) - len(here))


def _branch(node: TreeNode, nodes: Mapping[str, TreeNode]) -> str:
    while node.kind != "side" and node.parent is not None:
        node = nodes[node.parent]
    return node.id


@given(_debates(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_tree_does_not_depend_on_the_order_of_statements(made: Debate, random: object) -> None:
    statements, relations = list(made.statements), list(made.relations)
    random.shuffle(statements)  # type: ignore[attr-defined]
    random.shuffle(relations)  # type: ignore[attr-defined]
    moved = replace(made, statements=tuple(statements), relations=tuple(relations))
    assert build_tree(moved, "pay") == build_tree(made, "pay")
