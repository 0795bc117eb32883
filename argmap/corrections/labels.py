"""Edits of labels: whether a sentence is for or against a motion, as a person judged it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from argmap.corrections.quoting import (
    MOTION_GONE,
    SENTENCE_GONE,
    SENTENCES_GONE,
    gone,
    on,
    sentences,
    there,
)
from argmap.records import Debate, Edit, Label, Side, Stance
from argmap.wording import LABEL_WORDS

#: What stands for the probabilities of a sentence that no model judged on the motion.
_UNJUDGED = (0.3333, 0.3333, 0.3334)


class Labels:
    """The stances while the log is replayed.

    The last label that a person gave stands. Beside it stays what the model gave, label and
    probabilities; for a sentence that no model judged on the motion (another program's map need
    not judge all) that is ``"unclear"``, each class as likely as the others.
    """

    def __init__(self, debate: Debate) -> None:
        self._statements = {statement.id: statement for statement in debate.statements}
        self._topics = {topic.id: topic for topic in debate.topics}
        self._before: Mapping[tuple[str, str], Stance] = {
            (stance.statement, stance.topic): stance for stance in debate.stances
        }
        self._stances = dict(self._before)
        self._turned: set[tuple[str, str]] = set()

    def words(self, edit: Edit) -> str:
        shown = LABEL_WORDS[edit.label] if edit.label else "nothing"
        known = [self._model_label(own, edit.topic or "") for own in edit.statements]
        verb = "confirmed" if known and all(own == edit.label for own in known) else "labelled"
        own = sentences(edit, self._statements)
        return f"{own} {verb} as “{shown}” {on(edit, self._topics)}"

    def _model_label(self, statement: str, topic: str) -> Label | None:
        before = self._before.get((statement, topic))
        return None if before is None else before.model_label or before.label

    def problem(self, edit: Edit) -> str | None:
        """Why ``edit`` can have no effect here, or ``None``."""
        if edit.topic not in self._topics:
            return MOTION_GONE
        if edit.label is None:
            return "It gives no label."
        if not edit.statements:
            return "It names no sentence."
        if not there(edit, self._statements):
            return SENTENCE_GONE if len(edit.statements) == 1 else SENTENCES_GONE
        return None

    def apply(self, edit: Edit) -> str | None:
        """Do it; a sentence about the part that could not be done, if any."""
        topic, label = edit.topic or "", edit.label or "unclear"
        kept = there(edit, self._statements)
        for own in kept:
            before = self._stances.get((own, topic))
            if before is None:
                before = Stance(own, topic, *_UNJUDGED, "unclear")
            self._stances[own, topic] = replace(
                before, label=label, model_label=before.model_label or before.label
            )
            if self.side(own, topic) == _side(self._before.get((own, topic))):
                self._turned.discard((own, topic))
            else:
                self._turned.add((own, topic))
        return gone(edit, kept)

    def side(self, statement: str, topic: str) -> Side | None:
        """The side that the statement takes as the log stands now."""
        return _side(self._stances.get((statement, topic)))

    @property
    def turned(self) -> Set[tuple[str, str]]:
        """Statements, with the topic, that no longer take the side that they were mapped on."""
        return self._turned

    def stances(self) -> tuple[Stance, ...]:
        """In the order in which they were mapped, then those that no model judged."""
        return tuple(self._stances.values())


def _side(stance: Stance | None) -> Side | None:
    if stance is None:
        return None
    return "pro" if stance.label == "pro" else "con" if stance.label == "con" else None
