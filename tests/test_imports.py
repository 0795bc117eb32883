"""Argument graphs and project files as debates."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from argmap.errors import GraphFileError, InputError, ProjectFileError
from argmap.export import EXPORTERS
from argmap.imports import MAX_MOTIONS, read_debate, to_debate
from argmap.interchange import ArgumentGraph, Edge, Node
from argmap.projectfile import check, dumps, loads
from argmap.records import Debate
from argmap.structure import build_tree
from tests.interchange import foreign
from tests.interchange.graphs import graphs
from tests.samples import sample_debate

FILES = {
    "argdown": foreign.ARGDOWN,
    "aif": foreign.AIF,
    "xaif": foreign.XAIF,
    "sadface": foreign.SADFACE,
    "graphml": foreign.GRAPHML,
}


def sides(debate: Debate) -> dict[str, str]:
    texts = {statement.id: statement.text for statement in debate.statements}
    return {texts[stance.statement]: stance.label for stance in debate.stances}


@pytest.mark.parametrize("key", FILES)
def test_a_foreign_graph_becomes_a_debate_that_can_be_drawn_and_kept(key: str) -> None:
    found = read_debate(FILES[key].encode(), name=f"map.{key}")
    assert found.format == key
    debate = found.debate
    assert loads(dumps(debate)) == debate
    assert debate.run.models == {}
    assert debate.run.settings == {"imported_from": key}
    tree = build_tree(debate, debate.topics[0].id)
    assert {node.kind for node in tree.nodes} >= {"motion", "side", "statement"}
    for exporter in EXPORTERS.values():
        assert exporter.write(debate)


def test_the_root_claim_is_the_motion_and_stances_follow_the_paths() -> None:
    debate = read_debate(foreign.AIF.encode(), name="talk.json").debate
    assert debate.title == "talk"
    assert [topic.motion for topic in debate.topics] == ["The tunnel should be built."]
    assert debate.topics[0].con == "The tunnel should not be built."
    assert sides(debate) == {
        "It costs too much": "con",
        "Steel is dear": "con",
        "Steel is needed": "con",
        # It attacks an argument against the motion.
        "The price was fixed last year": "pro",
        "The tunnel ought to be dug": "pro",
    }
    texts = {statement.id: statement.text for statement in debate.statements}
    assert [(texts[r.source], r.kind, texts[r.target]) for r in debate.relations] == [
        ("Steel is dear", "support", "It costs too much"),
        ("Steel is needed", "support", "It costs too much"),
        ("The price was fixed last year", "attack", "Steel is dear"),
    ]
    (document,) = debate.documents
    assert document.kind == "argument graph"
    assert document.text.split("\n\n") == [statement.text for statement in debate.statements]
    assert [turn.speaker and turn.speaker.name for turn in document.turns] == ["Per Dahl"]


def test_a_claim_keeps_its_place_in_a_text_that_the_file_holds() -> None:
    debate = read_debate(foreign.XAIF.encode(), name="x").debate
    source, made = debate.documents
    assert source.title == "Analysed text"
    placed = [s.text for s in debate.statements if s.document == source.id]
    assert placed == ["It costs too much", "Steel is dear"]
    assert made.text.startswith("Steel is needed")


def graph(*edges: tuple[str, str, str]) -> ArgumentGraph:
    names = dict.fromkeys(name for _, *ends in edges for name in ends)
    return ArgumentGraph(
        nodes=tuple(Node(name, f"Claim {name}") for name in names),
        edges=tuple(
            Edge(f"e{number}", kind, (source,), target)  # type: ignore[arg-type]
            for number, (kind, source, target) in enumerate(edges)
        ),
    )


def test_paths_that_disagree_leave_it_unclear() -> None:
    made = graph(
        ("support", "a", "root"),
        ("attack", "b", "root"),
        ("support", "c", "a"),
        ("support", "c", "b"),
        ("support", "d", "root"),
        ("support", "d", "b"),  # the shorter path counts
    )
    debate, notes = to_debate(made, title="t")
    assert notes == ()
    labels = {stance.statement: stance.label for stance in debate.stances}
    assert labels == {"a": "pro", "b": "con", "c": "unclear", "d": "pro"}


def test_every_part_has_a_motion_up_to_a_limit() -> None:
    parts = MAX_MOTIONS + 2
    made = graph(*(("support", f"a{n}", f"root{n}") for n in range(parts)))
    debate, notes = to_debate(made, title="t")
    assert len(debate.topics) == MAX_MOTIONS
    assert notes == (
        f"The graph falls into {parts} parts; the {MAX_MOTIONS} largest gave a motion.",
    )
    assert len(debate.statements) == 2 * parts - MAX_MOTIONS
    assert len(debate.stances) == MAX_MOTIONS


def test_a_circle_has_a_motion_too() -> None:
    made = graph(("attack", "a", "b"), ("attack", "b", "c"), ("attack", "c", "b"))
    debate, _ = to_debate(made, title="t")
    assert [topic.motion for topic in debate.topics] == ["Claim b"]


def test_a_root_that_is_no_proposition_is_a_motion_all_the_same() -> None:
    made = replace(
        graph(("attack", "a", "b")), nodes=(Node("a", "No."), Node("b", "Should it be built?"))
    )
    debate, _ = to_debate(made, title="t")
    assert debate.topics[0].motion == "Should it be built?"


def test_a_graph_without_links_is_refused_with_the_other_way_in() -> None:
    value = {"nodes": [{"nodeID": 1, "type": "I", "text": "a"}], "edges": []}
    with pytest.raises(GraphFileError, match=r"^x\.json: No claim .* source of a new debate"):
        read_debate(json.dumps(value).encode(), name="x.json")


@settings(max_examples=60)
@given(graphs())
def test_any_graph_is_a_debate_or_refused_in_plain_words(made: ArgumentGraph) -> None:
    try:
        debate, _ = to_debate(made, title="t")
    except (GraphFileError, ProjectFileError) as error:
        assert str(error)
        return
    check(debate)
    assert loads(dumps(debate))
    for topic in debate.topics:
        build_tree(debate, topic.id)
    places = {d.id: d.text for d in debate.documents}
    for statement in debate.statements:
        assert places[statement.document][statement.start : statement.end] == statement.text


def test_an_edited_claim_is_kept_and_told() -> None:
    debate = sample_debate()
    value = json.loads(EXPORTERS["aif"].write(debate))
    for node in value["nodes"]:
        if node.get("argmap", {}).get("id") == "s1":
            node["text"] = "Nurses deserve a rise, Ms Adeyemi said."
    found = read_debate(json.dumps(value).encode(), name="x.json")
    assert found.notes == (
        "Claims that do not stand in their source as the file says, and were put into a document "
        "of their own: 1.",
    )
    moved = next(s for s in found.debate.statements if s.id == "s1")
    assert moved.text == "Nurses deserve a rise, Ms Adeyemi said."
    assert moved.document != "d1"
    assert next(s for s in found.debate.stances if s.statement == "s1").label == "pro"
    assert found.debate.documents[0] == debate.documents[0]


def test_a_claim_added_elsewhere_takes_the_side_of_its_path() -> None:
    text = EXPORTERS["argdown"].write(sample_debate())
    text += "\n<New>: The offer is below inflation.\n    -> <The minister 1>\n"
    debate = read_debate(text.encode(), name="x.argdown").debate
    new = next(s for s in debate.statements if s.text == "The offer is below inflation.")
    stance = next(s for s in debate.stances if s.statement == new.id)
    assert (stance.label, stance.pro) == ("pro", 1.0)
    assert any(r.source == new.id and r.kind == "attack" for r in debate.relations)


def test_a_map_without_texts_keeps_every_offset() -> None:
    debate = sample_debate()
    found = read_debate(EXPORTERS["argdown"].write(debate).encode(), name="x.argdown")
    (document,) = found.debate.documents
    assert document.text == debate.documents[0].text[:98]
    assert document.title == "Pay talks stall"
    assert [s.start for s in found.debate.statements] == [0, 52]
    assert "no full text" in found.notes[0]


def test_project_files_come_back_equal() -> None:
    debate = sample_debate()
    found = read_debate(dumps(debate).encode(), name="x.json")
    assert (found.format, found.debate, found.notes) == ("json", debate, ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x.json: This is neither a project file nor an argument graph"),
        (b"Just a text.", "This is neither a project file nor an argument graph"),
        (b"{", "x.json: The file is not JSON: Expecting property name"),
        (b'{"a": 1}', "This is neither"),
        (b'{"schema_version": 1}', "x.json: run: is missing"),
        (b'{"schema_version": 9}', "Update Argument Mapper"),
        (b'{"AIF": {}}', "x.json: This is not AIF"),
        (b"%PDF-1.7", "This is neither"),
        (b"\x00\xff", "This is neither"),
    ],
)
def test_other_files_are_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_debate(data, name="x.json")
