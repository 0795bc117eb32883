"""Records to elements: articles, sentences, sources, speakers and the tree as an outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from argmap.charts import SIGNS
from argmap.dashboard import identity, words
from argmap.dashboard.groups import grouped
from argmap.dashboard.view import Element, Node, el
from argmap.records import (
    SIDES,
    Debate,
    Document,
    Label,
    Speaker,
    SpeakerStance,
    Stance,
    Statement,
    Topic,
)

#: Paragraphs on either side of a sentence that its passage shows.
_AROUND = 4
_ADDRESS = re.compile(r"https?://", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is shown with.

    Attributes:
        stances: by statement id, on the chosen motion.
        names: speakers' names by id.
        selected: id of the marked statement.
        shown: ids of the statements that pass the filters; ``None`` where nothing is filtered.
        search: words to mark.
        pickable: whether a click on a sentence chooses it.
        read_as: what the rules read where a person corrected it: the speaker's name, or ``None``
            for nobody, by statement id.
        touched: ids of the speakers that a person merged, renamed or made.
    """

    stances: Mapping[str, Stance]
    names: Mapping[str, str]
    selected: str | None = None
    shown: Collection[str] | None = None
    search: str = ""
    pickable: bool = True
    read_as: Mapping[str, str | None] = field(default_factory=dict)
    touched: Collection[str] = ()


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
    return el("div", el("h3", title), *(el("p", line) for line in lines), css="empty")


def facts(items: Sequence[tuple[str, str]]) -> Element:
    """Figures in a row, each a value and what it counts."""
    return el(
        "div",
        *(el("div", el("strong", value), el("small", name)) for value, name in items),
        css="facts",
    )


def heading(title: str, *lines: str) -> Element:
    """The head of a page and small print below it."""
    return el("div", el("h2", title), *(el("small", line) for line in lines if line), css="lede")


def _marked(text: str, search: str) -> list[Node]:
    """``text`` with every occurrence of ``search`` marked, whatever its case."""
    if not search.strip():
        return [text]
    parts = re.split(f"({re.escape(search.strip())})", text, flags=re.I)
    return [el("mark", part) if index % 2 else part for index, part in enumerate(parts) if part]


def _sentence(statement: Statement, text: str, reading: Reading) -> Element:
    stance = reading.stances.get(statement.id)
    label: Label = stance.label if stance else "none"
    voice = words.voice(statement, reading.names)
    hidden = reading.shown is not None and statement.id not in reading.shown
    label_words = words.LABEL_WORDS[label]
    heard = f"{label_words}{f', {voice}' if voice else ''}"
    sure = identity.sureness(statement.attribution)
    judged = label_words if stance is None else f"{label_words} {words.percent(stance.confidence)}"
    told = ", ".join(part for part in (judged, voice, sure) if part)
    sign = el("span", SIGNS[label], css="sign") if label != "none" and not hidden else None
    return el(
        "span",
        sign,
        *_marked(text, reading.search),
        css=f"sentence {label}{' faded' if hidden else ''}",
        pick=statement.id if reading.pickable else None,
        key=statement.id,
        label=f"{heard}: {text}",
        note=told,
        current=statement.id == reading.selected,
    )


def _turn(statements: Sequence[Statement]) -> str | None:
    """The speaker whose turn a paragraph is, where the source itself says so."""
    spoken = [s for s in statements if s.speaker is not None]
    # A correction may have put a sentence of the turn on somebody else.
    one = len({s.speaker for s in statements if s.speaker or s.attribution.corrected}) == 1
    if one and all(s.attribution.method == "turn" for s in spoken):
        return spoken[0].speaker
    return None


def _paragraph(
    document: Document,
    start: int,
    end: int,
    statements: Sequence[Statement],
    reading: Reading,
    *,
    before: str | None,
) -> Element:
    """One paragraph: its sentences, what lies between them, and who speaks.

    Args:
        before: whose turn the paragraph before was; only a change is named.
    """
    turn = _turn(statements)
    children: list[Node] = []
    if turn is not None and turn != before:
        place = _place(document, statements[0])
        children.append(el("span", reading.names.get(turn, ""), *place, css="who"))
    at = start
    for index, statement in enumerate(statements):
        first, last = max(start, statement.start), min(end, statement.end)
        if document.text[at:first]:
            children.extend(_marked(document.text[at:first], reading.search))
        children.append(_sentence(statement, document.text[first:last], reading))
        voice = words.voice(statement, reading.names)
        following = statements[index + 1] if index + 1 < len(statements) else None
        if (
            voice
            and turn is None
            and (not following or words.voice(following, reading.names) != voice)
        ):
            children.append(el("span", f"— {voice}", css="by"))
        at = last
    if document.text[at:end]:
        children.extend(_marked(document.text[at:end], reading.search))
    return el("p", *children)


def _place(document: Document, statement: Statement) -> list[Node]:
    """Time, column and address of the speech that holds a sentence, as far as they are known."""
    turn = document.turn_at(statement.start)
    found: list[Node] = []
    if line := words.place_line(turn):
        found.append(el("small", f" · {line}"))
    if turn is not None and turn.url and _ADDRESS.match(turn.url):
        found.append(" · ")
        found.append(el("a", "official record", href=turn.url, note=turn.url))
    return found


def _body(
    document: Document,
    statements: Iterable[Statement],
    reading: Reading,
    *,
    around: int | None = None,
) -> list[Element]:
    own = sorted((s for s in statements if s.document == document.id), key=lambda s: s.start)
    spans = list(words.paragraphs(document.text))
    if around is not None:
        home = next((i for i, (start, end) in enumerate(spans) if start <= around < end), 0)
        spans = spans[max(0, home - _AROUND) : home + _AROUND + 1]
    body: list[Element] = []
    index, turn = 0, None
    for start, end in spans:
        while index < len(own) and own[index].end <= start:
            index += 1
        last = index
        while last < len(own) and own[last].start < end:
            last += 1
        here = own[index:last]
        body.append(_paragraph(document, start, end, here, reading, before=turn))
        turn = _turn(here)
    return body


def article(document: Document, statements: Iterable[Statement], reading: Reading) -> Element:
    """A whole source with every sentence in the colour and sign of its label."""
    line = words.source_line(document)
    return el(
        "article",
        el("h2", document.title),
        el("p", el("small", line)) if line else None,
        *_body(document, statements, reading),
        css="article",
    )


def passage(document: Document, statement: Statement, debate: Debate, reading: Reading) -> Element:
    """The paragraphs around one sentence, in a box that scrolls."""
    return el(
        "div",
        *_body(document, debate.statements, reading, around=statement.start),
        css="passage article",
        scroll=True,
        label="The sentence in its source",
    )


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
        *identity.reasons(statement, reading.read_as),
        el("blockquote", statement.text, css=f"quote {label}"),
        bars(stance) if stance else None,
        el("small", f"On the motion “{topic.motion}”"),
        el(
            "div",
            el("h4", document.title),
            el("small", f"{source} · " if source else ""),
            el("small", f"characters {statement.start:,}–{statement.end:,}"),
            el("small", *_place(document, statement)),
        ),
        passage(document, statement, debate, reading),
        css="panel",
        label="The chosen sentence",
    )


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
    known.append(identity.sureness(statement.attribution))
    return el(
        "li",
        el(
            "button",
            el("span", SIGNS[label], css="sign"),
            *_marked(statement.text, reading.search),
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


def speaker_card(
    summary: SpeakerStance,
    speaker: Speaker,
    debate: Debate,
    reading: Reading,
    *,
    first: int = 3,
    vote: Element | None = None,
) -> Element:
    """One speaker's position, what it rests on, and the quotes, strongest first.

    Args:
        first: how many quotes are shown at once.
        vote: how the speaker voted, where a division decides the motion.
    """
    by_id = {statement.id: statement for statement in debate.statements}
    said = [by_id[i] for i in summary.statements if i in by_id]
    line = words.speaker_line(speaker)
    split: list[str] = []
    for label, number in (("for", summary.pro), ("against", summary.con)):
        if number:
            split.append(f"{number} {label}")
    silent = summary.none + summary.unclear
    basis = f"{words.basis(summary.count)[0].upper()}{words.basis(summary.count)[1:]}"
    position = (
        f"{words.signed(summary.mean)} on a scale from −1 to +1, "
        f"95% interval {words.signed(summary.low)} to {words.signed(summary.high)}"
    )
    side: Label = "pro" if summary.low > 0 else "con" if summary.high < 0 else "unclear"
    leaning = words.leaning(summary.mean, summary.low, summary.high)
    rest = said[first:]
    reported = [
        statement
        for statement in debate.statements
        if statement.speaker == speaker.id
        and statement.attribution.reported
        and statement.id not in summary.statements
        and (stance := reading.stances.get(statement.id)) is not None
        and stance.label in SIDES
    ]
    return el(
        "section",
        el(
            "div",
            el("strong", speaker.name),
            el("span", el("span", SIGNS[side], css="sign"), leaning, css=f"chip {side}"),
            css="row",
        ),
        el("div", identity.mark()) if speaker.id in reading.touched else None,
        el("small", line) if line else None,
        vote,
        el("div", el("strong", basis), f" ({', '.join(split)}): {position}."),
        el("small", f"{words.count(silent, 'more sentence')} without a side.") if silent else None,
        quotes(said[:first], debate, reading, named=False),
        el(
            "details",
            el("summary", f"{words.count(len(rest), 'more quote')}"),
            quotes(rest, debate, reading, named=False),
            key=f"more-{speaker.id}",
        )
        if rest
        else None,
        el(
            "details",
            el("summary", f"Reports {words.count(len(reported), 'view')} of others, not counted"),
            quotes(reported, debate, reading, named=False),
            key=f"reported-{speaker.id}",
        )
        if reported
        else None,
        css="speaker",
    )


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


def matching(
    statements: Iterable[Statement],
    reading: Reading,
    *,
    labels: Collection[Label] = (),
    speakers: Collection[str] = (),
    search: str = "",
) -> tuple[Statement, ...]:
    """The statements that pass every filter that is set."""
    needle = search.strip().casefold()
    tests: list[Callable[[Statement], bool]] = []
    if labels:
        tests.append(lambda s: s.id in reading.stances and reading.stances[s.id].label in labels)
    if speakers:
        tests.append(lambda s: s.speaker in speakers)
    if needle:
        tests.append(lambda s: needle in s.text.casefold())
    return tuple(s for s in statements if all(test(s) for test in tests))
