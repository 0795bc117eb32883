"""A source as it is read: sentences in the colour and sign of their label, voices in the margin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from argmap.charts import SIGNS
from argmap.dashboard import identity, words
from argmap.dashboard.search import Hits, find_all, pieces
from argmap.dashboard.view import Element, Node, el
from argmap.records import Debate, Document, Label, Stance, Statement

#: Paragraphs on either side of a sentence that its passage shows.
_AROUND = 4
#: Characters of a source that are drawn at once, more or less: a day of Hansard has fifty times
#: as many, which no browser draws in the time of a click.
LENGTH = 12_000
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
        hit: where in the source the hit begins that the reader is at.
        pickable: whether a click on a sentence chooses it.
        read_as: what the rules read where a person corrected it: the speaker's name, or ``None``
            for nobody, by statement id.
        touched: ids of the speakers that a person merged, renamed or made.
        by: whose each label is that a person gave: ``"you"`` or a name, by statement id.
    """

    stances: Mapping[str, Stance]
    names: Mapping[str, str]
    selected: str | None = None
    shown: Collection[str] | None = None
    search: str = ""
    hit: int | None = None
    pickable: bool = True
    read_as: Mapping[str, str | None] = field(default_factory=dict)
    touched: Collection[str] = ()
    by: Mapping[str, str] = field(default_factory=dict)

    def judged(self, statement_id: str) -> str | None:
        """Whose label a sentence has, beside the model's; ``None`` where it is the model's."""
        stance = self.stances.get(statement_id)
        if stance is None or not stance.corrected:
            return None
        return words.verdict(stance, self.by.get(statement_id, "a person"))


def hit_key(start: int) -> str:
    """The key of the element that marks a hit."""
    return f"hit-{start}"


def marked(text: str, search: str) -> list[Node]:
    """``text`` with every occurrence of ``search`` marked, whatever its case."""
    return _marked(text, 0, len(text), find_all(text, search), None)


def _marked(text: str, start: int, end: int, hits: Hits, current: int | None) -> list[Node]:
    """The text from ``start`` to ``end``, what the hits take up of it marked."""
    found: list[Node] = []
    for first, last, hit in pieces(start, end, hits):
        if hit is None:
            found.append(text[first:last])
        else:
            # Only where a hit begins can one jump to it.
            key = hit_key(hit) if hit == first else None
            found.append(el("mark", text[first:last], key=key, current=hit == current))
    return found


def stretches(document: Document, *, length: int = LENGTH) -> tuple[tuple[int, int], ...]:
    """The source cut into stretches of whole paragraphs, each about ``length`` characters long.

    A paragraph longer than that is a stretch of its own. There is at least one.
    """
    found: list[tuple[int, int]] = []
    for start, end in words.paragraphs(document.text):
        if found and end - found[-1][0] <= length:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found) or ((0, len(document.text)),)


def stretch_at(parts: Sequence[tuple[int, int]], place: int) -> int:
    """Index of the stretch that holds a character, or of the last before it."""
    return max(0, bisect_right(parts, place, key=lambda part: part[0]) - 1)


def article(
    document: Document,
    statements: Iterable[Statement],
    reading: Reading,
    *,
    part: tuple[int, int] | None = None,
) -> Element:
    """A source, or a stretch of it, with every sentence in the colour and sign of its label."""
    line = words.source_line(document)
    return el(
        "article",
        el("h2", document.title),
        el("p", el("small", line)) if line else None,
        *_body(document, statements, reading, part=part),
        css="article margins",
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


def place_of(document: Document, statement: Statement) -> list[Node]:
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
    part: tuple[int, int] | None = None,
) -> list[Element]:
    own = sorted((s for s in statements if s.document == document.id), key=lambda s: s.start)
    spans = list(words.paragraphs(document.text))
    if around is not None:
        home = next((i for i, (start, end) in enumerate(spans) if start <= around < end), 0)
        spans = spans[max(0, home - _AROUND) : home + _AROUND + 1]
    if part is not None:
        spans = [(start, end) for start, end in spans if part[0] <= start and end <= part[1]]
    hits = find_all(document.text, reading.search)
    body: list[Element] = []
    index, turn = 0, None
    for start, end in spans:
        while index < len(own) and own[index].end <= start:
            index += 1
        last = index
        while last < len(own) and own[last].start < end:
            last += 1
        here = own[index:last]
        body.append(_paragraph(document, start, end, here, reading, hits, before=turn))
        turn = _turn(here)
    return body


def _paragraph(
    document: Document,
    start: int,
    end: int,
    statements: Sequence[Statement],
    reading: Reading,
    hits: Hits,
    *,
    before: str | None,
) -> Element:
    """One paragraph: its sentences, what lies between them, and in the margin who speaks.

    Args:
        before: whose turn the paragraph before was; only a change is named.
    """
    turn = _turn(statements)
    voices = [words.voice(s, reading.names) for s in statements]
    # Where one voice is heard throughout, the margin is enough.
    several = turn is None and len(set(voices)) > 1
    text = document.text
    children: list[Node] = []
    at = start
    for index, statement in enumerate(statements):
        first, last = max(start, statement.start), min(end, statement.end)
        children.extend(_marked(text, at, first, hits, reading.hit))
        children.append(_sentence(statement, text, first, last, reading, hits))
        voice = voices[index]
        if several and voice and (index + 1 == len(voices) or voices[index + 1] != voice):
            children.append(el("span", f"— {voice}", css="by"))
        at = last
    children.extend(_marked(text, at, end, hits, reading.hit))
    names = _margin(document, statements, reading, turn, before)
    return el("div", el("div", *names, css="margin") if names else None, el("p", *children),
              css="para")  # fmt: skip


def _margin(
    document: Document,
    statements: Sequence[Statement],
    reading: Reading,
    turn: str | None,
    before: str | None,
) -> list[Node]:
    if turn is not None:
        if turn == before:
            return []
        place = place_of(document, statements[0])
        return [el("span", reading.names.get(turn, ""), *place, css="who")]
    heard = dict.fromkeys(filter(None, (words.voice(s, reading.names) for s in statements)))
    return [el("span", voice, css="who") for voice in heard]


def _sentence(
    statement: Statement, text: str, first: int, last: int, reading: Reading, hits: Hits
) -> Element:
    stance = reading.stances.get(statement.id)
    label: Label = stance.label if stance else "none"
    voice = words.voice(statement, reading.names)
    hidden = reading.shown is not None and statement.id not in reading.shown
    label_words = words.LABEL_WORDS[label]
    heard = f"{label_words}{f', {voice}' if voice else ''}"
    sure = identity.sureness(statement.attribution)
    judged = reading.judged(statement.id) or (
        label_words if stance is None else f"{label_words} {words.percent(stance.confidence)}"
    )
    told = ", ".join(part for part in (judged, voice, sure) if part)
    sign = el("span", SIGNS[label], css="sign") if label != "none" and not hidden else None
    return el(
        "span",
        sign,
        *_marked(text, first, last, hits, reading.hit),
        css=f"sentence {label}{' faded' if hidden else ''}",
        pick=statement.id if reading.pickable else None,
        key=statement.id,
        label=f"{heard}: {text[first:last]}",
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
