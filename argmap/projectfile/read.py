"""JSON -> ``Debate``, believing nothing: whatever is wrong is named by its place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from argmap.errors import ProjectFileError
from argmap.projectfile.fields import Fields
from argmap.projectfile.integrity import broken, check, shown
from argmap.records import (
    EDIT_KINDS,
    EDIT_RELATIONS,
    LABELS,
    SCHEMA_VERSION,
    SIDES,
    VOTE_SIDES,
    Attribution,
    Debate,
    Decision,
    Division,
    Document,
    Edit,
    KeyPoint,
    Relation,
    RelationKind,
    Run,
    Span,
    Speaker,
    Stance,
    Statement,
    Topic,
    Turn,
    Vote,
)

#: Largest project file that is read, in bytes of UTF-8 (or characters, for text).
MAX_BYTES = 256 * 1024 * 1024

_KINDS: tuple[RelationKind, ...] = ("support", "attack")
_SAVED = "Choose a file that Argument Mapper saved."


def loads(text: str | bytes) -> Debate:
    """Read a project file.

    Keys that the contract does not name are passed over, so that files of later minor versions
    open. ``context``, a document's ``attributes``, ``turns`` and ``removed``, a turn's ``time``,
    ``column`` and ``url``, a stance's ``model_label``, a key point's ``parent`` and
    ``corrected``, a relation's ``undercut`` and ``corrected``, the debate's ``title``,
    ``divisions``, ``decisions`` and ``edits`` and a topic's ``title``, ``pro`` and ``con`` may be
    missing.

    Args:
        text: the file's text, or its bytes in UTF-8 with or without a byte-order mark.

    Raises:
        ProjectFileError: it is not such a file, is too large, was written by a newer version or
            breaks a rule of the contract; the message names the place.
    """
    if len(text) > MAX_BYTES:
        raise ProjectFileError(
            f"The project file is larger than {MAX_BYTES // 1024**2} MB, the most that is read.",
            _SAVED,
        )
    top = Fields(_parse(text), "")
    version = top.integer("schema_version")
    if version > SCHEMA_VERSION:
        raise broken(
            "schema_version",
            f"is {shown(version)}, and this version of Argument Mapper reads up to "
            f"{SCHEMA_VERSION}.",
            "Update Argument Mapper, then open the file again.",
        )
    if version < 1:
        raise broken("schema_version", f"{shown(version)} is not a version; the first is 1.")
    debate = Debate(
        title=top.text("title", default="Untitled debate"),
        run=_run(top.nested("run")),
        documents=_with_divisions(
            [_document(item) for item in top.objects("documents")],
            [_division(item) for item in top.objects("divisions", optional=True)],
        ),
        speakers=tuple(_speaker(item) for item in top.objects("speakers")),
        topics=tuple(_topic(item) for item in top.objects("topics")),
        statements=tuple(_statement(item) for item in top.objects("statements")),
        stances=tuple(_stance(item) for item in top.objects("stances")),
        key_points=tuple(_key_point(item) for item in top.objects("key_points")),
        relations=tuple(_relation(item) for item in top.objects("relations")),
        decisions=tuple(_decision(item) for item in top.objects("decisions", optional=True)),
        schema_version=version,
        edits=tuple(_edit(item) for item in top.objects("edits", optional=True)),
    )
    check(debate)
    return debate


def edit_from_dict(value: object, path: str = "edit") -> Edit:
    """Read one correction as ``edit_to_dict`` wrote it.

    Raises:
        ProjectFileError: it is not one; the message names the place below ``path``.
    """
    return _edit(Fields(value, path))


def _parse(text: str | bytes) -> object:
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError as error:
        raise ProjectFileError(
            f"The project file is not UTF-8 text (byte {error.start} is wrong).",
            _SAVED,
        ) from error
    except json.JSONDecodeError as error:
        raise ProjectFileError(
            f"The project file is not JSON: {error.msg} at line {error.lineno}, "
            f"column {error.colno}.",
            _SAVED,
        ) from error
    except RecursionError as error:
        raise ProjectFileError(
            "The project file is nested too deeply to be one.", _SAVED
        ) from error
    except ValueError as error:  # the hooks below, and numbers of thousands of digits
        raise ProjectFileError(
            f"The project file cannot be read: {_ended(error)}", _SAVED
        ) from error


def _ended(error: ValueError) -> str:
    """What is wrong, as the end of a sentence; Python's own words for long numbers have no stop."""
    said = str(error)
    return said if said.endswith(".") else "a number in it has too many figures."


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} stands twice in one object.")
        found[key] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows.")


def _run(fields: Fields) -> Run:
    return Run(
        argmap=fields.text("argmap"),
        models=fields.mapping("models"),
        settings=fields.scalars("settings"),
        inputs=fields.mapping("inputs"),
    )


def _document(fields: Fields) -> Document:
    return Document(
        id=fields.text("id"),
        title=fields.text("title"),
        text=fields.text("text"),
        kind=fields.text("kind"),
        outlet=fields.optional_text("outlet"),
        date=fields.optional_text("date"),
        url=fields.optional_text("url"),
        attributes=fields.mapping("attributes", optional=True),
        turns=tuple(_turn(item) for item in fields.objects("turns", optional=True)),
        removed=fields.texts("removed", optional=True),
    )


def _turn(fields: Fields) -> Turn:
    start, end = fields.integer("start"), fields.integer("end")
    if not 0 <= start <= end:
        raise broken(fields.at("start"), f"{shown(start)} to {shown(end)} is not a range.")
    return Turn(
        span=Span(start, end),
        speaker=_speaker(fields.nested("speaker")) if fields.has("speaker") else None,
        time=fields.optional_text("time"),
        column=fields.optional_text("column"),
        url=fields.optional_text("url"),
    )


def _with_divisions(
    documents: Iterable[Document], divisions: Iterable[Division]
) -> tuple[Document, ...]:
    """The documents, each with its own divisions.

    Raises:
        ProjectFileError: a division names a document that is not in the file.
    """
    kept = list(documents)
    own: dict[str, list[Division]] = {document.id: [] for document in kept}
    for index, division in enumerate(divisions):
        if division.document not in own:
            raise broken(
                f"divisions[{index}].document",
                f"{shown(division.document)} is not the id of a document in this file.",
            )
        own[division.document].append(division)
    return tuple(
        replace(document, divisions=tuple(own[document.id])) if own[document.id] else document
        for document in kept
    )


def _division(fields: Fields) -> Division:
    start, end = fields.integer("start"), fields.integer("end")
    if not 0 <= start <= end:
        raise broken(fields.at("start"), f"{shown(start)} to {shown(end)} is not a range.")
    return Division(
        id=fields.text("id"),
        document=fields.text("document"),
        span=Span(start, end),
        date=fields.optional_text("date"),
        time=fields.optional_text("time"),
        number=fields.optional_text("number"),
        question=fields.optional_text("question"),
        ayes=fields.integer("ayes") if fields.has("ayes") else None,
        noes=fields.integer("noes") if fields.has("noes") else None,
        column=fields.optional_text("column"),
        url=fields.optional_text("url"),
        votes=tuple(_vote(item) for item in fields.objects("votes")),
    )


def _vote(fields: Fields) -> Vote:
    return Vote(
        person=fields.text("person"),
        name=fields.text("name"),
        side=fields.choice("side", VOTE_SIDES),
        teller=fields.optional_flag("teller"),
        proxy=fields.optional_text("proxy"),
    )


def _decision(fields: Fields) -> Decision:
    return Decision(
        topic=fields.text("topic"),
        division=fields.text("division"),
        aye=fields.choice("aye", SIDES),
    )


def _speaker(fields: Fields) -> Speaker:
    return Speaker(
        id=fields.text("id"),
        name=fields.text("name"),
        aliases=fields.texts("aliases"),
        role=fields.optional_text("role"),
        party=fields.optional_text("party"),
    )


def _topic(fields: Fields) -> Topic:
    motion = fields.text("motion")
    return Topic(
        id=fields.text("id"),
        title=fields.text("title", default=motion.rstrip(".!")),
        motion=motion,
        pro=fields.text("pro", default=motion),
        con=fields.text("con", default=f"It is wrong that {motion[:1].lower()}{motion[1:]}"),
    )


def _statement(fields: Fields) -> Statement:
    attribution = fields.nested("attribution")
    return Statement(
        id=fields.text("id"),
        document=fields.text("document"),
        start=fields.integer("start"),
        end=fields.integer("end"),
        text=fields.text("text"),
        attribution=Attribution(
            speaker=fields.optional_text("speaker"),
            method=attribution.text("method"),
            cue=attribution.optional_text("cue"),
            confidence=attribution.number("confidence"),
            reported=attribution.flag("reported"),
        ),
        context=fields.text("context", default=""),
    )


def _stance(fields: Fields) -> Stance:
    return Stance(
        statement=fields.text("statement"),
        topic=fields.text("topic"),
        pro=fields.number("pro"),
        con=fields.number("con"),
        none=fields.number("none"),
        label=fields.choice("label", LABELS),
        model_label=fields.choice("model_label", LABELS) if fields.has("model_label") else None,
        off_motion=fields.flag("off_motion") if fields.has("off_motion") else False,
    )


def _key_point(fields: Fields) -> KeyPoint:
    return KeyPoint(
        id=fields.text("id"),
        topic=fields.text("topic"),
        side=fields.choice("side", SIDES),
        text=fields.text("text"),
        statements=fields.texts("statements"),
        parent=fields.optional_text("parent"),
        corrected=fields.optional_flag("corrected"),
    )


def _relation(fields: Fields) -> Relation:
    return Relation(
        source=fields.text("source"),
        target=fields.text("target"),
        topic=fields.text("topic"),
        kind=fields.choice("kind", _KINDS),
        probability=fields.number("probability"),
        undercut=fields.optional_flag("undercut"),
        corrected=fields.optional_flag("corrected"),
    )


def _edit(fields: Fields) -> Edit:
    return Edit(
        id=fields.text("id"),
        sequence=fields.integer("sequence"),
        kind=fields.choice("kind", EDIT_KINDS),
        time=fields.text("time"),
        author=fields.text("author"),
        speaker=fields.optional_text("speaker"),
        into=fields.optional_text("into"),
        statements=fields.texts("statements", optional=True),
        name=fields.optional_text("name"),
        role=fields.optional_text("role"),
        party=fields.optional_text("party"),
        target=fields.optional_text("target"),
        topic=fields.optional_text("topic"),
        label=fields.choice("label", LABELS) if fields.has("label") else None,
        point=fields.optional_text("point"),
        relation=fields.choice("relation", EDIT_RELATIONS) if fields.has("relation") else None,
        drawn=fields.optional_flag("drawn"),
    )
