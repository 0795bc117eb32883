"""Edits of who said what: speakers merged, split and renamed, sentences given to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from argmap.records import (
    Attribution,
    Debate,
    Document,
    Edit,
    Speaker,
    Statement,
    content_id,
)


class Who:
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

    def words(self, edit: Edit) -> str:
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

    def problem(self, edit: Edit) -> str | None:
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

    def _own(self, edit: Edit) -> list[Statement]:
        wanted = dict.fromkeys(edit.statements)
        found = (self.statements[name] for name in wanted if name in self.statements)
        return [statement for statement in found if statement.speaker == edit.speaker]

    # --- what it does ---------------------------------------------------------------------

    def apply(self, edit: Edit) -> str | None:
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

    def _rename(self, edit: Edit) -> None:
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

    def _move(self, edit: Edit) -> str | None:
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


def votes_of(document: Document, merged: Mapping[str, str]) -> Document:
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


def new_speaker_id(edit: Edit) -> str:
    """The id of the speaker whom ``edit`` makes."""
    return content_id("p", edit.id)
