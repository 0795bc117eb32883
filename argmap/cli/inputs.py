"""What the commands take: documents, motions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from argmap.cli.terminal import Report, fail, plain
from argmap.errors import InputError, SourceError

if TYPE_CHECKING:
    from argmap.records import Debate, Document, Topic
    from argmap.sources import Reading

# "ID=Proposition.": an id is one word, so a motion may hold an equals sign of its own.
_MOTION = re.compile(r"\s*(?P<id>[\w.-]{1,64})\s*=(?P<text>.*)", re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def topics_of(motions: Sequence[str]) -> tuple[Topic, ...]:
    from argmap.stance import make_topic

    topics: dict[str, Topic] = {}
    for typed in motions:
        named = _MOTION.fullmatch(typed)
        topic = make_topic(named["text"], id=named["id"]) if named else make_topic(typed)
        if topic.id in topics:
            raise typer.BadParameter(
                f"{plain(typed)!r} has the id of a motion before it, {topic.id}.",
                param_hint="--motion",
            )
        topics[topic.id] = topic
    return tuple(topics.values())


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """Column by field, from ``FIELD=COLUMN`` as typed; an empty column means there is none."""
    from argmap.sources import FIELDS

    columns: dict[str, str] = {}
    for typed in given:
        field, sign, column = typed.partition("=")
        field = field.strip().lower()
        if not sign or (field not in FIELDS and field != "source"):
            raise typer.BadParameter(
                f"{plain(typed)!r} is not FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}.",
                param_hint="--column",
            )
        if field in columns:
            raise typer.BadParameter(f"{field} is given twice.", param_hint="--column")
        columns[field] = column.strip()
    return columns


def read_all(
    files: Sequence[str], report: Report, *, columns: Mapping[str, str] | None = None
) -> tuple[Document, ...]:
    """Every document of every file; each file that cannot be read is named, and then nothing is.

    What a reader left out or guessed goes to standard error.
    """
    from argmap.sources import max_files

    limit = max_files()
    if len(files) > limit:
        fail(
            [
                f"{len(files):,} files are more than the limit of {limit}. "
                "Give fewer, or set ARGMAP_MAX_FILES to a larger number."
            ]
        )
    documents: dict[str, tuple[str, Document]] = {}
    problems: list[str] = []
    warnings: list[str] = []
    for number, name in enumerate(files):
        report("Reading the documents", number, len(files))
        try:
            reading = _read(name, columns, report)
        except SourceError as error:
            problems.append(str(error))
            continue
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}")
            continue
        problems.extend(f"{name}: {error}" for error in reading.refused)
        warnings.extend(f"{name}: {warning}" for warning in reading.warnings)
        repeated = [d for d in reading.documents if d.id in documents]
        if repeated:
            first = documents[repeated[0].id][0]
            again = SourceError(name, f"The same document as {first}.", "Name each document once.")
            problems.append(str(again))
        documents.update({d.id: (name, d) for d in reading.documents if d.id not in documents})
    if problems:
        fail(problems)
    for warning in warnings:
        typer.echo(f"argmap: {plain(warning)}", err=True)
    return tuple(document for _, document in documents.values())


def _read(name: str, columns: Mapping[str, str] | None, report: Report) -> Reading:
    from argmap import sources

    if name == "-":
        data = typer.get_binary_stream("stdin").read(sources.max_bytes() + 1)
        return sources.read_all(data, name="standard input", mapping=columns)
    if _ADDRESS.match(name):
        document = sources.read_address(name, report=report)
        caution = document.attributes.get("caution")
        return sources.Reading((document,), (caution,) if caution else ())
    return sources.read_all(Path(name), mapping=columns)


def read_project(file: str, *, code: int = 1) -> Debate:
    """The debate of a project file; a file that cannot be read ends the command with ``code``."""
    from argmap import projectfile

    limit = projectfile.MAX_BYTES + 1
    try:
        if file == "-":
            data = typer.get_binary_stream("stdin").read(limit)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(limit)
        return projectfile.loads(data)
    except InputError as error:
        fail([f"{file}: {error}"], code=code)
    except OSError as error:
        fail([f"{file}: {error.strerror or error}"], code=code)
