"""What hover texts say about a node, from the records of its debate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from argmap.charts.notes import UNANSWERED, Notes
from argmap.charts.style import NAMES, SIGNS, hover_of
from argmap.records import (
    ArgumentTree,
    Attribution,
    Debate,
    Document,
    Speaker,
    Stance,
    Statement,
    TreeNode,
)
from argmap.wording import RELATION_WORDS, count, holdings, moved, provenance


@dataclass(frozen=True, slots=True)
class Facts:
    """The debate's records by id, for one topic."""

    statements: Mapping[str, Statement]
    stances: Mapping[str, Stance]
    speakers: Mapping[str, Speaker]
    documents: Mapping[str, Document]
    notes: Notes = field(default_factory=Notes)

    @classmethod
    def of(cls, tree: ArgumentTree, debate: Debate, notes: Notes | None = None) -> Facts:
        return cls(
            statements={statement.id: statement for statement in debate.statements},
            stances={s.statement: s for s in debate.stances if s.topic == tree.topic},
            speakers={speaker.id: speaker for speaker in debate.speakers},
            documents={document.id: document for document in debate.documents},
            notes=notes or Notes(),
        )

    def speaker_of(self, node: TreeNode) -> str | None:
        """Name of the speaker of a statement node, if known."""
        statement = self.statements.get(node.statement or "")
        if node.kind != "statement" or statement is None:
            return None
        speaker = self.speakers.get(statement.speaker or "")
        return None if speaker is None else speaker.name

    def heard(self, node: TreeNode) -> str | None:
        """Who is heard in a statement node, as its label says it: a reporter is no holder."""
        name = self.speaker_of(node)
        statement = self.statements.get(node.statement or "")
        if name is None or statement is None or not statement.attribution.reported:
            return name
        return f"{name}, reporting others"

    def hover(self, node: TreeNode) -> str:
        """The whole sentence and what is known about it, escaped and wrapped."""
        if node.kind == "motion":
            return hover_of(f"Motion: {node.text}", self._size(node))
        if node.kind in ("side", "loose"):
            return hover_of(node.text, self._size(node))
        if node.kind == "more":
            return hover_of(f"{count(node.count, 'more statement')} folded away: open the list")
        if node.kind == "key_point":
            return hover_of(
                f"“{node.text}”",
                f"Key point, {self._size(node)}",
                self._label(node),
                self._strength(node),
                self._unanswered(node),
            )
        bears = None
        if node.relation is not None:
            bears = f"{RELATION_WORDS[node.relation].capitalize()} what it stands beneath"
        return hover_of(
            f"“{node.text}”",
            bears,
            self._voice(node),
            self._source(node),
            self._label(node),
            self._strength(node),
            self._unanswered(node),
        )

    def _strength(self, node: TreeNode) -> str | None:
        found = self.notes.strengths.get(node.id)
        return None if found is None else f"Strength {moved(*found)}"

    def _unanswered(self, node: TreeNode) -> str | None:
        if node.id not in self.notes.unanswered:
            return None
        return f"{UNANSWERED} Unanswered: no attack of the other side was found"

    def _size(self, node: TreeNode) -> str:
        return holdings(node)

    def _voice(self, node: TreeNode) -> str:
        name = self.speaker_of(node)
        statement = self.statements.get(node.statement or "")
        attribution = statement.attribution if statement else Attribution()
        if name is None:
            return "A view of others, unnamed" if attribution.reported else "Speaker not known"
        told = f"{name}, reporting another’s view" if attribution.reported else name
        if attribution.corrected:
            return f"{told}, corrected by a person"
        if attribution.confidence > 0:
            return f"{told}, {attribution.confidence:.0%} sure of the speaker"
        return told

    def _source(self, node: TreeNode) -> str | None:
        statement = self.statements.get(node.statement or "")
        document = self.documents.get(statement.document) if statement else None
        if document is None:
            return None
        return ", ".join(part for part in (document.title, document.outlet, document.date) if part)

    def _label(self, node: TreeNode) -> str | None:
        side = node.side
        if side is None:
            return None
        sign = f"{SIGNS[side]} {NAMES[side]}"
        stance = self.stances.get(node.statement or "")
        if node.kind != "statement" or stance is None:
            return sign
        if stance.corrected:
            return f"{sign}, {provenance(stance)}"
        return f"{sign}, probability {stance.sure_of(side):.0%}"
