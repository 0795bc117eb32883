"""The argument tree of one motion: sides, their key points, and every statement once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from argmap.records import (
    SIDES,
    ArgumentTree,
    Debate,
    KeyPoint,
    Side,
    Topic,
    TreeNode,
)
from argmap.structure.members import Member, members_of, still_in, topic_of
from argmap.structure.nesting import nest

#: What stands over the statements of a side that are of no key point and hang beneath nothing.
LOOSE_TEXT = "Not part of any key point"

_SIDE_TEXT: Mapping[Side, str] = {"pro": "For the motion", "con": "Against the motion"}


def build_tree(debate: Debate, topic_id: str) -> ArgumentTree:
    """Draw the tree of one topic.

    The motion branches into its two sides, these into key points, these into statements and
    sub-points. Premises hang beneath the claim that they support, and rebuttals beneath what
    they attack or undercut (see ``nesting``), so that a statement may stand on the branch of the
    other side; the heading of a key point stays on top of it. What is of no key point and
    hangs beneath nothing stands under one node of its side, the last, of kind ``loose``. Every
    statement labelled pro or con appears exactly once; the relations that the branches do not
    show are the tree's ``links``.

    Key points come by size, sub-points included, then by mean confidence; statements the heading
    first, then premises before rebuttals, and most confident first.

    A statement whose label was changed since the key points were found moves to its new side,
    out of its key point.

    Returns:
        Nodes depth first, parents before children. Ids are ``motion:<topic>``,
        ``side:<topic>:<side>``, ``loose:<topic>:<side>`` and the key points' and statements' own.

    Raises:
        ValueError: the debate has no such topic.
    """
    topic = topic_of(debate, topic_id)
    members = {m.statement.id: m for m in members_of(debate.statements, debate.stances, topic)}
    points = _live_points(debate.key_points, topic, members)
    home = {own: point.id for point in points for own in point.statements}
    relations = [
        relation
        for relation in debate.relations
        if relation.topic == topic_id and relation.source in members and relation.target in members
    ]
    heads = {point.statements[0] for point in points}
    beneath = nest(relations, members, home=home, heads=heads)
    nodes = _groups(topic, points, members, loose=members.keys() - home.keys() - beneath.keys())
    children: dict[str, list[str]] = defaultdict(list)
    loose: list[str] = []
    for node in nodes.values():
        if node.kind == "loose":
            loose.append(node.id)
        elif node.parent is not None and (over := nodes[node.parent]).kind != "key_point":
            children[over.id].append(node.id)

    def rank(m: Member) -> tuple[bool, bool, tuple[float, str, int, str]]:
        own = m.statement.id
        rebuts = own in beneath and beneath[own].kind == "attack"
        return own not in heads, rebuts, m.strength

    for m in sorted(members.values(), key=rank):
        own = m.statement.id
        relation = beneath.get(own)
        if relation is not None:
            parent = relation.target
        else:
            parent = home.get(own, f"loose:{topic_id}:{m.side}")
        shown = None if relation is None else relation.shown
        nodes[own] = TreeNode(
            own, parent, "statement", m.statement.text, m.side, own, relation=shown
        )
        children[parent].append(own)
    for point in points:
        if point.parent is not None:
            children[point.parent].append(point.id)
    for own in loose:
        children[str(nodes[own].parent)].append(own)

    root = f"motion:{topic_id}"
    ordered = _depth_first(root, children)
    return ArgumentTree(
        topic=topic_id,
        nodes=_counted([nodes[own] for own in ordered], home),
        links=tuple(
            sorted(
                (r for r in relations if beneath.get(r.source) != r),
                key=lambda r: (r.source, r.target, r.kind),
            )
        ),
    )


def _groups(
    topic: Topic,
    points: Sequence[KeyPoint],
    members: Mapping[str, Member],
    *,
    loose: Collection[str],
) -> dict[str, TreeNode]:
    """The nodes over the statements, each after its parent: motion, sides, points, the loose."""
    root = f"motion:{topic.id}"
    nodes = {root: TreeNode(root, None, "motion", topic.motion)}
    for side in SIDES:
        side_id = f"side:{topic.id}:{side}"
        nodes[side_id] = TreeNode(side_id, root, "side", _SIDE_TEXT[side], side)
        for point in points:
            if point.side == side:
                nodes[point.id] = TreeNode(
                    point.id,
                    point.parent or side_id,
                    "key_point",
                    point.text,
                    side,
                    point.statements[0],
                )
        if any(members[own].side == side for own in loose):
            loose_id = f"loose:{topic.id}:{side}"
            nodes[loose_id] = TreeNode(loose_id, side_id, "loose", LOOSE_TEXT, side)
    return nodes


def _live_points(
    points: Iterable[KeyPoint], topic: Topic, members: Mapping[str, Member]
) -> list[KeyPoint]:
    """The topic's key points with the statements that still take their side, in tree order.

    A sub-point whose point is gone stands by itself.
    """
    seen: set[str] = set()
    live: dict[str, KeyPoint] = {}
    for point in points:
        if point.topic != topic.id:
            continue
        # A statement belongs to one key point: the first that claims it.
        kept = still_in(point, members, seen)
        if not kept:
            continue
        seen.update(kept)
        text = point.text if kept[0] == point.statements[0] else members[kept[0]].statement.text
        live[point.id] = replace(point, text=text, statements=kept)
    for point in live.values():
        if point.parent is not None and point.parent not in live:
            live[point.id] = replace(point, parent=None)
    held = {own: list(point.statements) for own, point in live.items()}
    for point in live.values():
        if point.parent is not None:
            held[point.parent] += point.statements

    def rank(point: KeyPoint) -> tuple[int, float, str]:
        own = held[point.id]
        return -len(own), -sum(members[m].confidence for m in own) / len(own), point.id

    return sorted(live.values(), key=rank)


def _depth_first(root: str, children: Mapping[str, Sequence[str]]) -> list[str]:
    ordered: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(reversed(children.get(node, ())))
    return ordered


def _counted(nodes: Sequence[TreeNode], home: Mapping[str, str]) -> tuple[TreeNode, ...]:
    """The nodes, depth first, with what stands at or below each."""
    sides: dict[Side | None, str] = {node.side: node.id for node in nodes if node.kind == "side"}
    group: dict[str, str] = {}
    branch: dict[str, str] = {}
    away: Counter[str] = Counter()
    for node in nodes:
        group[node.id] = group[node.parent] if node.kind == "statement" and node.parent else node.id
        branch[node.id] = branch.get(node.parent or "", "") or (node.id if node.side else "")
        if node.kind == "statement":
            if node.id in home:
                away[home[node.id]] += group[node.id] != home[node.id]
            away[sides[node.side]] += branch[node.id] != sides[node.side]
    below: dict[str, Counter[Side]] = {node.id: Counter() for node in nodes}
    for node in reversed(nodes):
        if node.kind == "statement" and node.side is not None:
            below[node.id][node.side] += 1
        if node.parent is not None:
            below[node.parent].update(below[node.id])
    return tuple(
        replace(
            node,
            count=below[node.id].total(),
            answers=0 if node.side is None else below[node.id].total() - below[node.id][node.side],
            elsewhere=away[node.id],
        )
        for node in nodes
    )
