"""Argdown 1.x, read: argmap's own maps and those of other hands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from argmap.errors import GraphFileError
from argmap.interchange import carry
from argmap.interchange.argdown import SYMBOLS, visible
from argmap.interchange.argdown_blocks import Item, items, split_front_matter
from argmap.interchange.graph import ArgumentGraph, Edge, EdgeKind, Node, check, pruned
from argmap.interchange.jsontext import MAX_BYTES
from argmap.records import Attribution, Speaker, content_id

_KINDS: Mapping[str, EdgeKind] = {
    "+": "support",
    "-": "attack",
    "_": "undercut",
    "><": "contradiction",
}
#: What others write in braces about who says a claim.
_SPEAKER_KEYS = ("speaker", "author", "proponent")


def loads(data: str | bytes) -> ArgumentGraph:
    """Read Argdown.

    A title that is given words twice keeps the first. An argument with a premise-conclusion
    structure is its last conclusion; an inference is one support by all its premises. What
    undercuts an argument undercuts the first relation by which that argument acts on another.

    Raises:
        GraphFileError: it is not UTF-8, its YAML is broken, or a relation has nothing above it.
    """
    if len(data) > MAX_BYTES:
        raise GraphFileError(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise GraphFileError(
            f"The file is not UTF-8 text (byte {error.start} is wrong)."
        ) from error
    fields, body = split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    block = carry.read_graph_data(fields.get(carry.KEY), carry.KEY)
    page = _Page()
    for item in items(body):
        page.take(item)
    if not page.claims:
        raise GraphFileError("The file holds no Argdown: no statement, no argument.")
    made = page.nodes({person.id for person in block.participants} if block else set())
    edges = list(_edges(page, made))
    title = fields.get("title")
    graph = carry.make_graph(
        block,
        [one.node for one in _distinct(made.values())],
        edges,
        participants=page.people.values(),
        notes=page.notes,
        title=title if isinstance(title, str) else "",
    )
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    edges = [
        replace(e, sources=tuple(sorted(e.sources, key=place.__getitem__))) for e in graph.edges
    ]
    graph = pruned(replace(graph, edges=tuple(edges)))
    check(graph)
    return graph


@dataclass(slots=True)
class _Claim:
    """One title as it is gathered from its places."""

    key: str
    title: str | None
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Made:
    """A claim's node, and what its braces say of the edges that leave it."""

    node: Node
    edges: tuple[carry.EdgeData, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """``source`` acts on ``target``; both are keys of claims, or the target one of an inference."""

    symbol: str
    source: str
    target: str


class _Page:
    """The claims and links of a file as its items come in."""

    def __init__(self) -> None:
        self.claims: dict[str, _Claim] = {}
        self.links: dict[_Link, None] = {}
        self.inferences: dict[str, tuple[tuple[str, ...], str]] = {}
        self.conclusions: dict[str, str] = {}
        self.people: dict[str, Speaker] = {}
        self.notes: list[str] = []
        self._stack: list[tuple[int, str]] = []
        self._block = -1
        self._argument: str | None = None
        self._premises: list[str] = []
        self._inference: str | None = None

    def take(self, item: Item) -> None:
        if item.block != self._block:
            self._block, self._stack = item.block, []
            if item.symbol not in ("(1)", "--"):
                self._close()
        if item.symbol == "--":
            self._inference = f"inference {len(self.inferences) + 1}"
            self.inferences[self._inference] = (tuple(self._premises), "")
            self._stack = [(-1, self._inference)]
            return
        key = self._claim(item)
        if item.symbol == "(1)":
            self._number(key)
        elif item.symbol:
            while self._stack and self._stack[-1][0] >= item.indent:
                self._stack.pop()
            if not self._stack:
                raise GraphFileError(
                    f"“{item.symbol} {(item.title or item.text)[:40]}” has nothing above it to act "
                    "on.",
                    "Put it beneath a statement or an argument.",
                )
            self._link(item.symbol, key, self._stack[-1][1])
        elif item.argument and item.title and not self._stack:
            self._argument = key
        if item.symbol in ("", "(1)"):
            self._stack = [(-1 if item.symbol else item.indent, key)]
        else:
            self._stack.append((item.indent, key))

    def _close(self) -> None:
        self._argument, self._premises, self._inference = None, [], None

    def _number(self, key: str) -> None:
        """A numbered statement: a premise, or after a line of inference its conclusion."""
        if self._inference is not None:
            premises, _ = self.inferences[self._inference]
            self.inferences[self._inference] = (premises, key)
            self._inference, self._premises = None, []
            if self._argument is not None:
                self.conclusions[self._argument] = key
        self._premises.append(key)

    def _link(self, symbol: str, child: str, parent: str) -> None:
        if symbol == "><":
            self.links[_Link("><", child, parent)] = None
        elif symbol.endswith(">"):
            self.links[_Link(symbol[0], parent, child)] = None
        else:
            self.links[_Link(symbol[-1], child, parent)] = None

    def _claim(self, item: Item) -> str:
        if item.title is None:
            key = f"untitled {len(self.claims) + 1}"
        else:
            key = f"{'<' if item.argument else '['}{item.title.strip()}"
        claim = self.claims.setdefault(key, _Claim(key, item.title))
        claim.text = claim.text or item.text
        claim.data = claim.data or item.data
        return key

    def nodes(self, known: set[str]) -> dict[str, _Made]:
        """Every claim as a node, by key; an argument with a conclusion is that conclusion."""
        made: dict[str, _Made] = {}
        taken: set[str] = set()
        for key, claim in self.claims.items():
            if key in self.conclusions:
                continue
            beside = claim.data.get(carry.KEY)
            if isinstance(beside, dict):
                node, edges = _own(claim, beside)
            else:
                node, edges = self._foreign(claim, known), ()
            if node.id in taken:
                node, edges = replace(node, id=key), ()
            taken.add(node.id)
            made[key] = _Made(node, edges)
        for key, conclusion in self.conclusions.items():
            made[key] = made[conclusion]
        return made

    def _foreign(self, claim: _Claim, known: set[str]) -> Node:
        told = next((claim.data[k] for k in _SPEAKER_KEYS if claim.data.get(k)), None)
        attribution = None
        if isinstance(told, str):
            person = Speaker(content_id("s", told.casefold()), told)
            if person.id not in known:
                self.people.setdefault(person.id, person)
            attribution = Attribution(person.id, "turn", None, 1.0)
        metadata = {str(k): _as_json(v) for k, v in claim.data.items() if k not in _SPEAKER_KEYS}
        return Node(
            id=claim.title.strip() if claim.title else claim.key,
            text=claim.text or (claim.title or "").strip(),
            attribution=attribution,
            metadata=metadata,
        )


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)


def _own(claim: _Claim, beside: Mapping[str, Any]) -> tuple[Node, tuple[carry.EdgeData, ...]]:
    where = f"the braces of “{claim.title}”"
    data = carry.read(carry.NodeData, {k: v for k, v in beside.items() if k != "edges"}, where)
    edges = beside.get("edges") or []
    if not isinstance(edges, list):
        raise GraphFileError(f"{where}: “edges” is not a list.")
    text = claim.text
    if data.text is not None and visible(data.text) == text:
        text = data.text
    node = carry.make_node(data, text)
    return node, tuple(carry.read(carry.EdgeData, edge, where) for edge in edges)


def _edges(page: _Page, made: Mapping[str, _Made]) -> Iterator[Edge]:
    told: dict[str, tuple[carry.EdgeData, list[str]]] = {}
    for one in _distinct(made.values()):
        for data in one.edges:
            told.setdefault(data.id, (data, []))[1].append(one.node.id)
    found: dict[str, Edge] = {}
    undercuts: list[_Link] = []
    for number, (premises, conclusion) in enumerate(page.inferences.values(), start=1):
        if premises and conclusion:
            sources = dict.fromkeys(made[p].node.id for p in premises)
            sources.pop(made[conclusion].node.id, None)
            if sources:
                own = f"inference {number}"
                found[own] = Edge(own, "support", tuple(sources), made[conclusion].node.id)
    for link in page.links:
        if link.symbol == "_" and link.source not in page.inferences:
            undercuts.append(link)
            continue
        if link.source in page.inferences or link.target in page.inferences:
            page.notes.append(
                "An inference can only be undercut; another relation of one was left out."
            )
            continue
        source, target = made[link.source].node.id, made[link.target].node.id
        _add(found, made[link.source].edges, link.symbol, source, target)
    for link in undercuts:
        source = made[link.source].node.id
        if link.target in page.inferences:
            targets = [link.target] if link.target in found else []
            annotated = False
        else:
            under = made[link.target].node.id
            annotated = _add_told_undercuts(found, made[link.source].edges, told, source, under)
            targets = [e.id for e in found.values() if under in e.sources and e.kind != "undercut"]
            targets = targets or [e.id for e in found.values() if under in e.sources]
        if annotated:
            continue
        if targets:
            own = f"{source} _ {link.target}"
            found[own] = Edge(own, "undercut", (source,), targets[0])
        else:
            page.notes.append(
                f"“{link.source[1:]}” undercuts an argument that acts on nothing: left out."
            )
    yield from found.values()


def _distinct(made: Iterable[_Made]) -> Iterator[_Made]:
    seen: set[str] = set()
    for one in made:
        if one.node.id not in seen:
            seen.add(one.node.id)
            yield one


def _add(
    found: dict[str, Edge],
    beside: Iterable[carry.EdgeData],
    symbol: str,
    source: str,
    target: str,
) -> None:
    """Take in a relation by what the braces say of it, or else as the map shows it."""
    if source == target:
        return
    annotated = False
    for data in beside:
        if SYMBOLS[data.kind] == symbol and data.target == target and data.kind != "undercut":
            annotated = True
            edge = found.get(data.id) or carry.make_edge(data, (), target)
            if source not in edge.sources:
                edge = replace(edge, sources=(*edge.sources, source))
            found[data.id] = edge
    if not annotated:
        own = f"{source} {symbol} {target}"
        found[own] = Edge(own, _KINDS[symbol], (source,), target)


def _add_told_undercuts(
    found: dict[str, Edge],
    beside: Iterable[carry.EdgeData],
    told: Mapping[str, tuple[carry.EdgeData, list[str]]],
    source: str,
    under: str,
) -> bool:
    """Take in the undercuts of an argument that the braces speak of; whether there are any."""
    annotated = False
    for data in beside:
        if data.kind != "undercut" or data.target is None:
            continue
        attacked, seen = data.target, set()
        while attacked in told and told[attacked][0].kind == "undercut" and attacked not in seen:
            seen.add(attacked)
            attacked = told[attacked][0].target or ""
        if attacked in told and under in told[attacked][1]:
            annotated = True
            edge = found.get(data.id) or carry.make_edge(data, (), data.target)
            if source not in edge.sources:
                edge = replace(edge, sources=(*edge.sources, source))
            found[data.id] = edge
    return annotated
