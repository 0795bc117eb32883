"""A citation of every statement, to paste beside a quotation."""

from __future__ import annotations

from argmap import wording
from argmap.projectfile import well_formed
from argmap.records import Debate


def to_citations(debate: Debate) -> str:
    """Plain text: for each statement and motion who said it, where it stands and its score.

    Statements come in the debate's order, one blank line between two citations.
    """
    stances = {(stance.statement, stance.topic): stance for stance in debate.stances}
    found = [
        wording.citation(
            statement, stances.get((statement.id, topic.id)) if topic else None, topic, debate
        )
        for statement in debate.statements
        for topic in debate.topics or (None,)
    ]
    return well_formed("\n\n".join(found)) + ("\n" if found else "")
