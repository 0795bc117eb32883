"""The files as the formats' own programs, libraries and schemas see them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pytest
import sadface.validation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import argmap.interchange
from argmap.export.graph import to_graph
from argmap.interchange import ArgumentGraph, aif, graphml, xaif
from argmap.interchange import argdown as argdown_format
from argmap.interchange import sadface as sadface_format
from argmap.projectfile import dumps
from argmap.records import Debate
from tests.interchange.conftest import Argdown
from tests.interchange.graphs import graphs, hostile_graph

SCHEMAS = Path(argmap.interchange.__file__).parent / "schemas"
_TYPES = {
    "support": "support",
    "rephrase": "support",
    "attack": "attack",
    "undercut": "undercut",
    "contradiction": "contradictory",
}


def schema(name: str) -> jsonschema.Draft202012Validator:
    value = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(value)
    return jsonschema.Draft202012Validator(value)


def all_graphs(debates: Mapping[str, Debate]) -> dict[str, ArgumentGraph]:
    return {name: to_graph(debate) for name, debate in debates.items()} | {
        "hostile": hostile_graph()
    }


def random_graphs(count: int) -> dict[str, ArgumentGraph]:
    """Graphs drawn at random, the same at every run, to be put to a slow program all at once."""
    found: list[ArgumentGraph] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(graphs())
    def draw(graph: ArgumentGraph) -> None:
        found.append(graph)

    draw()
    return {f"random {number}": graph for number, graph in enumerate(found)}


def relations(graph: ArgumentGraph) -> set[tuple[str, str, str]]:
    """What an Argdown map must relate: sources, types and targets by node id.

    A claim that undercuts the inference from itself Argdown does not show.
    """
    edges = {edge.id: edge for edge in graph.edges}
    found = set()
    for edge in graph.edges:
        target, kind = edge, edge.kind
        while target.kind == "undercut":
            target = edges[target.target]
        order = {node.id: index for index, node in enumerate(graph.nodes)}
        end = edge.target if kind != "undercut" else min(target.sources, key=order.__getitem__)
        for source in edge.sources:
            pair = sorted((source, end)) if kind == "contradiction" else [source, end]
            if source != end:
                found.add((pair[0], _TYPES[kind], pair[1]))
    return found


def test_argdown_s_own_parser_reads_the_same_claims_and_relations(
    argdown: Argdown, debates: dict[str, Debate]
) -> None:
    wanted = {
        name: graph
        for name, graph in (all_graphs(debates) | random_graphs(60)).items()
        if graph.linked()
    }
    parsed = argdown({name: argdown_format.dumps(graph) for name, graph in wanted.items()})
    for name, graph in wanted.items():
        value = parsed[name]
        texts: dict[str, str] = {}
        ids: dict[str, str] = {}
        for title, entry in (value["statements"] | value["arguments"]).items():
            for member in entry["members"]:
                if "argmap" in member.get("data", {}):
                    own = member["data"]["argmap"]["id"]
                    ids[title], texts[own] = own, member["text"].strip()
        nodes = {node.id: node for node in graph.nodes if node.id in graph.linked()}
        assert texts == {own: argdown_format.visible(n.text) for own, n in nodes.items()}, name
        found = set()
        for relation in value["relations"]:
            source, target = ids[relation["from"]], ids[relation["to"]]
            kind = relation["relationType"]
            pair = sorted((source, target)) if kind == "contradictory" else [source, target]
            found.add((pair[0], kind, pair[1]))
        assert found == relations(graph), name


def test_sadface_s_own_validator_takes_every_file(debates: dict[str, Debate]) -> None:
    for name, graph in all_graphs(debates).items():
        value = json.loads(sadface_format.dumps(graph))
        assert sadface.validation.verify(value) == (True, []), name
        check_sadface(value)


def check_sadface(value: dict[str, Any]) -> None:
    """The rules of SADFace's nodes, which its validator has and never applies."""
    ids = {node["id"] for node in value["nodes"]}
    assert len(ids) == len(value["nodes"])
    contents = {resource["id"]: resource["content"] for resource in value["resources"]}
    for node in value["nodes"]:
        if node["type"] == "scheme":
            assert node["name"]
            continue
        assert isinstance(node["text"], str)
        for source in node["sources"]:
            start, length = source["offset"], source["length"]
            assert contents[source["resource_id"]][start : start + length] == source["text"]
    for edge in value["edges"]:
        assert set(edge) == {"id", "source_id", "target_id"}
        assert {edge["source_id"], edge["target_id"]} <= ids
    assert len({edge["id"] for edge in value["edges"]}) == len(value["edges"])


def test_aif_and_xaif_keep_their_schemas_and_aif_s_rules(debates: dict[str, Debate]) -> None:
    for name, graph in all_graphs(debates).items():
        plain, wrapped = json.loads(aif.dumps(graph)), json.loads(xaif.dumps(graph))
        schema("aif").validate(plain)
        schema("xaif").validate(wrapped)
        assert wrapped["AIF"] == plain
        assert aif.problems(plain) == (), name
        drawn = {node["nodeID"] for node in wrapped["OVA"]["nodes"]}
        assert drawn == {node["nodeID"] for node in plain["nodes"]}
        places = [(node["x"], node["y"]) for node in wrapped["OVA"]["nodes"]]
        assert len(set(places)) == len(places)


@settings(max_examples=40)
@given(graphs())
def test_any_graph_keeps_the_schemas_and_the_rules(graph: ArgumentGraph) -> None:
    plain = json.loads(aif.dumps(graph))
    schema("aif").validate(plain)
    schema("xaif").validate(json.loads(xaif.dumps(graph)))
    assert aif.problems(plain) == ()
    value = json.loads(sadface_format.dumps(graph))
    assert sadface.validation.verify(value) == (True, [])


def test_a_broken_aif_object_is_told_by_rule() -> None:
    value = {
        "nodes": [
            {"nodeID": 1, "text": "a", "type": "I"},
            {"nodeID": 2, "text": "b", "type": "I"},
            {"nodeID": 3, "text": "", "type": "RA"},
            {"nodeID": 4, "text": "X: a", "type": "L"},
        ],
        "edges": [
            {"edgeID": 1, "fromID": 1, "toID": 2},
            {"edgeID": 1, "fromID": 3, "toID": 1},
            {"edgeID": 3, "fromID": 3, "toID": 2},
        ],
        "participants": [],
        "locutions": [{"nodeID": 1, "personID": 9}],
    }
    assert aif.problems(value) == (
        "Two edges have one edgeID.",
        "An edge leads from I 1 to I 2.",
        "Nothing leads into RA 3.",
        "2 nodes follow RA 3, not one.",
        "L 4 has no locution.",
        "The locution of 1 is by 9, who is no participant.",
        "The locution of 1 is of no L node.",
    )


def test_xaif_text_marks_each_claim_and_escapes_what_a_page_would_run() -> None:
    graph = hostile_graph()
    value = json.loads(xaif.dumps(graph))
    assert "<script>" not in value["text"]
    assert "<img" not in value["text"]
    assert value["text"].count('<span class="highlighted" id="node') == sum(
        1 for n in graph.nodes if n.source and n.source.start < n.source.end
    )


def test_networkx_reads_the_columns(debates: dict[str, Debate]) -> None:
    for graph in all_graphs(debates).values():
        read = nx.read_graphml(io.BytesIO(graphml.dumps(graph).encode("utf-8")))
        claims = [data for _, data in read.nodes(data=True) if data["kind"] != "scheme"]
        assert len(claims) == len(graph.nodes)
    debate = debates["sample"]
    read = nx.read_graphml(io.BytesIO(graphml.dumps(to_graph(debate)).encode("utf-8")))
    by_text = {data["text"]: data for _, data in read.nodes(data=True)}
    second = by_text[debate.statements[1].text]
    told = {k: v for k, v in second.items() if k not in ("argmap", "label", "text")}
    assert told == {
        "kind": "statement",
        "speaker": "The minister",
        "role": "minister",
        "party": "Blue",
        "reported": False,
        "document": "Pay talks stall",
        "outlet": "The Example",
        "date": "2024-02-01",
        "url": "https://news.example/pay",
        "start": debate.statements[1].start,
        "end": debate.statements[1].end,
        "stance": "con",
        "pro": 0.06,
        "con": 0.86,
        "none": 0.08,
    }
    kinds = sorted(data["kind"] for _, _, data in read.edges(data=True))
    assert kinds == ["attack", "attack", "support"]


def test_project_files_keep_their_schema(debates: dict[str, Debate]) -> None:
    for debate in debates.values():
        schema("project").validate(json.loads(dumps(debate)))


@pytest.mark.parametrize("place", ["documents", "statements", "stances", "relations"])
def test_the_project_schema_asks_for_what_the_reader_asks_for(
    place: str, debates: dict[str, Debate]
) -> None:
    value = json.loads(dumps(debates["sample"]))
    for key in list(value[place][0]):
        changed = json.loads(json.dumps(value))
        del changed[place][0][key]
        optional = {"attributes", "turns", "removed", "context"}
        assert schema("project").is_valid(changed) == (key in optional), key


@settings(max_examples=30)
@given(st.data())
def test_graphml_columns_hold_only_what_xml_can(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    read = nx.parse_graphml(graphml.dumps(graph))
    assert read.number_of_nodes() >= len(graph.nodes)
