"""Records to elements: labels, sentences, quotes and sources. ``article.py`` draws whole texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from argmap.charts import SIGNS
from argmap.dashboard import identity, words
from argmap.dashboard.article import Reading, marked, passage, place_of
from argmap.dashboard.groups import grouped
from argmap.dashboard.view import Element, el
from argmap.records import Debate, Document, Label, Speaker, Stance, Statement, Topic

__all__ = [
    "Reading",
    "bars",
    "chip",
    "empty",
    "facts",
    "heading",
    "positions",
    "quote",
    "quotes",
    "removed",
    "sentence_panel",
    "sources",
]


def chip(label: Label, *, share: float | None = None) -> Element:
    """A label with its sign, and its probability where given."""
    text = words.LABEL_WORDS[label]
    return el(
        "span",
        el("span", SIGNS[label], css="sign"),
        text if share is None else f"{text} {words.percent(share)}",
        css=f"chip {label}",
    )


def positions(topic: Topic) -> Element:
    """Both sides of a motion, as the model reads them."""
    return el(
        "ul",
        el("li", chip("pro"), el("span", topic.pro)),
        el("li", chip("con"), el("span", topic.con)),
        css="positions",
    )


def empty(title: str, *lines: str) -> Element:
    """What to do where there is nothing to see yet."""
    return el("div", el("h2", title), *(el("p", line) for line in lines), css="empty")


def facts(items: Sequence[tuple[str, str]]) -> Element:
    """Figures in a row, each a value and what it counts."""
    return el(
        "div",
        *(el("div", el("strong", value), el("small", name)) for value, name in items),
        css="facts",
    )


def heading(title: str, *lines: str) -> Element:
    """The head of a page and small print below it."""
    head = el("h2", title) if title else None
    return el("div", head, *(el("small", line) for line in lines if line), css="lede")


def bars(stance: Stance) -> Element:
    """The three probabilities."""
    shares: tuple[tuple[Label, float], ...] = (
        ("pro", stance.pro),
        ("con", stance.con),
        ("none", stance.none),
    )
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", f"{SIGNS[label]} {words.LABEL_WORDS[label]}"),
                el("span", css="bar", share=share),
                el("span", words.percent(share), css="number"),
                css=label,
            )
            for label, share in shares
        ),
        css="bars",
    )


def sentence_panel(statement: Statement, debate: Debate, topic: Topic, reading: Reading) -> Element:
    """One sentence: what it was judged to be, who said it, and where it stands."""
    document = next(d for d in debate.documents if d.id == statement.document)
    stance = reading.stances.get(statement.id)
    speaker = next((s for s in debate.speakers if s.id == statement.speaker), None)
    label: Label = stance.label if stance else "none"
    source = words.source_line(document)
    return el(
        "section",
        el("div", chip(label), *_who(statement, speaker), css="row"),
        _judged(statement, reading),
        *identity.reasons(statement, reading.read_as),
        el("blockquote", statement.text, css=f"quote {label}"),
        bars(stance) if stance else None,
        el("small", f"On the motion “{topic.motion}”"),
        el(
            "div",
            el("h3", document.title, css="title"),
            el("small", f"{source} · " if source else ""),
            el("small", f"characters {statement.start:,}–{statement.end:,}"),
            el("small", *place_of(document, statement)),
        ),
        passage(document, statement, debate, reading),
        css="panel",
        label="The chosen sentence",
    )


def _judged(statement: Statement, reading: Reading) -> Element | None:
    told = reading.judged(statement.id)
    if told is None:
        return None
    return el("div", el("span", told, css="verdict"), " ", identity.mark())


def _who(statement: Statement, speaker: Speaker | None) -> list[Element]:
    if speaker is None:
        unknown = (
            "Nobody named" if statement.attribution.reported else "The writer, or nobody named"
        )
        found = [el("span", unknown, css="muted")]
    else:
        line = words.speaker_line(speaker)
        found = [el("strong", speaker.name), el("small", line)] if line else []
        found = found or [el("strong", speaker.name)]
    if statement.attribution.reported:
        found.append(
            el(
                "span",
                "reports a view that another holds" if speaker else "a view of others",
                css="tag",
            )
        )
    if statement.attribution.corrected:
        found.append(identity.mark())
    return found


def quote(statement: Statement, debate: Debate, reading: Reading, *, named: bool = True) -> Element:
    """One sentence as a line of a list, with its source and, where ``named``, its speaker."""
    stance = reading.stances.get(statement.id)
    label: Label = stance.label if stance else "none"
    document = next((d for d in debate.documents if d.id == statement.document), None)
    voice = words.voice(statement, reading.names)
    known = [voice if named else None]
    if document is not None:
        known += [document.title, words.place_line(document.turn_at(statement.start))]
    known += [identity.sureness(statement.attribution), reading.judged(statement.id)]
    return el(
        "li",
        el(
            "button",
            el("span", SIGNS[label], css="sign"),
            *marked(statement.text, reading.search),
            css=f"node {label}",
            pick=statement.id,
            key=statement.id,
            label=f"{words.LABEL_WORDS[label]}: {statement.text}",
            current=statement.id == reading.selected,
        ),
        el("small", " · ".join(part for part in known if part)),
        css=label,
    )


def quotes(
    statements: Iterable[Statement], debate: Debate, reading: Reading, *, named: bool = True
) -> Element:
    """Sentences as a list."""
    return el("ul", *(quote(s, debate, reading, named=named) for s in statements), css="quotes")


def sources(debate: Debate) -> Element:
    """The sources of a debate, with what is known of each; a table's rows are one source."""
    numbers = Counter(statement.document for statement in debate.statements)
    return el(
        "ul",
        *(
            el(
                "li",
                el(
                    "div",
                    el("strong", group.title),
                    el(
                        "small",
                        words.count(sum(numbers[d.id] for d in group.documents), "statement"),
                    ),
                    css="row",
                ),
                el(
                    "small",
                    words.count(len(group.documents), "row")
                    if group.table
                    else words.source_line(group.documents[0]),
                ),
            )
            for group in grouped(debate.documents)
        ),
        css="list",
    )


def removed(document: Document) -> Element:
    """The lines that cleaning left out of a source."""
    return el("ul", *(el("li", line) for line in document.removed), css="removed")
