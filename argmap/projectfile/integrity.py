"""What must hold between the parts of a debate: ids that exist, text that is where it says."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Collection, Iterable

from argmap.errors import ProjectFileError
from argmap.records import (
    LABELS,
    SCHEMA_VERSION,
    SIDES,
    VOTE_SIDES,
    Debate,
    Division,
    Document,
)

#: How far pro, con and none together may be from 1.
TOLERANCE = 0.01

#: What the database can hold of a correction's id and place.
MAX_EDIT_ID = 64
MAX_SEQUENCE = 2**31 - 1

_REPR = reprlib.Repr()
_REPR.maxstring = _REPR.maxlong = 60

_KINDS = ("support", "attack")


def check(debate: Debate) -> None:
    """Check every rule of the contract that is not a type.

    Raises:
        ProjectFileError: names the place and the rule, as in ``statements[12].end: ...``.
    """
    if debate.schema_version != SCHEMA_VERSION:
        raise broken(
            "schema_version", f"is {debate.schema_version}; this version writes {SCHEMA_VERSION}."
        )
    for name, value in debate.run.settings.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise broken(f"run.settings.{name}", "is not a finite number.")
    if debate.edited:
        raise broken("edits", "are applied already; write the debate that they were applied to.")
    documents = {document.id: document for document in debate.documents}
    _check_edits(debate)
    _unique("documents", (document.id for document in debate.documents))
    _unique("speakers", (speaker.id for speaker in debate.speakers))
    _unique("topics", (topic.id for topic in debate.topics))
    _unique("statements", (statement.id for statement in debate.statements))
    _unique("key_points", (point.id for point in debate.key_points))
    for index, document in enumerate(debate.documents):
        _check_turns(f"documents[{index}]", document)
    _check_statements(debate, documents)
    _check_judgements(debate)
    _check_divisions(debate, documents)


def _check_edits(debate: Debate) -> None:
    # Whatever an edit names may be gone: it waits for it.
    _unique("edits", (edit.id for edit in debate.edits))
    for index, edit in enumerate(debate.edits):
        if len(edit.id) > MAX_EDIT_ID:
            raise broken(f"edits[{index}].id", f"is longer than {MAX_EDIT_ID} characters.")
        if not 0 < edit.sequence <= MAX_SEQUENCE:
            raise broken(
                f"edits[{index}].sequence", f"{shown(edit.sequence)} is not 1 to {MAX_SEQUENCE}."
            )


def broken(path: str, problem: str, remedy: str | None = None) -> ProjectFileError:
    """The error for one place in a project file."""
    return ProjectFileError(f"{path}: {problem}", remedy)


def shown(value: object) -> str:
    """A JSON value as messages show it, cut short."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return _REPR.repr(value)


def _unique(path: str, ids: Iterable[str]) -> None:
    first: dict[str, int] = {}
    for index, identifier in enumerate(ids):
        if not identifier:
            raise broken(f"{path}[{index}].id", "is empty.")
        if identifier in first:
            raise broken(
                f"{path}[{index}].id",
                f"{shown(identifier)} is already the id of {path}[{first[identifier]}].",
            )
        first[identifier] = index


def _exists(path: str, identifier: str, known: Collection[str], what: str) -> None:
    if identifier not in known:
        raise broken(path, f"{shown(identifier)} is not the id of a {what} in this file.")


def _one_of(path: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise broken(path, f"{shown(value)} is not one of {', '.join(allowed)}.")


def _probability(path: str, value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise broken(path, f"{value} is not between 0 and 1.")


def _range(path: str, start: int, end: int, length: int) -> None:
    if start < 0:
        raise broken(f"{path}.start", f"{shown(start)} is below 0.")
    if end < start:
        raise broken(f"{path}.end", f"{shown(end)} is before the start, {shown(start)}.")
    if end > length:
        raise broken(
            f"{path}.end", f"{shown(end)} is past the end of the document's {length} characters."
        )


def _check_turns(path: str, document: Document) -> None:
    before = 0
    for index, turn in enumerate(document.turns):
        where = f"{path}.turns[{index}]"
        _range(where, turn.span.start, turn.span.end, len(document.text))
        if turn.span.start < before:
            raise broken(f"{where}.start", f"{turn.span.start} is inside the turn before it.")
        before = turn.span.end


def _check_statements(debate: Debate, documents: dict[str, Document]) -> None:
    speakers = {speaker.id for speaker in debate.speakers}
    for index, statement in enumerate(debate.statements):
        path = f"statements[{index}]"
        _exists(f"{path}.document", statement.document, documents, "document")
        text = documents[statement.document].text
        _range(path, statement.start, statement.end, len(text))
        if text[statement.start : statement.end] != statement.text:
            raise broken(
                f"{path}.text",
                f"{shown(statement.text)} is not what the document holds at "
                f"{statement.start} to {statement.end}, "
                f"{shown(text[statement.start : statement.end])}.",
            )
        if statement.speaker is not None:
            _exists(f"{path}.speaker", statement.speaker, speakers, "speaker")
        _probability(f"{path}.attribution.confidence", statement.attribution.confidence)


def _check_judgements(debate: Debate) -> None:
    topics = {topic.id for topic in debate.topics}
    statements = {statement.id for statement in debate.statements}
    judged: set[tuple[str, str]] = set()
    for index, stance in enumerate(debate.stances):
        path = f"stances[{index}]"
        _exists(f"{path}.statement", stance.statement, statements, "statement")
        _exists(f"{path}.topic", stance.topic, topics, "topic")
        if (stance.statement, stance.topic) in judged:
            raise broken(path, "is a second stance of the same statement on the same topic.")
        judged.add((stance.statement, stance.topic))
        _one_of(f"{path}.label", stance.label, LABELS)
        if stance.model_label is not None:
            _one_of(f"{path}.model_label", stance.model_label, LABELS)
        for name, value in (("pro", stance.pro), ("con", stance.con), ("none", stance.none)):
            _probability(f"{path}.{name}", value)
        total = stance.pro + stance.con + stance.none
        # The margin is for sums such as 0.33 + 0.33 + 0.33, a hair past the tolerance.
        if abs(total - 1.0) > TOLERANCE + 1e-9:
            raise broken(path, f"pro, con and none add up to {total:.4f}, not to 1.")
    for index, point in enumerate(debate.key_points):
        path = f"key_points[{index}]"
        _exists(f"{path}.topic", point.topic, topics, "topic")
        _one_of(f"{path}.side", point.side, SIDES)
        if not point.statements:
            raise broken(f"{path}.statements", "is empty; a key point needs a statement.")
        if len(set(point.statements)) != len(point.statements):
            raise broken(f"{path}.statements", "names a statement twice.")
        for place, identifier in enumerate(point.statements):
            _exists(f"{path}.statements[{place}]", identifier, statements, "statement")
    _check_sub_points(debate)
    linked: set[tuple[str, str, str]] = set()
    for index, relation in enumerate(debate.relations):
        path = f"relations[{index}]"
        _exists(f"{path}.source", relation.source, statements, "statement")
        _exists(f"{path}.target", relation.target, statements, "statement")
        _exists(f"{path}.topic", relation.topic, topics, "topic")
        _one_of(f"{path}.kind", relation.kind, _KINDS)
        _probability(f"{path}.probability", relation.probability)
        if relation.source == relation.target:
            raise broken(path, "links a statement to itself.")
        key = (relation.source, relation.target, relation.topic)
        if key in linked:
            raise broken(path, "links the same two statements on the same topic again.")
        linked.add(key)
        if relation.undercut and relation.kind != "attack":
            raise broken(f"{path}.undercut", f"is true, and {relation.kind} is not an attack.")


def _check_sub_points(debate: Debate) -> None:
    points = {point.id: point for point in debate.key_points}
    for index, point in enumerate(debate.key_points):
        if point.parent is None:
            continue
        path = f"key_points[{index}].parent"
        _exists(path, point.parent, points, "key point")
        over = points[point.parent]
        if over.id == point.id:
            raise broken(path, "is the key point itself.")
        if (over.topic, over.side) != (point.topic, point.side):
            raise broken(path, f"{shown(over.id)} is of another topic or side.")
        if over.parent is not None:
            raise broken(path, f"{shown(over.id)} is a sub-point itself.")
        if shared := set(point.statements).intersection(over.statements):
            raise broken(
                f"key_points[{index}].statements",
                f"{shown(min(shared))} stands in the key point over it too.",
            )


def _check_divisions(debate: Debate, documents: dict[str, Document]) -> None:
    _unique("divisions", (division.id for division in debate.divisions))
    owners = (document.id for document in debate.documents for _ in document.divisions)
    for index, (division, owner) in enumerate(zip(debate.divisions, owners, strict=True)):
        path = f"divisions[{index}]"
        if division.document != owner:
            raise broken(
                f"{path}.document",
                f"{shown(division.document)} is not {shown(owner)}, the document that has it.",
            )
        _range(path, division.span.start, division.span.end, len(documents[owner].text))
        for name, total in (("ayes", division.ayes), ("noes", division.noes)):
            if total is not None and total < 0:
                raise broken(f"{path}.{name}", f"{shown(total)} is below 0.")
        _check_votes(path, division)
    topics = {topic.id for topic in debate.topics}
    divisions = {division.id for division in debate.divisions}
    decided: set[str] = set()
    for index, decision in enumerate(debate.decisions):
        path = f"decisions[{index}]"
        _exists(f"{path}.topic", decision.topic, topics, "topic")
        _exists(f"{path}.division", decision.division, divisions, "division")
        _one_of(f"{path}.aye", decision.aye, SIDES)
        if decision.topic in decided:
            raise broken(path, "is a second decision on the same topic.")
        decided.add(decision.topic)


def _check_votes(path: str, division: Division) -> None:
    voters: set[str] = set()
    for index, vote in enumerate(division.votes):
        where = f"{path}.votes[{index}]"
        if not vote.person:
            raise broken(f"{where}.person", "is empty.")
        if vote.person in voters:
            raise broken(f"{where}.person", f"{shown(vote.person)} votes a second time.")
        voters.add(vote.person)
        _one_of(f"{where}.side", vote.side, VOTE_SIDES)
