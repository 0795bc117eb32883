"""What must hold of whatever was read, and of every message about what was not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from argmap.errors import ArgmapError
from argmap.projectfile import dumps, loads
from argmap.records import Debate, Document, Run
from argmap.sources import Reading
from argmap.statements import extract

#: Stands in a file that no reader may open; see ``inputs.py``.
CANARY = "the canary sings at midnight"

_RUN = Run("0", {}, {}, {})
# A remedy tells whoever reads it what to do.
_DO = [
    "Add",
    "Ask",
    "Break",
    "Check",
    "Choose",
    "Close",
    "Copy",
    "Correct",
    "Export",
    "Fetch",
    "Fill",
    "Give",
    "Install",
    "Keep",
    "Leave",
    "Look",
    "Make",
    "Measure",
    "Mend",
    "Move",
    "Name",
    "Open",
    "Or",
    "Paste",
    "Put",
    "Read",
    "Reinstall",
    "Remove",
    "Restore",
    "Run",
    "Save",
    "Say",
    "Set",
    "Shorten",
    "Split",
    "Start",
    "State",
    "Take",
    "Turn",
    "Type",
    "Unlock",
    "Unpack",
    "Update",
    "Use",
    "Write",
]
_REMEDY = re.compile(rf"(?:^|[.:;!?”)] |, (?=[a-z])|\b[Oo]r |\band )(?:(?i:{'|'.join(_DO)}))\b")
_LONGEST = 2_000


class BrokenError(AssertionError):
    """An invariant does not hold."""


def hold(truth: object, what: str) -> None:
    """Raise ``BrokenError`` unless ``truth``."""
    if not truth:
        raise BrokenError(what)


def message(error: ArgmapError) -> None:
    """Whether a message can be shown, and says what to do."""
    told = str(error)
    hold(told.strip(), "a message without words")
    hold(len(told) <= _LONGEST, "a message longer than a page")
    hold(_REMEDY.search(told), f"a message without a remedy: {told[:300]}")
    hold("Traceback" not in told and "<class " not in told, f"a message of Python's: {told[:300]}")
    hold(CANARY not in told, "another file's words in a message")


def reading(found: Reading, *, further: bool) -> None:
    """Whether the rooms after this one can rely on what was read; ``further``, use it."""
    documents = found.documents
    hold(documents, "no document and no error")
    hold(len({d.id for d in documents}) == len(documents), "two documents of one id")
    for document in documents:
        _document(document)
    for line in found.warnings:
        _shown(line, "a warning")
    for error in found.refused:
        message(error)
    if not further:
        return
    speakers, statements = extract(documents)
    texts = {document.id: document.text for document in documents}
    for statement in statements:
        said = texts[statement.document][statement.start : statement.end]
        hold(said == statement.text and said.strip(), "a statement that is not where it says")
    hold(len({s.id for s in statements}) == len(statements), "two statements of one id")
    debate = Debate("x", _RUN, documents, speakers, (), statements)
    hold(loads(dumps(debate)) == debate, "a project file that reads otherwise than it was written")


def debate(found: Debate) -> None:
    """Whether a debate that was read is written and read again as it is."""
    text = dumps(found)
    again = loads(text)
    hold(dumps(again) == text, "a project file that is written otherwise than it was read")
    for document in found.documents:
        hold(CANARY not in document.text, "another file's words in a document")
    for statement in found.statements:
        document = next(d for d in found.documents if d.id == statement.document)
        hold(
            document.text[statement.start : statement.end] == statement.text,
            "a statement that is not where it says",
        )


def _document(document: Document) -> None:
    hold(document.text.strip() and document.title, "a document without text or title")
    hold(CANARY not in document.text, "another file's words in a document")
    end = 0
    for turn in document.turns:
        hold(end <= turn.span.start <= turn.span.end <= len(document.text), "turns out of order")
        end = turn.span.end
    for division in document.divisions:
        hold(division.span.end <= len(document.text), "a division beyond the text")
    hold(document.date is None or is_date(document.date), f"no date: {document.date!r}")
    if document.kind == "argument graph" or "turns" in document.attributes:
        return
    for what, text in _texts(document):
        _shown(text, what)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield "the text", document.text
    yield "the title", document.title
    for name in ("outlet", "date", "url"):
        if value := getattr(document, name):
            yield f"the {name}", value
    for key, value in document.attributes.items():
        yield f"the attribute {key}", value
    for line in document.removed:
        yield "what was removed", line
    for turn in document.turns:
        if turn.speaker is not None:
            yield "a speaker", turn.speaker.name
            yield from (
                ("a role", value) for value in (turn.speaker.role, turn.speaker.party) if value
            )
        yield from (("a place", value) for value in (turn.time, turn.column, turn.url) if value)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date, or the month or year of one."""
    return re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", text) is not None


def _shown(text: str, what: str) -> None:
    for char in _odd(text):
        raise BrokenError(f"{what} holds the control character U+{ord(char):04X}")


def _odd(text: str) -> Iterable[str]:
    if text.isascii() and text.isprintable():
        return ()
    return (
        char
        for char in text
        if (unicodedata.category(char) in ("Cc", "Cs") and char != "\n")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )  # fmt: skip
