"""The sources as CSL-JSON, which Zotero, pandoc and citation processors read.

Items follow the schema of CSL 1.0.2 (citation-style-language/schema, ``csl-data.json``). Its
``custom`` field, kept for such use, holds a citation of every statement of the source.
"""

from __future__ import annotations

import json

from argmap.export.references import author, citation_keys, date_parts, one_line, web_link
from argmap.projectfile import well_formed
from argmap.records import Debate, Document, Stance, Statement

#: What CSL calls the kinds of source there are; anything else is a ``document``.
TYPES = {
    "article": "article-newspaper",
    "briefing": "report",
    "hansard": "hearing",
    "transcript": "speech",
}


def to_csl(debate: Debate) -> str:
    """A JSON array of one item a source, in the debate's order."""
    keys = citation_keys(debate)
    said: dict[str, list[Statement]] = {}
    for statement in debate.statements:
        said.setdefault(statement.document, []).append(statement)
    citations = _Citations(debate)
    items = [
        {
            **_item(document, keys[document.id]),
            "custom": {
                "document": well_formed(document.id),
                "model": well_formed(debate.run.models.get("stance", "")),
                "statements": [citations.of(s) for s in said.get(document.id, ())],
            },
        }
        for document in debate.documents
    ]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(document: Document, key: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": key,
        "type": TYPES.get(document.kind, "document"),
        "title": one_line(document.title),
    }
    if document.outlet:
        item["container-title"] = one_line(document.outlet)
    # A literal name is printed as it stands.
    if name := author(document):
        item["author"] = [{"literal": name}]
    for field, value in (("issued", document.date), ("accessed", _accessed(document))):
        if value:
            item[field] = _date(value)
    if url := web_link(document.url):
        item["URL"] = one_line(url)
    return item


def _accessed(document: Document) -> str | None:
    return document.attributes.get("accessed")


def _date(value: str) -> dict[str, object]:
    parts = date_parts(value)
    return {"date-parts": [list(parts)]} if parts else {"literal": one_line(value)}


class _Citations:
    """Who said a statement, where it stands, and what it was judged to be."""

    def __init__(self, debate: Debate) -> None:
        self._names = {speaker.id: speaker.name for speaker in debate.speakers}
        self._topics = debate.topics
        self._stances = {(x.statement, x.topic): x for x in debate.stances}
        # What corrections rest on is slow to load, and the command line lists the formats.
        from argmap.corrections import labels_given

        self._edits = labels_given(debate.edits)

    def _given(self, statement: str, topic: str, stance: Stance) -> dict[str, object]:
        """What the model said, and who said otherwise, where a person gave the label."""
        if stance.model_label is None:
            return {}
        found: dict[str, object] = {"model_label": stance.model_label}
        edit = self._edits.get((statement, topic))
        if edit is not None:
            found |= {
                "corrected_by": well_formed(edit.author),
                "corrected_at": well_formed(edit.time),
            }
        return found

    def of(self, statement: Statement) -> dict[str, object]:
        speaker = self._names.get(statement.speaker or "")
        judged = [
            {
                "motion": well_formed(topic.motion),
                "label": stance.label,
                "pro": stance.pro,
                "con": stance.con,
                "none": stance.none,
                **self._given(statement.id, topic.id, stance),
            }
            for topic in self._topics
            if (stance := self._stances.get((statement.id, topic.id))) is not None
        ]
        return {
            "id": well_formed(statement.id),
            "start": statement.start,
            "end": statement.end,
            "text": well_formed(statement.text),
            "speaker": None if speaker is None else well_formed(speaker),
            "reported": statement.attribution.reported,
            "corrected": statement.attribution.corrected,
            "judged": judged,
        }
