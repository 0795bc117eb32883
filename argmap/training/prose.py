"""The labelled prose of ``corpus/training``: sentences in their place, on two motions or so each.

One file holds several documents. A document opens with lines that begin with ``@``: its kind and
id, its title, its motions by letter, and for each motion the same in other words (``@same``), what
an opponent would propose (``@opposite``) and, seldom, a noun phrase (``@target``). Then come its
sentences, one a line, as ``speaker | labels | sentence``: ``-`` for the writer's own voice, and
for each motion in order ``+``, ``-`` or ``0``. A blank line parts paragraphs and turns.
``corpus/GUIDE.md`` says how labels are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from argmap.errors import InputError
from argmap.statements import Said, words_before

_DOCUMENT = re.compile(r"@doc kind=(?P<kind>[a-z-]+) id=(?P<id>(?P<debate>[\w-]+)-\d+)")
_MOTION = re.compile(r"@(?P<what>motion|same|opposite|target) (?P<letter>[A-Z]): (?P<text>.+)")
#: What the signs of our own labels mean.
LABELS = {"+": "pro", "-": "con", "0": "none"}


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion and other ways to put it.

    Attributes:
        same: the same in other words.
        opposite: what those against it would propose.
        target: a noun phrase that those for it speak well of.
    """

    text: str
    same: str | None = None
    opposite: str | None = None
    target: str | None = None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Motion:
        """From the words by what they are: ``motion`` and any of the others."""
        others = {name: words.get(name) for name in ("same", "opposite", "target")}
        return cls(words["motion"], **others)


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
    files = own_files(folder, "there is no labelled prose")
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
        elif motion_line(line.strip(), motions):
            continue
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
                labels=judged(motions, labels),
            )
            previous.append(said)


def motion_line(line: str, motions: dict[str, dict[str, str]]) -> bool:
    """Whether the line is about a motion; if so ``motions``, by letter, has been told."""
    found = _MOTION.fullmatch(line)
    if found is None or (found["what"] != "motion" and found["letter"] not in motions):
        return False
    motions.setdefault(found["letter"], {})[found["what"]] = found["text"]
    return True


def judged(motions: Mapping[str, Mapping[str, str]], signs: str) -> tuple[tuple[Motion, str], ...]:
    """Each motion, of ``motions`` by letter, with what its sign means."""
    pairs = zip(motions.values(), signs, strict=True)
    return tuple((Motion.of(words), LABELS[sign]) for words, sign in pairs)


def own_files(folder: Path, missing: str) -> list[Path]:
    """The ``*.txt`` files of a folder of the corpus; raises ``InputError`` where there are none."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError(f"{folder}: {missing}. Fetch the project again.")
    return files


def _fields(line: str, motions: int, where: str) -> tuple[str | None, str, str]:
    parts = [part.strip() for part in line.split(" | ", 2)]
    if len(parts) != 3 or len(parts[1]) != motions or set(parts[1]) - set(LABELS):
        raise InputError(
            f"{where}: not “speaker | labels | sentence” with {motions} labels: {line!r}."
        )
    speaker, labels, text = parts
    return None if speaker == "-" else speaker, labels, text
