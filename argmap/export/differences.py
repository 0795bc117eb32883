"""The difference of two analyses as rows, and the rows as CSV, Markdown and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

from argmap.export.markdown import escaped
from argmap.export.table import write_csv
from argmap.projectfile import well_formed
from argmap.records import Debate, Document, KeyPoint, Speaker, Stance
from argmap.structure import Difference
from argmap.structure.difference import Change
from argmap.wording import LABEL_WORDS, RELATION_WORDS, count, provenance, speaker_line

Section = Literal[
    "run", "motion", "source", "statement", "label", "voice", "speaker", "key point", "relation"
]

#: What each section is called, and in which order they come.
SECTIONS: Mapping[Section, str] = {
    "run": "Model and settings",
    "motion": "Motions",
    "source": "Sources",
    "statement": "Statements",
    "label": "Labels",
    "voice": "Who says what",
    "speaker": "Speakers",
    "key point": "Key points",
    "relation": "Support and attack",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words.

    Attributes:
        text: what changed: the sentence, the title, the name.
        before, after: empty where there is nothing of it.
    """

    section: Section
    change: Change
    text: str
    before: str = ""
    after: str = ""
    motion: str = ""
    source: str = ""


def difference_rows(difference: Difference) -> tuple[Row, ...]:
    """Every change as a row, in the order of ``SECTIONS``."""
    return tuple(_rows(difference))


def difference_counts(rows: Sequence[Row]) -> Mapping[tuple[Section, Change], int]:
    """How many rows there are of each section and change."""
    return Counter((row.section, row.change) for row in rows)


def difference_to_csv(difference: Difference) -> str:
    """CSV with a header row, as safe for spreadsheets as ``to_csv``."""
    names = tuple(field.name for field in fields(Row))
    rows = difference_rows(difference)
    return write_csv(names, ([getattr(row, name) for name in names] for row in rows))


def difference_to_markdown(difference: Difference, *, before: str, after: str) -> str:
    """A list of the changes; ``before`` and ``after`` name the two analyses."""
    rows = difference_rows(difference)
    lines = [f"# From {escaped(before)} to {escaped(after)}", "", summary(difference), ""]
    for section, title in SECTIONS.items():
        own = [row for row in rows if row.section == section]
        if own:
            lines += [f"## {title}", "", *(_item(row) for row in own), ""]
    return "\n".join(lines)


def difference_to_json(difference: Difference, a: Debate, b: Debate) -> str:
    """The rows for other programs, with both titles, whether nothing differs, and counts."""
    rows = difference_rows(difference)
    value = {
        "schema_version": 1,
        "before": well_formed(a.title),
        "after": well_formed(b.title),
        "same": difference.same,
        "matched": difference.matched,
        "shifted": difference.shifted,
        "changes": [
            {name: well_formed(text) for name, text in asdict(row).items()} for row in rows
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def summary(difference: Difference) -> str:
    """The whole in one line."""
    if difference.same:
        return f"Nothing differs; {count(difference.matched, 'statement')} in both."
    changes = len(difference_rows(difference))
    shifted = ""
    if difference.shifted:
        labels = count(difference.shifted, "more label stands", "more labels stand")
        shifted = f", and {labels} with another probability"
    both = count(difference.matched, "statement")
    return f"{count(changes, 'change')}{shifted}; {both} in both."


def _item(row: Row) -> str:
    about = "; ".join(escaped(part) for part in (row.source, row.motion) if part)
    change = " to ".join(escaped(part) for part in (row.before, row.after) if part)
    return f"- **{row.change}** {escaped(row.text)}" + "".join(
        f" ({part})" for part in (change, about) if part
    )


def _rows(difference: Difference) -> Iterator[Row]:
    for item in difference.run:
        change: Change = (
            "added" if item.before is None else "removed" if item.after is None else "changed"
        )
        yield Row("run", change, item.name, item.before or "", item.after or "")
    for motion in difference.motions:
        old, new = motion.before, motion.after
        shown = new or old
        yield Row(
            "motion",
            motion.change,
            shown.id if shown else "",
            old.motion if old else "",
            new.motion if new else "",
        )
    for source in difference.sources:
        yield _source(source.change, source.before, source.after, source.what)
    for found in difference.statements:
        voice = found.speaker or ""
        before, after = (voice, "") if found.change == "removed" else ("", voice)
        yield Row(
            "statement", found.change, found.statement.text, before, after, source=found.source
        )
    for label in difference.labels:
        yield Row(
            "label",
            "changed",
            label.statement.text,
            _judged(label.before),
            _judged(label.after),
            label.motion,
            label.source,
        )
    for said in difference.voices:
        yield Row(
            "voice",
            "changed",
            said.statement.text,
            _voice(said.before, said.reported_before),
            _voice(said.after, said.reported_after),
            source=said.source,
        )
    for speaker in difference.speakers:
        yield _speaker(speaker.change, speaker.before, speaker.after)
    for point in difference.points:
        shown_point = point.after or point.before
        assert shown_point is not None
        yield Row(
            "key point",
            point.change,
            f"{LABEL_WORDS[shown_point.side]}: {shown_point.text}",
            _point(point.before, point.over_before),
            _point(point.after, point.over_after),
            point.motion,
        )
    for relation in difference.relations:
        kind = RELATION_WORDS[relation.relation.shown]
        text = f"{relation.source} — {kind} — {relation.target}"
        yield Row("relation", relation.change, text, motion=relation.motion)


def _source(
    change: Change, before: Document | None, after: Document | None, what: tuple[str, ...]
) -> Row:
    shown = after or before
    assert shown is not None
    if change != "changed" or before is None or after is None:
        return Row("source", change, shown.title)
    return Row("source", "changed", shown.title, _known(before, what), _known(after, what))


def _known(document: Document, what: tuple[str, ...]) -> str:
    """A source's own side of the fields that differ."""
    parts = []
    for name in what:
        value = getattr(document, name)
        if name == "text":
            parts.append(f"text of {len(value):,} characters")
        elif name == "removed":
            parts.append(count(len(value), "line left out", "lines left out"))
        elif name == "turns":
            parts.append(count(len(value), "speech", "speeches"))
        elif name == "divisions":
            parts.append(count(len(value), "division"))
        else:
            parts.append(f"{name} {value or 'not known'}")
    return ", ".join(parts)


def _speaker(change: Change, before: Speaker | None, after: Speaker | None) -> Row:
    shown = after or before
    assert shown is not None

    def known(speaker: Speaker | None) -> str:
        parts = (speaker.name, speaker_line(speaker), *speaker.aliases) if speaker else ()
        return ", ".join(part for part in parts if part)

    return Row("speaker", change, shown.name, known(before), known(after))


def _point(point: KeyPoint | None, over: str | None) -> str:
    if point is None:
        return ""
    beneath = f", beneath “{over}”" if over is not None else ""
    return f"{point.text} ({count(len(point.statements), 'sentence')}{beneath})"


def _judged(stance: Stance | None) -> str:
    if stance is None:
        return "not judged"
    shares = f"for {stance.pro:.2f}, against {stance.con:.2f}, no side {stance.none:.2f}"
    given = f", {provenance(stance)}" if stance.corrected else ""
    return f"{LABEL_WORDS[stance.label]}{given} ({shares})"


def _voice(name: str | None, reported: bool) -> str:
    who = name or "nobody named"
    return f"{who}, reporting others" if reported else who
