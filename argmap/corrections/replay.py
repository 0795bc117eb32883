"""The log replayed over the debate that was mapped: what was read stays, what is shown changes.

Statements are named by content ids, so a log still fits after the same sources were mapped
again. An edit whose speaker or sentences are gone is kept and said to have no effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from argmap.corrections.labels import Labels
from argmap.corrections.links import Links
from argmap.corrections.log import in_order, standing
from argmap.corrections.points import Points
from argmap.corrections.who import Who, votes_of
from argmap.records import Debate, Edit, EditKind

Status = Literal["applied", "undone", "not applicable"]


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of one edit.

    Attributes:
        words: the edit in plain words, with the names as they were when it was made.
        reason: why it has no effect, or only part of it; ``None`` where it has all of it.
    """

    edit: Edit
    status: Status
    words: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """A debate with its edits applied, and what became of each edit.

    Attributes:
        outcomes: one an edit, in the log's order.
        touched: ids of speakers that a person merged, renamed, or made.
    """

    debate: Debate
    outcomes: tuple[EditOutcome, ...]
    touched: frozenset[str]


def apply_edits(debate: Debate, edits: Iterable[Edit]) -> Debate:
    """``debate`` as its readers corrected it.

    Pure, and the same for the same log in whatever order it is handed over. ``edits`` of the
    result is the whole log. Each edit is judged as the debate stands at its place in the log.

    - **Who said what** (``who``): speakers whose last sentence an edit took away are left out.
    - **Labels** (``labels``): the last one given stands, beside the model's; the probabilities
      stay the model's.
    - **Key points** (``points``): a sentence that a label turned leaves its point, and stands
      loose on the side that it takes now. The next best sentence heads a point whose heading
      left; a point without sentences goes.
    - **Relations** (``links``): those of a sentence that no longer takes a side are not drawn,
      nor those that contradict the labels: a support between the sides, an attack within one
      that is no undercut.

    What a label took apart comes back when it is set back.

    Raises:
        ValueError: other edits were applied to it already.
    """
    return replay(debate, edits).debate


def corrected(debate: Debate) -> Debate:
    """``debate`` with its own edits applied, which may have happened already."""
    return debate if debate.edited else apply_edits(debate, debate.edits)


def replay(debate: Debate, edits: Iterable[Edit]) -> Replay:
    """Apply ``edits`` to ``debate`` and say what became of each.

    Raises:
        ValueError: other edits were applied to it already.
    """
    log = in_order(edits)
    if debate.edited:
        if log != debate.edits:
            raise ValueError("Edits are applied to the debate as it was mapped, all at once.")
        return Replay(debate, (), frozenset())
    state = _State(debate)
    stands = {edit.id for edit in standing(log)}
    outcomes = [_outcome(state, edit, stands, log) for edit in log]
    who = state.who
    return Replay(
        replace(
            debate,
            documents=tuple(votes_of(document, who.merged) for document in debate.documents),
            speakers=who.speakers(),
            statements=tuple(who.statements.values()),
            stances=state.labels.stances(),
            key_points=state.points.key_points(),
            relations=state.links.relations(),
            edits=log,
            edited=True,
        ),
        tuple(outcomes),
        frozenset(who.touched & who.known.keys()),
    )


class _Concern(Protocol):
    """What one kind of edit is about, while the log is replayed."""

    def words(self, edit: Edit) -> str: ...

    def problem(self, edit: Edit) -> str | None: ...

    def apply(self, edit: Edit) -> str | None: ...


class _State:
    """The debate while the log is replayed, each concern by itself."""

    def __init__(self, debate: Debate) -> None:
        self.who = Who(debate)
        self.labels = Labels(debate)
        self.points = Points(debate, self.labels)
        self.links = Links(debate, self.labels)

    def of(self, kind: EditKind) -> _Concern:
        match kind:
            case "label":
                return self.labels
            case "point":
                return self.points
            case "relation":
                return self.links
            case _:
                return self.who


def _outcome(state: _State, edit: Edit, stands: set[str], log: tuple[Edit, ...]) -> EditOutcome:
    if edit.kind in ("undo", "redo"):
        there = any(one.id == edit.target for one in log)
        words = "A step back" if edit.kind == "undo" else "A step forth"
        if there:
            return EditOutcome(edit, "applied", words)
        return EditOutcome(edit, "not applicable", words, "The edit it is about is not there.")
    concern = state.of(edit.kind)
    words = concern.words(edit)
    if edit.id not in stands:
        return EditOutcome(edit, "undone", words)
    problem = concern.problem(edit)
    if problem is not None:
        return EditOutcome(edit, "not applicable", words, problem)
    return EditOutcome(edit, "applied", words, concern.apply(edit))
