"""Speakers as elements: their cards, the matrix as a table, and who answers whom in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from argmap.charts import SIGNS
from argmap.charts.speakers import Standing, standing
from argmap.dashboard import identity, words
from argmap.dashboard.article import Reading
from argmap.dashboard.render import chip, quote, quotes
from argmap.dashboard.view import Element, Node, el
from argmap.records import (
    SIDES,
    Debate,
    Label,
    Speaker,
    SpeakerStance,
    Stance,
    Statement,
    Topic,
)
from argmap.structure import LEAST_STATEMENTS

#: Quotes that a panel holds before the rest folds, and the most that fold: nobody reads the
#: ninetieth of them in a card, and all have to reach the browser.
_FIRST = 10
_FOLDED = 12
_SHORT: Mapping[Standing, str] = {
    "pro": "for",
    "con": "against",
    "either": "could be either",
    "few": "too few to say",
}
#: Parts what a picked cell says: no id holds it.
PART = "\x1f"


def side_of(summary: SpeakerStance) -> Label:
    """The side that a speaker's statements settle; unclear where they settle none."""
    found = standing(summary)
    return found if found in ("pro", "con") else "unclear"


def leaning(summary: SpeakerStance) -> str:
    """A position in words, no stronger than what it rests on."""
    if standing(summary) == "few":
        return "too few to say"
    return words.leaning(summary.mean, summary.low, summary.high)


def position_line(summary: SpeakerStance) -> Element:
    """What a position rests on and where it lies."""
    split = [
        f"{number} {label}"
        for label, number in (("for", summary.pro), ("against", summary.con))
        if number
    ]
    basis = words.basis(summary.count)
    return el(
        "div",
        el("strong", f"{basis[0].upper()}{basis[1:]}"),
        f" ({', '.join(split)}): {words.signed(summary.mean)} on a scale from −1 to +1, "
        f"95% interval {words.signed(summary.low)} to {words.signed(summary.high)}.",
    )


def _head(summary: SpeakerStance, name: str) -> Element:
    side = side_of(summary)
    return el(
        "div",
        el("strong", name),
        el("span", el("span", SIGNS[side], css="sign"), leaning(summary), css=f"chip {side}"),
        css="row",
    )


def speaker_card(
    summary: SpeakerStance,
    speaker: Speaker,
    debate: Debate,
    reading: Reading,
    *,
    first: int = 3,
    vote: Element | None = None,
    everything_too: bool = False,
) -> Element:
    """One speaker's position, what it rests on, and the quotes, strongest first.

    Args:
        first: how many quotes are shown at once.
        vote: how the speaker voted, where a division decides the motion.
        everything_too: offer everything that the speaker says.
    """
    by_id = {statement.id: statement for statement in debate.statements}
    said = [by_id[i] for i in summary.statements if i in by_id]
    line = words.speaker_line(speaker)
    silent = summary.none + summary.unclear
    rest = said[first:]
    reported = _reported(summary, debate, reading)
    return el(
        "section",
        _head(summary, speaker.name),
        el("div", identity.mark()) if speaker.id in reading.touched else None,
        el("small", line) if line else None,
        vote,
        position_line(summary),
        el("small", f"{words.count(silent, 'more sentence')} without a side.") if silent else None,
        quotes(said[:first], debate, reading, named=False),
        el(
            "details",
            el("summary", f"{words.count(len(rest), 'more quote')}"),
            quotes(rest[:_FOLDED], debate, reading, named=False),
            el("small", f"The strongest {first + _FOLDED} of {len(said):,}.")
            if len(rest) > _FOLDED
            else None,
            key=f"more-{speaker.id}",
        )
        if rest
        else None,
        el(
            "details",
            el("summary", f"Reports {words.count(len(reported), 'view')} of others, not counted"),
            quotes(reported[:_FOLDED], debate, reading, named=False),
            key=f"reported-{speaker.id}",
        )
        if reported
        else None,
        el(
            "button",
            f"Everything {speaker.name} says",
            css="link",
            pick=f"{PART}{speaker.id}",
            key=f"all-{speaker.id}",
        )
        if everything_too
        else None,
        css="speaker",
    )


def _reported(summary: SpeakerStance, debate: Debate, reading: Reading) -> list[Statement]:
    return [
        statement
        for statement in debate.statements
        if statement.speaker == summary.speaker
        and statement.attribution.reported
        and statement.id not in summary.statements
        and (stance := reading.stances.get(statement.id)) is not None
        and stance.label in SIDES
    ]


def quotes_panel(
    summary: SpeakerStance, speaker: Speaker, topic: Topic, debate: Debate, reading: Reading
) -> Element:
    """What one speaker says on one motion, for the place beside a chart."""
    card = speaker_card(summary, speaker, debate, reading, first=_FIRST)
    return el(
        "section",
        el("small", f"On the motion “{topic.motion}”"),
        card,
        css="panel scrolls",
        key="speaker-panel",
        scroll=True,
        label=f"Quotes of {speaker.name}",
    )


def matrix_table(
    summaries: Iterable[SpeakerStance],
    debate: Debate,
    speakers: Sequence[str],
    *,
    current: tuple[str | None, str | None] = (None, None),
) -> Element:
    """The matrix as a table: each cell a button that tells the speaker and the topic.

    Args:
        current: ids of the speaker and the topic of the cell that is open.
    """
    cells = {(s.speaker, s.topic): s for s in summaries if s.count}
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    head = [el("th", "Speaker"), *(el("th", topic.motion) for topic in debate.topics)]
    rows = [
        el(
            "tr",
            el("th", names[speaker]),
            *(
                el("td", _cell(cells.get((speaker, t.id)), t, names[speaker], current))
                for t in debate.topics
            ),
        )
        for speaker in speakers
    ]
    return el(
        "div",
        el("table", el("thead", el("tr", *head)), el("tbody", *rows), css="votes matrix"),
        css="tablebox",
        scroll=True,
        label="Mean stance of each speaker on each motion",
    )


def _cell(
    summary: SpeakerStance | None,
    topic: Topic,
    name: str,
    current: tuple[str | None, str | None],
) -> Node:
    if summary is None:
        return el("span", "–", css="muted", label="no statement with a side")
    side = side_of(summary)
    few = standing(summary) == "few"
    told = f"{words.signed(summary.mean)}, n = {summary.count:,}"
    return el(
        "button",
        el("span", SIGNS[side], css="sign"),
        told,
        el("small", " too few to say") if few else None,
        css=f"node {side}",
        pick=f"{summary.speaker}{PART}{summary.topic}",
        key=f"cell-{summary.speaker}-{summary.topic}",
        label=f"{name}: {leaning(summary)}, {told}. {topic.motion}",
        current=(summary.speaker, summary.topic) == current,
    )


def positions_table(
    summaries: Sequence[SpeakerStance], debate: Debate, *, current: str | None = None
) -> Element:
    """One speaker's position on every motion, with what each rests on."""
    own = {summary.topic: summary for summary in summaries if summary.count}
    rows = []
    for topic in debate.topics:
        summary = own.get(topic.id)
        if summary is None:
            cells: list[Node] = [el("span", "no statement with a side", css="muted"), "–", "–"]
        else:
            side = side_of(summary)
            cells = [
                el(
                    "span", el("span", SIGNS[side], css="sign"), _SHORT[standing(summary)],
                    css=f"chip {side}",
                ),
                f"{words.signed(summary.mean)} "
                f"({words.signed(summary.low)} to {words.signed(summary.high)})",
                f"{summary.count:,}: {summary.pro:,} for, {summary.con:,} against",
            ]  # fmt: skip
        rows.append(
            el(
                "tr",
                el("th", topic.motion, current=topic.id == current),
                *(el("td", cell) for cell in cells),
            )
        )
    head = ("Motion", "Position", "Mean and 95% interval", "Statements with a side")
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) for cell in head))),
            el("tbody", *rows),
            css="votes",
        ),
        el("small", f"Under {LEAST_STATEMENTS} statements with a side are too few to say."),
        css="preview",
    )


def everything(
    statements: Iterable[Statement],
    debate: Debate,
    reading: Reading,
    judged: Mapping[str, Sequence[Stance]],
) -> Element:
    """Quotes with every motion that each takes a side on, and a link to where it was published.

    Args:
        judged: by statement, its stances that take a side, in the order of the motions.
    """
    numbers = {topic.id: number for number, topic in enumerate(debate.topics, start=1)}
    several = len(numbers) > 1
    items = []
    for statement in statements:
        item = quote(statement, debate, reading, named=False)
        document = next(d for d in debate.documents if d.id == statement.document)
        known: list[Node] = [
            el("small", " · ".join(filter(None, (document.outlet, words.day(document.date)))))
        ]
        if document.url:
            known.append(el("a", "the source online", href=document.url, note=document.url))
        turn = document.turn_at(statement.start)
        if turn is not None and turn.url:
            known.append(el("a", "official record", href=turn.url, note=turn.url))
        chips: list[Node] = [
            el(
                "span",
                f"motion {numbers[stance.topic]} " if several else None,
                chip(stance.label, share=stance.confidence),
                css="onmotion",
            )
            for stance in judged.get(statement.id, ())
        ]
        items.append(
            el(
                "li",
                *item.children,
                el("div", *known, *chips, css="row start"),
                css=item.css,
            )
        )
    return el("ul", *items, css="quotes")
