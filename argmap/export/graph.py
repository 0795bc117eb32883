"""A debate as an argument graph: what every format of argument graphs is written from."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.interchange import ArgumentGraph, Edge, EdgeKind, Judgement, Location, Node
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Side, Topic, content_id
from argmap.structure import build_tree

_TO_MOTION: dict[Side, EdgeKind] = {"pro": "support", "con": "attack"}


def to_graph(debate: Debate) -> ArgumentGraph:
    """The argument graph of ``debate``, drawn as the dashboard's tree draws it.

    Each motion is a node. The sentence that heads a key point supports or attacks the motion,
    with the probability of its stance; the other sentences of the point rephrase the heading;
    sentences of a side that fit no point support or attack the motion themselves. The debate's
    relations are edges between their two sentences. Sentences of neither side are nodes without
    an edge.

    Raises:
        ProjectFileError: the debate breaks the project file's contract.
    """
    # Written and read once, every text can be encoded and every number is rounded alike.
    debate = loads(dumps(debate))
    motions = _motion_ids(debate)
    judged: dict[str, list[Judgement]] = {statement.id: [] for statement in debate.statements}
    for stance in debate.stances:
        judged[stance.statement].append(
            Judgement(stance.topic, stance.label, stance.pro, stance.con, stance.none)
        )
    nodes = [Node(motions[topic.id], topic.motion, topic=topic.id) for topic in debate.topics]
    nodes += [
        Node(
            id=statement.id,
            text=statement.text,
            source=Location(statement.document, statement.start, statement.end),
            attribution=statement.attribution,
            context=statement.context,
            stances=tuple(judged[statement.id]),
        )
        for statement in debate.statements
    ]
    return ArgumentGraph(
        title=debate.title,
        nodes=tuple(nodes),
        edges=tuple(
            edge
            for topic in debate.topics
            for edge in _edges(debate, topic, motion=motions[topic.id])
        ),
        participants=debate.speakers,
        documents=debate.documents,
        motions=debate.topics,
        points=debate.key_points,
        run=debate.run,
    )


def _motion_ids(debate: Debate) -> dict[str, str]:
    """A node id a motion, which no statement has."""
    taken = {statement.id for statement in debate.statements}
    found: dict[str, str] = {}
    for topic in debate.topics:
        own = f"motion:{topic.id}"
        while own in taken:
            own = f"motion:{own}"
        taken.add(own)
        found[topic.id] = own
    return found


def _edges(debate: Debate, topic: Topic, *, motion: str) -> Iterator[Edge]:
    tree = build_tree(debate, topic.id)
    nodes = {node.id: node for node in tree.nodes}
    stances = {stance.statement: stance for stance in debate.stances if stance.topic == topic.id}

    def edge(kind: EdgeKind, source: str, target: str, probability: float | None) -> Edge:
        own = content_id("e", kind, source, target, topic.id)
        return Edge(own, kind, (source,), target, topic.id, probability)

    for node in tree.nodes:
        if node.kind != "statement" or node.side is None or node.parent is None:
            continue
        above = nodes[node.parent]
        if above.kind == "key_point" and above.statement not in (None, node.id):
            yield edge("rephrase", node.id, str(above.statement), None)
        elif above.kind in ("key_point", "side"):
            stance = stances[node.id]
            sure = stance.pro if node.side == "pro" else stance.con
            yield edge(_TO_MOTION[node.side], node.id, motion, sure)
    for relation in debate.relations:
        if relation.topic == topic.id:
            yield edge(relation.kind, relation.source, relation.target, relation.probability)
