"""Labels of ours on other people's sentences, told by their ids; the words stay outside.

A file of labels holds several debates. Each opens with ``@file`` and the name of the document,
then its motions, as in :mod:`argmap.training.prose`, with ``@target`` for a noun phrase that may
stand for one. Then one line a sentence: the id of its statement and one sign a motion. Documents
are read and cut into statements as a user's would be, so an id that is not found means that
either has changed.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from argmap.errors import InputError
from argmap.records import Document, Statement
from argmap.sources import read_bytes, read_text
from argmap.statements import extract
from argmap.training.prose import Sentence, judged, motion_line

_FILE = re.compile(r"@file (?P<name>\S+)")
_LINE = re.compile(r"(?P<id>s[0-9a-f]+) (?P<labels>[-+0]+)")
#: The statements of a document by their ids.
Finder = Callable[[str], Mapping[str, Statement]]


def read_labels(folder: Path, find: Finder) -> tuple[Sentence, ...]:
    """Every labelled sentence, in order of the ``*.txt`` files of ``folder``.

    Args:
        find: from a document's name to its statements.

    Raises:
        InputError: a document is missing, a line is not of the form, or a statement not found.
    """
    return tuple(found for file in sorted(folder.glob("*.txt")) for found in _read(file, find))


def hansard_finder(days: Path) -> Finder:
    """Finds days of Hansard, ``NAME.xml.xz``, in a folder."""

    @cache
    def find(name: str) -> Mapping[str, Statement]:
        day = days / f"{name}.xml.xz"
        if not day.is_file():
            raise InputError(
                f"{day}: this day of Hansard is missing. Give the research data folder with "
                "--data; the days lie beside it, in hansard/more."
            )
        return _statements(read_bytes(lzma.decompress(day.read_bytes()), name=f"{name}.xml"))

    return find


def article_finder(texts: Mapping[str, str]) -> Finder:
    """Finds articles by name among their texts."""

    @cache
    def find(name: str) -> Mapping[str, Statement]:
        if name not in texts:
            raise InputError(f"The research data has no article {name}.")
        return _statements(read_text(texts[name], name=name))

    return find


def _statements(document: Document) -> Mapping[str, Statement]:
    return {statement.id: statement for statement in extract([document])[1]}


def _read(path: Path, find: Finder) -> Iterator[Sentence]:
    name = debate = ""
    motions: dict[str, dict[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        if opened := _FILE.fullmatch(line):
            name, debate, motions = opened["name"], "", {}
        elif motion_line(line, motions):
            debate = debate or f"{name}|{motions['A']['motion']}"
        elif (found := _LINE.fullmatch(line)) and len(found["labels"]) == len(motions):
            statement = find(name).get(found["id"])
            if statement is None:
                raise InputError(f"{where}: {name} has no statement {found['id']}.")
            yield Sentence(
                debate=debate,
                document=name,
                kind=path.parent.name,
                speaker=statement.attribution.speaker,
                text=" ".join(statement.text.split()),
                context=statement.context,
                labels=judged(motions, found["labels"]),
            )
        else:
            raise InputError(f"{where}: not “statement labels” with {len(motions)} labels: {line}.")
