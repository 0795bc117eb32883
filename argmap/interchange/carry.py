"""What argmap writes beside a format's own fields, and how it reads it back.

Every format has a place for the data of other programs: extra keys of an AIF node, a block of
SADFace's metadata, YAML in Argdown's braces, an attribute of GraphML. There stands, under the
name ``argmap``, whatever of the graph the format itself has no word for. Where another program
changed the file, the format's own fields are right and what stands beside them gives way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from argmap.errors import GraphFileError
from argmap.interchange.graph import ArgumentGraph, Edge, EdgeKind, Judgement, Location, Node
from argmap.records import Attribution, Decision, Document, KeyPoint, Run, Speaker, Topic

#: The name that argmap's own data goes by, in every format.
KEY = "argmap"

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class NodeData:
    """A node without its text, which the format holds; ``text`` only where it cannot."""

    id: str
    topic: str | None = None
    source: Location | None = None
    attribution: Attribution | None = None
    context: str = ""
    stances: tuple[Judgement, ...] = ()
    metadata: Mapping[str, str] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EdgeData:
    """An edge without its ends; ``target`` only where the format cannot show it."""

    id: str
    kind: EdgeKind
    topic: str | None = None
    probability: float | None = None
    scheme: str | None = None
    target: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class GraphData:
    """Everything of a graph but its nodes and edges.

    Attributes:
        loose: the nodes that no edge touches, which argument maps of others would show as litter.
        nodes, edges: the order of their ids, where the format's own order is another.
    """

    version: int
    title: str = ""
    run: Run | None = None
    motions: tuple[Topic, ...] = ()
    participants: tuple[Speaker, ...] = ()
    points: tuple[KeyPoint, ...] = ()
    documents: tuple[Document, ...] = ()
    decisions: tuple[Decision, ...] = ()
    loose: tuple[Node, ...] = ()
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()


def node_data(node: Node, *, text: bool = False) -> dict[str, Any]:
    """What stands beside a node; with its text where ``text`` asks for it."""
    return _beside(
        NodeData(
            id=node.id,
            topic=node.topic,
            source=node.source,
            attribution=node.attribution,
            context=node.context,
            stances=node.stances,
            metadata=dict(sorted(node.metadata.items())) or None,
            text=node.text if text else None,
        )
    )


def make_node(data: NodeData, text: str) -> Node:
    """The node that ``data`` stands beside."""
    return Node(
        id=data.id,
        text=text,
        topic=data.topic,
        source=data.source,
        attribution=data.attribution,
        context=data.context,
        stances=data.stances,
        metadata=dict(data.metadata or {}),
    )


def edge_data(edge: Edge, *, target: bool = False) -> dict[str, Any]:
    """What stands beside an edge; with its target where ``target`` asks for it."""
    return _beside(
        EdgeData(
            edge.id,
            edge.kind,
            edge.topic,
            edge.probability,
            edge.scheme,
            edge.target if target else None,
            edge.corrected,
        )
    )


def make_edge(data: EdgeData, sources: Iterable[str], target: str) -> Edge:
    """The edge that ``data`` stands beside."""
    return Edge(
        data.id,
        data.kind,
        tuple(sources),
        target,
        data.topic,
        data.probability,
        data.scheme,
        data.corrected,
    )


def graph_data(
    graph: ArgumentGraph,
    *,
    loose: Iterable[Node] = (),
    texts: bool = True,
    order: bool = False,
) -> dict[str, Any]:
    """What stands beside a graph.

    Args:
        texts: with the documents' texts.
        order: with the order of nodes and edges, for a format that writes them in another.
    """
    documents = graph.documents
    if not texts:
        documents = tuple(without_text(document) for document in documents)
    loose = tuple(loose)
    return _beside(
        GraphData(
            version=1,
            title=graph.title,
            run=graph.run,
            motions=graph.motions,
            participants=graph.participants,
            points=graph.points,
            documents=documents,
            decisions=graph.decisions if texts else (),
            loose=loose,
            nodes=tuple(node.id for node in graph.nodes) if loose or order else (),
            edges=tuple(edge.id for edge in graph.edges) if order else (),
        )
    )


def without_text(document: Document) -> Document:
    """The document without its text and whatever points into it."""
    return replace(document, text="", turns=(), removed=(), divisions=())


def make_graph(
    data: GraphData | None,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    participants: Iterable[Speaker] = (),
    documents: Iterable[Document] = (),
    notes: Iterable[str] = (),
    title: str = "",
) -> ArgumentGraph:
    """The graph that ``data`` stands beside; what is not there may be given."""
    if data is None:
        return ArgumentGraph(
            title=title,
            nodes=tuple(nodes),
            edges=tuple(edges),
            participants=tuple(participants),
            documents=tuple(documents),
            notes=tuple(notes),
        )
    known = {person.id for person in data.participants}
    extra = tuple(person for person in participants if person.id not in known)
    place = {identifier: index for index, identifier in enumerate(data.nodes)}
    edge_place = {identifier: index for index, identifier in enumerate(data.edges)}
    return ArgumentGraph(
        title=data.title,
        nodes=tuple(sorted((*nodes, *data.loose), key=lambda node: place.get(node.id, len(place)))),
        edges=tuple(sorted(edges, key=lambda e: edge_place.get(e.id, len(edge_place)))),
        participants=(*data.participants, *extra),
        documents=tuple(documents) or data.documents,
        motions=data.motions,
        points=data.points,
        decisions=data.decisions,
        run=data.run,
        notes=tuple(notes),
    )


def _beside(record: NodeData | EdgeData | GraphData) -> dict[str, Any]:
    found: dict[str, Any] = plain(record)
    return found


def plain(record: object) -> Any:
    """A record as dicts and lists, in the order of its fields, without those left at default."""
    if is_dataclass(record) and not isinstance(record, type):
        found = {}
        for each in fields(record):
            value = getattr(record, each.name)
            if each.default is not MISSING:
                default = each.default
            elif each.default_factory is not MISSING:
                default = each.default_factory()
            else:
                default = MISSING
            if default is MISSING or value != default:
                found[each.name] = plain(value)
        return found
    if isinstance(record, Mapping):
        return {key: plain(value) for key, value in sorted(record.items())}
    if isinstance(record, tuple | list):
        return [plain(value) for value in record]
    return record


def read(kind: type[_Record], value: object, where: str) -> _Record:
    """The record that :func:`plain` wrote; keys that it does not have are passed over.

    Raises:
        GraphFileError: a field is missing or of another type; names the place.
    """
    try:
        # Validated as JSON, where a list may stand for a tuple and nothing else is converted.
        adapter: TypeAdapter[_Record] = _adapter(kind)  # type: ignore[arg-type]
        return adapter.validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]
        )
        raise GraphFileError(f"{where}{place}: {first['msg']}.") from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_graph_data(value: object, where: str) -> GraphData | None:
    """The data that stands beside a graph, if the file has it.

    Raises:
        GraphFileError: it is broken, or was written by a newer version of argmap.
    """
    if value is None:
        return None
    data = read(GraphData, value, where)
    if data.version > 1:
        raise GraphFileError(
            f"{where}: this was written by a newer version of Argument Mapper.",
            "Update it, then open the file again.",
        )
    return data
