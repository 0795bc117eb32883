"""Records to elements for who is who: merge offers, marks of corrections, and their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from argmap.corrections import EditOutcome, MergeOffer
from argmap.dashboard import words
from argmap.dashboard.view import Element, el
from argmap.records import Attribution, Debate, Document, Speaker, Statement

#: Quotes beside each name of an offer, and their longest length in characters.
_QUOTES = 2
_LENGTH = 160

#: What became of a correction, where that is to be said.
STATUS = {"applied": "", "undone": "undone", "not applicable": "has no effect now"}

_WAYS = {
    "quote": "a quotation",
    "indirect": "the writer’s telling",
    "according-to": "an attribution",
    "turn": "the source’s own record",
}


def mark() -> Element:
    """What stands beside everything that a person corrected."""
    return el("span", "corrected by a person", css="tag corrected")


def sureness(attribution: Attribution) -> str | None:
    """How sure it is that the speaker is the right one, where somebody is heard."""
    if attribution.corrected and attribution.confidence >= 1.0:
        return "speaker set by a person"
    if attribution.speaker is None or attribution.method == "none":
        return None
    return f"speaker {words.percent(attribution.confidence)} sure"


def attribution_line(attribution: Attribution) -> str | None:
    """Why a sentence is put on its speaker: ``Read from a quotation, “said”; speaker 95% sure``."""
    if attribution.method == "none":
        return None
    way = _WAYS.get(attribution.method, attribution.method)
    cue = f", “{attribution.cue}”" if attribution.cue else ""
    sure = sureness(attribution)
    return f"Read from {way}{cue}{f'; {sure}' if sure else ''}"


def reasons(statement: Statement, read_as: Mapping[str, str | None]) -> list[Element]:
    """Why a sentence is put on its speaker, and what the rules read before a correction."""
    found = []
    if line := attribution_line(statement.attribution):
        found.append(el("small", line))
    if statement.id in read_as:
        before = read_as[statement.id]
        found.append(el("small", f"The rules read: {before or 'nobody named'}"))
    return found


def offer(pair: MergeOffer, debate: Debate) -> Element:
    """Two names that may be one speaker: why, how often each is heard, and saying what."""
    by_id = {speaker.id: speaker for speaker in debate.speakers}
    return el(
        "div",
        el(
            "p",
            f"{pair.why[0][0].upper()}{pair.why[0][1:]}",
            *(f"; {w}" for w in pair.why[1:]),
            ".",
        ),
        el(
            "div",
            *(_side(by_id[name], debate) for name in (pair.speaker, pair.into)),
            css="pair",
        ),
        css="offer",
    )


def _side(speaker: Speaker, debate: Debate) -> Element:
    said = [s for s in debate.statements if s.speaker == speaker.id]
    sources = {document.id: document for document in debate.documents}
    line = words.speaker_line(speaker)
    return el(
        "div",
        el("strong", speaker.name),
        el("small", " · ".join(x for x in (line, words.count(len(said), "sentence")) if x)),
        el(
            "ul",
            *(
                el(
                    "li",
                    words.shorten(statement.text, _LENGTH),
                    el("small", f" {_source(sources[statement.document])}"),
                )
                for statement in said[:_QUOTES]
            ),
            css="quotes",
        ),
    )


def _source(document: Document) -> str:
    return " · ".join(part for part in (document.title, words.day(document.date)) if part)


def history(outcomes: Sequence[EditOutcome]) -> Element:
    """Every correction, the latest first: what, who, when, and whether it stands."""
    return el(
        "ul", *(_event(outcome, outcomes) for outcome in reversed(outcomes)), css="list history"
    )


def _event(outcome: EditOutcome, outcomes: Sequence[EditOutcome]) -> Element:
    edit = outcome.edit
    told = outcome.words
    if edit.kind in ("undo", "redo"):
        about = next((one.words for one in outcomes if one.edit.id == edit.target), None)
        told = f"{'Undone' if edit.kind == 'undo' else 'Redone'}: {about}" if about else told
    notes = [part for part in (STATUS[outcome.status], outcome.reason) if part]
    return el(
        "li",
        el("div", told, css=outcome.status.replace(" ", "-")),
        el("small", " · ".join((f"{edit.sequence}", when(edit.time), edit.author, *notes))),
    )


def when(time: str) -> str:
    """The moment of a correction in the machine's own zone; what is no moment as it stands."""
    try:
        return words.moment(datetime.fromisoformat(time))
    except ValueError:
        return time
