"""Argument graphs and project files as a text to map: their documents, or else their claims."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.errors import FileError, SourceError
from argmap.interchange import FORMATS, ArgumentGraph, detect
from argmap.projectfile import loads
from argmap.records import Document
from argmap.sources.assemble import Segment, join
from argmap.sources.characters import one_line


def read_graph(text: str, where: str, *, suffix: str = "") -> Document | None:
    """The text of an argument graph or project file as one document; ``None`` for other texts.

    Where the file holds its sources, these are the text, one after the other; where it does not,
    each claim is a paragraph, and a turn of its speaker.

    Raises:
        SourceError: the file is broken, or has no words in it.
    """
    key = detect(text, suffix=suffix)
    if key is None:
        return None
    try:
        if key == "json":
            debate = loads(text)
            title, documents = debate.title, debate.documents
            claims: tuple[Segment, ...] = ()
        else:
            graph = FORMATS[key].loads(text)
            title, documents, claims = graph.title, graph.documents, tuple(_claims(graph))
    except FileError as error:
        raise SourceError(where, error.problem, error.remedy) from error
    documents = tuple(document for document in documents if document.text.strip())
    if len(documents) == 1:
        return documents[0]
    segments = tuple(_texts(documents)) or claims
    if not any(segment.text.strip() for segment in segments):
        raise SourceError(where, "there are no words in it.", "Give a source that holds text.")
    joined, turns = join(segments, where)
    return Document.create(
        title=one_line(title) or where, text=joined, kind="argument graph", turns=turns
    )


def _texts(documents: Iterable[Document]) -> Iterable[Segment]:
    """The documents cut at their turns, so that the whole knows who speaks."""
    number = 0
    for document in documents:
        at, glue = 0, "\n\n"
        for turn in document.turns:
            number += 1
            if before := document.text[at : turn.span.start]:
                yield Segment(before, glue=glue)
                glue = ""
            said = document.text[turn.span.start : turn.span.end]
            yield Segment(said, number, turn.speaker, glue)
            at, glue = turn.span.end, ""
        if rest := document.text[at:]:
            yield Segment(rest, glue=glue)


def _claims(graph: ArgumentGraph) -> Iterable[Segment]:
    people = {person.id: person for person in graph.participants}
    for number, node in enumerate(graph.nodes):
        if text := one_line(node.text):
            speaker = None if node.speaker is None else people[node.speaker]
            yield Segment(text, None if speaker is None else number, speaker)
