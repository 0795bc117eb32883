"""xAIF: an AIF object with the analysed text and a layout, as OVA3 and the oAMF modules read it.

OVA3 puts ``text`` into its page as HTML and marks the stretch of a claim by a ``span`` whose id
is ``node`` and the claim's nodeID. Everything here that comes from a document is escaped.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from argmap.errors import GraphFileError
from argmap.interchange import aif
from argmap.interchange.graph import ArgumentGraph, Location, Node, check
from argmap.interchange.jsontext import expect_object, parse, write
from argmap.records import Document

_CELL_WIDTH, _CELL_HEIGHT = 450, 300
_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def dumps(graph: ArgumentGraph) -> str:
    """The graph as xAIF. The same graph gives the same bytes.

    Raises:
        GraphFileError: the graph is not whole (``argmap.interchange.check``).
    """
    inner = aif.to_aif(graph)
    speaks = bool(inner["locutions"])
    # The loader of OVA3 wants an object under OVA and a text that is not null.
    return write(
        {
            "AIF": inner,
            "text": _marked_text(graph),
            "dialog": speaks,
            "OVA": {
                "firstname": "",
                "surname": "",
                "url": "",
                "nodes": list(_layout(graph, inner)),
                "edges": [
                    {"fromID": edge["fromID"], "toID": edge["toID"], "visible": True}
                    for edge in inner["edges"]
                ],
            },
        }
    )


def loads(data: str | bytes) -> ArgumentGraph:
    """Read xAIF. Where the file is not argmap's own, its text becomes a document.

    A claim gets offsets into that document where the text is marked by its span, or holds the
    claim's words exactly once.

    Raises:
        GraphFileError: as ``argmap.interchange.aif.loads``, or there is no AIF object.
    """
    top = expect_object(parse(data), "The file")
    if "AIF" not in top:
        raise GraphFileError("This is not xAIF: “AIF” is missing.")
    inner = expect_object(top["AIF"], "AIF")
    graph = aif.from_aif(inner)
    if graph.documents:
        return graph
    graph = _with_document(graph, top.get("text"))
    check(graph)
    return graph


def _marked_text(graph: ArgumentGraph) -> str:
    linked = graph.linked()
    marks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for node in graph.nodes:
        if node.source is not None and node.id in linked and node.source.start < node.source.end:
            spot = (node.source.start, node.source.end, aif.claim_id(node))
            marks[node.source.document].append(spot)
    return "<br><br>".join(
        _marked(document.text, sorted(marks[document.id])) for document in graph.documents
    )


def _marked(text: str, marks: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, own in marks:
        if start < at or end > len(text):
            continue  # spans do not nest
        inner = _escaped(text[start:end])
        parts += [
            _escaped(text[at:start]),
            f'<span class="highlighted" id="node{own}">{inner}</span>',
        ]
        at = end
    return "".join((*parts, _escaped(text[at:])))


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _layout(graph: ArgumentGraph, inner: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Places for the nodes: claims in rows by their distance from what they lead to."""
    out: dict[str, list[str]] = defaultdict(list)
    for edge in inner["edges"]:
        out[edge["fromID"]].append(edge["toID"])
    into: dict[str, list[str]] = defaultdict(list)
    for edge in inner["edges"]:
        into[edge["toID"]].append(edge["fromID"])
    order = [node["nodeID"] for node in inner["nodes"]]
    row: dict[str, int] = {}
    waiting = [own for own in order if not out[own]]
    # Whatever lies on a circle starts one of its own.
    for start in (*waiting, *order):
        if start in row:
            continue
        row[start] = 0
        level = [start]
        while level:
            below = [own for over in level for own in dict.fromkeys(into[over]) if own not in row]
            for own in below:
                row.setdefault(own, row[level[0]] + 1)
            level = list(dict.fromkeys(below))
    taken: dict[int, int] = defaultdict(int)
    for own in order:
        column, taken[row[own]] = taken[row[own]], taken[row[own]] + 1
        yield {
            "nodeID": own,
            "visible": True,
            "x": column * _CELL_WIDTH,
            "y": row[own] * _CELL_HEIGHT,
            "timestamp": "",
        }


class _Text(HTMLParser):
    """The plain text of OVA3's marked text, and where the spans of claims are in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.spots: dict[str, tuple[int, int]] = {}
        self._open: list[tuple[str, int]] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        self.length += len(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and self.length:
            self.handle_data("\n")
        if tag == "span":
            self._open.append((dict(attrs).get("id") or "", self.length))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._open:
            own, start = self._open.pop()
            self.spots.setdefault(own, (start, self.length))


def _with_document(graph: ArgumentGraph, text: object) -> ArgumentGraph:
    if isinstance(text, dict):  # older files
        text = text.get("txt")
    if not isinstance(text, str) or not text.strip():
        return graph
    reader = _Text()
    reader.feed(text)
    reader.close()
    plain = "".join(reader.parts)
    document = Document.create(title=graph.title or "Analysed text", text=plain)

    def located(node: Node) -> Node:
        start, end = reader.spots.get(f"node{node.id}", (0, 0))
        if plain[start:end].strip() != node.text.strip() or not node.text.strip():
            start = plain.find(node.text) if node.text.strip() else -1
            end = start + len(node.text)
            if start < 0 or plain.find(node.text, start + 1) >= 0:
                return node
        if plain[start:end] != node.text:
            # The span may take in the white space around the claim, or miss the claim's own.
            start = plain.find(node.text, start, end)
            end = start + len(node.text)
            if start < 0:
                return node
        return replace(node, source=Location(document.id, start, end))

    return replace(graph, nodes=tuple(located(node) for node in graph.nodes), documents=(document,))
