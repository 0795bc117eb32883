"""What was read: documents, who speaks and votes in them, and the statements found there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from argmap.records.base import Side, Span, VoteSide, content_id


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
