"""The records that flow through every room: frozen, content-addressed, standard library only.

A run reads left to right: ``Document`` -> ``Statement`` -> ``Stance`` -> ``KeyPoint`` and
``Relation`` -> ``Debate``. Offsets are half-open character offsets into ``Document.text``,
which never changes once a document exists; for every statement
``document.text[s.start:s.end] == s.text``.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

SCHEMA_VERSION = 1

Side = Literal["pro", "con"]
Label = Literal["pro", "con", "none", "unclear"]
RelationKind = Literal["support", "attack"]
NodeKind = Literal["motion", "side", "key_point", "loose", "statement"]
NodeRelation = Literal["support", "attack", "undercut"]
EditKind = Literal["merge", "split", "rename", "not_said_by", "distinct", "undo", "redo"]
VoteSide = Literal["aye", "no", "abstain", "both"]

SIDES: tuple[Side, Side] = ("pro", "con")
LABELS: tuple[Label, ...] = ("pro", "con", "none", "unclear")
VOTE_SIDES: tuple[VoteSide, ...] = ("aye", "no", "abstain", "both")
EDIT_KINDS: tuple[EditKind, ...] = (
    "merge", "split", "rename", "not_said_by", "distinct", "undo", "redo"
)  # fmt: skip


def content_id(prefix: str, *parts: str) -> str:
    """Identifier made of ``prefix`` and twelve hex digits of the parts' SHA-256.

    The same content gives the same id on every machine, so two runs diff cleanly.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}{digest[:12]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters, ``0 <= start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} is not 0 <= start <= end")

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """The same range ``by`` characters later; earlier where ``by`` is negative."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person or body, however the documents name it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of text that the source itself marks as one speaker's words.

    ``speaker`` is ``None`` for procedure and motion text, which nobody argues.

    Attributes:
        time: time of day as the source gives it, ``HH:MM``.
        column: column of the printed record in which the turn begins.
        url: where the source says the turn stands, an ``http`` or ``https`` address.
    """

    span: Span
    speaker: Speaker | None
    time: str | None = None
    column: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """How one person voted in a division.

    Attributes:
        person: id of the person, the same as their ``Speaker.id`` where they also speak.
        side: ``"aye"`` and ``"no"`` also stand for content and not content, for and against;
            ``"both"`` is a vote in both lobbies, which is how the Commons abstain on record.
        teller: counted the votes of this side, and is not in its published total.
        proxy: id of the person who cast the vote in their stead.
    """

    person: str
    name: str
    side: VoteSide
    teller: bool = False
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A vote of the house, as the document records it.

    Attributes:
        span: where its result stands in the document's text.
        question: the words that were put to the vote, if the document tells.
        ayes, noes: the published totals, without tellers.
        column, url: as for ``Turn``.
    """

    id: str
    document: str
    span: Span
    date: str | None = None
    time: str | None = None
    number: str | None = None
    question: str | None = None
    ayes: int | None = None
    noes: int | None = None
    column: str | None = None
    url: str | None = None
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Which division decides a topic, and what an aye in it means; a person sets it.

    An aye can be for an amendment that guts a motion, so ``aye`` cannot be read off the text:
    ``"pro"`` says that whoever voted aye is for the topic's motion.
    """

    topic: str
    division: str
    aye: Side


@dataclass(frozen=True, slots=True)
class Document:
    """One source after cleaning.

    Attributes:
        text: what every offset refers to; paragraphs are parted by one blank line.
        kind: ``"article"``, ``"transcript"``, ``"hansard"``, ``"briefing"`` and so on.
        date: ISO 8601 date where known.
        turns: who speaks where, if the format says so; in order, not overlapping.
        removed: lines that cleaning left out, for the reader to check.
        divisions: votes that the document records, in order.
    """

    id: str
    title: str
    text: str
    kind: str = "article"
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    removed: tuple[str, ...] = ()
    divisions: tuple[Division, ...] = ()

    @classmethod
    def create(cls, *, title: str, text: str, **fields: object) -> Document:
        """Make a document whose id is derived from its title and text."""
        return cls(id=content_id("d", title, text), title=title, text=text, **fields)  # type: ignore[arg-type]

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds the character at ``offset``, if any does."""
        index = bisect_right(self.turns, offset, key=lambda turn: turn.span.start) - 1
        turn = self.turns[index] if index >= 0 else None
        return turn if turn is not None and offset < turn.span.end else None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a sentence is attributed to, and why we think so.

    Attributes:
        speaker: id of the speaker, or ``None`` where it is unknown or the writer's own voice.
        method: ``"quote"``, ``"indirect"``, ``"according-to"``, ``"turn"`` or ``"none"``.
        cue: the words that introduce the attribution ("said", "according to").
        confidence: 0 to 1.
        reported: the speaker reports a view that another holds ("critics say ...").
        corrected: a person put this speaker here; only ever true in a debate with its edits
            applied.
    """

    speaker: str | None = None
    method: str = "none"
    cue: str | None = None
    confidence: float = 0.0
    reported: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with exact offsets, who says it, and the words just before it."""

    id: str
    document: str
    start: int
    end: int
    text: str
    attribution: Attribution = Attribution()
    context: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def speaker(self) -> str | None:
        return self.attribution.speaker


@dataclass(frozen=True, slots=True)
class Topic:
    """A motion that statements are for or against.

    Attributes:
        motion: a full proposition ("Nurses in England should receive a larger pay rise.").
        pro, con: the two positions as a reader sees them and as a two-way model reads them.
    """

    id: str
    title: str
    motion: str
    pro: str
    con: str


@dataclass(frozen=True, slots=True)
class Stance:
    """Probabilities of one statement on one topic; the three sum to 1.

    ``label`` is the most probable class, or ``"unclear"`` where the model abstains.
    """

    statement: str
    topic: str
    pro: float
    con: float
    none: float
    label: Label

    @property
    def score(self) -> float:
        """Signed position in -1 (con) to 1 (pro)."""
        return self.pro - self.con

    @property
    def confidence(self) -> float:
        return max(self.pro, self.con, self.none)


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """Statements of one side that make the same point, headed by one of them.

    ``text`` is the heading statement's own sentence; it comes first in ``statements``. A
    statement stands in one key point: those of a sub-point are not among the statements of the
    point over it, which keeps, its heading first, what no sub-point of it holds.

    Attributes:
        parent: id of the key point that this one is a sub-point of. It is of the same topic and
            side and has no parent itself: sub-points are one level deep.
    """

    id: str
    topic: str
    side: Side
    text: str
    statements: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` supports or attacks ``target``, both statement ids, on one topic.

    Attributes:
        undercut: an attack that does not deny the target but that it bears on what the target
            supports or argues for (Pollock 1987, "Defeasible reasoning").
    """

    source: str
    target: str
    topic: str
    kind: RelationKind
    probability: float
    undercut: bool = False

    @property
    def shown(self) -> NodeRelation:
        """The relation in one word: an undercut apart from the other attacks."""
        return "undercut" if self.undercut else self.kind


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the argument tree; the root has no parent.

    ``statement`` is set on statement nodes and, for key points, names the heading statement.

    Attributes:
        count: number of statements at or below the node.
        relation: how a statement that hangs beneath another bears on it.
        answers: how many of ``count`` argue for the other side than the node's.
        elsewhere: how many statements of a key point, or of a side, stand on another branch,
            beneath what they attack or undercut.
    """

    id: str
    parent: str | None
    kind: NodeKind
    text: str
    side: Side | None = None
    statement: str | None = None
    count: int = 1
    relation: NodeRelation | None = None
    answers: int = 0
    elsewhere: int = 0

    @property
    def own(self) -> int:
        """How many statements at or below the node are of its own side."""
        return self.count - self.answers


@dataclass(frozen=True, slots=True)
class ArgumentTree:
    """Nodes in depth-first order, parents before children; ``links`` are the cross relations."""

    topic: str
    nodes: tuple[TreeNode, ...]
    links: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerStance:
    """One speaker's position on one topic.

    Attributes:
        mean: mean of pro minus con over the speaker's statements that take a side, -1 to 1.
        low, high: 95% interval of the mean.
        pro, con, none, unclear: counts of the speaker's statements by label.
        statements: ids of the statements that take a side, strongest first.
    """

    speaker: str
    topic: str
    mean: float
    low: float
    high: float
    pro: int
    con: int
    none: int
    unclear: int
    statements: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of statements that take a side, the n of the interval."""
        return self.pro + self.con


@dataclass(frozen=True, slots=True)
class SpeakerEdit:
    """One correction of who said what, as a person made it: an event that is never changed.

    Which fields a kind uses:

    ======================  =========================================================
    ``merge``               ``speaker`` is the same as ``into``, which stays
    ``split``               ``statements`` of ``speaker`` go to ``into``, or to a new
                            speaker called ``name`` (with ``role`` and ``party``)
    ``rename``              ``speaker`` gets ``name``, ``role`` and ``party``
    ``not_said_by``         ``statements`` are not by ``speaker`` (``None``: nobody was
                            named) but by ``into``, a new one called ``name``, or nobody
    ``distinct``            ``speaker`` and ``into`` are two: do not offer to merge them
    ``undo``, ``redo``      the edit whose id is ``target``
    ======================  =========================================================

    Attributes:
        id: made of everything else in it.
        sequence: place in the debate's log, counted from 1.
        time: ISO 8601 moment in UTC.
    """

    id: str
    sequence: int
    kind: EditKind
    time: str
    author: str = "local user"
    speaker: str | None = None
    into: str | None = None
    statements: tuple[str, ...] = ()
    name: str | None = None
    role: str | None = None
    party: str | None = None
    target: str | None = None

    @classmethod
    def create(cls, kind: EditKind, *, sequence: int, time: str, **fields: object) -> SpeakerEdit:
        """Make an edit whose id is derived from its content."""
        bare = cls(id="", sequence=sequence, kind=kind, time=time, **fields)  # type: ignore[arg-type]
        return bare.numbered(sequence)

    def numbered(self, sequence: int) -> SpeakerEdit:
        """This edit at another place in a log, with the id that it has there."""
        optional = (self.speaker, self.into, self.name, self.role, self.party, self.target)
        identifier = content_id(
            "e",
            str(sequence),
            self.kind,
            self.time,
            self.author,
            # A missing field and an empty one are two contents.
            *("\x00" if value is None else value for value in optional),
            *self.statements,
        )
        return replace(self, id=identifier, sequence=sequence)


@dataclass(frozen=True, slots=True)
class Run:
    """What made a debate: enough to make it again."""

    argmap: str
    models: Mapping[str, str]
    settings: Mapping[str, str | int | float | bool]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Debate:
    """Everything known about one debate; what the project file holds.

    Attributes:
        edits: the log of corrections, in order.
        edited: the edits are applied: speakers and attributions are the corrected ones. Such a
            debate is for showing; what is kept is the one without, beside its edits.
    """

    title: str
    run: Run
    documents: tuple[Document, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Topic, ...] = ()
    statements: tuple[Statement, ...] = ()
    stances: tuple[Stance, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    relations: tuple[Relation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    schema_version: int = SCHEMA_VERSION
    edits: tuple[SpeakerEdit, ...] = ()
    edited: bool = False

    @property
    def divisions(self) -> tuple[Division, ...]:
        """The divisions of every document, in order."""
        return tuple(division for document in self.documents for division in document.divisions)
