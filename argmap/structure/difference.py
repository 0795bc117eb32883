"""What changed between two analyses: of the sources, of what was judged, of what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from argmap.records import (
    Debate,
    Document,
    KeyPoint,
    Relation,
    Speaker,
    Stance,
    Statement,
    Topic,
)
from argmap.structure.matching import (
    match_documents,
    match_speakers,
    match_statements,
    match_topics,
    plain,
)

Change = Literal["added", "removed", "changed"]

# Probabilities that differ by less are the same to every reader.
_LEAST_SHIFT = 0.005


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source that only one analysis has, or that the two have differently.

    Attributes:
        what: names of the fields that differ.
    """

    change: Change
    before: Document | None
    after: Document | None
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that only one analysis has; ``source`` is its document's title."""

    change: Change
    statement: Statement
    source: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class MotionChange:
    """A motion that only one analysis has, or that was reworded under its id."""

    change: Change
    before: Topic | None
    after: Topic | None


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A statement that is judged otherwise; ``None`` where an analysis did not judge it."""

    motion: str
    source: str
    statement: Statement
    before: Stance | None
    after: Stance | None


@dataclass(frozen=True, slots=True)
class VoiceChange:
    """A statement that is attributed otherwise; names, with ``None`` where nobody is named."""

    source: str
    statement: Statement
    before: str | None
    after: str | None
    reported_before: bool
    reported_after: bool


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """A speaker whom only one analysis names, or about whom the two differ."""

    change: Change
    before: Speaker | None
    after: Speaker | None
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointChange:
    """A key point that only one analysis has, or that holds other sentences or another heading.

    Attributes:
        gained, lost: sentences that a changed point took in and let go.
        over_before, over_after: heading of the point that it is a sub-point of.
    """

    change: Change
    motion: str
    before: KeyPoint | None
    after: KeyPoint | None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    over_before: str | None = None
    over_after: str | None = None


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A support or attack that only one analysis has, with both sentences."""

    change: Change
    motion: str
    relation: Relation
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class RunChange:
    """A model, a setting or a version that differs; ``None`` where it was not there."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between an earlier analysis and a later one.

    Attributes:
        shifted: how many labels stand with another probability (by half a per cent or more).
        matched: how many statements the two have in common.
    """

    sources: tuple[SourceChange, ...] = ()
    motions: tuple[MotionChange, ...] = ()
    statements: tuple[StatementChange, ...] = ()
    labels: tuple[LabelChange, ...] = ()
    voices: tuple[VoiceChange, ...] = ()
    speakers: tuple[SpeakerChange, ...] = ()
    points: tuple[PointChange, ...] = ()
    relations: tuple[RelationChange, ...] = ()
    run: tuple[RunChange, ...] = ()
    shifted: int = 0
    matched: int = 0

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.shifted and not any(
            (
                self.sources,
                self.motions,
                self.statements,
                self.labels,
                self.voices,
                self.speakers,
                self.points,
                self.relations,
                self.run,
            )
        )


def compare(a: Debate, b: Debate) -> Difference:
    """What changed from ``a`` to ``b``.

    Statements are matched within matched documents, by offsets where the text is the same and
    by their words where it is not, so a correction in one paragraph does not make every
    sentence after it new.
    """
    pairs = _Pairs(a, b)
    labels, shifted = pairs.labels()
    return Difference(
        sources=tuple(pairs.sources()),
        motions=tuple(pairs.motions()),
        statements=tuple(pairs.statements()),
        labels=labels,
        voices=tuple(pairs.voices()),
        speakers=tuple(pairs.speakers()),
        points=tuple(pairs.points()),
        relations=tuple(pairs.relations()),
        run=tuple(_run(a, b)),
        shifted=shifted,
        matched=len(pairs.statement),
    )


class _Pairs:
    """Two debates and which of their parts are the same."""

    def __init__(self, a: Debate, b: Debate) -> None:
        self.a, self.b = a, b
        self.document = match_documents(a, b)
        self.statement = match_statements(a, b, self.document)
        self.topic = match_topics(a, b)
        self.speaker = match_speakers(a, b)
        self.in_a, self.in_b = _Index(a), _Index(b)

    def sources(self) -> Iterable[SourceChange]:
        fields = ("title", "text", "kind", "outlet", "date", "url", "removed", "turns", "divisions")
        for document in self.a.documents:
            other = self.in_b.documents.get(self.document.get(document.id, ""))
            if other is None:
                yield SourceChange("removed", document, None)
                continue
            what = tuple(f for f in fields if getattr(document, f) != getattr(other, f))
            if what:
                yield SourceChange("changed", document, other, what)
        known = set(self.document.values())
        for document in self.b.documents:
            if document.id not in known:
                yield SourceChange("added", None, document)

    def motions(self) -> Iterable[MotionChange]:
        for topic in self.a.topics:
            other = self.in_b.topics.get(self.topic.get(topic.id, ""))
            if other is None:
                yield MotionChange("removed", topic, None)
            elif (topic.motion, topic.pro, topic.con) != (other.motion, other.pro, other.con):
                yield MotionChange("changed", topic, other)
        known = set(self.topic.values())
        for topic in self.b.topics:
            if topic.id not in known:
                yield MotionChange("added", None, topic)

    def statements(self) -> Iterable[StatementChange]:
        for statement in self.a.statements:
            if statement.id not in self.statement:
                yield self.in_a.change("removed", statement)
        known = set(self.statement.values())
        for statement in self.b.statements:
            if statement.id not in known:
                yield self.in_b.change("added", statement)

    def labels(self) -> tuple[tuple[LabelChange, ...], int]:
        found: list[LabelChange] = []
        shifted = 0
        for topic_a, topic_b in self.topic.items():
            motion = self.in_b.topics[topic_b].motion
            for own, other in self.statement.items():
                before = self.in_a.stances.get((own, topic_a))
                after = self.in_b.stances.get((other, topic_b))
                if (before and before.label) != (after and after.label):
                    statement = self.in_b.statements[other]
                    source = self.in_b.title(statement)
                    found.append(LabelChange(motion, source, statement, before, after))
                elif before and after and _moved(before, after):
                    shifted += 1
        return tuple(found), shifted

    def voices(self) -> Iterable[VoiceChange]:
        for own, other in self.statement.items():
            before, after = self.in_a.statements[own], self.in_b.statements[other]
            mapped = self.speaker.get(before.speaker or "", before.speaker)
            reported = before.attribution.reported, after.attribution.reported
            if mapped != after.speaker or reported[0] != reported[1]:
                yield VoiceChange(
                    self.in_b.title(after),
                    after,
                    self.in_a.name(before.speaker),
                    self.in_b.name(after.speaker),
                    *reported,
                )

    def speakers(self) -> Iterable[SpeakerChange]:
        fields = ("name", "aliases", "role", "party")
        for speaker in self.a.speakers:
            other = self.in_b.speakers.get(self.speaker.get(speaker.id, ""))
            if other is None:
                yield SpeakerChange("removed", speaker, None)
                continue
            what = tuple(f for f in fields if getattr(speaker, f) != getattr(other, f))
            if what:
                yield SpeakerChange("changed", speaker, other, what)
        known = set(self.speaker.values())
        for speaker in self.b.speakers:
            if speaker.id not in known:
                yield SpeakerChange("added", None, speaker)

    def points(self) -> Iterable[PointChange]:
        """Points of one motion and side are the same where they share most sentences."""
        members = {
            p.id: {self.statement.get(s, f"lost {s}") for s in p.statements}
            for p in self.a.key_points
        }
        shares = sorted(
            (
                (-len(common) / len(members[p.id] | set(q.statements)), i, j)
                for i, p in enumerate(self.a.key_points)
                for j, q in enumerate(self.b.key_points)
                if self.topic.get(p.topic) == q.topic and p.side == q.side
                if (common := members[p.id] & set(q.statements))
            )
        )
        pair: dict[int, int] = {}
        for _, i, j in shares:
            if i not in pair and j not in pair.values():
                pair[i] = j
        same = {self.a.key_points[i].id: self.b.key_points[j].id for i, j in pair.items()}
        for i, p in enumerate(self.a.key_points):
            if i not in pair:
                motion = self.in_a.topics[p.topic].motion
                yield PointChange("removed", motion, p, None, over_before=self.in_a.over(p))
                continue
            q = self.b.key_points[pair[i]]
            moved = (same.get(p.parent, "") if p.parent is not None else None) != q.parent
            gained = [s for s in q.statements if s not in members[p.id]]
            lost = [s for s in p.statements if self.statement.get(s) not in q.statements]
            if gained or lost or moved or plain(p.text) != plain(q.text):
                yield PointChange(
                    "changed",
                    self.in_b.topics[q.topic].motion,
                    p,
                    q,
                    tuple(self.in_b.statements[s].text for s in gained),
                    tuple(self.in_a.statements[s].text for s in lost),
                    self.in_a.over(p),
                    self.in_b.over(q),
                )
        for j, q in enumerate(self.b.key_points):
            if j not in pair.values():
                motion = self.in_b.topics[q.topic].motion
                yield PointChange("added", motion, None, q, over_after=self.in_b.over(q))

    def relations(self) -> Iterable[RelationChange]:
        def mapped(r: Relation) -> tuple[str | None, ...]:
            get = self.statement.get
            return (get(r.source), get(r.target), self.topic.get(r.topic), r.shown)

        before = {mapped(r) for r in self.a.relations}
        after = {(r.source, r.target, r.topic, r.shown) for r in self.b.relations}
        for relation in self.a.relations:
            if mapped(relation) not in after:
                yield self.in_a.relation("removed", relation)
        for relation in self.b.relations:
            if (relation.source, relation.target, relation.topic, relation.shown) not in before:
                yield self.in_b.relation("added", relation)


class _Index:
    """The records of one debate by id."""

    def __init__(self, debate: Debate) -> None:
        self.documents = {document.id: document for document in debate.documents}
        self.statements = {statement.id: statement for statement in debate.statements}
        self.topics = {topic.id: topic for topic in debate.topics}
        self.speakers = {speaker.id: speaker for speaker in debate.speakers}
        self.stances = {(x.statement, x.topic): x for x in debate.stances}
        self.points = {point.id: point for point in debate.key_points}

    def title(self, statement: Statement) -> str:
        return self.documents[statement.document].title

    def name(self, speaker: str | None) -> str | None:
        return self.speakers[speaker].name if speaker is not None else None

    def over(self, point: KeyPoint) -> str | None:
        """The heading of the point that this one is a sub-point of."""
        return self.points[point.parent].text if point.parent is not None else None

    def change(self, change: Change, statement: Statement) -> StatementChange:
        return StatementChange(
            change, statement, self.title(statement), self.name(statement.speaker)
        )

    def relation(self, change: Change, relation: Relation) -> RelationChange:
        source, target = self.statements[relation.source], self.statements[relation.target]
        motion = self.topics[relation.topic].motion
        return RelationChange(change, motion, relation, source.text, target.text)


def _moved(before: Stance, after: Stance) -> bool:
    pairs = ((before.pro, after.pro), (before.con, after.con), (before.none, after.none))
    return any(abs(old - new) >= _LEAST_SHIFT for old, new in pairs)


def _run(a: Debate, b: Debate) -> Iterable[RunChange]:
    before, after = _facts(a), _facts(b)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield RunChange(name, before.get(name), after.get(name))


def _facts(debate: Debate) -> Mapping[str, str]:
    run = debate.run
    facts = {"Title": debate.title, "Argument Mapper": run.argmap}
    facts |= {f"Model: {name}": value for name, value in sorted(run.models.items())}
    facts |= {f"Setting: {name}": str(value) for name, value in sorted(run.settings.items())}
    motions = {topic.id: topic.motion for topic in debate.topics}
    for decision in debate.decisions:
        name = f"Decided by a division: {motions.get(decision.topic, decision.topic)}"
        facts[name] = f"{decision.division}, where an aye is {decision.aye}"
    return facts
