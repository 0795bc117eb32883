"""What goes out comes back: the same graph, and the same bytes when it goes out again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from argmap.interchange import FORMATS, ArgumentGraph, Edge, Node, detect
from argmap.interchange.carry import without_text
from tests.interchange.graphs import HOSTILE_SENTENCES, graphs, hostile_graph

LOSSLESS = [key for key in FORMATS if key != "argdown"]


def of_map(graph: ArgumentGraph) -> ArgumentGraph:
    """What an Argdown map holds of a graph: no loose nodes, no documents' texts."""
    linked = graph.linked()
    return replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id in linked),
        documents=tuple(without_text(document) for document in graph.documents),
        decisions=(),
        points=tuple(p for p in graph.points if linked.issuperset(p.statements)),
    )


@pytest.mark.parametrize("key", LOSSLESS)
@settings(max_examples=30)
@given(graph=graphs())
def test_any_graph_comes_back_whole(key: str, graph: ArgumentGraph) -> None:
    written = FORMATS[key].dumps(graph)
    again = FORMATS[key].loads(written.encode("utf-8"))
    assert again == graph
    assert FORMATS[key].dumps(again) == written


@settings(max_examples=60)
@given(graph=graphs())
def test_any_map_comes_back_as_argdown_holds_it(graph: ArgumentGraph) -> None:
    if not of_map(graph).nodes:
        return
    written = FORMATS["argdown"].dumps(graph)
    again = FORMATS["argdown"].loads(written.encode("utf-8"))
    assert again == of_map(graph)
    assert FORMATS["argdown"].dumps(again) == written


@pytest.mark.parametrize("key", FORMATS)
def test_hostile_sentences_survive_character_for_character(key: str) -> None:
    graph = hostile_graph()
    written = FORMATS[key].dumps(graph)
    again = FORMATS[key].loads(written.encode("utf-8"))
    assert again == (of_map(graph) if key == "argdown" else graph)
    assert FORMATS[key].dumps(again) == written
    assert detect(written.encode("utf-8")) == key


@pytest.mark.parametrize("key", FORMATS)
def test_a_file_with_windows_line_ends_and_a_mark_reads_the_same(key: str) -> None:
    graph = hostile_graph()
    written = FORMATS[key].dumps(graph)
    marked = b"\xef\xbb\xbf" + written.encode("utf-8").replace(b"\n", b"\r\n")
    assert FORMATS[key].loads(marked) == FORMATS[key].loads(written)


def test_a_claim_that_begins_like_a_mark_can_head_a_map() -> None:
    for sentence in HOSTILE_SENTENCES:
        graph = ArgumentGraph(
            nodes=(Node("root", sentence), Node("below", f"__{sentence}")),
            edges=(Edge("e", "attack", ("below",), "root"),),
        )
        assert FORMATS["argdown"].loads(FORMATS["argdown"].dumps(graph)) == graph
