"""Argdown 1.x, written: the map that people read and edit, in loose mode.

A motion is a statement, whatever argues for or against it an argument beneath it; each stands
once, with its words, and again by its title where it has another relation. Source: the grammar
and lexer of ``@argdown/core`` 1.7.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from argmap.interchange import carry
from argmap.interchange.graph import ArgumentGraph, Edge, EdgeKind, Node, check, rooted

#: Symbol before what relates to the line above it.
SYMBOLS: Mapping[EdgeKind, str] = {
    "support": "+",
    "rephrase": "+",
    "attack": "-",
    "undercut": "_",
    "contradiction": "><",
}
EMPTY = "(no words)"

_MAX_DEPTH = 12
_INDENT = "    "
_WORDS_IN_TITLE = 6
_TITLE_LENGTH = 60
_NOT_IN_TITLE = re.compile(r"[^\w .,'’£$€%&!?()-]")
# At the start of a line “<_”, “<+” and “<-” are relations, whatever follows.
_TITLE_EDGE = re.compile(r"^[\W_]+|[ .,_-]+$")
_ESCAPE = re.compile(
    r"[\\\[\]<>{}#*_@]"
    r"|/(?=[/*])"  # comments
    r"|[.](?=\S+?[.])|:(?=\S+?:)"  # short names of special characters
    r"|=(?==)|(?<==)="  # front matter
)
# White space, and what YAML and the line-wise grammar cannot hold as it is.
_UNSEEN = "\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffc\ufffe\uffff"
_BLANK = re.compile(rf"[\s\x00-\x20{_UNSEEN}]+")
_NOT_YAML = re.compile(rf"[{{}}{_UNSEEN}]|(?<==)=")  # “===” would end the front matter


def dumps(graph: ArgumentGraph) -> str:
    """The graph as Argdown. The same graph gives the same bytes.

    Left out are nodes that no edge touches and the documents' texts: a map is for reading. Each
    node's offsets, speaker and probabilities stand in the braces behind it.

    Raises:
        GraphFileError: the graph is not whole (``argmap.interchange.check``).
    """
    check(graph)
    linked = graph.linked()
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    graph = replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id in linked),
        edges=tuple(
            replace(edge, sources=tuple(sorted(edge.sources, key=place.__getitem__)))
            for edge in graph.edges
        ),
        points=rooted(p for p in graph.points if linked.issuperset(p.statements)),
    )
    front = "\n".join(_front_matter(graph))
    blocks = _Page(graph, graph.nodes).blocks()
    return "\n\n".join([f"===\n{front}\n===", *blocks]) + "\n"


def visible(text: str) -> str:
    """``text`` as a map shows it: on one line, single spaces, nothing that cannot be printed."""
    return _BLANK.sub(" ", text).strip() or EMPTY


def escape(text: str) -> str:
    """``text`` with a backslash before whatever the grammar would take for a mark."""
    return _ESCAPE.sub(lambda match: f"\\{match[0]}", text)


def braces(data: Mapping[str, Any]) -> str:
    """``data`` as YAML in braces, on one line. It is JSON, which YAML takes in."""
    return f"{{{_value(carry.KEY)}: {_value(data)}}}"


def _value(value: object) -> str:
    """JSON whose strings hold no brace and nothing that YAML calls unprintable."""
    if isinstance(value, dict):
        inner = ", ".join(f"{_value(key)}: {_value(item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
        return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if isinstance(value, float) and "e" in (text := json.dumps(value)) and "." not in text:
        return text.replace("e", ".0e")  # a number to YAML only with its point
    return json.dumps(value)


def _front_matter(graph: ArgumentGraph) -> list[str]:
    title = _value(visible(graph.title) if graph.title else "")
    lines = [f"title: {title}", "model:", "    mode: loose", f"{carry.KEY}:"]
    for key, value in carry.graph_data(graph, texts=False, order=True).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"    {key}:")
            lines += [f"        - {_value(item)}" for item in value]
        else:
            lines.append(f"    {key}: {_value(value)}")
    return lines


class _Page:
    """The body of one file: which node stands where, and by which title."""

    def __init__(self, graph: ArgumentGraph, nodes: Sequence[Node]) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._edges = {edge.id: edge for edge in graph.edges}
        self._leaving: dict[str, list[Edge]] = defaultdict(list)
        self._statements = {node.id for node in nodes if node.topic is not None}
        below: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for edge in graph.edges:
            # Argdown undercuts an argument: the one whose inference the edge is.
            target = self._argument(edge) if edge.kind == "undercut" else edge.target
            for source in edge.sources:
                self._leaving[source].append(edge)
                below[target][source, SYMBOLS[edge.kind]] = None
            if edge.kind == "contradiction":
                self._statements.update((*edge.sources, edge.target))
        self._below = {own: tuple(found) for own, found in below.items()}
        self._titles = _titles(graph, nodes)
        self._written: set[str] = set()
        self._opened: set[str] = set()

    def blocks(self) -> list[str]:
        """The blocks of the body: roots first, then what no root leads to."""
        roots = [own for own in self._nodes if not self._leaving.get(own)]
        waiting = deque((*roots, *self._nodes))
        blocks: list[str] = []
        while waiting:
            own = waiting.popleft()
            if own not in self._written or (own in self._below and own not in self._opened):
                blocks.append("\n".join(self._branch(own)))
        return blocks or ["Nothing in this map is linked to anything else."]

    def _branch(self, root: str) -> Iterator[str]:
        stack = [(root, "", 0)]
        while stack:
            own, symbol, depth = stack.pop()
            lead = f"{_INDENT * depth}{symbol} " if symbol else ""
            yield lead + (self._reference(own) if own in self._written else self._full(own))
            self._written.add(own)
            if own in self._opened or depth >= _MAX_DEPTH:
                continue  # what is below stands elsewhere, or gets a block of its own
            self._opened.add(own)
            below = self._below.get(own, ())
            stack += [(child, mark, depth + 1) for child, mark in reversed(below)]

    def _argument(self, edge: Edge) -> str:
        seen: set[str] = set()
        while edge.kind == "undercut" and edge.id not in seen:
            seen.add(edge.id)
            edge = self._edges[edge.target]
        return edge.sources[0]

    def _reference(self, own: str) -> str:
        title = self._titles[own]
        return f"[{title}]" if own in self._statements else f"<{title}>"

    def _full(self, own: str) -> str:
        node = self._nodes[own]
        shown = visible(node.text)
        data = carry.node_data(node, text=shown != node.text)
        if leaving := self._leaving.get(own):
            data["edges"] = [carry.edge_data(edge, target=True) for edge in leaving]
        return f"{self._reference(own)}: {escape(shown)} {braces(data)}"


def _titles(graph: ArgumentGraph, nodes: Sequence[Node]) -> dict[str, str]:
    """A title a node: the motion's, the speaker's name and a number, or the first words."""
    names = {person.id: person.name for person in graph.participants}
    motions = {topic.id: topic.title for topic in graph.motions}
    made: set[str] = set()
    count: dict[str, int] = defaultdict(int)
    titles: dict[str, str] = {}
    for node in nodes:
        if node.topic is not None:
            stem = motions[node.topic]
        elif node.speaker is not None:
            stem = names[node.speaker]
        else:
            stem = " ".join(visible(node.text).split()[:_WORDS_IN_TITLE])
        stem = " ".join(_NOT_IN_TITLE.sub(" ", stem).split())[:_TITLE_LENGTH]
        stem = _TITLE_EDGE.sub("", stem) or "Claim"
        numbered = node.topic is None and node.speaker is not None
        title = stem
        while numbered or title in made:
            count[stem] += 1
            title = f"{stem} {count[stem]}"
            numbered = False
        made.add(title)
        titles[node.id] = title
    return titles
