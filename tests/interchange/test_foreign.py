"""Files of other programs: read for what they say, refused in plain words where they are broken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import GraphFileError
from argmap.interchange import FORMATS, ArgumentGraph, Location, detect
from tests.interchange import foreign
from tests.interchange.graphs import hostile_graph

FILES = {
    "argdown": foreign.ARGDOWN,
    "aif": foreign.AIF,
    "xaif": foreign.XAIF,
    "sadface": foreign.SADFACE,
    "graphml": foreign.GRAPHML,
}


def told(graph: ArgumentGraph) -> list[tuple[str, tuple[str, ...], str]]:
    """Every edge in words."""
    texts = {node.id: node.text for node in graph.nodes}
    edges = {edge.id: edge for edge in graph.edges}
    return [
        (
            edge.kind,
            tuple(texts[source] for source in edge.sources),
            texts.get(edge.target) or texts[edges[edge.target].sources[0]],
        )
        for edge in graph.edges
    ]


@pytest.mark.parametrize("key", FILES)
def test_a_foreign_file_is_recognised_and_comes_back_from_our_own(key: str) -> None:
    assert detect(FILES[key].encode()) == key
    graph = FORMATS[key].loads(FILES[key].encode())
    for out in FORMATS:
        written = FORMATS[out].dumps(graph)
        again = FORMATS[out].loads(written)
        assert again.edges == graph.edges
        assert FORMATS[out].dumps(again) == written


def test_argdown_of_another_hand() -> None:
    graph = FORMATS["argdown"].loads(foreign.ARGDOWN)
    tunnel = "The tunnel should be built by next year."
    cost = "It costs more than the hospital."
    assert graph.title == "A tunnel under the strait"
    assert sorted(told(graph)) == sorted(
        [
            ("support", ("It would employ a thousand people.",), tunnel),
            (
                "undercut",
                ("They would be hired abroad.",),
                "It would employ a thousand people.",
            ),
            (
                "attack",
                ("The island has no one out of work.",),
                "It would employ a thousand people.",
            ),
            ("attack", (cost,), tunnel),
            ("support", (tunnel,), "The island will grow."),
            ("contradiction", ("The ferry should be kept alone.",), tunnel),
            ("support", ("Nobody knows the price of steel.",), cost),
            (
                "support",
                ("The ferry loses money.", "What loses money costs taxes."),
                "The ferry costs taxes.",
            ),
            ("support", ("The ferry costs taxes.",), tunnel),
        ]
    )
    jobs = next(node for node in graph.nodes if node.text.startswith("It would employ"))
    assert [person.name for person in graph.participants] == ["Ines Roca"]
    assert jobs.speaker == graph.participants[0].id
    assert jobs.metadata == {"source": '"report"'}


def test_aif_of_another_hand() -> None:
    graph = FORMATS["aif"].loads(foreign.AIF)
    assert told(graph) == [
        ("attack", ("It costs too much",), "The tunnel should be built"),
        ("support", ("Steel is dear", "Steel is needed"), "It costs too much"),
        ("undercut", ("The price was fixed last year",), "Steel is dear"),
        ("rephrase", ("The tunnel ought to be dug",), "The tunnel should be built"),
    ]
    names = {person.id: person.name for person in graph.participants}
    said = {node.text: names.get(node.speaker or "") for node in graph.nodes}
    assert said["The tunnel should be built"] == "Ines Roca"
    assert said["It costs too much"] == "Per Dahl"
    assert said["Steel is dear"] is None
    assert graph.edges[1].scheme == "Argument from Consequences"
    assert graph.notes == ()


def test_aif_without_locutions_takes_the_speaker_from_the_words() -> None:
    value = json.loads(foreign.AIF)
    value["locutions"] = []
    graph = FORMATS["aif"].loads(json.dumps(value))
    names = {person.id: person.name for person in graph.participants}
    assert [names.get(node.speaker or "") for node in graph.nodes][:2] == ["Ines Roca", "Per Dahl"]
    assert graph.notes == (
        "The file breaks AIF's rules: L 10 has no locution. L 20 has no locution.",
    )


def test_aif_with_a_question_or_a_report_does_not_count_as_the_speaker_s_own_view() -> None:
    value = json.loads(foreign.AIF)
    value["nodes"][2]["text"] = "Pure Questioning"
    graph = FORMATS["aif"].loads(json.dumps(value))
    assert graph.nodes[0].attribution is not None
    assert graph.nodes[0].attribution.reported
    assert graph.nodes[1].attribution is not None
    assert not graph.nodes[1].attribution.reported


def test_xaif_text_becomes_a_document_with_offsets() -> None:
    graph = FORMATS["xaif"].loads(foreign.XAIF)
    (document,) = graph.documents
    assert document.text == (
        "Ines Roca: The tunnel should be built.\nPer Dahl: It costs too much & Steel is dear.\n"
        "Steel is needed. Steel is needed."
    )
    spots = {node.text: node.source for node in graph.nodes}
    assert spots["The tunnel should be built"] == Location(document.id, 11, 37)
    assert spots["It costs too much"] == Location(document.id, 49, 66)
    # Words that stand there twice have no one place.
    assert spots["Steel is needed"] is None
    assert spots["The price was fixed last year"] is None


def test_sadface_of_another_hand() -> None:
    graph = FORMATS["sadface"].loads(foreign.SADFACE)
    assert told(graph) == [
        ("attack", ("it costs too much",), "It should be built"),
        ("support", ("Steel is dear",), "it costs too much"),
    ]
    assert graph.edges[1].scheme == "Expert Opinion"
    (document,) = graph.documents
    assert graph.nodes[1].source == Location(document.id, 4, 21)


def test_graphml_of_another_hand() -> None:
    graph = FORMATS["graphml"].loads(foreign.GRAPHML)
    assert told(graph) == [
        ("attack", ("It costs too much",), "It should be built"),
        ("support", ("c",), "It costs too much"),
    ]
    assert graph.notes == ("Edges that say neither support nor attack, left out: 1.",)


def test_what_another_program_changed_is_taken_as_it_shows() -> None:
    graph = hostile_graph()
    value = json.loads(FORMATS["aif"].dumps(graph))
    nodes = {node.get("argmap", {}).get("id"): node for node in value["nodes"]}
    nodes["s1"]["text"] = "Edited elsewhere."
    nodes["e2"]["type"] = "CA"  # was a support
    gone = nodes["s3"]["nodeID"]
    value["nodes"] = [node for node in value["nodes"] if node["nodeID"] != gone]
    value["edges"] = [e for e in value["edges"] if gone not in (e["fromID"], e["toID"])]
    value["nodes"].append({"nodeID": "new", "text": "Added elsewhere.", "type": "I"})
    value["nodes"].append({"nodeID": "new2", "text": "Default Inference", "type": "RA"})
    value["edges"] += [
        {"edgeID": "n1", "fromID": "new", "toID": "new2"},
        {"edgeID": "n2", "fromID": "new2", "toID": nodes["s5"]["nodeID"]},
    ]
    again = FORMATS["aif"].loads(json.dumps(value))
    by_id = {node.id: node for node in again.nodes}
    assert by_id["s1"].text == "Edited elsewhere."
    assert by_id["s1"].source == hostile_graph().nodes[2].source
    assert "s3" not in by_id
    kinds = {edge.id: edge.kind for edge in again.edges}
    assert kinds["e2"] == "attack"
    assert {"e3", "c1"}.isdisjoint(kinds)
    assert ("support", ("Added elsewhere.",), "_ An undercut that is none.") not in told(again)
    assert any(edge.sources == ("new",) and edge.target == "s5" for edge in again.edges)


def test_a_map_that_someone_edited_keeps_what_argmap_wrote_beside_the_rest() -> None:
    graph = hostile_graph()
    written = FORMATS["argdown"].dumps(graph)
    edited = written.replace("+ A support that is none.", "A support that someone reworded.")
    edited += "\n<New>: One more.\n    +> [Pay a rise]\n"
    again = FORMATS["argdown"].loads(edited)
    by_text = {node.text: node for node in again.nodes}
    reworded = by_text["A support that someone reworded."]
    assert reworded.id == "s1"
    assert reworded.stances == graph.nodes[2].stances
    assert any(e.sources == ("New",) and e.target == "motion" for e in again.edges)
    lines = [line for line in written.split("\n") if "An attack that is none" not in line]
    shorter = FORMATS["argdown"].loads("\n".join(lines))
    assert "s2" not in {node.id for node in shorter.nodes}


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("argdown", "", "holds no Argdown"),
        ("argdown", "===\ntitle: x\n", "never closed"),
        ("argdown", "===\ntitle: [\n===\n\n[A]: b", "front matter is not YAML"),
        ("argdown", "===\na: &x [1]\nb: *x\n===\n\n[A]: b", "uses a YAML alias"),
        ("argdown", "[A]: b\n\n    + [C]: d", "has nothing above it"),
        ("argdown", "[A]: b {x: [}", "in braces on line 1"),
        ("argdown", b"\xff[A]: b", "not UTF-8"),
        ("argdown", '[A]: b {"argmap": {"id": 3}}', "id: Input should be a valid string"),
        ("aif", "", "not JSON: Expecting value at line 1"),
        ("aif", "[1]", "a list is not an object"),
        ("aif", '{"nodes": []}', "not AIF"),
        ("aif", '{"nodes": {}, "edges": []}', "nodes: an object is not a list"),
        ("aif", '{"nodes": [{"nodeID": true}], "edges": []}', r"nodes\[0\].nodeID: True is not"),
        (
            "aif",
            '{"nodes": [{"nodeID": 1, "type": "I"}, {"nodeID": "1", "type": "I"}], "edges": []}',
            r"nodes\[1\].nodeID: '1' is the id of an earlier node",
        ),
        (
            "aif",
            '{"nodes": [{"nodeID": 1, "type": "I"}], "edges": [{"fromID": 1, "toID": 2}]}',
            r"edges\[0\].toID: '2' is no node",
        ),
        ("aif", '{"nodes": [], "nodes": [], "edges": []}', "'nodes' stands twice"),
        ("aif", '{"nodes": [], "edges": [], "argmap": {"version": 2}}', "newer version"),
        ("aif", '{"nodes": [], "edges": [], "x": "\\ud800"}', "half a character"),
        ("aif", "[" * 100_000, "nested too deeply"),
        ("xaif", '{"nodes": []}', "not xAIF"),
        ("xaif", '{"AIF": 3}', "AIF: 3 is not an object"),
        ("sadface", "{}", "not SADFace"),
        (
            "sadface",
            '{"nodes": [{"id": "a", "type": "x"}], "edges": []}',
            r"nodes\[0\].type: 'x' is neither",
        ),
        (
            "sadface",
            '{"nodes": [], "edges": [{"source_id": "a", "target_id": "b"}]}',
            r"edges\[0\].source_id: 'a' is no node",
        ),
        ("graphml", "<graphml>", "not GraphML that can be read"),
        ("graphml", "<!DOCTYPE graphml [<!ENTITY a 'b'>]><graphml/>", "declares a document type"),
        ("graphml", "<graphml/>".encode("utf-16"), "not UTF-8"),
        (
            "graphml",
            foreign.GRAPHML.replace("Attacks", "?").replace("pro<", "?<"),
            "No edge of this GraphML says",
        ),
    ],
)
def test_what_is_broken_is_named(key: str, text: str | bytes, message: str) -> None:
    with pytest.raises(GraphFileError, match=message):
        FORMATS[key].loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "A plain article. It has two sentences.",
        "# Heading\n\nSome *Markdown*, a [link](https://a.example).\n\n  - [1](b)\n  - [two](c)",
        "[1]: https://a.example\n[2]: https://b.example\n\n  - [a](b) and [c](d)",
        "Mr Smith: I said so.\n\nMs Jones: [Laughter] - [Interruption.]",
        "===\nA ruler above a line",
        "Title\n===\n\nText under a heading.\n\n===\n",
        '{"text": "a line of JSON"}\n{"text": "and another"}',
        '{"comments": []}',
        '{"nodes": [], "links": []}',
        "<html><body>graphml</body></html>",
        "",
    ],
)
def test_other_texts_are_no_graphs(text: str) -> None:
    assert detect(text) is None
    assert detect(text.encode()) is None


def _mutated(data: st.DataObject, written: str) -> bytes:
    raw = bytearray(written.encode("utf-8"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(["cut", "flip", "double", "put"]))
        end = min(len(raw), at + data.draw(st.integers(1, 40)))
        if kind == "cut":
            del raw[at:end]
        elif kind == "flip":
            raw[at] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "double":
            raw[at:at] = raw[at:end]
        else:
            raw[at:at] = data.draw(st.binary(min_size=1, max_size=6))
        if not raw:
            return b""
    return bytes(raw)


@pytest.mark.parametrize("key", FILES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_spoilt_file_is_read_or_refused_in_plain_words(key: str, data: st.DataObject) -> None:
    sources = (FILES[key], SMALL[key])
    spoilt = _mutated(data, data.draw(st.sampled_from(sources)))
    _read_or_refused(key, spoilt)


@pytest.mark.parametrize("key", ("aif", "xaif", "sadface"))
@settings(max_examples=60)
@given(data=st.data())
def test_json_with_one_place_spoilt_is_read_or_refused(key: str, data: st.DataObject) -> None:
    value: Any = json.loads(data.draw(st.sampled_from((FILES[key], SMALL[key]))))
    place: Any = value
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        step = data.draw(st.sampled_from(list(keys)))
        if isinstance(place[step], dict | list) and place[step] and data.draw(st.booleans()):
            place = place[step]
            continue
        place[step] = data.draw(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.floats(allow_nan=False),
                st.text(),
                st.just([]),
                st.just({}),
                st.just([[]]),
                st.just([{}]),
                st.just({"id": 1}),
            )
        )
        break
    _read_or_refused(key, json.dumps(value).encode("utf-8", "replace"))


def _read_or_refused(key: str, spoilt: bytes) -> None:
    try:
        graph = FORMATS[key].loads(spoilt)
    except GraphFileError as error:
        assert str(error)
        return
    written = FORMATS[key].dumps(graph)
    assert FORMATS[key].dumps(FORMATS[key].loads(written)) == written


def _small() -> dict[str, str]:
    from argmap.export.graph import to_graph
    from tests.samples import sample_debate

    graph = to_graph(sample_debate())
    return {key: FORMATS[key].dumps(graph) for key in FILES}


SMALL = _small()
