"""A debate as an argument graph: what every format of argument graphs is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from argmap.corrections import corrected
from argmap.interchange import UNDERCUT, ArgumentGraph, Edge, EdgeKind, Judgement, Location, Node
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Side, Topic, content_id
from argmap.structure import build_tree

# AIF's rephrase of a claim by a narrower one, as Inference Anchoring Theory calls it.
_CLOSER = "Specialisation"
_TO_MOTION: dict[Side, EdgeKind] = {"pro": "support", "con": "attack"}


def to_graph(debate: Debate) -> ArgumentGraph:
    """The argument graph of ``debate``, drawn as the dashboard's tree draws it.

    Each motion is a node. The sentence that heads a key point supports or attacks the motion,
    with the probability of its stance; the other sentences of the point rephrase the heading;
    sentences of a side that fit no point support or attack the motion themselves. The heading
    of a sub-point says more closely what the heading of its point says: it rephrases that. The
    debate's relations are edges between their two sentences, but an undercut goes to the edge by
    which the tree shows its target: it attacks that step. Sentences of neither side are nodes
    without an edge.

    Raises:
        ProjectFileError: the debate breaks the project file's contract.
    """
    # The graph shows the debate as its readers corrected it, and has no place for their log.
    # Written and read once, every text can be encoded and every number is rounded alike.
    debate = loads(dumps(replace(corrected(debate), edits=(), edited=False)))
    motions = _motion_ids(debate)
    judged: dict[str, list[Judgement]] = {statement.id: [] for statement in debate.statements}
    for stance in debate.stances:
        judged[stance.statement].append(
            Judgement(
                stance.topic, stance.label, stance.pro, stance.con, stance.none, stance.model_label
            )
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
        decisions=debate.decisions,
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
    # The edge by which the tree shows a statement: what an undercut of that statement attacks.
    steps: dict[str, str] = {}

    def identifier(kind: EdgeKind, source: str, target: str) -> str:
        return content_id("e", kind, source, target, topic.id)

    def edge(
        kind: EdgeKind, source: str, target: str, *, sure: float | None = None, scheme: str = ""
    ) -> Edge:
        steps[source] = identifier(kind, source, target)
        return Edge(steps[source], kind, (source,), target, topic.id, sure, scheme or None)

    for node in tree.nodes:
        if node.kind != "statement" or node.side is None or node.parent is None:
            continue
        above = nodes[node.parent]
        over = nodes[above.parent] if above.parent is not None else None
        if above.kind == "statement":
            steps[node.id] = identifier(node.relation or "support", node.id, above.id)
        elif above.kind == "key_point" and above.statement not in (None, node.id):
            yield edge("rephrase", node.id, str(above.statement))
        elif above.kind == "key_point" and over is not None and over.kind == "key_point":
            yield edge("rephrase", node.id, str(over.statement), scheme=_CLOSER)
        else:
            sure = stances[node.id].sure_of(node.side)
            yield edge(_TO_MOTION[node.side], node.id, motion, sure=sure)
    for relation in debate.relations:
        if relation.topic != topic.id:
            continue
        source, target, sure = relation.source, relation.target, relation.probability
        hand = relation.corrected
        own = identifier(relation.shown, source, target)
        if not relation.undercut:
            yield Edge(own, relation.kind, (source,), target, topic.id, sure, corrected=hand)
        elif target in steps:
            yield Edge(own, "undercut", (source,), steps[target], topic.id, sure, corrected=hand)
        else:
            yield Edge(own, "attack", (source,), target, topic.id, sure, UNDERCUT, corrected=hand)
