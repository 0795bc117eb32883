"""The argument graph that every interchange format is written from and read into.

After arguebuf and the Argument Interchange Format: claims are nodes; what links them is a scheme
edge of its own, so that an edge may have several premises and may itself be attacked (undercut).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from argmap.errors import GraphFileError
from argmap.records import Attribution, Decision, Document, KeyPoint, Label, Run, Speaker, Topic

EdgeKind = Literal["support", "attack", "undercut", "contradiction", "rephrase"]
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)

#: Scheme of an attack that undercuts a claim which acts on nothing that the graph holds.
UNDERCUT = "undercut"

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a node's text stands: half-open character offsets into a document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model or a person says of one node on one motion; the three sum to 1.

    Attributes:
        model_label: what the model said where the label is a person's.
    """

    topic: str
    label: Label
    pro: float
    con: float
    none: float
    model_label: Label | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One claim.

    Attributes:
        topic: id of the motion that the node states; ``None`` on every other node.
        source: where the text stands in a document of the graph.
        attribution: who says it; ``None`` where the file does not tell.
        context: the speaker's words just before it.
        stances: one a motion at most.
        metadata: what a foreign file says of the node beyond this, as JSON text by key.
    """

    id: str
    text: str
    topic: str | None = None
    source: Location | None = None
    attribution: Attribution | None = None
    context: str = ""
    stances: tuple[Judgement, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def speaker(self) -> str | None:
        return None if self.attribution is None else self.attribution.speaker


@dataclass(frozen=True, slots=True)
class Edge:
    """One scheme: ``sources`` together support, attack, undercut, contradict or repeat ``target``.

    Attributes:
        sources: node ids; several are the premises of one inference.
        target: a node id, or for an undercut the id of the edge that it attacks.
        topic: the motion that the edge was found for.
        scheme: name of the argumentation scheme, where a file gives one.
        corrected: a person drew or confirmed it in argmap.
    """

    id: str
    kind: EdgeKind
    sources: tuple[str, ...]
    target: str
    topic: str | None = None
    probability: float | None = None
    scheme: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ArgumentGraph:
    """Claims, the schemes between them, and where they come from. Texts hold no lone surrogate.

    Attributes:
        documents: the sources; ``text`` is empty where the file does not hold it.
        points: groups of nodes of one side that make the same point.
        decisions: which division of a document decides a motion.
        run: what made the graph, where argmap did.
        notes: what the reader of a file could not take over, in plain sentences.
    """

    title: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    participants: tuple[Speaker, ...] = ()
    documents: tuple[Document, ...] = ()
    motions: tuple[Topic, ...] = ()
    points: tuple[KeyPoint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    run: Run | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)

    def linked(self) -> frozenset[str]:
        """Ids of the nodes that state a motion or that an edge touches."""
        touched = {node.id for node in self.nodes if node.topic is not None}
        for edge in self.edges:
            touched.update(edge.sources)
            touched.add(edge.target)
        return frozenset(node.id for node in self.nodes if node.id in touched)


def check(graph: ArgumentGraph) -> None:
    """Check that ids are unique, that every reference resolves and that texts can be encoded.

    Raises:
        GraphFileError: names the node or edge and the rule.
    """
    nodes = _unique((node.id for node in graph.nodes), "node")
    edges = _unique((edge.id for edge in graph.edges), "edge")
    topics = _unique((topic.id for topic in graph.motions), "motion")
    documents = _unique((document.id for document in graph.documents), "document")
    people = _unique((person.id for person in graph.participants), "participant")
    for node in graph.nodes:
        where = f"The node {node.id!r}"
        if _SURROGATE.search(node.text) or _SURROGATE.search(node.id):
            raise GraphFileError(f"{where} holds half a character (a lone surrogate).")
        if node.topic is not None and node.topic not in topics:
            raise GraphFileError(f"{where} states the motion {node.topic!r}, which is not there.")
        if node.speaker is not None and node.speaker not in people:
            raise GraphFileError(f"{where} is said by {node.speaker!r}, who is not there.")
        if node.source is not None and node.source.document not in documents:
            raise GraphFileError(
                f"{where} stands in the document {node.source.document!r}, which is not there."
            )
        if any(stance.topic not in topics for stance in node.stances):
            raise GraphFileError(f"{where} is judged on a motion that is not there.")
    for edge in graph.edges:
        where = f"The edge {edge.id!r}"
        if not edge.sources:
            raise GraphFileError(f"{where} comes from nowhere.")
        if missing := [source for source in edge.sources if source not in nodes]:
            raise GraphFileError(f"{where} comes from {missing[0]!r}, which is not a node.")
        if len(set(edge.sources)) != len(edge.sources):
            raise GraphFileError(f"{where} comes from one node twice.")
        if edge.kind == "undercut":
            if edge.target not in edges:
                raise GraphFileError(f"{where} undercuts {edge.target!r}, which is not an edge.")
        elif edge.target not in nodes:
            raise GraphFileError(f"{where} goes to {edge.target!r}, which is not a node.")
        if edge.target in edge.sources:
            raise GraphFileError(f"{where} links {edge.target!r} to itself.")
        if edge.topic is not None and edge.topic not in topics:
            raise GraphFileError(f"{where} is for the motion {edge.topic!r}, which is not there.")


def _unique(ids: Iterable[str], what: str) -> frozenset[str]:
    seen: set[str] = set()
    for identifier in ids:
        if identifier in seen:
            raise GraphFileError(f"Two of the graph's {what}s have the id {identifier!r}.")
        seen.add(identifier)
    return frozenset(seen)


def rooted(points: Iterable[KeyPoint]) -> tuple[KeyPoint, ...]:
    """The key points; those whose parent is not among them stand by themselves."""
    points = tuple(points)
    known = {point.id for point in points}
    return tuple(
        point if point.parent is None or point.parent in known else replace(point, parent=None)
        for point in points
    )


def pruned(graph: ArgumentGraph) -> ArgumentGraph:
    """The graph without what names a node, edge or motion that is gone, and a note for each.

    A program that edits an exported file takes nodes away without touching what argmap wrote
    beside them; what is left must still open.
    """
    nodes = {node.id for node in graph.nodes}
    topics = {topic.id for topic in graph.motions}
    notes = list(graph.notes)
    edges = list(graph.edges)
    while True:
        known = {edge.id for edge in edges}
        kept = [e for e in edges if e.target in (known if e.kind == "undercut" else nodes)]
        if len(kept) == len(edges):
            break
        notes.append(f"Links to something that is gone, left out: {len(edges) - len(kept)}.")
        edges = kept
    points = []
    for point in graph.points:
        members = tuple(member for member in point.statements if member in nodes)
        if members and point.topic in topics:
            points.append(replace(point, statements=members))
    divisions = {division.id for document in graph.documents for division in document.divisions}
    decisions = tuple(d for d in graph.decisions if d.topic in topics and d.division in divisions)
    return replace(
        graph,
        edges=tuple(edges),
        points=rooted(points),
        decisions=decisions,
        notes=tuple(notes),
    )
