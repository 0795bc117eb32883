"""A debate as the report shows it: records -> plain frozen rows, every link resolved.

Nothing here is escaped; the template does that. Ids in the page are made of running numbers,
never of what a file holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from argmap import wording
from argmap.charts import SIGNS
from argmap.export.references import web_link
from argmap.export.stands_view import Stands, stands_of
from argmap.records import (
    LABELS,
    ArgumentTree,
    Debate,
    Document,
    Label,
    Relation,
    Side,
    SpeakerStance,
    Stance,
    Statement,
    Topic,
    TreeNode,
)
from argmap.structure import build_tree, summarise_speakers

_FIRST_QUOTES = 3
_LINK = 90


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements have a label on a motion."""

    label: Label
    sign: str
    name: str
    number: int
    share: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with who says it, where it stands and what it was judged to be."""

    anchor: str
    text: str
    label: Label
    sign: str
    name: str
    share: str
    voice: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that another attacks or supports."""

    verb: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the tree with what hangs below it, as the outline lists it."""

    kind: str
    side: Side | None
    sign: str
    text: str
    note: str
    relation: str
    anchor: str | None
    links: tuple[Link, ...]
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A key point with its sentences."""

    anchor: str
    side: Side
    sign: str
    name: str
    text: str
    size: str
    over: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a speaker stands on a motion, and in which words."""

    name: str
    line: str
    label: Label
    sign: str
    leaning: str
    mean: str
    interval: str
    count: int
    pro: int
    con: int
    silent: int
    quotes: tuple[Quote, ...]
    more: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion: its balance, tree, points, what stands, and speakers."""

    number: int
    topic: Topic
    counts: tuple[Count, ...]
    tree: ArgumentTree
    outline: Branch
    points: tuple[Point, ...]
    summaries: tuple[SpeakerStance, ...]
    positions: tuple[Position, ...]
    nodes: Mapping[str, str]
    stands: Stands | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sentence was judged to be on one motion."""

    motion: int
    label: Label
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source; ``marks`` are empty where it is no statement."""

    text: str
    anchor: str | None = None
    marks: tuple[Mark, ...] = ()
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source whole, with every statement marked."""

    anchor: str
    document: Document
    line: str
    url: str | None
    paragraphs: tuple[tuple[Piece, ...], ...]


class ReportView:
    """The whole report. Everything is worked out when it is first asked for."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self._names = {speaker.id: speaker.name for speaker in debate.speakers}
        self._speakers = {speaker.id: speaker for speaker in debate.speakers}
        self._statements = {statement.id: statement for statement in debate.statements}
        self._documents = {document.id: document for document in debate.documents}
        self._anchors = {s.id: f"s{number}" for number, s in enumerate(debate.statements, 1)}
        self._stances = {(x.topic, x.statement): x for x in debate.stances}

    @cached_property
    def motions(self) -> tuple[Motion, ...]:
        summaries = summarise_speakers(self.debate)
        return tuple(
            self._motion(number, topic, tuple(s for s in summaries if s.topic == topic.id))
            for number, topic in enumerate(self.debate.topics, 1)
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(
            self._source(number, document)
            for number, document in enumerate(self.debate.documents, 1)
        )

    def _motion(self, number: int, topic: Topic, summaries: tuple[SpeakerStance, ...]) -> Motion:
        tree = build_tree(self.debate, topic.id)
        nodes = {
            node.id: self._anchors[node.statement]
            for node in tree.nodes
            if node.kind == "statement" and node.statement
        }
        points = []
        for index, node in enumerate((n for n in tree.nodes if n.kind == "key_point"), 1):
            nodes[node.id] = f"m{number}k{index}"
            points.append(self._point(nodes[node.id], node, tree, topic))
        below: dict[str | None, list[TreeNode]] = {}
        for node in tree.nodes:
            below.setdefault(node.parent, []).append(node)
        links: dict[str, list[Relation]] = {}
        for relation in tree.links:
            links.setdefault(relation.source, []).append(relation)
        return Motion(
            number=number,
            topic=topic,
            counts=self._counts(topic),
            tree=tree,
            outline=self._branch(tree.nodes[0], below, nodes, links),
            points=tuple(points),
            summaries=summaries,
            positions=tuple(self._position(summary, topic) for summary in _by_weight(summaries)),
            nodes=nodes,
            stands=stands_of(self.debate, topic.id, self._anchors),
        )

    def _counts(self, topic: Topic) -> tuple[Count, ...]:
        numbers = Counter(x.label for (own, _), x in self._stances.items() if own == topic.id)
        judged = sum(numbers.values())
        return tuple(
            Count(
                label,
                SIGNS[label],
                wording.LABEL_WORDS[label],
                numbers[label],
                wording.percent(numbers[label] / judged) if judged else "",
            )
            for label in LABELS
        )

    def _branch(
        self,
        node: TreeNode,
        below: Mapping[str | None, list[TreeNode]],
        nodes: Mapping[str, str],
        links: Mapping[str, list[Relation]],
    ) -> Branch:
        voice = ""
        if node.kind == "statement" and node.statement:
            voice = wording.voice(self._statements[node.statement], self._names) or ""
        return Branch(
            kind=node.kind,
            side=node.side,
            sign=SIGNS[node.side] if node.side else "",
            text=node.text,
            note=voice if node.kind == "statement" else wording.holdings(node),
            relation=wording.RELATION_WORDS[node.relation] if node.relation else "",
            anchor=nodes.get(node.id),
            links=tuple(
                Link(
                    wording.RELATION_WORDS[relation.shown],
                    self._anchors[relation.target],
                    wording.shorten(self._statements[relation.target].text, _LINK),
                )
                for relation in links.get(node.id, ())
            ),
            # A tree is no deeper than structure.tree lets chains be.
            below=tuple(
                self._branch(child, below, nodes, links) for child in below.get(node.id, ())
            ),
        )

    def _point(self, anchor: str, node: TreeNode, tree: ArgumentTree, topic: Topic) -> Point:
        side = node.side or "pro"
        inside = {node.id}
        here: list[str] = []
        for other in tree.nodes:  # parents come before children
            if other.kind == "statement" and other.parent in inside:
                inside.add(other.id)
                if other.side == side:
                    here.append(other.id)
        # What answers the other side stands there in the tree, and is of this point all the same.
        points = [other for other in tree.nodes if other.kind == "key_point"]
        own = next(p.statements for p in self.debate.key_points if p.id == node.id)
        here += [s for s in own if s not in inside and self._side(topic, s) == side]
        members = [self._statements[s] for s in here]
        return Point(
            anchor=anchor,
            side=side,
            sign=SIGNS[side],
            name=wording.LABEL_WORDS[side],
            text=node.text,
            size=wording.count(len(members), "statement"),
            over=next((n.text for n in points if n.id == node.parent), ""),
            quotes=tuple(self._quote(member, topic) for member in members),
        )

    def _side(self, topic: Topic, statement: str) -> Label | None:
        stance = self._stances.get((topic.id, statement))
        return stance.label if stance is not None else None

    def _quote(self, statement: Statement, topic: Topic) -> Quote:
        label, share = _judged(self._stances.get((topic.id, statement.id)))
        document = self._documents[statement.document]
        place = wording.place_line(document.turn_at(statement.start))
        known = (document.title, document.outlet, wording.day(document.date), place)
        return Quote(
            anchor=self._anchors[statement.id],
            text=statement.text,
            label=label,
            sign=SIGNS[label],
            name=wording.LABEL_WORDS[label],
            share=share,
            voice=wording.voice(statement, self._names) or "the writer, or nobody named",
            source=", ".join(part for part in known if part),
        )

    def _position(self, summary: SpeakerStance, topic: Topic) -> Position:
        speaker = self._speakers[summary.speaker]
        label: Label = "pro" if summary.low > 0 else "con" if summary.high < 0 else "unclear"
        quotes = tuple(self._quote(self._statements[own], topic) for own in summary.statements)
        return Position(
            name=speaker.name,
            line=wording.speaker_line(speaker),
            label=label,
            sign=SIGNS[label],
            leaning=wording.leaning(summary.mean, summary.low, summary.high),
            mean=wording.signed(summary.mean),
            interval=f"{wording.signed(summary.low)} to {wording.signed(summary.high)}",
            count=summary.count,
            pro=summary.pro,
            con=summary.con,
            silent=summary.none + summary.unclear,
            quotes=quotes[:_FIRST_QUOTES],
            more=quotes[_FIRST_QUOTES:],
        )

    def _source(self, number: int, document: Document) -> Source:
        own = sorted(
            (s for s in self.debate.statements if s.document == document.id),
            key=lambda s: (s.start, s.end, s.id),
        )
        return Source(
            anchor=f"d{number}",
            document=document,
            line=wording.source_line(document),
            url=web_link(document.url),
            paragraphs=tuple(self._paragraphs(document, own)),
        )

    def _paragraphs(self, document: Document, own: list[Statement]) -> list[tuple[Piece, ...]]:
        text, named = document.text, set[str]()
        found: list[tuple[Piece, ...]] = []
        index = 0
        for start, end in wording.paragraphs(text):
            pieces: list[Piece] = []
            at = start
            while index < len(own) and own[index].start < end:
                statement = own[index]
                # Statements may overlap in files of other makers; every character comes once.
                first, last = max(at, statement.start), max(at, min(end, statement.end))
                if text[at:first]:
                    pieces.append(Piece(text[at:first]))
                pieces.append(self._piece(statement, text[first:last], named))
                at = max(at, last)
                if statement.end > end:
                    break
                index += 1
            if text[at:end]:
                pieces.append(Piece(text[at:end]))
            found.append(_named_once(pieces))
        rest = [self._piece(s, "", named) for s in own if s.id not in named]
        return [*found, tuple(rest)] if rest else found

    def _piece(self, statement: Statement, text: str, named: set[str]) -> Piece:
        anchor = None if statement.id in named else self._anchors[statement.id]
        named.add(statement.id)
        marks = []
        for number, topic in enumerate(self.debate.topics, 1):
            label, share = _judged(self._stances.get((topic.id, statement.id)))
            words = wording.LABEL_WORDS[label] + (f", {share}" if share else ", not judged")
            marks.append(Mark(number, label, SIGNS[label], words))
        voice = wording.voice(statement, self._names) or ""
        return Piece(text, anchor, tuple(marks), voice)


def _named_once(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces of a paragraph, where one voice that goes on is named at its end only."""
    kept: list[Piece] = []
    following = ""
    for piece in reversed(pieces):
        if not piece.marks and not piece.anchor:
            kept.append(piece)
            continue
        kept.append(replace(piece, voice="") if piece.voice == following else piece)
        following = piece.voice
    return tuple(reversed(kept))


def _judged(stance: Stance | None) -> tuple[Label, str]:
    if stance is None:
        return "none", ""
    return stance.label, wording.provenance(stance)


def _by_weight(summaries: tuple[SpeakerStance, ...]) -> list[SpeakerStance]:
    """Those who say most first."""
    return sorted(summaries, key=lambda s: (-s.count, s.speaker))
