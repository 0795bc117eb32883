"""A debate as an argument graph, and back through every format."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from argmap.bundled import bundled_debates
from argmap.corrections import corrected
from argmap.export import EXPORTERS
from argmap.export.graph import to_graph
from argmap.imports import read_debate
from argmap.interchange import FORMATS, Edge, Location, check
from argmap.nlp import FakeClassifier, FakeEncoder, PairClassifier, PointEncoder
from argmap.pipeline import map_debate
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Relation, Stance, content_id
from tests.dashboard.debates import make_debate
from tests.samples import sample_debate
from tests.strategies import debates
from tests.structure.builders import debate

LOSSLESS = ("json", "aif", "xaif", "sadface", "graphml")


def unordered(debate: Debate) -> Debate:
    """A debate with its lists sorted: a graph gives statements in the order of their places."""
    return replace(
        debate,
        statements=tuple(sorted(debate.statements, key=lambda s: s.id)),
        stances=tuple(sorted(debate.stances, key=lambda s: (s.statement, s.topic))),
        relations=tuple(sorted(debate.relations, key=lambda r: (r.source, r.target, r.topic))),
    )


def test_graph_draws_the_tree() -> None:
    graph = to_graph(make_debate())
    check(graph)
    nodes = {node.id: node for node in graph.nodes}
    shown = [
        (edge.kind, nodes[edge.sources[0]].text, nodes[edge.target].text, edge.probability)
        for edge in graph.edges
    ]
    motion = "Nurses should receive a larger pay rise."
    assert shown == [
        ("support", "Nurses have earned a larger pay rise.", motion, 0.9),
        (
            "rephrase",
            "Better pay would fill the empty posts.",
            "Nurses have earned a larger pay rise.",
            None,
        ),
        ("attack", "A rise would cost two billion pounds.", motion, 0.8),
        (
            "rephrase",
            "Critics say the pay is fair already.",
            "A rise would cost two billion pounds.",
            None,
        ),
    ]


def test_graph_holds_the_place_speaker_and_stance_of_every_statement() -> None:
    debate = sample_debate()
    graph = to_graph(debate)
    first = next(node for node in graph.nodes if node.id == "s1")
    assert first.source == Location("d1", 0, 50)
    assert first.attribution == debate.statements[0].attribution
    assert [(s.topic, s.label, s.pro) for s in first.stances] == [("pay", "pro", 0.84)]
    own = content_id("e", "attack", "s2", "s1", "pay")
    assert Edge(own, "attack", ("s2",), "s1", "pay", 0.8) in graph.edges


@pytest.mark.parametrize("key", LOSSLESS)
@settings(max_examples=20)
@given(debate=debates())
def test_any_debate_comes_back_from_a_lossless_format(key: str, debate: Debate) -> None:
    if not debate.topics:
        return  # without a motion there is no argument to draw
    debate = loads(dumps(debate))
    written = EXPORTERS[key].text(debate)
    found = read_debate(written.encode("utf-8"), name="debate")
    if key != "json":
        # What a graph shows is corrected already.
        debate = loads(dumps(replace(corrected(debate), edits=(), edited=False)))
    assert found.format == key
    assert unordered(found.debate) == unordered(debate)


@pytest.mark.parametrize("key", FORMATS)
def test_bundled_debates_come_back_from_every_format(key: str) -> None:
    for bundled in bundled_debates():
        debate = map_debate(
            bundled.documents,
            bundled.topics,
            title=bundled.title,
            classifier=FakeClassifier(),
            encoder=FakeEncoder(),
            relation_classifier=FakeClassifier(),
        )
        _assert_comes_back(debate, key)


@pytest.mark.model
def test_bundled_debates_of_the_shipped_model_come_back_from_every_format(
    classifier: PairClassifier,
    point_encoder: PointEncoder,
    relation_classifier: PairClassifier,
) -> None:
    for bundled in bundled_debates():
        debate = map_debate(
            bundled.documents,
            bundled.topics,
            title=bundled.title,
            classifier=classifier,
            encoder=point_encoder,
            relation_classifier=relation_classifier,
        )
        for key in FORMATS:
            _assert_comes_back(debate, key)


def _assert_comes_back(debate: Debate, key: str) -> None:
    debate = loads(dumps(debate))
    written = EXPORTERS[key].write(debate)
    assert EXPORTERS[key].write(debate) == written
    found = read_debate(written.encode("utf-8"), name=f"debate{EXPORTERS[key].suffix}").debate
    assert EXPORTERS[key].write(found) == written
    if key != "argdown":
        assert found == debate
        return
    # A map holds the sentences that argue, each at its place.
    kept = {statement.id for statement in found.statements}
    assert kept == {own for own in to_graph(debate).linked() if not own.startswith("motion:")}
    assert found.topics == debate.topics
    assert found.speakers == debate.speakers
    assert found.key_points == debate.key_points
    assert found.statements == tuple(s for s in debate.statements if s.id in kept)
    assert found.stances == tuple(s for s in debate.stances if s.statement in kept)
    assert set(found.relations) == set(debate.relations)
    lengths = {document.id: len(document.text) for document in debate.documents}
    for document in found.documents:
        assert len(document.text) <= lengths[document.id]


def test_a_corrected_label_changes_the_graph_with_the_tree() -> None:
    debate = sample_debate()
    stances = tuple(
        Stance("s2", "pay", 0.9, 0.05, 0.05, "pro") if s.statement == "s2" else s
        for s in debate.stances
    )
    graph = to_graph(replace(debate, stances=stances))
    motions = [e for e in graph.edges if e.target == "motion:pay"]
    assert {(e.kind, e.sources[0]) for e in motions} == {("support", "s1"), ("support", "s2")}


def _argued() -> Debate:
    """One side's point with a sub-point, and the other side's denial and undercut of it."""
    return debate(
        ("a", "con", 0.9),
        ("b", "con", 0.8),
        ("c", "con", 0.8),
        ("d", "pro", 0.8),
        ("e", "pro", 0.7),
        ("f", "none", 0.8),
        points=(("con", "a b"), ("con", "c"), ("pro", "d")),
        parents={2: 1},
        relations=(
            ("b", "a", "support"),
            ("d", "a", "attack"),
            ("e", "b", "undercut", 0.8),
            ("d", "f", "undercut", 0.7),
        ),
    )


def test_an_undercut_attacks_the_step_by_which_its_target_is_shown() -> None:
    edges = {edge.id: edge for edge in to_graph(_argued()).edges}
    (undercut,) = (edge for edge in edges.values() if edge.kind == "undercut")
    assert (undercut.sources, undercut.probability) == (("e",), 0.8)
    attacked = edges[undercut.target]
    assert (attacked.kind, attacked.sources, attacked.target) == ("support", ("b",), "a")
    # What takes no side stands in no tree: there is no step to attack.
    (loose,) = (edge for edge in edges.values() if edge.scheme == "undercut")
    assert (loose.kind, loose.sources, loose.target) == ("attack", ("d",), "f")


@pytest.mark.parametrize("key", LOSSLESS)
def test_undercuts_and_sub_points_come_back(key: str) -> None:
    debate = loads(dumps(_argued()))
    written = EXPORTERS[key].text(debate).encode("utf-8")
    assert read_debate(written, name="x").debate == debate


def test_undercuts_are_drawn_in_each_formats_own_words() -> None:
    argdown = EXPORTERS["argdown"].text(_argued())
    assert "_ <Sentence e>" in argdown
    value = json.loads(EXPORTERS["aif"].text(_argued()))
    types = {node["nodeID"]: node["type"] for node in value["nodes"]}
    links = {(types[edge["fromID"]], types[edge["toID"]]) for edge in value["edges"]}
    assert ("CA", "RA") in links


def test_relations_of_two_motions_stay_apart() -> None:
    debate = sample_debate()
    other = replace(debate.topics[0], id="strike", motion="Nurses should strike.")
    debate = replace(
        debate,
        topics=(*debate.topics, other),
        relations=(*debate.relations, Relation("s2", "s1", "strike", "support", 0.6)),
    )
    for key in LOSSLESS:
        written = EXPORTERS[key].write(debate).encode("utf-8")
        assert read_debate(written, name="x").debate == debate
