"""A comparison in words and plain rows, for whoever puts it on a page or into a file.

Nothing here is escaped; the page or the format does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmap import wording
from argmap.charts import SIGNS
from argmap.export.references import web_link
from argmap.records import SIDES, Debate, Label, Relation, Topic
from argmap.structure.comparands import By
from argmap.structure.comparison import LEAST_EFFECTIVE, Change, Comparison, Contrast, PointShare
from argmap.structure.intervals import Share
from argmap.structure.opposition import SURE, Opposed

#: What each kind of thing that can be compared is called, one and many.
BY_WORDS: dict[By, tuple[str, str]] = {
    "speaker": ("speaker", "Speakers"),
    "party": ("party", "Parties"),
    "outlet": ("outlet", "Outlets"),
    "document": ("source", "Sources"),
    "date": ("date", "Dates"),
}

#: What the numbers do not say.
CAVEATS = (
    "The intervals are of 95% and allow for sentences of one source or speaker being alike; they "
    "do not allow for the model's own mistakes, which may lie more on one of the two.",
    "Four labels are compared, so by chance alone one of them seems to differ more often than "
    "once in twenty comparisons.",
    "A view that a speaker only reports (“critics say …”) counts for no speaker or party. What "
    "stands in a source counts for the source, whoever says it.",
    "Not making a point means here that no sentence of theirs was put under it.",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with who says it, where and when, and what it was judged to be."""

    id: str
    text: str
    label: Label
    sign: str
    judged: str
    voice: str
    source: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One label's shares in words."""

    label: Label
    sign: str
    name: str
    first: Share
    second: Share
    cells: tuple[str, str, str]
    claimed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A key point with what each of the two says of it."""

    label: Label
    sign: str
    name: str
    text: str
    counts: str
    first: tuple[Said, ...]
    second: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences set against each other and what is between them."""

    note: str
    first: Said
    second: Said


@dataclass(frozen=True, slots=True)
class Turned:
    """One person's words over time."""

    name: str
    verdict: str
    rows: tuple[tuple[str, str, str, str], ...]
    pairs: tuple[Pair, ...]
    unsure: tuple[Pair, ...]


class ComparisonView:
    """Everything that a file of a comparison shows, in its order."""

    def __init__(self, comparison: Comparison, debate: Debate, *, quotes: int = 3) -> None:
        self.comparison, self.debate = comparison, debate
        self._quotes = quotes
        self._documents = {d.id: d for d in debate.documents}
        self._statements = {s.id: s for s in debate.statements}
        self._names = {s.id: s.name for s in debate.speakers}
        self._stances = {s.statement: s for s in debate.stances if s.topic == comparison.topic}
        self.topic: Topic = next(t for t in debate.topics if t.id == comparison.topic)
        self.first, self.second = comparison.first.name, comparison.second.name
        self.title = f"{self.first} and {self.second}"
        self.findings = findings(comparison)
        self.rows = tuple(_row(c) for c in comparison.contrasts)
        self.points = tuple(
            (title, tuple(self._point(p) for p in points))
            for title, points in point_groups(comparison)
        )
        self.answers = tuple(self._answer(r) for r in comparison.answers)
        self.changes = tuple(self._turned(c) for c in comparison.changes)
        self.crossing = tuple(self._opposed(p) for p in comparison.crossing)

    def said(self, statement_id: str) -> Said:
        statement = self._statements[statement_id]
        document = self._documents[statement.document]
        stance = self._stances.get(statement_id)
        label: Label = stance.label if stance else "none"
        turn = document.turn_at(statement.start)
        known = (document.title, document.outlet, wording.day(document.date))
        where = (*known, wording.place_line(turn))
        return Said(
            id=statement_id,
            text=statement.text,
            label=label,
            sign=SIGNS[label],
            judged=f"{wording.LABEL_WORDS[label].lower()}"
            + (f" {wording.provenance(stance)}" if stance else ""),
            voice=wording.voice(statement, self._names) or "the writer, or nobody named",
            source=", ".join(part for part in where if part),
            url=web_link((turn.url if turn else None) or document.url),
        )

    def _some(self, ids: Sequence[str]) -> tuple[Said, ...]:
        return tuple(self.said(i) for i in ids[: self._quotes])

    def _point(self, found: PointShare) -> Point:
        point = found.point
        return Point(
            label=point.side,
            sign=SIGNS[point.side],
            name=wording.LABEL_WORDS[point.side],
            text=point.text,
            counts=point_counts(found, self.comparison),
            first=self._some(found.first),
            second=self._some(found.second),
        )

    def _answer(self, relation: Relation) -> Pair:
        # The sentence that is answered stands first, as a reader would have it.
        return Pair(answer_note(relation), self.said(relation.target), self.said(relation.source))

    def _opposed(self, pair: Opposed) -> Pair:
        return Pair(opposed_note(pair), self.said(pair.first), self.said(pair.second))

    def _turned(self, change: Change) -> Turned:
        pairs = [(p.claimed, self._opposed(p)) for p in change.pairs]
        return Turned(
            name=change.name,
            verdict=change_words(change),
            rows=moment_rows(change),
            pairs=tuple(pair for claimed, pair in pairs if claimed),
            unsure=tuple(pair for claimed, pair in pairs if not claimed),
        )


def point_groups(comparison: Comparison) -> tuple[tuple[str, tuple[PointShare, ...]], ...]:
    """The key points under their headings."""
    return (
        ("Points that both make", comparison.both),
        (f"Points that only {comparison.first.name} makes", comparison.only_first),
        (f"Points that only {comparison.second.name} makes", comparison.only_second),
    )


def point_counts(found: PointShare, comparison: Comparison) -> str:
    """``Ann Lee 3 statements, The minister 1``, leaving out whoever has none."""
    sides = ((comparison.first.name, found.first), (comparison.second.name, found.second))
    return "; ".join(
        f"{name}: {wording.count(len(own), 'statement')}" for name, own in sides if own
    )


def alone_words(comparison: Comparison) -> str:
    """How many statements are in no key point."""
    sides = zip((comparison.first.name, comparison.second.name), comparison.alone, strict=True)
    told = "; ".join(f"{name} {number:,}" for name, number in sides)
    return f"Statements that take a side and are in no key point: {told}."


def findings(comparison: Comparison) -> tuple[str, ...]:
    """What can be said of the shares, no stronger than the numbers, one sentence each."""
    first, second = comparison.first, comparison.second
    shares = comparison.contrasts[0].first, comparison.contrasts[0].second
    found = []
    for one, share in zip((first, second), shares, strict=True):
        reported = ""
        if one.reported:
            views = wording.count(one.reported, "view")
            verb = "is" if one.reported == 1 else "are"
            reported = f" {views} that {verb} only reported {verb} not counted."
        found.append(
            f"{one.name}: {wording.count(share.total, 'statement')}, worth {share.effective:g} "
            f"independent ones.{reported}"
        )
    if comparison.small:
        who = " and ".join(one.name for one in comparison.small)
        found.append(
            f"The numbers are small: fewer than {LEAST_EFFECTIVE:g} independent statements of "
            f"{who}. So no difference is claimed."
        )
    elif not comparison.claimed:
        found.append("No share differs by more than chance could make it.")
    found += [_difference(c, first.name, second.name) for c in comparison.claimed]
    return tuple(found)


def _difference(found: Contrast, first: str, second: str) -> str:
    name = wording.LABEL_WORDS[found.label].lower()
    if found.gap.value < 0:
        first, second = second, first
    more, less = sorted((found.first, found.second), key=lambda share: -share.value)
    low, high = sorted((abs(found.gap.low), abs(found.gap.high)))
    return (
        f"“{name.capitalize()}” is more frequent with {first} than with {second}: "
        f"{wording.percent(more.value)} and {wording.percent(less.value)}; the difference is "
        f"{100 * low:.0f} to {100 * high:.0f} percentage points."
    )


def _row(found: Contrast) -> Row:
    return Row(
        label=found.label,
        sign=SIGNS[found.label],
        name=wording.LABEL_WORDS[found.label],
        first=found.first,
        second=found.second,
        cells=contrast_cells(found),
        claimed=found.claimed,
    )


def contrast_cells(found: Contrast) -> tuple[str, str, str]:
    """Both shares and their difference, each with its interval."""
    gap = found.gap
    points = [f"{'−' if v < 0 else '+'}{abs(100 * v):.0f}" for v in (gap.value, gap.low, gap.high)]
    told = f"{points[0]} ({points[1]} to {points[2]})"
    return (share_words(found.first), share_words(found.second), told)


def share_words(share: Share) -> str:
    """``12 of 30, 40% (25–57%)``."""
    return (
        f"{share.count:,} of {share.total:,}, {wording.percent(share.value)} "
        f"({100 * share.low:.0f}–{wording.percent(share.high)})"
    )


def answer_note(relation: Relation) -> str:
    """What the second sentence does to the first."""
    verb = "undercuts it" if relation.undercut else "attacks it"
    return f"{verb}, {wording.percent(relation.probability)} sure"


def opposed_note(pair: Opposed) -> str:
    """How far two opposite sentences can be relied on."""
    when = "Earlier and later" if pair.dated else "Of one date, or of dates not known"
    weak = ""
    if not pair.claimed:
        weak = f"; too unsure to claim: a label or the speaker is under {wording.percent(SURE)}"
    return (
        f"{when}; both labels right: {wording.percent(pair.sure)}; "
        f"likeness {pair.similarity:.2f}{weak}"
    )


def change_words(change: Change) -> str:
    """Whether a person's position changed, no stronger than the numbers."""
    if not change.moments:
        return f"No source with a date has a statement of {change.name}, so no change can be seen."
    dates = [wording.day(moment.date) for moment in change.moments]
    if len(dates) == 1:
        return f"All dated statements of {change.name} are of {dates[0]}, so no change can be seen."
    if change.earlier is None or change.later is None or change.gap is None:
        return f"{change.name} takes a side at one date or none, so no change can be seen."
    shares = (
        f"Until {wording.day(change.until)} {wording.percent(change.earlier.value)} of "
        f"{wording.count(change.earlier.total, 'statement')} with a side "
        f"{'is' if change.earlier.total == 1 else 'are'} for, after it "
        f"{wording.percent(change.later.value)} of {change.later.total:,}"
    )
    gap = change.gap
    if change.claimed:
        way = "more for" if gap.value > 0 else "more against"
        low, high = sorted((abs(gap.low), abs(gap.high)))
        return f"{shares}: {way} than before, by {100 * low:.0f} to {100 * high:.0f} points."
    least = min(change.earlier.effective, change.later.effective)
    if round(least, 1) < LEAST_EFFECTIVE:
        return (
            f"{shares}. The numbers are small (worth {least:g} independent statements in the "
            "smaller half), so no change is claimed."
        )
    return f"{shares}. Chance could make that difference, so no change is claimed."


def moment_rows(change: Change) -> tuple[tuple[str, str, str, str], ...]:
    """By date: how many statements, and the shares for and against."""
    rows = []
    for moment in change.moments:
        pro, con = moment.shares[: len(SIDES)]
        day = wording.day(moment.date) or moment.date
        rows.append((day, f"{pro.total:,}", share_words(pro), share_words(con)))
    return tuple(rows)


def parted(pairs: Iterable[Opposed]) -> tuple[tuple[Opposed, ...], tuple[Opposed, ...]]:
    """Those that can be claimed and those that cannot."""
    every = tuple(pairs)
    return tuple(p for p in every if p.claimed), tuple(p for p in every if not p.claimed)
