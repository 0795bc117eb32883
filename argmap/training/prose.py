"""The labelled prose of ``corpus/training``: sentences in their place, on two motions or so each.

One file holds several documents. A document opens with lines that begin with ``@``: its kind and
id, its title, its motions by letter, and for each motion the same in other words (``@same``) and
what an opponent would propose (``@opposite``). Then come its sentences, one a line, as
``speaker | labels | sentence``: ``-`` for the writer's own voice, and for each motion in order
``+``, ``-`` or ``0``. A blank line parts paragraphs and turns. ``corpus/GUIDE.md`` says how labels
are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from argmap.errors import InputError
from argmap.statements import Said, words_before

_DOCUMENT = re.compile(r"@doc kind=(?P<kind>[a-z-]+) id=(?P<id>(?P<debate>[\w-]+)-\d+)")
_MOTION = re.compile(r"@(?P<what>motion|same|opposite) (?P<letter>[A-Z]): (?P<text>.+)")
_LABELS = {"+": "pro", "-": "con", "0": "none"}


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion, the same in other words, and what those against it would propose."""

    text: str
    same: str | None = None
    opposite: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence.

    Attributes:
        debate: what documents on the same motions share; held out or trained on as one.
        speaker: ``None`` for the writer's own voice.
        labels: each motion with ``"pro"``, ``"con"`` or ``"none"``.
        context: the words before it, as the product would take them.
    """

    debate: str
    document: str
    kind: str
    speaker: str | None
    text: str
    context: str
    labels: tuple[tuple[Motion, str], ...]


def read_prose(folder: Path) -> tuple[Sentence, ...]:
    """Every sentence of the ``*.txt`` files of ``folder``, in order.

    Raises:
        InputError: there are none, or a line is not of the form.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError(f"{folder}: there is no labelled prose. Fetch the project again.")
    return tuple(sentence for file in files for sentence in _read_file(file))


def _read_file(path: Path) -> Iterator[Sentence]:
    head: re.Match[str] | None = None
    motions: dict[str, dict[str, str]] = {}
    previous: list[Said] = []
    paragraph = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path}, line {number}"
        if not line.strip():
            paragraph += 1
        elif line.startswith("@doc"):
            head = _DOCUMENT.fullmatch(line.strip())
            if head is None:
                raise InputError(f"{where}: not the head of a document: {line!r}.")
            motions, previous = {}, []
        elif found := _MOTION.fullmatch(line.strip()):
            motions.setdefault(found["letter"], {})[found["what"]] = found["text"]
        elif not line.startswith("@title"):
            speaker, labels, text = _fields(line, len(motions), where)
            if head is None:
                raise InputError(f"{where}: a sentence before any document.")
            said = Said(text, paragraph, speaker)
            yield Sentence(
                debate=head["debate"],
                document=head["id"],
                kind=head["kind"],
                speaker=speaker,
                text=text,
                context=words_before(previous, said),
                labels=tuple(
                    (Motion(m["motion"], m.get("same"), m.get("opposite")), label)
                    for m, label in zip(motions.values(), labels, strict=True)
                ),
            )
            previous.append(said)


def _fields(line: str, motions: int, where: str) -> tuple[str | None, list[str], str]:
    parts = [part.strip() for part in line.split(" | ", 2)]
    if len(parts) != 3 or len(parts[1]) != motions or set(parts[1]) - set(_LABELS):
        raise InputError(
            f"{where}: not “speaker | labels | sentence” with {motions} labels: {line!r}."
        )
    speaker, labels, text = parts
    return None if speaker == "-" else speaker, [_LABELS[label] for label in labels], text
