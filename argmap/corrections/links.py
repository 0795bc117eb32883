"""Edits of relations: which sentence supports, attacks or undercuts which."""

from __future__ import annotations

from argmap.corrections.labels import Labels
from argmap.corrections.quoting import (
    MOTION_GONE,
    SENTENCE_GONE,
    SENTENCES_GONE,
    on,
    quoted,
    there,
)
from argmap.records import Debate, Edit, Relation, RelationKind
from argmap.wording import RELATION_WORDS

_Key = tuple[str, str, str]


class Links:
    """The relations while the log is replayed.

    A person's link has probability 1 and takes the place of the one that went the same way; the
    one the other way stays. A link must agree with the labels as they stand: support within a
    side, attack between the sides, an undercut on either; both sentences take a side. So a link
    whose end turned to the other side is drawn only where that still holds, and not at all where
    an end no longer takes a side; once the label is set back, it is drawn again.
    """

    def __init__(self, debate: Debate, labels: Labels) -> None:
        self._statements = {statement.id: statement for statement in debate.statements}
        self._topics = {topic.id: topic for topic in debate.topics}
        self._labels = labels
        self._links: dict[_Key, Relation] = {
            (r.source, r.target, r.topic): r for r in debate.relations
        }
        self._drawn: set[_Key] = set()

    def words(self, edit: Edit) -> str:
        names = [quoted(own, self._statements) for own in edit.statements]
        if len(names) != 2:
            return f"A link between {len(names)} sentences {on(edit, self._topics)}"
        source, target = names
        if edit.relation is None or edit.relation == "none":
            return f"The link from {source} to {target} taken away {on(edit, self._topics)}"
        return f"{source} {RELATION_WORDS[edit.relation]} {target} {on(edit, self._topics)}"

    def problem(self, edit: Edit) -> str | None:
        """Why ``edit`` can have no effect here, or ``None``."""
        if edit.topic not in self._topics:
            return MOTION_GONE
        if len(edit.statements) != 2 or edit.statements[0] == edit.statements[1]:
            return "It takes two sentences."
        kept = there(edit, self._statements)
        if not kept:
            return SENTENCES_GONE
        if len(kept) < 2:
            return SENTENCE_GONE
        if edit.relation is None:
            return "It does not say how the one bears on the other."
        if edit.relation == "none":
            return None if _key(edit) in self._links else "There is no such link."
        source, target = (self._labels.side(own, edit.topic) for own in edit.statements)
        if source is None or target is None:
            return "Both sentences must take a side on the motion. Correct their labels first."
        if edit.relation == "support" and source != target:
            return (
                "They are on opposite sides of the motion, so one cannot support the other. "
                "Correct a label first."
            )
        if edit.relation == "attack" and source == target:
            return (
                "They are on the same side of the motion, so one may undercut the other but not "
                "attack it. Correct a label first."
            )
        return None

    def apply(self, edit: Edit) -> str | None:
        """Do it; there is no part of a link that could not be done."""
        key = _key(edit)
        if edit.relation == "none":
            del self._links[key]
            self._drawn.discard(key)
        else:
            kind: RelationKind = "support" if edit.relation == "support" else "attack"
            undercut = edit.relation == "undercut"
            self._links[key] = Relation(*key, kind, 1.0, undercut=undercut, corrected=True)
            self._drawn.add(key)
        return None

    def relations(self) -> tuple[Relation, ...]:
        """In the order in which they were found, then those that a person drew."""
        turned = self._labels.turned
        return tuple(
            relation
            for key, relation in self._links.items()
            if not (
                key in self._drawn
                or (relation.source, relation.topic) in turned
                or (relation.target, relation.topic) in turned
            )
            or self._holds(relation)
        )

    def _holds(self, relation: Relation) -> bool:
        source = self._labels.side(relation.source, relation.topic)
        target = self._labels.side(relation.target, relation.topic)
        if source is None or target is None:
            return False
        return relation.undercut or (source == target) == (relation.kind == "support")


def _key(edit: Edit) -> _Key:
    source, target = edit.statements
    return source, target, edit.topic or ""
