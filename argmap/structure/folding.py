"""What of an argument tree is on show: branches folded away, long lists cut, one branch alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.records import ArgumentTree, NodeKind, NodeRelation, Relation, TreeNode

#: So many statements of a group stand at once; the rest are behind "and 21 more".
FEW = 8
#: And so many key points of a side.
FEW_POINTS = 12

_GROUPS: tuple[NodeKind, ...] = ("key_point", "loose")


@dataclass(frozen=True, slots=True)
class Shown:
    """A tree as it is drawn.

    Attributes:
        tree: the nodes on show, depth first, the first without a parent; its links are between
            these, one of a kind between the same two. A list that was cut ends in a node of
            kind ``more``, whose id is ``more:`` and that of the node over it.
        path: the nodes over the first one, from the motion down; empty for the whole tree.
        held: ids of the statements folded into a closed node or a ``more``.
        inner: ids of the nodes on show that can be opened and closed.
        home: for every node of the branch the node on show that it is, or is folded into.
        times: how many relations each link stands for, by source, target and kind.
    """

    tree: ArgumentTree
    path: tuple[TreeNode, ...]
    held: Mapping[str, tuple[str, ...]]
    inner: frozenset[str]
    home: Mapping[str, str]
    times: Mapping[tuple[str, str, NodeRelation], int]


def fold(
    tree: ArgumentTree,
    *,
    closed: Collection[str] = (),
    focus: str | None = None,
    spread: Collection[str] = (),
    few: int | None = FEW,
    few_points: int | None = FEW_POINTS,
) -> Shown:
    """Fold ``tree`` down to what a reader wants to see.

    A relation from or to a statement that is folded away becomes a link from or to what it is
    folded into; one that stays within a node is not shown.

    Args:
        tree: with at least its motion.
        closed: ids of the nodes that show nothing beneath them.
        focus: the node that stands alone with its branch; one that is not there focuses nothing.
        spread: ids of the nodes (sides, points, loose statements) whose lists are not cut.
        few: how many statements of a group stand at once; ``None`` cuts no list. A list is cut
            only where that hides two or more.
        few_points: the same for the key points of a side.
    """
    nodes = {node.id: node for node in tree.nodes}
    children: dict[str, list[TreeNode]] = defaultdict(list)
    for node in tree.nodes:
        if node.parent is not None:
            children[node.parent].append(node)
    root = nodes.get(focus or "", tree.nodes[0])
    shown: list[TreeNode] = []
    held: dict[str, tuple[str, ...]] = {}
    home: dict[str, str] = {}
    waiting = [replace(root, parent=None)]
    while waiting:
        node = waiting.pop()
        shown.append(node)
        if node.kind == "more":
            continue
        home[node.id] = node.id
        below = children[node.id]
        if node.id in closed and below:
            held[node.id] = _hide(below, children, into=node.id, home=home)
            continue
        most = few_points if node.kind == "side" else few if node.kind in _GROUPS else None
        # Of a side the points are cut, of a point or the loose the statements.
        kind: NodeKind = "key_point" if node.kind == "side" else "statement"
        listed = [child for child in below if child.kind == kind]
        others = [child for child in below if child.kind != kind]
        if most is not None and node.id not in spread and len(listed) > most + 1:
            more = _more(node, listed[most:])
            held[more.id] = _hide(listed[most:], children, into=more.id, home=home)
            listed[most:] = [more]
        # As in the tree: a point's statements stand before its sub-points, its points before
        # the loose ones of a side.
        waiting.extend(reversed([*listed, *others]))
    links, times = _links(tree, home)
    return Shown(
        tree=ArgumentTree(tree.topic, tuple(shown), links),
        path=tuple(ancestors(nodes, root.id)),
        held=held,
        inner=frozenset(node.id for node in shown if node.kind != "more" and children[node.id]),
        home=home,
        times=times,
    )


def ancestors(nodes: Mapping[str, TreeNode], own: str) -> list[TreeNode]:
    """The nodes over one, from the motion down."""
    over: list[TreeNode] = []
    parent = nodes[own].parent
    while parent is not None:
        over.append(nodes[parent])
        parent = nodes[parent].parent
    return over[::-1]


def groups_of(tree: ArgumentTree) -> frozenset[str]:
    """Ids of the key points and of what holds the loose statements: all there is to close."""
    return frozenset(node.id for node in tree.nodes if node.kind in _GROUPS)


def _more(node: TreeNode, rest: Sequence[TreeNode]) -> TreeNode:
    number = sum(child.count for child in rest)
    points = f"and {len(rest):,} more points ({number:,})" if node.kind == "side" else ""
    return TreeNode(
        f"more:{node.id}",
        node.id,
        "more",
        points or f"and {number:,} more",
        node.side,
        count=number,
        answers=sum(child.answers for child in rest),
    )


def _hide(
    below: Sequence[TreeNode],
    children: Mapping[str, Sequence[TreeNode]],
    *,
    into: str,
    home: dict[str, str],
) -> tuple[str, ...]:
    """Fold branches into one node; gives their statements' ids."""
    gone: list[str] = []
    waiting = list(reversed(below))
    while waiting:
        node = waiting.pop()
        home[node.id] = into
        if node.kind == "statement":
            gone.append(node.id)
        waiting.extend(reversed(children.get(node.id, ())))
    return tuple(gone)


def _links(
    tree: ArgumentTree, home: Mapping[str, str]
) -> tuple[tuple[Relation, ...], dict[tuple[str, str, NodeRelation], int]]:
    """Links between what is on show, the surest of those that fall together."""
    kept: dict[tuple[str, str, NodeRelation], Relation] = {}
    times: dict[tuple[str, str, NodeRelation], int] = {}
    for link in tree.links:
        source, target = home.get(link.source), home.get(link.target)
        if source is None or target is None or source == target:
            continue
        key = (source, target, link.shown)
        times[key] = times.get(key, 0) + 1
        if key not in kept or kept[key].probability < link.probability:
            kept[key] = replace(link, source=source, target=target)
    return tuple(kept[key] for key in sorted(kept)), times
