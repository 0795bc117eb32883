"""GraphML for Gephi, yEd and networkx: claims as nodes, schemes as edges, the facts as columns.

An edge that has several premises, or is itself undercut, stands as a node of kind ``scheme``,
for an edge of GraphML has two ends that are nodes.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405 # an error's type; it parses nothing

import networkx as nx

from argmap.errors import GraphFileError
from argmap.interchange import carry
from argmap.interchange.graph import (
    ArgumentGraph,
    Edge,
    EdgeKind,
    Node,
    check,
    pruned,
)
from argmap.interchange.jsontext import MAX_BYTES, expect_object, parse
from argmap.records import Document, Speaker, content_id

#: What XML 1.0 cannot hold (section 2.2), and the line ends that its readers change.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")
_LABEL_LENGTH = 80
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# What the reader raises for a broken file, an unknown encoding or a column of an unknown type.
_BROKEN = (
    ParseError, nx.NetworkXException, LookupError, ValueError, TypeError, AttributeError
)  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff")
#: What other programs call the text of a node and the kind of an edge, the likeliest first.
_TEXT_COLUMNS = ("text", "label", "Label", "name", "title", "description")
_KIND_COLUMNS = ("kind", "type", "relation", "relationType", "relation_type", "label", "Label")
_WORDS: Mapping[EdgeKind, frozenset[str]] = {
    "support": frozenset({"support", "supports", "pro", "for", "entails", "entailment", "+", "ra"}),
    "attack": frozenset({"attack", "attacks", "con", "against", "conflict", "rebuts", "-", "ca"}),
    "undercut": frozenset({"undercut", "undercuts"}),
    "contradiction": frozenset({"contradiction", "contradictory", "contradicts", "contrary"}),
    "rephrase": frozenset({"rephrase", "rephrases", "ma"}),
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words}


def dumps(graph: ArgumentGraph) -> str:
    """The graph as GraphML. The same graph gives the same bytes.

    Characters that XML cannot hold show as U+FFFD in the columns; the ``argmap`` column holds
    the very text, so that it comes back unchanged.

    Raises:
        GraphFileError: the graph is not whole (``argmap.interchange.check``).
    """
    check(graph)
    out = nx.MultiDiGraph()
    out.graph[carry.KEY] = _packed(carry.graph_data(graph, order=True))
    people = {person.id: person for person in graph.participants}
    documents = {document.id: document for document in graph.documents}
    for node in graph.nodes:
        columns = _columns(node, people, documents, many=len(graph.motions) > 1)
        out.add_node(content_id("i", node.id), **columns)
    undercut = {edge.target for edge in graph.edges if edge.kind == "undercut"}
    for edge in graph.edges:
        known: dict[str, str | float] = {}
        if edge.probability is not None:
            known["probability"] = edge.probability
        if edge.topic is not None:
            known["motion"] = _shown(edge.topic)
        beside = {carry.KEY: _packed(carry.edge_data(edge))}
        ends = [content_id("i", source) for source in edge.sources]
        if len(ends) == 1 and edge.kind != "undercut" and edge.id not in undercut:
            target = content_id("i", edge.target)
            key = content_id("e", edge.id)
            out.add_edge(ends[0], target, key, kind=edge.kind, **known, **beside)
            continue
        own = content_id("s", edge.id)
        out.add_node(own, kind="scheme", label=_shown(edge.scheme or edge.kind), **beside)
        target = content_id("s" if edge.kind == "undercut" else "i", edge.target)
        for end in ends:
            out.add_edge(end, own, content_id("e", end, own), kind="premise")
        out.add_edge(own, target, content_id("e", own, target), kind=edge.kind, **known)
    lines = nx.generate_graphml(out, prettyprint=True)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n"


def loads(data: str | bytes) -> ArgumentGraph:
    """Read GraphML, argmap's own or another program's.

    In a foreign file the text of a node is its column ``text``, ``label``, ``name``, ``title`` or
    ``description``, else its id; what an edge is, its column ``kind``, ``type``, ``relation`` or
    ``label`` says.

    Raises:
        GraphFileError: it is not GraphML, declares entities, or no edge says whether it supports
            or attacks.
    """
    raw = _parsed(data)
    block = carry.read_graph_data(_unpacked(raw.graph.get(carry.KEY), "the graph"), carry.KEY)
    names: dict[str, str] = {}
    nodes: list[Node] = []
    schemes: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for own, columns in raw.nodes(data=True):
        if columns.get("kind") == "scheme":
            schemes[own] = columns
            continue
        node = _node(own, columns)
        if node.id in taken:
            node = replace(node, id=own)
        taken.add(node.id)
        names[own] = node.id
        nodes.append(node)
    notes: list[str] = []
    edges = list(_edges(raw, names, schemes, notes))
    if not edges and raw.number_of_edges() and block is None:
        raise GraphFileError(
            "No edge of this GraphML says what it is.",
            "Give the edges a column “kind” with the words support and attack.",
        )
    graph = pruned(carry.make_graph(block, nodes, edges, notes=notes))
    check(graph)
    return graph


def _packed(data: object) -> str:
    # ASCII: whatever XML cannot hold, or would change, stands as a JSON escape.
    return json.dumps(data, ensure_ascii=True)


def _unpacked(text: object, where: str) -> dict[str, Any] | None:
    return None if text is None else expect_object(parse(str(text)), where)


def _shown(text: str) -> str:
    return _LINE_END.sub("\n", _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _columns(
    node: Node,
    people: Mapping[str, Speaker],
    documents: Mapping[str, Document],
    *,
    many: bool,
) -> dict[str, str | int | float | bool]:
    text = _shown(node.text)
    short = " ".join(text.split())
    if len(short) > _LABEL_LENGTH:
        short = f"{short[: _LABEL_LENGTH - 1]}…"
    found: dict[str, str | int | float | bool] = {
        "kind": "statement" if node.topic is None else "motion",
        "label": short,
        "text": text,
    }
    person = None if node.speaker is None else people[node.speaker]
    document = None if node.source is None else documents[node.source.document]
    facts = {
        "speaker": person and person.name,
        "role": person and person.role,
        "party": person and person.party,
        "document": document and document.title,
        "outlet": document and document.outlet,
        "date": document and document.date,
        "url": document and document.url,
    }
    found |= {name: _shown(value) for name, value in facts.items() if value}
    if node.attribution is not None and node.attribution.speaker is not None:
        found["reported"] = node.attribution.reported
    if node.source is not None:
        found |= {"start": node.source.start, "end": node.source.end}
    for stance in node.stances:
        # One motion is the rule; where there are more, each has columns of its own.
        of = f":{_shown(stance.topic)}" if many else ""
        found |= {f"stance{of}": stance.label}
        if stance.model_label is not None:
            found[f"model_stance{of}"] = stance.model_label
        found |= {f"pro{of}": stance.pro, f"con{of}": stance.con, f"none{of}": stance.none}
    found[carry.KEY] = _packed(carry.node_data(node, text=True))
    return found


def _parsed(data: str | bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise GraphFileError(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if raw.startswith(_WIDE) or b"\0" in raw[:64]:
        raise GraphFileError("The file is not UTF-8.", "Save it as UTF-8, then open it again.")
    if _DECLARATION.search(raw):
        raise GraphFileError(
            "The file declares a document type or entities, which GraphML does not need and "
            "which are not read."
        )
    try:
        with warnings.catch_warnings():
            # It warns of columns without a type, which then hold text; that is what is wanted.
            warnings.simplefilter("ignore")
            return nx.parse_graphml(raw, node_type=str, force_multigraph=True)
    except _BROKEN as error:
        raise GraphFileError(f"The file is not GraphML that can be read: {error}.") from error


def _node(own: str, columns: Mapping[str, Any]) -> Node:
    beside = _unpacked(columns.get(carry.KEY), f"the node {own}")
    if beside is not None:
        data = carry.read(carry.NodeData, beside, f"the node {own}")
        visible = str(columns.get("text", ""))
        exact = data.text or ""
        return carry.make_node(data, exact if _shown(exact) == visible else visible)
    found = (str(columns[name]) for name in _TEXT_COLUMNS if str(columns.get(name, "")).strip())
    return Node(own, next(found, own))


def _edges(
    raw: Any,
    names: Mapping[str, str],
    schemes: Mapping[str, Mapping[str, Any]],
    notes: list[str],
) -> Iterator[Edge]:
    premises: dict[str, list[str]] = defaultdict(list)
    targets: dict[str, str] = {}
    data: dict[str, carry.EdgeData] = {}
    direct: dict[str, Edge] = {}
    taken: set[str] = set()
    for own, columns in schemes.items():
        beside = _unpacked(columns.get(carry.KEY), f"the scheme {own}")
        kind = _kind(columns) or "support"
        found = carry.EdgeData(own, kind) if beside is None else None
        found = found or carry.read(carry.EdgeData, beside, f"the scheme {own}")
        data[own] = replace(found, id=own) if found.id in taken else found
        taken.add(data[own].id)
    unclear = 0
    for number, (start, end, key, columns) in enumerate(raw.edges(keys=True, data=True)):
        if start in schemes:
            targets[start] = end
            continue
        if end in schemes:
            premises[end].append(names[start])
            continue
        beside = _unpacked(columns.get(carry.KEY), f"the edge {key}")
        kind_told = _kind(columns)
        if beside is not None:
            found = carry.read(carry.EdgeData, beside, f"the edge {key}")
            edge = carry.make_edge(found, (names[start],), names[end])
            if kind_told is not None and kind_told != "undercut":
                edge = replace(edge, kind=kind_told)
        elif kind_told is None or kind_told == "undercut" or start == end:
            unclear += 1
            continue
        else:
            edge = Edge(str(key) if isinstance(key, str) else f"e{number}", kind_told, (), "")
            edge = replace(edge, sources=(names[start],), target=names[end])
        if edge.id in taken:
            edge = replace(edge, id=f"{edge.id}.{number}")
        taken.add(edge.id)
        direct[edge.id] = edge
    if unclear:
        notes.append(f"Edges that say neither support nor attack, left out: {unclear}.")
    yield from direct.values()
    for own, found in data.items():
        if own not in targets or not premises[own]:
            continue
        end = targets[own]
        known_end = names.get(end) or (data[end].id if end in data else "")
        yield carry.make_edge(found, dict.fromkeys(premises[own]), known_end)


def _kind(columns: Mapping[str, Any]) -> EdgeKind | None:
    for name in _KIND_COLUMNS:
        word = str(columns.get(name, "")).strip().casefold()
        if word in _KIND_OF:
            return _KIND_OF[word]
    return None
