"""``Debate`` -> JSON, with keys in a fixed order and no clock, so that files diff cleanly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from argmap.projectfile.integrity import check
from argmap.records import (
    Attribution,
    Debate,
    Division,
    Document,
    Edit,
    KeyPoint,
    Relation,
    Speaker,
    Stance,
    Topic,
    Turn,
    Vote,
)

# Six digits outlast any model's precision and hide the last bits, which differ by machine.
_DIGITS = 6

_EDIT_TEXTS = (
    "speaker", "into", "name", "role", "party", "target", "topic", "label", "point", "relation"
)  # fmt: skip

_SURROGATE = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """``text`` with each lone surrogate replaced by U+FFFD; the length and offsets stay.

    A lone surrogate (from a file name that is not UTF-8, say) cannot be written as UTF-8 and
    strict JSON readers refuse its escape.
    """
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def dumps(debate: Debate) -> str:
    """The project file of ``debate``: JSON indented by two spaces, with a final line end.

    Numbers are rounded to six decimal places. The text holds no lone surrogate, so it can
    always be encoded as UTF-8.

    Raises:
        ProjectFileError: the debate breaks the contract, so the file could not be read back.
    """
    check(debate)
    return json.dumps(to_dict(debate), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_dict(debate: Debate) -> dict[str, object]:
    """The project file as plain dicts and lists, keys in the file's order. Checks nothing."""
    return {
        "schema_version": debate.schema_version,
        "title": well_formed(debate.title),
        "run": {
            "argmap": well_formed(debate.run.argmap),
            "models": _texts(debate.run.models),
            "settings": {
                well_formed(key): well_formed(value) if isinstance(value, str) else value
                for key, value in sorted(debate.run.settings.items())
            },
            "inputs": _texts(debate.run.inputs),
        },
        "documents": [_document(document) for document in debate.documents],
        "speakers": [_speaker(speaker) for speaker in debate.speakers],
        "topics": [_topic(topic) for topic in debate.topics],
        "statements": [
            {
                "id": well_formed(statement.id),
                "document": well_formed(statement.document),
                "start": statement.start,
                "end": statement.end,
                "text": well_formed(statement.text),
                "speaker": _optional(statement.attribution.speaker),
                "attribution": _attribution(statement.attribution),
                "context": well_formed(statement.context),
            }
            for statement in debate.statements
        ],
        "stances": [_stance(stance) for stance in debate.stances],
        "key_points": [_key_point(point) for point in debate.key_points],
        "relations": [_relation(relation) for relation in debate.relations],
        **_votes(debate),
        # Only where there are any, so that a file without corrections stays as it was.
        **({"edits": [edit_to_dict(edit) for edit in debate.edits]} if debate.edits else {}),
    }


def _stance(stance: Stance) -> dict[str, object]:
    found: dict[str, object] = {
        "statement": well_formed(stance.statement),
        "topic": well_formed(stance.topic),
        "label": stance.label,
        "pro": _number(stance.pro),
        "con": _number(stance.con),
        "none": _number(stance.none),
    }
    # A map that was corrected in another program; edits of this one stand in the log.
    if stance.model_label is not None:
        found["model_label"] = stance.model_label
    if stance.off_motion:
        found["off_motion"] = True
    return found


def _key_point(point: KeyPoint) -> dict[str, object]:
    found: dict[str, object] = {
        "id": well_formed(point.id),
        "topic": well_formed(point.topic),
        "side": point.side,
        "text": well_formed(point.text),
        "statements": [well_formed(statement) for statement in point.statements],
    }
    # Only where it is one, so that files without sub-points stay as they were.
    if point.parent is not None:
        found["parent"] = well_formed(point.parent)
    if point.corrected:
        found["corrected"] = True
    return found


def _relation(relation: Relation) -> dict[str, object]:
    found: dict[str, object] = {
        "source": well_formed(relation.source),
        "target": well_formed(relation.target),
        "topic": well_formed(relation.topic),
        "kind": relation.kind,
        "probability": _number(relation.probability),
    }
    if relation.undercut:
        found["undercut"] = True
    if relation.corrected:
        found["corrected"] = True
    return found


def _votes(debate: Debate) -> dict[str, object]:
    # Few debates have divisions; the files of all others stay as they were.
    found: dict[str, object] = {}
    if debate.divisions:
        found["divisions"] = [_division(division) for division in debate.divisions]
    if debate.decisions:
        found["decisions"] = [
            {
                "topic": well_formed(decision.topic),
                "division": well_formed(decision.division),
                "aye": decision.aye,
            }
            for decision in debate.decisions
        ]
    return found


def _division(division: Division) -> dict[str, object]:
    return {
        "id": well_formed(division.id),
        "document": well_formed(division.document),
        "start": division.span.start,
        "end": division.span.end,
        "date": _optional(division.date),
        "time": _optional(division.time),
        "number": _optional(division.number),
        "question": _optional(division.question),
        "ayes": division.ayes,
        "noes": division.noes,
        "column": _optional(division.column),
        "url": _optional(division.url),
        "votes": [_vote(vote) for vote in division.votes],
    }


def _vote(vote: Vote) -> dict[str, object]:
    found: dict[str, object] = {
        "person": well_formed(vote.person),
        "name": well_formed(vote.name),
        "side": vote.side,
    }
    if vote.teller:
        found["teller"] = True
    if vote.proxy is not None:
        found["proxy"] = well_formed(vote.proxy)
    return found


def edit_to_dict(edit: Edit) -> dict[str, object]:
    """One correction as the project file holds it; fields that its kind does not use are left out.

    ``edit_from_dict`` in this package reads it back.
    """
    fields: dict[str, object] = {
        "id": well_formed(edit.id),
        "sequence": edit.sequence,
        "kind": edit.kind,
        "time": well_formed(edit.time),
        "author": well_formed(edit.author),
    }
    for name in _EDIT_TEXTS:
        value = getattr(edit, name)
        if value is not None:
            fields[name] = well_formed(value)
    if edit.drawn:
        fields["drawn"] = True
    if edit.statements:
        fields["statements"] = [well_formed(statement) for statement in edit.statements]
    return fields


def _document(document: Document) -> dict[str, object]:
    return {
        "id": well_formed(document.id),
        "title": well_formed(document.title),
        "text": well_formed(document.text),
        "kind": well_formed(document.kind),
        "outlet": _optional(document.outlet),
        "date": _optional(document.date),
        "url": _optional(document.url),
        "attributes": _texts(document.attributes),
        "turns": [_turn(turn) for turn in document.turns],
        "removed": [well_formed(line) for line in document.removed],
    }


def _turn(turn: Turn) -> dict[str, object]:
    # The speaker stands here whole: a document is complete before speakers are merged.
    place = {"time": turn.time, "column": turn.column, "url": turn.url}
    return {
        "start": turn.span.start,
        "end": turn.span.end,
        "speaker": None if turn.speaker is None else _speaker(turn.speaker),
        **{key: well_formed(value) for key, value in place.items() if value is not None},
    }


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {
        "id": well_formed(speaker.id),
        "name": well_formed(speaker.name),
        "aliases": [well_formed(alias) for alias in speaker.aliases],
        "role": _optional(speaker.role),
        "party": _optional(speaker.party),
    }


def _topic(topic: Topic) -> dict[str, object]:
    return {
        "id": well_formed(topic.id),
        "title": well_formed(topic.title),
        "motion": well_formed(topic.motion),
        "pro": well_formed(topic.pro),
        "con": well_formed(topic.con),
    }


def _attribution(attribution: Attribution) -> dict[str, object]:
    return {
        "method": well_formed(attribution.method),
        "cue": _optional(attribution.cue),
        "confidence": _number(attribution.confidence),
        "reported": attribution.reported,
    }


def _optional(text: str | None) -> str | None:
    return None if text is None else well_formed(text)


def _texts(mapping: Mapping[str, str]) -> dict[str, str]:
    return {well_formed(key): well_formed(value) for key, value in sorted(mapping.items())}


def _number(value: float) -> float:
    # Adding nought turns -0.0 into 0.0: one number, one spelling.
    return round(float(value), _DIGITS) + 0.0
