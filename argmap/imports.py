"""A file that holds a finished analysis, as a debate: project files and argument graphs.

A graph that argmap wrote gives the debate that it was written from, as far as its format holds
it (docs/formats-out.md). A graph of another hand gives a debate that can be read, drawn and
corrected like any other: its claims are the statements, and the claim that the others lead to is
the motion.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import networkx as nx

from argmap import __version__, projectfile
from argmap.errors import FileError, GraphFileError, InputError, MotionError
from argmap.interchange import (
    FORMATS,
    UNDERCUT,
    ArgumentGraph,
    Edge,
    Judgement,
    Location,
    Node,
    detect,
    rooted,
)
from argmap.interchange.jsontext import parse
from argmap.records import (
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Label,
    Relation,
    RelationKind,
    Run,
    Span,
    Speaker,
    Stance,
    Statement,
    Topic,
    Turn,
    content_id,
)
from argmap.stance import make_topic

#: Largest file that is read, in bytes.
MAX_BYTES = projectfile.MAX_BYTES
#: As many motions as a new debate may have.
MAX_MOTIONS = 12

_SIGNS = {"support": 1, "rephrase": 1, "attack": -1, "undercut": -1, "contradiction": -1}
# Text between two sentences, where the file holds only the sentences: it stands for what is gone.
_GAP = "\n\n[…]"
_MAX_ROOTS = 50


@dataclass(frozen=True, slots=True)
class Imported:
    """A debate and how it was read.

    Attributes:
        format: ``"json"`` for a project file, else a key of ``argmap.interchange.FORMATS``.
        notes: what could not be taken over as it stood, in plain sentences.
    """

    debate: Debate
    format: str
    notes: tuple[str, ...] = ()


def read_debate(data: bytes, *, name: str) -> Imported:
    """Read a project file or an argument graph. The content decides; the name is only a hint.

    Args:
        name: the file's name, for messages and for the title where the file has none.

    Raises:
        InputError: it is of another kind, or broken; the message begins with the name.
    """
    try:
        key = detect(data, suffix=PurePath(name).suffix)
        if key == "json":
            return Imported(projectfile.loads(data), key)
        if key is None:
            if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
                parse(data)  # says what is wrong where it is no JSON at all
            raise GraphFileError(
                "This is neither a project file nor an argument graph (Argdown, AIF, xAIF, "
                "SADFace or GraphML).",
                "To map a text, give it as a source of a new debate.",
            )
        graph = FORMATS[key].loads(data)
        debate, notes = to_debate(graph, title=PurePath(name).stem or "Argument graph", format=key)
    except FileError as error:
        raise error.of(name) from error
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    return Imported(debate, key, (*graph.notes, *notes))


def to_debate(
    graph: ArgumentGraph, *, title: str, format: str = "graph"
) -> tuple[Debate, tuple[str, ...]]:
    """The debate of an argument graph, and notes on what changed on the way.

    A claim without words of its document beneath it becomes a sentence of a document made for
    the purpose. In a graph that argmap did not make, the motion of each connected part is the
    claim that most others lead to, and a claim's stance follows from its path there: attacking
    what supports the motion is against it. An undercut is one of the premise of what it
    undercuts; a contradiction attacks; a rephrase supports.

    Args:
        title: the debate's, where the graph has none.
        format: written down in the debate's run, where argmap did not make the graph.

    Raises:
        GraphFileError: nothing in the graph is linked, so there is no motion.
        ProjectFileError: the graph's own data contradicts itself.
    """
    notes: list[str] = []
    ours = bool(graph.motions)  # only argmap's own data has a word for them
    if not ours:
        graph = _with_motions(graph, notes)
    claims = [node for node in graph.nodes if node.topic is None]
    documents, places = _documents(graph, claims, title=graph.title or title, notes=notes)
    order = {document.id: index for index, document in enumerate(documents)}
    statements = [
        Statement(
            id=node.id,
            document=places[node.id].document,
            start=places[node.id].start,
            end=places[node.id].end,
            text=node.text,
            attribution=node.attribution or Attribution(),
            context=node.context,
        )
        for node in claims
    ]
    if not ours:
        statements.sort(key=lambda s: (order[s.document], s.start))
    derived = _derived(graph)
    stances = [
        Stance(
            node.id,
            judged.topic,
            judged.pro,
            judged.con,
            judged.none,
            judged.label,
            judged.model_label,
        )
        for node in claims
        # What argmap wrote has its own judgements, and a place; what was added since has neither.
        for judged in node.stances or (() if ours and node.source is not None else derived[node.id])
    ]
    place = {statement.id: index for index, statement in enumerate(statements)}
    topics = {topic.id: index for index, topic in enumerate(graph.motions)}
    stances.sort(key=lambda s: (topics[s.topic], place[s.statement]))
    debate = Debate(
        title=graph.title if ours else graph.title or title,
        run=graph.run or Run(__version__, {}, {"imported_from": format}, {}),
        documents=documents,
        speakers=graph.participants,
        topics=graph.motions,
        statements=tuple(statements),
        stances=tuple(stances),
        key_points=_points(graph.points, place),
        decisions=graph.decisions,
        relations=tuple(_relations(graph, derived, ours=ours)),
    )
    projectfile.check(debate)
    return debate, tuple(notes)


def _points(points: Iterable[KeyPoint], known: Mapping[str, int]) -> tuple[KeyPoint, ...]:
    kept = (
        replace(point, statements=tuple(own for own in point.statements if own in known))
        for point in points
    )
    return rooted(point for point in kept if point.statements)


def _documents(
    graph: ArgumentGraph, claims: Sequence[Node], *, title: str, notes: list[str]
) -> tuple[tuple[Document, ...], dict[str, Location]]:
    """The documents, one more for the claims that stand in none, and every claim's place."""
    texts = {document.id: document for document in graph.documents}
    places: dict[str, Location] = {}
    excerpts: dict[str, list[Node]] = defaultdict(list)
    homeless: list[Node] = []
    moved = 0
    for node in claims:
        spot = node.source
        document = texts.get(spot.document) if spot is not None else None
        if spot is None or document is None:
            homeless.append(node)
        elif document.text[spot.start : spot.end] == node.text and spot.end <= len(document.text):
            places[node.id] = spot
        elif not document.text and spot.start >= 0 and spot.end - spot.start == len(node.text):
            excerpts[document.id].append(node)
        else:
            moved += 1
            homeless.append(node)
    if moved:
        notes.append(
            "Claims that do not stand in their source as the file says, and were put into a "
            f"document of their own: {moved}."
        )
    documents: list[Document] = []
    gone = 0
    for document in graph.documents:
        if found := excerpts[document.id]:
            made, kept, left = _from_excerpts(document, found)
            documents.append(made)
            places |= kept
            homeless += left
            gone += 1
        else:
            documents.append(document)
    if gone:
        notes.append(
            f"Documents of which the file holds no full text: {gone}. Only the sentences of the "
            "map stand in them, each at its place, with “[…]” between."
        )
    if homeless:
        there = {node.id: index for index, node in enumerate(claims)}
        homeless.sort(key=lambda node: there[node.id])
        people = {person.id: person for person in graph.participants}
        made, kept = _gathered(homeless, people, title=f"Claims of “{title}”", taken=texts)
        documents.append(made)
        places |= kept
    return tuple(documents), places


def _from_excerpts(
    document: Document, nodes: Sequence[Node]
) -> tuple[Document, dict[str, Location], list[Node]]:
    """A document of the right offsets made of what stands in the file of it."""
    parts: list[str] = []
    places: dict[str, Location] = {}
    left: list[Node] = []
    at = 0
    spots = [(node.source, node) for node in nodes if node.source is not None]
    for spot, node in sorted(spots, key=lambda found: (found[0].start, found[0].end)):
        start, end = spot.start, spot.end
        if start < at:
            left.append(node)  # overlaps the one before it
            continue
        gap = start - at
        # One character between two sentences is a space, two end a paragraph.
        between = {0: "", 1: " ", 2: "\n\n"}.get(gap)
        if between is None:
            between = f"{_GAP[: gap - 2]:<{gap - 2}}\n\n"
        parts += [between, node.text]
        places[node.id] = spot
        at = end
    return replace(document, text="".join(parts)), places, left


def _gathered(
    nodes: Sequence[Node],
    people: Mapping[str, Speaker],
    *,
    title: str,
    taken: Mapping[str, Document],
) -> tuple[Document, dict[str, Location]]:
    parts: list[str] = []
    spans: dict[str, Span] = {}
    turns: list[Turn] = []
    at = 0
    for node in nodes:
        if parts:
            parts.append("\n\n")
            at += 2
        spans[node.id] = Span(at, at + len(node.text))
        parts.append(node.text)
        at += len(node.text)
        if node.speaker is not None and node.text:
            turns.append(Turn(spans[node.id], people[node.speaker]))
    text = "".join(parts)
    made = Document.create(title=title, text=text, kind="argument graph", turns=tuple(turns))
    while made.id in taken:
        made = replace(made, id=content_id("d", made.id))
    return made, {own: Location(made.id, span.start, span.end) for own, span in spans.items()}


def _relations(
    graph: ArgumentGraph, derived: Mapping[str, Sequence[Judgement]], *, ours: bool
) -> Iterator[Relation]:
    """Edges between statements. What links a statement to a motion is its stance."""
    edges = {edge.id: edge for edge in graph.edges}
    motions = {node.id for node in graph.nodes if node.topic is not None}
    topics = [topic.id for topic in graph.motions]
    reached = {own: found[0].topic for own, found in derived.items() if found}
    seen: set[tuple[str, str, str]] = set()
    for edge in graph.edges:
        if ours and edge.kind == "rephrase":
            continue  # the key points hold it
        target = _end(edge, edges)
        for source in edge.sources:
            if source in motions or target in motions or source == target:
                continue
            topic = edge.topic or reached.get(target) or reached.get(source) or topics[0]
            key = (source, target, topic)
            if key in seen:
                continue
            seen.add(key)
            kind: RelationKind = "support" if _SIGNS[edge.kind] > 0 else "attack"
            sure = 1.0 if edge.probability is None else edge.probability
            undercut = edge.kind == "undercut" or (
                edge.kind == "attack" and edge.scheme == UNDERCUT
            )
            yield Relation(source, target, topic, kind, sure, undercut, edge.corrected)


def _end(edge: Edge, edges: Mapping[str, Edge]) -> str:
    """The node that an edge acts on; for an undercut, the premise of what it undercuts."""
    return edges[edge.target].sources[0] if edge.kind == "undercut" else edge.target


def _network(graph: ArgumentGraph) -> nx.DiGraph:
    """Claims, and for each pair that is linked the sign of its first edge."""
    edges = {edge.id: edge for edge in graph.edges}
    network = nx.DiGraph()
    network.add_nodes_from(node.id for node in graph.nodes)
    for edge in graph.edges:
        target = _end(edge, edges)
        for source in edge.sources:
            if source != target and not network.has_edge(source, target):
                network.add_edge(source, target, sign=_SIGNS[edge.kind], both=False)
            if edge.kind == "contradiction" and not network.has_edge(target, source):
                network.add_edge(target, source, sign=-1, both=True)
    return network


def _with_motions(graph: ArgumentGraph, notes: list[str]) -> ArgumentGraph:
    """The graph with its root claims as motions; judgements on motions of others fall away."""
    network = _network(graph)
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    parts = [part for part in nx.weakly_connected_components(network) if len(part) > 1]
    if not parts:
        raise GraphFileError(
            "No claim of this graph supports or attacks another, so none of them is a motion.",
            "To map its sentences on a motion of your own, give the file as a source of a new "
            "debate.",
        )
    parts.sort(key=lambda part: (-len(part), min(place[own] for own in part)))
    if len(parts) > MAX_MOTIONS:
        notes.append(
            f"The graph falls into {len(parts)} parts; the {MAX_MOTIONS} largest gave a motion."
        )
    nodes = {node.id: node for node in graph.nodes}
    motions: list[Topic] = []
    taken: set[str] = set()
    for part in parts[:MAX_MOTIONS]:
        root = nodes[_root(network, part, place)]
        topic = _topic(root)
        if topic.id in taken:
            topic = replace(topic, id=content_id("t", topic.id, root.id))
        taken.add(topic.id)
        motions.append(topic)
        nodes[root.id] = replace(root, topic=topic.id)
    return replace(
        graph,
        nodes=tuple(replace(nodes[node.id], stances=()) for node in graph.nodes),
        motions=tuple(motions),
        points=(),
        run=None,
    )


def _root(network: nx.DiGraph, part: set[str], place: Mapping[str, int]) -> str:
    """The claim that most others lead to; among claims that lead nowhere, if there is one."""

    def outward(own: str) -> int:
        return sum(1 for _, _, both in network.out_edges(own, data="both") if not both)

    ends = [own for own in part if not outward(own)] or list(part)
    ends.sort(key=lambda own: (-network.in_degree(own), place[own]))
    return max(ends[:_MAX_ROOTS], key=lambda own: (len(nx.ancestors(network, own)), -place[own]))


def _topic(root: Node) -> Topic:
    text = " ".join(root.text.split()) or root.id
    own = content_id("t", text)
    try:
        return make_topic(text, id=own)
    except MotionError:
        # Others may debate a question or a name; the map is theirs.
        return Topic(own, text[:80], text, text, f"Against: {text}")


def _derived(graph: ArgumentGraph) -> dict[str, tuple[Judgement, ...]]:
    """Stances by the shortest paths to the motions; paths that disagree leave it unclear."""
    network = _network(graph)
    found: dict[str, list[Judgement]] = {node.id: [] for node in graph.nodes}
    for motion in graph.nodes:
        if motion.topic is None:
            continue
        distance = {motion.id: 0}
        signs: dict[str, set[int]] = {motion.id: {1}}
        waiting = deque([motion.id])
        while waiting:
            own = waiting.popleft()
            for source, _, sign in network.in_edges(own, data="sign"):
                if source not in distance:
                    distance[source] = distance[own] + 1
                    signs[source] = set()
                    waiting.append(source)
                if distance[source] == distance[own] + 1:
                    signs[source] |= {sign * one for one in signs[own]}
        for own, ways in signs.items():
            if own != motion.id:
                pro, con = (0.5, 0.5) if len(ways) > 1 else (float(1 in ways), float(-1 in ways))
                label: Label = "unclear" if len(ways) > 1 else "pro" if pro else "con"
                found[own].append(Judgement(motion.topic, label, pro, con, 0.0))
    return {own: tuple(judgements) for own, judgements in found.items()}
