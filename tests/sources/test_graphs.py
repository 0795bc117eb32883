"""Argument graphs and project files as texts to map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.errors import SourceError
from argmap.export import EXPORTERS
from argmap.records import Document, Span
from argmap.sources import read_bytes
from tests.interchange import foreign
from tests.samples import sample_debate


@pytest.mark.parametrize("key", ["json", "aif", "xaif", "sadface", "graphml"])
def test_graphs_file_with_its_document_is_that_document(key: str) -> None:
    debate = sample_debate()
    written = EXPORTERS[key].write(debate).encode("utf-8")
    assert read_bytes(written, name="x") == debate.documents[0]


def test_graphs_several_documents_are_one_text_with_all_turns() -> None:
    debate = sample_debate()
    other = Document("d2", "Other", "And more.", turns=(debate.documents[0].turns[0],))
    other = replace(other, turns=(replace(other.turns[0], span=Span(4, 8)),))
    written = EXPORTERS["json"].write(replace(debate, documents=(*debate.documents, other)))
    found = read_bytes(written.encode("utf-8"), name="x")
    first = debate.documents[0].text
    assert found.text == f"{first}\n\nAnd more."
    assert found.title == "Nurse pay"
    spans = [(turn.span, turn.speaker and turn.speaker.name) for turn in found.turns]
    at = len(first) + 2
    assert spans == [
        (Span(0, 50), "Ms Adeyemi"),
        (Span(52, 60), None),
        (Span(at + 4, at + 8), "Ms Adeyemi"),
    ]


@pytest.mark.parametrize("text", [foreign.ARGDOWN, foreign.AIF, foreign.GRAPHML])
def test_graphs_file_without_a_document_gives_its_claims_as_paragraphs(text: str) -> None:
    found = read_bytes(text.encode("utf-8"), name="map.txt")
    assert found.kind == "argument graph"
    assert found.text.count("\n\n") >= 2
    for turn in found.turns:
        assert turn.speaker is not None
        said = found.text[turn.span.start : turn.span.end]
        assert "\n\n" not in said
    if text is foreign.AIF:
        assert [t.speaker and t.speaker.name for t in found.turns] == ["Ines Roca", "Per Dahl"]


def test_graphs_broken_file_is_named() -> None:
    with pytest.raises(SourceError, match=r"^x\.json: .*is no node of the file"):
        read_bytes(
            b'{"nodes": [{"nodeID": 1, "type": "I"}], "edges": [{"fromID": 1, "toID": 2}]}',
            name="x.json",
        )
    with pytest.raises(SourceError, match="no words"):
        read_bytes(b'{"nodes": [{"nodeID": 1, "type": "I"}], "edges": []}', name="x.json")
    with pytest.raises(SourceError, match="holds no Argdown"):
        read_bytes(b"   # only a heading", name="x.argdown")


@pytest.mark.parametrize("name", ["notes.txt", "notes.md"])
def test_graphs_leave_ordinary_texts_alone(name: str) -> None:
    text = b"Pay talks stall\n\nThe union [RCN] said: it is - as ever - about pay. It is late.\n"
    assert read_bytes(text, name=name).kind == "article"
