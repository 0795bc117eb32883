"""The argument tree of one motion: sides, their key points, and every statement once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from argmap.records import (
    ArgumentTree,
    Debate,
    KeyPoint,
    Relation,
    Side,
    Topic,
    TreeNode,
)
from argmap.structure.members import Member, by_side, members_of

#: Statements hang at most so many deep beneath one another; further support is a link. A longer
#: chain of model judgements is more than a reader can follow, or the judgements bear.
MAX_CHAIN = 2

_SIDE_TEXT: Mapping[Side, str] = {"pro": "For the motion", "con": "Against the motion"}


def build_tree(debate: Debate, topic_id: str) -> ArgumentTree:
    """Draw the tree of one topic.

    The motion branches into its two sides, these into key points, these into statements. A
    statement that fits no key point hangs under its side. A statement that supports another of
    the same key point (or, without one, of the same side) hangs beneath it; the heading stays
    on top, and no chain is longer than ``MAX_CHAIN``. Every statement labelled pro or con appears
    exactly once; the relations that the branches do not show are the tree's ``links``.

    Key points come by size, then by mean confidence, and before loose statements; statements
    come most confident first, the heading before all.

    A statement whose label was changed since the key points were found moves to its new side,
    out of its key point.

    Returns:
        Nodes depth first, parents before children; ``count`` is the number of statements at or
        below a node. Ids are ``motion:<topic>``, ``side:<topic>:<side>`` and the key points'
        and statements' own.

    Raises:
        ValueError: the debate has no such topic.
    """
    topic = _topic(debate, topic_id)
    members = {m.statement.id: m for m in members_of(debate.statements, debate.stances, topic)}
    points = _live_points(debate.key_points, topic, members)
    home = {m: point.id for point in points for m in point.statements}
    relations = [
        relation
        for relation in debate.relations
        if relation.topic == topic_id and relation.source in members and relation.target in members
    ]
    heads = {point.statements[0] for point in points}
    beneath = _nest(relations, members, home, heads)
    children: dict[str, list[str]] = defaultdict(list)
    nodes: dict[str, TreeNode] = {}

    root = f"motion:{topic_id}"
    nodes[root] = TreeNode(root, None, "motion", topic.motion)
    for side, group in by_side(list(members.values())).items():
        side_id = f"side:{topic_id}:{side}"
        nodes[side_id] = TreeNode(side_id, root, "side", _SIDE_TEXT[side], side)
        children[root].append(side_id)
        for point in points:
            if point.side == side:
                nodes[point.id] = TreeNode(
                    point.id, side_id, "key_point", point.text, side, point.statements[0]
                )
                children[side_id].append(point.id)
        for m in sorted(group, key=lambda m: (m.statement.id not in heads, m.strength)):
            own = m.statement.id
            parent = beneath.get(own) or home.get(own, side_id)
            nodes[own] = TreeNode(own, parent, "statement", m.statement.text, side, own)
            children[parent].append(own)

    ordered = _depth_first(root, children)
    counts = _counts(ordered, nodes)
    return ArgumentTree(
        topic=topic_id,
        nodes=tuple(_counted(nodes[own], counts[own]) for own in ordered),
        links=tuple(
            sorted(
                (r for r in relations if beneath.get(r.source) != r.target),
                key=lambda r: (r.source, r.target, r.kind),
            )
        ),
    )


def _topic(debate: Debate, topic_id: str) -> Topic:
    for topic in debate.topics:
        if topic.id == topic_id:
            return topic
    known = ", ".join(f"“{topic.id}”" for topic in debate.topics) or "none"
    raise ValueError(
        f"The debate “{debate.title}” has no topic “{topic_id}”. Its topics are: {known}."
    )


def _live_points(
    points: Iterable[KeyPoint], topic: Topic, members: Mapping[str, Member]
) -> list[KeyPoint]:
    """The topic's key points with the statements that still take their side, in tree order."""
    seen: set[str] = set()
    sized: list[tuple[int, float, str, KeyPoint]] = []
    for point in points:
        if point.topic != topic.id:
            continue
        # A statement belongs to one key point: the first that claims it.
        kept = tuple(
            own
            for own in dict.fromkeys(point.statements)
            if own in members and members[own].side == point.side and own not in seen
        )
        if not kept:
            continue
        seen.update(kept)
        text = point.text if kept[0] == point.statements[0] else members[kept[0]].statement.text
        confidence = sum(members[own].confidence for own in kept) / len(kept)
        live = KeyPoint(point.id, point.topic, point.side, text, kept)
        sized.append((-len(kept), -confidence, point.id, live))
    return [live for *_, live in sorted(sized, key=lambda item: item[:3])]


def _nest(
    relations: Sequence[Relation],
    members: Mapping[str, Member],
    home: Mapping[str, str],
    heads: set[str],
) -> dict[str, str]:
    """For each statement that hangs beneath another, that other; most probable first, no cycles."""
    beneath: dict[str, str] = {}
    below: dict[str, int] = defaultdict(int)
    for relation in sorted(relations, key=lambda r: (-r.probability, r.source, r.target)):
        source, target = relation.source, relation.target
        if (
            relation.kind == "support"
            and members[source].side == members[target].side
            and home.get(source) == home.get(target)
            and source not in heads
            and source not in beneath
            and source not in (over := _upwards(target, beneath))
            and len(over) + below[source] <= MAX_CHAIN
        ):
            beneath[source] = target
            for height, step in enumerate(over, start=below[source] + 1):
                below[step] = max(below[step], height)
    return beneath


def _upwards(own: str, beneath: Mapping[str, str]) -> list[str]:
    """The statement itself and those over it, upwards."""
    over = [own]
    while over[-1] in beneath:
        over.append(beneath[over[-1]])
    return over


def _depth_first(root: str, children: Mapping[str, Sequence[str]]) -> list[str]:
    ordered: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(reversed(children.get(node, ())))
    return ordered


def _counts(ordered: Sequence[str], nodes: Mapping[str, TreeNode]) -> dict[str, int]:
    counts = {own: int(nodes[own].kind == "statement") for own in ordered}
    for own in reversed(ordered):
        parent = nodes[own].parent
        if parent is not None:
            counts[parent] += counts[own]
    return counts


def _counted(node: TreeNode, count: int) -> TreeNode:
    return TreeNode(node.id, node.parent, node.kind, node.text, node.side, node.statement, count)
