"""One row a statement and motion, for spreadsheets and data frames: RFC 4180 CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from argmap.projectfile import well_formed
from argmap.records import Debate, Statement, Topic

COLUMNS = (
    "statement",
    "document",
    "outlet",
    "date",
    "start",
    "end",
    "speaker",
    "reported",
    "corrected",
    "topic",
    "motion",
    "label",
    "pro",
    "con",
    "none",
    "model_label",
    "corrected_by",
    "corrected_at",
    "key_point",
    "model",
    "text",
)

# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), also where they
# would first drop white space and characters that nobody sees.
_FORMULA = re.compile(
    "[\t\r\n]|[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]*[=+\\-@＝＋－＠]"
)


def to_csv(debate: Debate) -> str:
    """The debate as CSV (RFC 4180: comma, double quotes, CRLF) with a header row.

    A row is one statement on one topic, statements outermost. ``start`` and ``end`` are
    half-open character offsets into the document; ``reported`` is ``true`` or ``false``, and so
    is ``corrected``, whether a person put the speaker there; probabilities have four decimal
    places. ``label`` is a person's where one gave it, ``corrected_by`` and ``corrected_at`` say
    who and when; ``model_label`` and the probabilities are always the model's. What is not known
    is blank, and so is everything about the label of a statement that was not judged on the topic.

    A cell that begins with ``=``, ``+``, ``-``, ``@`` (white space before them or not), a tab or
    a line end gets an apostrophe before it, so that no spreadsheet runs words from a document as
    a formula; take it off before comparing such a cell with the document.
    """
    # What corrections rest on is slow to load, and the command line lists the formats.
    from argmap.corrections import labels_given

    given = labels_given(debate.edits)
    documents = {document.id: document for document in debate.documents}
    names = {speaker.id: speaker.name for speaker in debate.speakers}
    stances = {(stance.statement, stance.topic): stance for stance in debate.stances}
    points: dict[tuple[str, str], str] = {}
    for point in debate.key_points:
        for member in point.statements:
            points.setdefault((member, point.topic), point.text)
    model = debate.run.models.get("stance", "")

    def row(statement: Statement, topic: Topic) -> list[str]:
        document = documents[statement.document]
        stance = stances.get((statement.id, topic.id))
        judged = [""] * 7
        if stance is not None:
            numbers = (stance.pro, stance.con, stance.none)
            edit = given.get((statement.id, topic.id)) if stance.corrected else None
            judged = [
                stance.label,
                *(f"{number:.4f}" for number in numbers),
                stance.model_label or stance.label,
                edit.author if edit is not None else "",
                edit.time if edit is not None else "",
            ]
        return [
            statement.id,
            document.title,
            document.outlet or "",
            document.date or "",
            str(statement.start),
            str(statement.end),
            names[statement.speaker] if statement.speaker is not None else "",
            _truth(statement.attribution.reported),
            _truth(statement.attribution.corrected),
            topic.title,
            topic.motion,
            *judged,
            points.get((statement.id, topic.id), ""),
            model,
            statement.text,
        ]

    return write_csv(
        COLUMNS,
        (row(statement, topic) for statement in debate.statements for topic in debate.topics),
    )


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, every cell made safe for spreadsheets as ``to_csv`` says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _safe(cell: str) -> str:
    cell = well_formed(cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
