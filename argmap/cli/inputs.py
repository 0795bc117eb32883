"""What the commands take: documents, motions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from argmap.cli.terminal import Report, fail, plain
from argmap.errors import InputError, SourceError

if TYPE_CHECKING:
    from argmap.records import Debate, Document, Topic

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


def read_all(files: Sequence[str], report: Report) -> tuple[Document, ...]:
    documents: dict[str, tuple[str, Document]] = {}
    problems: list[str] = []
    for number, name in enumerate(files):
        report("Reading the documents", number, len(files))
        try:
            document = _read(name, report)
            if document.id in documents:
                raise SourceError(
                    name,
                    f"The same document as {documents[document.id][0]}.",
                    "Name each document once.",
                )
            documents[document.id] = (name, document)
        except SourceError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}")
    if problems:
        fail(problems)
    return tuple(document for _, document in documents.values())


def _read(name: str, report: Report) -> Document:
    from argmap import sources

    if name == "-":
        data = typer.get_binary_stream("stdin").read(sources.MAX_BYTES + 1)
        return sources.read_bytes(data, name="standard input")
    if _ADDRESS.match(name):
        document = sources.read_address(name, report=report)
        if caution := document.attributes.get("caution"):
            typer.echo(f"argmap: {plain(name)}: {caution}", err=True)
        return document
    return sources.read(Path(name))


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
