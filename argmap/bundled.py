"""The debates that ship with argmap, and the labels a careful reader gave their sentences.

A debate is a folder of the corpus: ``debate.toml`` names its documents and motions, the documents
lie beside it, and ``gold.jsonl`` holds one label a sentence. ``corpus/GUIDE.md`` says how the
sentences were labelled.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from argmap.errors import ArgmapError, InputError
from argmap.records import Document, Statement, Topic
from argmap.resources import corpus_dir
from argmap.sources import read
from argmap.stance import make_topic

#: Key of ``Document.attributes`` that holds the file's name, which gold labels refer to.
FILE_ATTRIBUTE = "file"

#: What a gold label may say of a statement on a topic. Nobody careful abstains in writing, so
#: there is no "unclear" here.
GOLD_STANCES = ("pro", "con", "none")

_DEBATE_FILE = "debate.toml"
_GOLD_FILE = "gold.jsonl"
_REMEDY = "Install argmap again, or restore the file from its repository."


@dataclass(frozen=True, slots=True)
class BundledDebate:
    """A debate of the corpus, read and ready to map.

    Attributes:
        documents: in the order of ``debate.toml``; each holds its file's name under
            ``attributes[FILE_ATTRIBUTE]``.
    """

    id: str
    title: str
    documents: tuple[Document, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """What a careful reader says of one sentence.

    Attributes:
        document: name of the file that the sentence is in.
        text: the sentence exactly as it stands there.
        speaker: full name of whoever says it; ``None`` for the writer's own voice and for
            unnamed groups.
        reported: the speaker reports a view that another holds.
        stance: topic id to ``"pro"``, ``"con"`` or ``"none"``, for every topic of the debate.
    """

    document: str
    text: str
    speaker: str | None
    reported: bool
    stance: Mapping[str, str]


def bundled_debates(*, folder: Path | None = None) -> tuple[BundledDebate, ...]:
    """Every debate of the corpus, sorted by id.

    Args:
        folder: the corpus; the one that ships with argmap by default.

    Raises:
        ArgmapError: the corpus or a file of it is missing or broken.
    """
    corpus = folder or corpus_dir()
    homes = sorted(path.parent for path in corpus.glob(f"*/{_DEBATE_FILE}"))
    if not homes:
        raise ArgmapError(f"{corpus}: no bundled debate was found there. {_REMEDY}")
    return tuple(_read_debate(home) for home in homes)


def load_gold(debate_id: str, *, folder: Path | None = None) -> tuple[GoldLabel, ...]:
    """The gold labels of one bundled debate, in the order of its documents and sentences.

    Raises:
        ArgmapError: there is no such debate, or its gold file is missing or broken.
    """
    corpus = folder or corpus_dir()
    known = sorted(path.parent.name for path in corpus.glob(f"*/{_DEBATE_FILE}"))
    if debate_id not in known:
        raise ArgmapError(
            f"There is no bundled debate “{debate_id}”. Choose one of: {', '.join(known)}."
        )
    home = corpus / debate_id
    table = _read_table(home / _DEBATE_FILE)
    files = _file_names(table, home / _DEBATE_FILE)
    topics = tuple(topic.id for topic in _topics(table, home / _DEBATE_FILE))
    path = home / _GOLD_FILE
    return tuple(
        _gold_label(line, where=f"{path}, line {number}", files=files, topics=topics)
        for number, line in enumerate(_read_file(path).splitlines(), start=1)
        if line.strip()
    )


def align_gold(
    documents: Sequence[Document], statements: Sequence[Statement], gold: Sequence[GoldLabel]
) -> tuple[tuple[tuple[Statement, GoldLabel], ...], tuple[GoldLabel, ...]]:
    """Join gold labels to the statements of a bundled debate.

    A label and a statement belong together when file and text agree, however the text is
    spaced; where a document says the same sentence twice, the first goes with the first.

    Returns:
        The pairs, and the labels that no statement answers to, both in the order of ``gold``.
    """
    files = {document.id: document.attributes.get(FILE_ATTRIBUTE, "") for document in documents}
    waiting: defaultdict[tuple[str, str], deque[Statement]] = defaultdict(deque)
    for statement in statements:
        waiting[files.get(statement.document, ""), _spaced(statement.text)].append(statement)
    pairs: list[tuple[Statement, GoldLabel]] = []
    unmatched: list[GoldLabel] = []
    for label in gold:
        candidates = waiting[label.document, _spaced(label.text)]
        if candidates:
            pairs.append((candidates.popleft(), label))
        else:
            unmatched.append(label)
    return tuple(pairs), tuple(unmatched)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _read_debate(home: Path) -> BundledDebate:
    path = home / _DEBATE_FILE
    table = _read_table(path)
    debate_id = _string(table, "id", path)
    if debate_id != home.name:
        raise ArgmapError(f"{path}: its id “{debate_id}” is not its folder's name. {_REMEDY}")
    return BundledDebate(
        id=debate_id,
        title=_string(table, "title", path),
        documents=tuple(_read_document(home / name) for name in _file_names(table, path)),
        topics=_topics(table, path),
    )


def _read_document(path: Path) -> Document:
    if not path.is_file():
        raise ArgmapError(f"{path}: this file of the bundled corpus is missing. {_REMEDY}")
    document = read(path)
    attributes = {**document.attributes, FILE_ATTRIBUTE: path.name}
    return replace(document, attributes=attributes)


def _read_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ArgmapError(
            f"{path}: this file of the bundled corpus is missing. {_REMEDY}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ArgmapError(f"{path}: cannot be read ({error}). {_REMEDY}") from error


def _read_table(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_read_file(path))
    except (ValueError, RecursionError) as error:
        raise ArgmapError(f"{path}: is not well-formed TOML ({error}). {_REMEDY}") from error


def _string(table: Mapping[str, object], key: str, where: object) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ArgmapError(f"{where}: “{key}” must be a text that is not empty. {_REMEDY}")
    return value


def _file_names(table: Mapping[str, object], path: Path) -> tuple[str, ...]:
    names = table.get("documents")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise ArgmapError(f"{path}: “documents” must be a list of file names. {_REMEDY}")
    return tuple(names)


def _topics(table: Mapping[str, object], path: Path) -> tuple[Topic, ...]:
    entries = table.get("topics")
    if not isinstance(entries, list) or not entries:
        raise ArgmapError(f"{path}: “topics” must hold at least one motion. {_REMEDY}")
    topics = tuple(_topic(entry, path) for entry in entries)
    if len({topic.id for topic in topics}) != len(topics):
        raise ArgmapError(f"{path}: two topics have the same id. {_REMEDY}")
    return topics


def _topic(entry: object, path: Path) -> Topic:
    if not isinstance(entry, dict):
        raise ArgmapError(f"{path}: every topic must be a table. {_REMEDY}")
    try:
        topic = make_topic(
            _string(entry, "motion", path),
            id=_string(entry, "id", path),
            title=_string(entry, "title", path),
        )
    except InputError as error:
        raise ArgmapError(f"{path}: {error} {_REMEDY}") from error
    return replace(topic, pro=_string(entry, "pro", path), con=_string(entry, "con", path))


def _gold_label(
    line: str, *, where: str, files: tuple[str, ...], topics: tuple[str, ...]
) -> GoldLabel:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArgmapError(f"{where}: is not well-formed JSON ({error}). {_REMEDY}") from error
    if not isinstance(entry, dict):
        raise ArgmapError(f"{where}: must be a JSON object. {_REMEDY}")
    document = _string(entry, "document", where)
    if document not in files:
        raise ArgmapError(f"{where}: “{document[:80]}” is no document of the debate. {_REMEDY}")
    speaker, reported, stance = entry.get("speaker"), entry.get("reported"), entry.get("stance")
    if speaker is not None:
        speaker = _string(entry, "speaker", where)
    if not isinstance(reported, bool):
        raise ArgmapError(f"{where}: “reported” must be true or false. {_REMEDY}")
    if not isinstance(stance, dict) or set(stance) != set(topics):
        raise ArgmapError(
            f"{where}: “stance” must name every topic once: {', '.join(topics)}. {_REMEDY}"
        )
    for topic, value in stance.items():
        if value not in GOLD_STANCES:
            raise ArgmapError(
                f"{where}: the stance on “{topic[:80]}” must be pro, con or none. {_REMEDY}"
            )
    return GoldLabel(
        document=document,
        text=_string(entry, "text", where),
        speaker=speaker,
        reported=reported,
        stance={topic: stance[topic] for topic in topics},
    )
