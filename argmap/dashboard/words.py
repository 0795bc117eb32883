"""How the dashboard words things: labels, counts, dates, and text made safe for labels.

Streamlit renders Markdown in labels, captions, alerts, toasts and progress texts. Whatever
comes from a document or from the user passes through :func:`plain` on its way there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from argmap.dashboard.groups import place
from argmap.records import (
    Debate,
    Division,
    Document,
    Label,
    Speaker,
    Stance,
    Statement,
    Topic,
    Turn,
)
from argmap.structure import SpeakerVote

LABEL_WORDS: dict[Label, str] = {
    "pro": "For",
    "con": "Against",
    "none": "Takes no side",
    "unclear": "Unclear",
}

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """``text`` on one line, escaped so that Markdown shows exactly these characters.

    CommonMark lets every ASCII punctuation mark be escaped with a backslash, which also takes
    the meaning from Streamlit's own directives, emoji codes and mathematics.
    """
    return _PUNCTUATION.sub(r"\\\1", _SPACE.sub(" ", text).strip())


def shorten(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word so that it has at most ``limit`` characters."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, _, _ = cut.rpartition(" ")
    return (head or cut).rstrip(",;:–- ") + "…"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun: ``1 statement``, ``1,204 statements``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(value: str | None) -> str | None:
    """An ISO date as ``3 May 2026``; anything else as it stands."""
    if not value:
        return None
    try:
        parsed = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{parsed.day} {parsed:%B %Y}"


def moment(value: datetime) -> str:
    """A stored (UTC) time in the machine's own zone: ``3 May 2026, 14:05``."""
    local = value.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def duration(seconds: float) -> str:
    """A rough time left: ``5 s``, ``1 min 20 s``, ``12 min``."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes >= 5 or rest == 0:
        return f"{minutes} min"
    return f"{minutes} min {rest} s"


def percent(value: float) -> str:
    """A probability as a whole percentage."""
    return f"{round(value * 100)}%"


def signed(value: float) -> str:
    """A position in -1 to 1 with a true minus sign: ``+0.62``, ``−0.10``, ``0.00``."""
    rounded = round(value, 2)
    if rounded == 0:
        return "0.00"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.2f}"


def source_line(document: Document) -> str:
    """What is known of a source: ``article · The Herald · 3 May 2026``."""
    known = (document.kind, place(document), document.outlet, day(document.date))
    return " · ".join(part for part in known if part)


def place_line(turn: Turn | None) -> str:
    """Where in the record a turn begins: ``15:47 · column 344``."""
    if turn is None:
        return ""
    known = (turn.time, f"column {turn.column}" if turn.column else None)
    return " · ".join(part for part in known if part)


def division_line(division: Division) -> str:
    """A division as a list offers it: ``Division 203, 19:30: ayes 242, noes 309. ...``"""
    head = f"Division {division.number}" if division.number else "Division"
    when = ", ".join(part for part in (day(division.date), division.time) if part)
    totals = f"ayes {division.ayes}, noes {division.noes}" if division.ayes is not None else ""
    known = (f"{head}, {when}" if when else head, totals)
    line = ": ".join(part for part in known if part)
    return f"{line}. {division.question}" if division.question else line


def vote_line(vote: SpeakerVote) -> str:
    """A speaker's vote in words; a vote that is not there is not guessed at."""
    if vote.side is None:
        return "did not vote, or not known"
    if vote.side == "both":
        return "voted in both lobbies"
    if vote.side == "abstain":
        return "abstained"
    how: list[str] = [vote.side]
    if vote.teller:
        how.append("teller")
    if vote.proxy:
        how.append("by proxy")
    return f"voted {'for' if vote.position == 'pro' else 'against'} ({', '.join(how)})"


def speaker_line(speaker: Speaker) -> str:
    """Role and party where known."""
    return ", ".join(part for part in (speaker.role, speaker.party) if part)


def voice(statement: Statement, names: Mapping[str, str]) -> str | None:
    """Who is heard in a sentence: ``Ann Lee``, ``Ann Lee, reporting others``; ``None`` for the
    writer's own voice."""
    attribution = statement.attribution
    name = names.get(statement.speaker or "")
    if attribution.reported:
        told = f"{name}, reporting others" if name else "a view of others, unnamed"
    elif name is None:
        return "nobody named, corrected" if attribution.corrected else None
    else:
        told = name
    return f"{told}, corrected" if attribution.corrected else told


def basis(statements: int) -> str:
    """What a speaker's position rests on."""
    if statements == 0:
        return "no statement that takes a side"
    return f"based on {count(statements, 'statement')}"


def leaning(mean: float, low: float, high: float) -> str:
    """A speaker's position in words, no stronger than its interval."""
    if low > 0:
        return "for"
    if high < 0:
        return "against"
    if mean > 0:
        return "leans for, but the interval reaches the other side"
    if mean < 0:
        return "leans against, but the interval reaches the other side"
    return "on both sides"


def citation(
    statement: Statement, stance: Stance | None, topic: Topic | None, debate: Debate
) -> str:
    """Where a sentence stands, who said it and what was made of it, to paste beside a quote."""
    document = next(d for d in debate.documents if d.id == statement.document)
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    lines = [f"“{_SPACE.sub(' ', statement.text)}”"]
    speaker = names.get(statement.speaker or "")
    if speaker:
        reported = ", reporting another's view" if statement.attribution.reported else ""
        corrected = " (a reader's correction)" if statement.attribution.corrected else ""
        lines.append(f"Said by: {speaker}{reported}{corrected}")
    known = (document.title, place(document), document.outlet, day(document.date), document.url)
    lines.append(f"Source: {', '.join(part for part in known if part)}")
    turn = document.turn_at(statement.start)
    if recorded := place_line(turn):
        lines.append(f"In the record: the speech that begins at {recorded}")
    if turn is not None and turn.url:
        lines.append(f"Link: {turn.url}")
    lines.append(f"Place: characters {statement.start}–{statement.end} of {document.id}")
    if stance is not None and topic is not None:
        lines.append(f"Motion: {topic.motion}")
        lines.append(
            f"Judged: {LABEL_WORDS[stance.label].lower()} "
            f"(for {stance.pro:.2f}, against {stance.con:.2f}, no side {stance.none:.2f})"
        )
        lines.append(f"Model: {debate.run.models.get('stance', 'unknown')}")
    return "\n".join(lines)
