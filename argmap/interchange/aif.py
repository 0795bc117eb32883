"""AIF in JSON, as AIFdb gives it and OVA and the oAMF modules exchange it.

Claims are I-nodes; inference (RA), conflict (CA) and rephrase (MA) nodes link them; a locution
(L) with its speaker is anchored to what it asserts by a YA-node. An undercut is a conflict whose
target is the node of another scheme. Source: Chesñevar et al., "Towards an argument interchange
format" (2006), and the JSON of AIFdb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from argmap.errors import GraphFileError
from argmap.interchange import carry
from argmap.interchange.graph import ArgumentGraph, Edge, EdgeKind, Node, check, pruned
from argmap.interchange.jsontext import (
    expect_id,
    expect_list,
    expect_object,
    expect_text,
    parse,
    shown,
    write,
)
from argmap.records import Attribution, Speaker, content_id

#: Scheme node by kind of edge: its type, its usual text, and its id in AIFdb.
_SCHEMES: Mapping[EdgeKind, tuple[str, str, int]] = {
    "support": ("RA", "Default Inference", 72),
    "attack": ("CA", "Default Conflict", 71),
    "undercut": ("CA", "Default Conflict", 71),
    "contradiction": ("CA", "Default Conflict", 71),
    "rephrase": ("MA", "Default Rephrase", 144),
}
_KINDS: Mapping[str, EdgeKind] = {"RA": "support", "CA": "attack", "MA": "rephrase"}
_DEFAULT_TEXTS = frozenset(text for _, text, _ in _SCHEMES.values()) | {"RA", "CA", "MA", ""}
# Illocutions by which a speaker does not put the claim forward as their own.
_NOT_HELD = frozenset(
    {"default illocuting", "pure questioning", "challenging", "pure challenging"}
    | {"rhetorical questioning", "rhetorical challenging", "disagreeing"}
)
_MAX_TOLD = 3
#: Which node may lead to which.
LEGAL = frozenset(
    {("I", "RA"), ("I", "CA"), ("I", "MA"), ("RA", "I"), ("CA", "I"), ("MA", "I")}
    | {("CA", "RA"), ("CA", "CA"), ("CA", "MA"), ("RA", "RA"), ("RA", "CA"), ("RA", "MA")}
    | {("L", "YA"), ("TA", "YA"), ("YA", "I"), ("YA", "RA"), ("YA", "CA"), ("YA", "MA")}
    | {("YA", "L"), ("L", "TA"), ("TA", "L")}
)


def dumps(graph: ArgumentGraph) -> str:
    """The graph as AIF JSON. The same graph gives the same bytes; ids come from content.

    Nodes that no edge touches stand in argmap's own block, so that a map shows arguments alone.
    Whoever only reports a view is anchored to it by "Default Illocuting", not by "Asserting".

    Raises:
        GraphFileError: the graph is not whole (``argmap.interchange.check``).
    """
    return write(to_aif(graph))


def loads(data: str | bytes) -> ArgumentGraph:
    """Read AIF JSON, argmap's own or another program's.

    Raises:
        GraphFileError: it is not JSON, not AIF, or its ids are not unique or do not resolve.
    """
    return from_aif(parse(data))


def to_aif(graph: ArgumentGraph) -> dict[str, Any]:
    """The AIF object as plain dicts and lists."""
    check(graph)
    linked = graph.linked()
    people = {person.id: person for person in graph.participants}
    out = _Out()
    for node in graph.nodes:
        if node.id in linked:
            out.claim(node, people)
    for edge in graph.edges:
        out.scheme(edge)
    return {
        "nodes": out.nodes,
        "edges": out.edges,
        "schemefulfillments": out.fulfilments,
        "participants": [
            {
                "participantID": participant_id(person),
                "firstname": person.name.rpartition(" ")[0],
                "surname": person.name.rpartition(" ")[2],
                carry.KEY: {"id": person.id},
            }
            for person in graph.participants
        ],
        "locutions": out.locutions,
        "descriptorfulfillments": [],
        "cqdescriptorfulfillments": [],
        carry.KEY: carry.graph_data(
            graph, loose=(node for node in graph.nodes if node.id not in linked)
        ),
    }


def claim_id(node: Node) -> str:
    """The nodeID of a claim's I-node."""
    return content_id("i", node.id)


def participant_id(person: Speaker) -> str:
    """The participantID of a speaker."""
    return content_id("p", person.id)


class _Out:
    """The lists of an AIF object as they grow."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.fulfilments: list[dict[str, Any]] = []
        self.locutions: list[dict[str, Any]] = []

    def claim(self, node: Node, people: Mapping[str, Speaker]) -> None:
        own = claim_id(node)
        beside = {carry.KEY: carry.node_data(node)}
        self.nodes.append({"nodeID": own, "text": node.text, "type": "I", **beside})
        if node.attribution is None or node.attribution.speaker is None:
            return
        person = people[node.attribution.speaker]
        said, anchor = content_id("l", node.id), content_id("y", node.id)
        force = "Default Illocuting" if node.attribution.reported else "Asserting"
        # The dialogue mode of OVA3 takes the speaker from what stands before the colon.
        self.nodes.append({"nodeID": said, "text": f"{person.name}: {node.text}", "type": "L"})
        self.nodes.append({"nodeID": anchor, "text": force, "type": "YA"})
        self.locutions.append(
            {"nodeID": said, "personID": participant_id(person), "start": None, "end": None}
        )
        self._link(said, anchor)
        self._link(anchor, own)

    def scheme(self, edge: Edge) -> None:
        kind, text, scheme = _SCHEMES[edge.kind]
        own = content_id("s", edge.id)
        self._scheme(own, edge, kind, text, scheme)
        for source in edge.sources:
            self._link(content_id("i", source), own)
        self._link(own, content_id("s" if edge.kind == "undercut" else "i", edge.target))
        if edge.kind == "contradiction":
            # A conflict has one direction: what contradicts each other takes two.
            for number, source in enumerate(edge.sources):
                back = content_id("s", edge.id, "back", str(number))
                self._scheme(back, edge, kind, text, scheme)
                self._link(content_id("i", edge.target), back)
                self._link(back, content_id("i", source))

    def _scheme(self, own: str, edge: Edge, kind: str, text: str, scheme: int) -> None:
        self.nodes.append(
            {
                "nodeID": own,
                "text": edge.scheme or text,
                "type": kind,
                carry.KEY: carry.edge_data(edge),
            }
        )
        self.fulfilments.append({"nodeID": own, "schemeID": scheme})

    def _link(self, source: str, target: str) -> None:
        self.edges.append(
            {"edgeID": content_id("e", source, target), "fromID": source, "toID": target}
        )


@dataclass(frozen=True, slots=True)
class _Raw:
    """An AIF object with its shape checked, not yet its sense."""

    nodes: Mapping[str, dict[str, Any]]
    types: Mapping[str, str]
    out: Mapping[str, list[str]]
    into: Mapping[str, list[str]]
    people: Mapping[str, Speaker]
    speakers: Mapping[str, str]


def from_aif(value: object) -> ArgumentGraph:
    """The graph of an AIF object. Raises GraphFileError as ``loads`` does."""
    top = expect_object(value, "The AIF object")
    if "nodes" not in top or "edges" not in top:
        raise GraphFileError("This is not AIF: “nodes” or “edges” is missing.")
    raw = _raw(top)
    block = carry.read_graph_data(top.get(carry.KEY), carry.KEY)
    notes = _told(problems(top))
    nodes, names = _claims(raw, taken={node.id for node in block.loose} if block else set())
    edges = _schemes(raw, names)
    graph = carry.make_graph(
        block, nodes, edges, participants=raw.people.values(), notes=notes, title=""
    )
    graph = pruned(graph)
    check(graph)
    return graph


def _raw(top: Mapping[str, Any]) -> _Raw:
    nodes: dict[str, dict[str, Any]] = {}
    types: dict[str, str] = {}
    for index, item in enumerate(expect_list(top["nodes"], "nodes")):
        where = f"nodes[{index}]"
        entry = expect_object(item, where)
        own = expect_id(entry.get("nodeID"), f"{where}.nodeID")
        if own in nodes:
            raise GraphFileError(f"{where}.nodeID: {shown(own)} is the id of an earlier node.")
        nodes[own] = entry
        types[own] = expect_text(entry.get("type"), f"{where}.type")
        if entry.get("text") is not None:
            expect_text(entry["text"], f"{where}.text")
    out: dict[str, list[str]] = defaultdict(list)
    into: dict[str, list[str]] = defaultdict(list)
    for index, item in enumerate(expect_list(top["edges"], "edges")):
        entry = expect_object(item, f"edges[{index}]")
        ends = []
        for key in ("fromID", "toID"):
            end = expect_id(entry.get(key), f"edges[{index}].{key}")
            if end not in nodes:
                raise GraphFileError(f"edges[{index}].{key}: {shown(end)} is no node of the file.")
            ends.append(end)
        if ends[1] not in out[ends[0]]:
            out[ends[0]].append(ends[1])
            into[ends[1]].append(ends[0])
    people: dict[str, Speaker] = {}
    for index, item in enumerate(expect_list(top.get("participants"), "participants")):
        where = f"participants[{index}]"
        entry = expect_object(item, where)
        number = expect_id(entry.get("participantID"), f"{where}.participantID")
        parts = (entry.get("firstname"), entry.get("surname"))
        name = " ".join(part for part in parts if isinstance(part, str) and part)
        beside = entry.get(carry.KEY)
        own = expect_id(beside.get("id"), where) if isinstance(beside, dict) else number
        people[number] = Speaker(own, name or number)
    speakers: dict[str, str] = {}
    for index, item in enumerate(expect_list(top.get("locutions"), "locutions")):
        where = f"locutions[{index}]"
        entry = expect_object(item, where)
        node = expect_id(entry.get("nodeID"), f"{where}.nodeID")
        speakers[node] = expect_id(entry.get("personID"), f"{where}.personID")
    return _Raw(nodes, types, out, into, people, speakers)


def _claims(raw: _Raw, taken: set[str]) -> tuple[list[Node], dict[str, str]]:
    """The nodes, and the node's id by nodeID. A copy made elsewhere keeps its nodeID as id."""
    made: list[Node] = []
    names: dict[str, str] = {}
    for own, entry in raw.nodes.items():
        if raw.types[own] != "I":
            continue
        text = entry.get("text") or ""
        said = _said_by(raw, own)
        if isinstance(entry.get(carry.KEY), dict):
            data = carry.read(carry.NodeData, entry[carry.KEY], f"the node {own}")
            node = carry.make_node(data, text)
            if node.id in taken:
                node = replace(node, id=own)
            if said is not None and said.speaker != node.speaker:
                node = replace(node, attribution=said)
        else:
            node = Node(id=own, text=text, attribution=said)
        taken.add(node.id)
        names[own] = node.id
        made.append(node)
    return made, names


def _said_by(raw: _Raw, claim: str) -> Attribution | None:
    """Who says a claim, by the first locution that is anchored to it."""
    for anchor in raw.into.get(claim, ()):
        if raw.types[anchor] != "YA":
            continue
        for said in raw.into.get(anchor, ()):
            person = raw.people.get(raw.speakers.get(said, "")) or _named_before(raw, said)
            if raw.types[said] == "L" and person is not None:
                force = str(raw.nodes[anchor].get("text") or "").casefold()
                return Attribution(person.id, "turn", None, 1.0, force in _NOT_HELD)
    return None


def _named_before(raw: _Raw, said: str) -> Speaker | None:
    """The participant whose name stands before the colon of a locution."""
    name, colon, _ = str(raw.nodes[said].get("text") or "").partition(":")
    found = (person for person in raw.people.values() if person.name == name.strip())
    return next(found, None) if colon else None


def _schemes(raw: _Raw, names: Mapping[str, str]) -> Iterator[Edge]:
    schemes = [own for own, kind in raw.types.items() if kind in _KINDS]
    data: dict[str, carry.EdgeData] = {}
    named: dict[str, str] = {}
    seen: set[str] = set()
    for own in schemes:
        beside = raw.nodes[own].get(carry.KEY)
        if isinstance(beside, dict):
            found = carry.read(carry.EdgeData, beside, f"the node {own}")
            if found.id in seen and found.kind == "contradiction":
                continue  # the way back
            if found.id not in seen:
                data[own] = found
        named[own] = data[own].id if own in data else own
        seen.add(named[own])
    for own, identifier in named.items():
        sources = tuple(names[node] for node in raw.into.get(own, ()) if node in names)
        targets = [node for node in raw.out.get(own, ()) if node in names or node in named]
        for number, target in enumerate(targets):
            end = names[target] if target in names else named[target]
            if not sources or end in sources:
                continue
            edge = _edge(raw, own, data.get(own), undercut=target in named)
            suffix = f".{number}" if number else ""
            yield replace(edge, id=f"{identifier}{suffix}", sources=sources, target=end)


def _edge(raw: _Raw, own: str, data: carry.EdgeData | None, *, undercut: bool) -> Edge:
    kind = _KINDS[raw.types[own]]
    if undercut:
        kind = "undercut"
    if data is not None and _SCHEMES[data.kind][0] == raw.types[own]:
        if undercut == (data.kind == "undercut"):
            return carry.make_edge(data, (), "")
        return replace(carry.make_edge(data, (), ""), kind=kind)
    text = raw.nodes[own].get("text") or ""
    return Edge(own, kind, (), "", scheme=None if text in _DEFAULT_TEXTS else text)


def _told(found: Sequence[str]) -> tuple[str, ...]:
    if not found:
        return ()
    more = "" if len(found) <= _MAX_TOLD else f" There are {len(found) - _MAX_TOLD} more."
    return (f"The file breaks AIF's rules: {' '.join(found[:_MAX_TOLD])}{more}",)


def problems(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Where an AIF object whose ids resolve breaks AIF's rules, in plain sentences.

    Checked are that edges have ids of their own, the pairs of node types that an edge may link,
    that scheme nodes have something leading in and exactly one thing leading out, that every L
    has a locution, and that every locution is some participant's.
    """
    raw = _raw(value)
    found: list[str] = []
    edges = expect_list(value["edges"], "edges")
    numbers = [str(edge["edgeID"]) for edge in edges if "edgeID" in edge]
    if len(set(numbers)) != len(numbers):
        found.append("Two edges have one edgeID.")
    for source, targets in raw.out.items():
        for target in targets:
            pair = (raw.types[source], raw.types[target])
            if pair not in LEGAL:
                found.append(f"An edge leads from {pair[0]} {source} to {pair[1]} {target}.")
    for own, kind in raw.types.items():
        if kind in ("RA", "CA", "MA"):
            ends = [n for n in raw.out.get(own, ()) if raw.types[n] != "YA"]
            starts = [n for n in raw.into.get(own, ()) if raw.types[n] not in ("YA", "TA")]
            if not starts:
                found.append(f"Nothing leads into {kind} {own}.")
            if len(ends) != 1:
                found.append(f"{len(ends)} nodes follow {kind} {own}, not one.")
        elif kind == "L" and own not in raw.speakers:
            found.append(f"L {own} has no locution.")
    for own, person in raw.speakers.items():
        if person not in raw.people:
            found.append(f"The locution of {own} is by {person}, who is no participant.")
        if raw.types.get(own) != "L":
            found.append(f"The locution of {own} is of no L node.")
    return tuple(found)
