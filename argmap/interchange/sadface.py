"""SADFace JSON, version 0.5: atoms, scheme nodes between them, and the resources they stand in.

Source: Wells et al., "SADFace" (the Open Argumentation project) and its validator, whose rules
are kept beyond what it checks: ids are UUIDs of version 4, an edge has three keys, and argmap's
own data stands in metadata blocks of its own name.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from argmap.errors import GraphFileError
from argmap.interchange import carry
from argmap.interchange.graph import ArgumentGraph, Edge, EdgeKind, Location, Node, check, pruned
from argmap.interchange.jsontext import (
    expect_id,
    expect_list,
    expect_object,
    expect_text,
    parse,
    shown,
    write,
)
from argmap.records import Document, Span

VERSION = "0.5.4.0"

_NAMES: Mapping[EdgeKind, str] = {
    "support": "support",
    "rephrase": "support",
    "attack": "conflict",
    "undercut": "conflict",
    "contradiction": "conflict",
}
_CONFLICTS = re.compile(r"conflict|attack|rebut|undercut|undermin|contrad|object", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def dumps(graph: ArgumentGraph) -> str:
    """The graph as SADFace. The same graph gives the same bytes.

    Nothing here reads the clock: ``created`` and ``edited`` are the day of the latest document,
    or the epoch where no document has one.

    Raises:
        GraphFileError: the graph is not whole (``argmap.interchange.check``).
    """
    check(graph)
    linked = graph.linked()
    days = [d.date for d in graph.documents if d.date and _DAY.fullmatch(d.date)]
    day = f"{max(days, default='1970-01-01')}T00:00:00"
    texts = {document.id: document for document in graph.documents}
    nodes = [_atom(node, texts) for node in graph.nodes if node.id in linked]
    edges: list[dict[str, str]] = []
    for edge in graph.edges:
        own = _uuid("scheme", edge.id)
        beside = carry.edge_data(edge)
        nodes.append(
            {"id": own, "type": "scheme", "name": _name(edge), "metadata": {carry.KEY: beside}}
        )
        target = _uuid("scheme" if edge.kind == "undercut" else "atom", edge.target)
        ends = [(_uuid("atom", source), own) for source in edge.sources] + [(own, target)]
        edges += [
            {"id": _uuid("edge", start, end), "source_id": start, "target_id": end}
            for start, end in ends
        ]
    data = carry.graph_data(
        replace(graph, documents=()),
        loose=(node for node in graph.nodes if node.id not in linked),
    )
    core = {
        "analyst_email": "",
        "analyst_name": "",
        "created": day,
        "edited": day,
        "id": _uuid("graph", write(data), write(nodes), write(edges)),
        "version": VERSION,
    }
    return write(
        {
            "metadata": {"core": core, carry.KEY: data},
            "resources": [_resource(document) for document in graph.documents],
            "nodes": nodes,
            "edges": edges,
        }
    )


def loads(data: str | bytes) -> ArgumentGraph:
    """Read SADFace, argmap's own or another program's.

    A scheme whose name speaks of conflict is an attack, every other a support.

    Raises:
        GraphFileError: it is not JSON, not SADFace, or its ids are not unique or do not resolve.
    """
    top = expect_object(parse(data), "The file")
    if "nodes" not in top or "edges" not in top:
        raise GraphFileError("This is not SADFace: “nodes” or “edges” is missing.")
    metadata = expect_object(top.get("metadata") or {}, "metadata")
    block = carry.read_graph_data(metadata.get(carry.KEY), f"metadata.{carry.KEY}")
    documents, by_uuid = _documents(top)
    entries = _entries(top)
    names: dict[str, str] = {}
    taken = {node.id for node in block.loose} if block else set()
    nodes: list[Node] = []
    for own, entry in entries.items():
        if entry["type"] != "atom":
            continue
        node = _node(own, entry, by_uuid)
        if node.id in taken:
            node = replace(node, id=own)
        taken.add(node.id)
        names[own] = node.id
        nodes.append(node)
    core = metadata.get("core")
    title = core.get("title") if isinstance(core, dict) else None
    graph = carry.make_graph(
        block,
        nodes,
        _edges(top, entries, names),
        documents=documents,
        title=title if isinstance(title, str) else "",
    )
    graph = pruned(graph)
    check(graph)
    return graph


def _uuid(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(("sadface", *parts)).encode("utf-8")).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def _name(edge: Edge | carry.EdgeData) -> str:
    """The scheme's own name, unless a reader would take it for the other kind."""
    usual = _NAMES[edge.kind]
    if edge.scheme and bool(_CONFLICTS.search(edge.scheme)) == (usual == "conflict"):
        return edge.scheme
    return usual


def _atom(node: Node, texts: Mapping[str, Document]) -> dict[str, Any]:
    sources = []
    if node.source is not None:
        start, end = node.source.start, node.source.end
        sources.append(
            {
                "resource_id": _uuid("resource", node.source.document),
                "text": texts[node.source.document].text[start:end],
                "offset": start,
                "length": end - start,
            }
        )
    return {
        "id": _uuid("atom", node.id),
        "type": "atom",
        "text": node.text,
        "sources": sources,
        "metadata": {carry.KEY: carry.node_data(node)},
    }


def _resource(document: Document) -> dict[str, Any]:
    core = {"title": document.title}
    if document.url is not None:
        core["url"] = document.url
    # The text stands in the resource itself.
    beside = carry.plain(replace(document, text=""))
    return {
        "id": _uuid("resource", document.id),
        "content": document.text,
        "type": "text",
        "metadata": {"core": core, carry.KEY: beside},
    }


def _spans(document: Document) -> Iterator[Span]:
    yield from (turn.span for turn in document.turns)
    yield from (division.span for division in document.divisions)


def _documents(top: Mapping[str, Any]) -> tuple[list[Document], dict[str, Document]]:
    documents: list[Document] = []
    by_uuid: dict[str, Document] = {}
    for index, item in enumerate(expect_list(top.get("resources"), "resources")):
        where = f"resources[{index}]"
        entry = expect_object(item, where)
        own = expect_id(entry.get("id"), f"{where}.id")
        text = expect_text(entry.get("content") or "", f"{where}.content")
        metadata = entry.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        if isinstance(metadata.get(carry.KEY), dict):
            document = carry.read(Document, metadata[carry.KEY], f"{where}.metadata.{carry.KEY}")
            document = replace(document, text=text)
            if any(span.end > len(text) for span in _spans(document)):
                document = replace(document, turns=(), divisions=())
        else:
            core = metadata.get("core")
            core = core if isinstance(core, dict) else {}
            title, url = core.get("title"), core.get("url")
            document = Document(
                id=own,
                title=title if isinstance(title, str) and title else f"Resource {index + 1}",
                text=text,
                url=url if isinstance(url, str) else None,
            )
        by_uuid[own] = document
        documents.append(document)
    return documents, by_uuid


def _entries(top: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for index, item in enumerate(expect_list(top["nodes"], "nodes")):
        where = f"nodes[{index}]"
        entry = expect_object(item, where)
        own = expect_id(entry.get("id"), f"{where}.id")
        if own in entries:
            raise GraphFileError(f"{where}.id: {shown(own)} is the id of an earlier node.")
        if entry.get("type") not in ("atom", "scheme"):
            raise GraphFileError(
                f"{where}.type: {shown(entry.get('type'))} is neither atom nor scheme."
            )
        key = "text" if entry["type"] == "atom" else "name"
        expect_text(entry.get(key), f"{where}.{key}")
        entries[own] = entry
    return entries


def _node(own: str, entry: Mapping[str, Any], by_uuid: Mapping[str, Document]) -> Node:
    text = entry["text"]
    metadata = entry.get("metadata")
    beside = metadata.get(carry.KEY) if isinstance(metadata, dict) else None
    if isinstance(beside, dict):
        return carry.make_node(carry.read(carry.NodeData, beside, f"the atom {own}"), text)
    for item in expect_list(entry.get("sources"), f"the atom {own}: sources"):
        source = expect_object(item, f"the atom {own}: sources")
        document, start = by_uuid.get(str(source.get("resource_id"))), source.get("offset")
        if document is None or not isinstance(start, int):
            continue
        if start >= 0 and document.text[start : start + len(text)] == text:
            return Node(own, text, source=Location(document.id, start, start + len(text)))
    return Node(own, text)


def _edges(
    top: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[Edge]:
    into: dict[str, list[str]] = defaultdict(list)
    out: dict[str, list[str]] = defaultdict(list)
    for index, item in enumerate(expect_list(top["edges"], "edges")):
        entry = expect_object(item, f"edges[{index}]")
        start, end = (
            expect_id(entry.get(key), f"edges[{index}].{key}") for key in ("source_id", "target_id")
        )
        for key, own in (("source_id", start), ("target_id", end)):
            if own not in entries:
                raise GraphFileError(f"edges[{index}].{key}: {shown(own)} is no node of the file.")
        if end not in out[start]:
            out[start].append(end)
            into[end].append(start)
    data: dict[str, carry.EdgeData] = {}
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for own, scheme in entries.items():
        if scheme["type"] != "scheme":
            continue
        metadata = scheme.get("metadata")
        beside = metadata.get(carry.KEY) if isinstance(metadata, dict) else None
        if isinstance(beside, dict):
            found = carry.read(carry.EdgeData, beside, f"the scheme {own}")
            if found.id not in taken:
                data[own] = found
        ids[own] = data[own].id if own in data else own
        taken.add(ids[own])
    for own, identifier in ids.items():
        sources = tuple(names[start] for start in into[own] if start in names)
        for number, target in enumerate(out[own]):
            end = names[target] if target in names else ids[target]
            if not sources or end in sources:
                continue
            edge = _edge(str(entries[own]["name"]), data.get(own), undercut=target in ids)
            suffix = f".{number}" if number else ""
            yield replace(edge, id=f"{identifier}{suffix}", sources=sources, target=end)


def _edge(name: str, data: carry.EdgeData | None, *, undercut: bool) -> Edge:
    if data is not None and _name(data) == name and undercut == (data.kind == "undercut"):
        return carry.make_edge(data, (), "")
    kind: EdgeKind = "attack" if _CONFLICTS.search(name) else "support"
    scheme = None if name in _NAMES.values() else name
    return Edge("", "undercut" if undercut else kind, (), "", scheme=scheme)
