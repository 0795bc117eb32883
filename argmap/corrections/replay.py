"""The log replayed over the debate that was mapped: what was read stays, what is shown changes.

Statements are named by content ids, so a log still fits after the same sources were mapped
again. An edit whose speaker or sentences are gone is kept and said to have no effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from argmap.corrections.log import in_order, standing
from argmap.records import (
    Attribution,
    Debate,
    Document,
    Speaker,
    SpeakerEdit,
    Statement,
    content_id,
)

Status = Literal["applied", "undone", "not applicable"]


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of one edit.

    Attributes:
        words: the edit in plain words, with the names as they were when it was made.
        reason: why it has no effect, or only part of it; ``None`` where it has all of it.
    """

    edit: SpeakerEdit
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


def apply_edits(debate: Debate, edits: Iterable[SpeakerEdit]) -> Debate:
    """``debate`` as its readers corrected it: the same but for speakers and attributions.

    Pure, and the same for the same log in whatever order it is handed over. ``edits`` of the
    result is the whole log. Speakers whose last sentence an edit took away are left out.

    Raises:
        ValueError: other edits were applied to it already.
    """
    return replay(debate, edits).debate


def corrected(debate: Debate) -> Debate:
    """``debate`` with its own edits applied, which may have happened already."""
    return debate if debate.edited else apply_edits(debate, debate.edits)


def replay(debate: Debate, edits: Iterable[SpeakerEdit]) -> Replay:
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
    return Replay(
        replace(
            debate,
            documents=tuple(_votes_of(document, state.merged) for document in debate.documents),
            speakers=state.speakers(),
            statements=tuple(state.statements.values()),
            edits=log,
            edited=True,
        ),
        tuple(outcomes),
        frozenset(state.touched & state.known.keys()),
    )


def _outcome(
    state: _State, edit: SpeakerEdit, stands: set[str], log: tuple[SpeakerEdit, ...]
) -> EditOutcome:
    if edit.kind in ("undo", "redo"):
        there = any(one.id == edit.target for one in log)
        words = "A step back" if edit.kind == "undo" else "A step forth"
        if there:
            return EditOutcome(edit, "applied", words)
        return EditOutcome(edit, "not applicable", words, "The edit it is about is not there.")
    words = state.words(edit)
    if edit.id not in stands:
        return EditOutcome(edit, "undone", words)
    problem = state.problem(edit)
    if problem is not None:
        return EditOutcome(edit, "not applicable", words, problem)
    return EditOutcome(edit, "applied", words, state.apply(edit))


class _State:
    """Speakers and statements while the log is replayed."""

    def __init__(self, debate: Debate) -> None:
        self.statements = {statement.id: statement for statement in debate.statements}
        self.known = {speaker.id: speaker for speaker in debate.speakers}
        self.touched: set[str] = set()
        self.merged: dict[str, str] = {}
        self._mute = self.known.keys() - {s.speaker for s in debate.statements}
        self._names = {speaker.id: speaker.name for speaker in debate.speakers}

    # --- what it says ---------------------------------------------------------------------

    def _name(self, identifier: str | None) -> str:
        if identifier is None:
            return "nobody who is named"
        return f"“{self._names.get(identifier, identifier)}”"

    def words(self, edit: SpeakerEdit) -> str:
        number = f"{len(edit.statements)} sentence{'' if len(edit.statements) == 1 else 's'}"
        who, other = self._name(edit.speaker), self._name(edit.into)
        new = f"“{edit.name}”" if edit.name is not None else other
        match edit.kind:
            case "merge":
                return f"{who} is the same speaker as {other}"
            case "distinct":
                return f"{who} and {other} are two speakers"
            case "rename":
                told = ", ".join(part for part in (edit.role, edit.party) if part)
                return f"{who} is written “{edit.name}”{f' ({told})' if told else ''}"
            case "split":
                return f"{number} of {who} moved to {new}"
            case _:
                held = "said by" if edit.speaker is None else f"not said by {who} but by"
                return f"{number} {held} {new}"

    # --- whether it fits ------------------------------------------------------------------

    def problem(self, edit: SpeakerEdit) -> str | None:
        """Why ``edit`` can have no effect here, or ``None``."""
        if edit.speaker is None and edit.kind != "not_said_by":
            return "It names no speaker."
        if edit.speaker is not None and edit.speaker not in self.known:
            return f"{self._name(edit.speaker)} is no speaker of this debate any more."
        if edit.into is not None and edit.into not in self.known:
            return f"{self._name(edit.into)} is no speaker of this debate any more."
        if edit.kind in ("merge", "distinct"):
            if edit.into is None or edit.into == edit.speaker:
                return "It takes two speakers."
            return None
        if edit.kind == "rename" or (edit.name is not None and edit.kind == "split"):
            if not (edit.name or "").strip():
                return "A speaker needs a name."
        elif edit.kind == "split" and edit.into is None:
            return "It does not say whose the sentences are."
        if edit.kind in ("split", "not_said_by"):
            if edit.into is not None and edit.into == edit.speaker:
                return "The sentences are that speaker's already."
            if not self._own(edit):
                return (
                    "The sentence is not there any more, or is not theirs."
                    if len(edit.statements) == 1
                    else "None of the sentences is there any more and theirs."
                )
        return None

    def _own(self, edit: SpeakerEdit) -> list[Statement]:
        wanted = dict.fromkeys(edit.statements)
        found = (self.statements[name] for name in wanted if name in self.statements)
        return [statement for statement in found if statement.speaker == edit.speaker]

    # --- what it does ---------------------------------------------------------------------

    def apply(self, edit: SpeakerEdit) -> str | None:
        """Do it; a sentence about the part that could not be done, if any."""
        match edit.kind:
            case "merge":
                self._merge(edit.speaker or "", edit.into or "")
            case "rename":
                self._rename(edit)
            case "split" | "not_said_by":
                return self._move(edit)
        return None

    def _merge(self, gone: str, stays: str) -> None:
        first, second = self.known.pop(gone), self.known[stays]
        self.merged = {one: stays if into == gone else into for one, into in self.merged.items()}
        self.merged[gone] = stays
        self.known[stays] = replace(
            second,
            aliases=tuple(sorted({*second.aliases, *first.aliases, first.name})),
            role=second.role or first.role,
            party=second.party or first.party,
        )
        for statement in self.statements.values():
            if statement.speaker == gone:
                self._give(statement, stays, sure=False)
        self.touched.add(stays)

    def _rename(self, edit: SpeakerEdit) -> None:
        speaker = self.known[edit.speaker or ""]
        name = (edit.name or "").strip()
        self.known[speaker.id] = replace(
            speaker,
            name=name,
            role=edit.role,
            party=edit.party,
            aliases=tuple(sorted({*speaker.aliases, speaker.name, name})),
        )
        self._names[speaker.id] = name
        self.touched.add(speaker.id)

    def _move(self, edit: SpeakerEdit) -> str | None:
        own = self._own(edit)
        into = edit.into
        if into is None and edit.name is not None and edit.name.strip():
            name = edit.name.strip()
            # From the edit, so that later edits of the log can name the new speaker.
            into = new_speaker_id(edit)
            self.known[into] = Speaker(into, name, (name,), edit.role, edit.party)
            self._names[into] = name
            self.touched.add(into)
        for statement in own:
            self._give(statement, into, sure=True)
        missing = len(set(edit.statements)) - len(own)
        if missing:
            return f"{missing} of its sentences are not there any more, or not theirs."
        return None

    def _give(self, statement: Statement, speaker: str | None, *, sure: bool) -> None:
        before: Attribution = statement.attribution
        after = replace(
            before,
            speaker=speaker,
            corrected=True,
            confidence=1.0 if sure else before.confidence,
        )
        self.statements[statement.id] = replace(statement, attribution=after)

    def speakers(self) -> tuple[Speaker, ...]:
        """Those with a sentence, and those who had none to begin with."""
        heard = {statement.speaker for statement in self.statements.values()}
        return tuple(s for s in self.known.values() if s.id in heard or s.id in self._mute)


def _votes_of(document: Document, merged: Mapping[str, str]) -> Document:
    """The document with each vote on the speaker that its member was merged into.

    Where both voted in one division, each vote stays where it was: they are two people there.
    """
    if not merged or not document.divisions:
        return document
    divisions = []
    for division in document.divisions:
        people = Counter(merged.get(vote.person, vote.person) for vote in division.votes)
        votes = tuple(
            replace(vote, person=merged[vote.person])
            if vote.person in merged and people[merged[vote.person]] == 1
            else vote
            for vote in division.votes
        )
        divisions.append(replace(division, votes=votes))
    return replace(document, divisions=tuple(divisions))


def new_speaker_id(edit: SpeakerEdit) -> str:
    """The id of the speaker whom ``edit`` makes."""
    return content_id("p", edit.id)
