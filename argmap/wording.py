"""How a debate is put in words, wherever it is shown: labels, counts, dates, citations.

What comes from a document stays as it is; whoever puts it on a page or into a file escapes it
for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from argmap.records import (
    Debate,
    Document,
    Label,
    NodeRelation,
    Side,
    Speaker,
    Stance,
    Statement,
    Topic,
    TreeNode,
    Turn,
)

LABEL_WORDS: dict[Label, str] = {
    "pro": "For",
    "con": "Against",
    "none": "Takes no side",
    "unclear": "Unclear",
}

SIDE_WORDS: Mapping[Side, str] = {"pro": "for", "con": "against"}

SIDE_SIGNS: Mapping[Side, str] = {"pro": "+", "con": "−"}

#: What stands before the words that a person gave a label.
CORRECTED_SIGN = "✎"

RELATION_WORDS: Mapping[NodeRelation, str] = {
    "support": "supports",
    "attack": "attacks",
    "undercut": "undercuts",
}

#: What a gradual semantics is called.
SEMANTICS_WORDS = {"df-quad": "DF-QuAD", "quadratic-energy": "Quadratic energy"}

#: How two statements of opposite sides were found to agree.
SHARED_WORDS = {
    "speakers": "said by speakers of both sides",
    "words": "the same words on both sides",
    "support": "one side supports the other",
}

_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\n\s*\n")


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


def holdings(node: TreeNode, side: TreeNode | None = None) -> str:
    """What stands on a branch: ``5 statements, 2 answers, 1 more where it answers``.

    Args:
        side: the side that a key point stands on, for how much of it the point covers.
    """
    parts = [count(node.own, "statement")]
    whole = side.own + side.elsewhere if side is not None else 0
    if whole:
        parts.append(f"{percent((node.own + node.elsewhere) / whole)} of the side")
    if node.answers:
        parts.append(count(node.answers, "answer"))
    if node.elsewhere:
        parts.append(
            f"{node.elsewhere:,} more where {'it' if node.elsewhere == 1 else 'they'} "
            f"{'answers' if node.elsewhere == 1 else 'answer'}"
        )
    return ", ".join(parts)


def day(value: str | None) -> str | None:
    """An ISO date as ``3 May 2026``; anything else as it stands."""
    if not value:
        return None
    try:
        parsed = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{parsed.day} {parsed:%B %Y}"


def percent(value: float) -> str:
    """A probability as a whole percentage."""
    return f"{round(value * 100)}%"


def provenance(stance: Stance) -> str:
    """Where a label is from: how sure the model is of it, or that a person gave it.

    ``86%``, ``✎ corrected by a person, the model said “For”``, ``✎ confirmed by a person``.
    """
    if stance.model_label is None:
        return percent(stance.confidence)
    if stance.model_label == stance.label:
        return f"{CORRECTED_SIGN} confirmed by a person"
    model = LABEL_WORDS[stance.model_label]
    return f"{CORRECTED_SIGN} corrected by a person, the model said “{model}”"


def signed(value: float) -> str:
    """A position in -1 to 1 with a true minus sign: ``+0.62``, ``−0.10``, ``0.00``."""
    rounded = round(value, 2)
    if rounded == 0:
        return "0.00"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.2f}"


def moved(before: float, after: float) -> str:
    """A strength before and after the attacks: ``falls from 0.87 to 0.62 (−0.25)``.

    The difference is that of the two numbers shown, so that a reader's sum comes out.
    """
    first, last = round(before, 2), round(after, 2)
    if first == last:
        return f"stays at {last:.2f}"
    verb = "rises" if last > first else "falls"
    return f"{verb} from {first:.2f} to {last:.2f} ({signed(last - first)})"


def shared(how: str, share: float) -> str:
    """How two statements of opposite sides were found to agree, and how nearly."""
    told = (
        f"{percent(share)} sure" if how == "support" else f"{percent(share)} of the words in both"
    )
    words = SHARED_WORDS[how]
    return f"{words[0].upper()}{words[1:]}, {told}."


def source_line(document: Document) -> str:
    """What is known of a source: ``article · The Herald · 3 May 2026``."""
    known = (document.kind, row_place(document), document.outlet, day(document.date))
    return " · ".join(part for part in known if part)


def row_place(document: Document) -> str | None:
    """Where a document stands in the table it came from: ``row 12 of replies.csv``."""
    table, row = document.attributes.get("table"), document.attributes.get("row")
    return f"row {row} of {table}" if table and row else None


def place_line(turn: Turn | None) -> str:
    """Where in the record a turn begins: ``15:47 · column 344``."""
    if turn is None:
        return ""
    known = (turn.time, f"column {turn.column}" if turn.column else None)
    return " · ".join(part for part in known if part)


def speaker_line(speaker: Speaker) -> str:
    """Role and party where known."""
    return ", ".join(part for part in (speaker.role, speaker.party) if part)


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


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph: the stretches between blank lines."""
    start = 0
    for found in _BREAK.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


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
    origin = (document.title, row_place(document), document.outlet, day(document.date))
    known = (*origin, document.url)
    lines.append(f"Source: {', '.join(part for part in known if part)}")
    turn = document.turn_at(statement.start)
    if recorded := place_line(turn):
        lines.append(f"In the record: the speech that begins at {recorded}")
    if turn is not None and turn.url:
        lines.append(f"Link: {turn.url}")
    lines.append(f"Place: characters {statement.start}–{statement.end} of {document.id}")
    if stance is not None and topic is not None:
        lines.append(f"Motion: {topic.motion}")
        given = f", {provenance(stance)}" if stance.corrected else ""
        lines.append(
            f"Judged: {LABEL_WORDS[stance.label].lower()}{given} "
            f"(for {stance.pro:.2f}, against {stance.con:.2f}, no side {stance.none:.2f})"
        )
        lines.append(f"Model: {debate.run.models.get('stance', 'unknown')}")
    return "\n".join(lines)
