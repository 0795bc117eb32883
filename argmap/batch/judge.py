"""A block in, its rows out: the same rooms, in the same order, as a debate goes through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argmap import __version__
from argmap.batch.blocks import Block, Piece
from argmap.batch.columnar import Rows
from argmap.batch.schema import ERRORS, ROWS, parquet
from argmap.batch.tables import read_table
from argmap.errors import ModelError, SourceError
from argmap.nlp import Attributor, PairClassifier
from argmap.records import LABELS, Document, Speaker, Statement, Topic
from argmap.sources import read_all
from argmap.sources.rows import read_day, row_document
from argmap.stance import classify
from argmap.statements import extract

_REPAIR = "Mend the record and run the command again; the blocks without it are not repeated."

_REPORT = "Leave the record out, and report it with the record so that argmap can be mended."


@dataclass(frozen=True, slots=True)
class Models:
    """What a worker loads once."""

    classifier: PairClassifier
    attributor: Attributor | None


@dataclass(frozen=True, slots=True)
class Job:
    """What every block of a run has in common; a worker in another process is given it.

    Attributes:
        threshold: least probability of a label.
        settings: what else the run writes down beside the threshold.
        columns: column by field of the tables, as the user gave it.
        model: id@revision of the stance model.
        load: called once in each worker; must be picklable where there are several.
    """

    topics: tuple[Topic, ...]
    threshold: float
    settings: Mapping[str, str | float]
    columns: Mapping[str, str]
    model: str
    load: Callable[[], Models]


@dataclass(frozen=True, slots=True)
class Judged:
    """A block's content.

    Attributes:
        rows: Parquet file by motion; none where there was no statement.
        errors: Parquet file of what could not be read, or ``None``.
        refused: number of rows of ``errors``.
        labels: how often each of ``LABELS`` was given, by motion.
    """

    documents: int
    statements: int
    refused: int
    rows: Mapping[str, bytes]
    errors: bytes | None
    labels: Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class Read:
    """What a block's records come to; ``cells`` are what the rows of a statement share."""

    documents: int = 0
    statements: list[Statement] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, source: str, row: int | None, problem: str, remedy: str) -> None:
        self.errors.append({"source": source, "row": row, "problem": problem, "remedy": remedy})


class Judge:
    """Judges blocks one after another with models that are loaded once."""

    def __init__(self, job: Job, models: Models | None = None) -> None:
        self._job = job
        self._models = models if models is not None else job.load()
        self._rows = Rows()
        self._settings = json.dumps(
            {"threshold": job.threshold, **job.settings}, sort_keys=True, ensure_ascii=False
        )

    def __call__(self, block: Block) -> Judged:
        """The rows of a block; the same block gives the same bytes whoever judges it."""
        read = self.read(block)
        stances = classify(
            read.statements,
            self._job.topics,
            classifier=self._models.classifier,
            threshold=self._job.threshold,
        )
        rows: dict[str, bytes] = {}
        labels: dict[str, tuple[int, ...]] = {}
        count = len(read.statements)
        for place, topic in enumerate(self._job.topics):
            own = stances[place * count : (place + 1) * count]
            given = [stance.label for stance in own]
            labels[topic.id] = tuple(given.count(label) for label in LABELS)
            if own:
                judged: dict[str, list[Any]] = {
                    "motion_id": [topic.id] * count,
                    "label": given,
                    "pro": [stance.pro for stance in own],
                    "con": [stance.con for stance in own],
                    "none": [stance.none for stance in own],
                    "model": [self._job.model] * count,
                    "engine": [f"argmap {__version__}"] * count,
                    "settings": [self._settings] * count,
                }
                said = {name: [cell[name] for cell in read.cells] for name in read.cells[0]}
                rows[topic.id] = parquet(ROWS, {**said, **judged})
        errors = {name: [row[name] for row in read.errors] for name, _, _ in ERRORS}
        return Judged(
            documents=read.documents,
            statements=count,
            refused=len(read.errors),
            rows=rows,
            errors=parquet(ERRORS, errors) if read.errors else None,
            labels=labels,
        )

    def read(self, block: Block) -> Read:
        """The statements of a block, before anything is judged."""
        read = Read()
        for piece in block.pieces:
            for document, row in self.documents(piece, read):
                self._extract(document, piece.source, row, read)
        return read

    def documents(self, piece: Piece, read: Read) -> Iterator[tuple[Document, int | None]]:
        """The documents of a piece with their rows; what cannot be read goes to ``read``."""
        try:
            if piece.kind == "refused":
                read.refuse(piece.source, None, piece.problem, piece.remedy)
            elif piece.kind == "file":
                reading = read_all(Path(piece.path), mapping=self._job.columns or None)
                for refused in reading.refused:
                    where = f"{piece.source}/{refused.where}"
                    read.refuse(where, None, refused.problem, refused.remedy)
                yield from ((document, None) for document in reading.documents)
            else:
                yield from self._of_rows(piece, read)
        except SourceError as error:
            read.refuse(piece.source, None, error.problem, error.remedy)
        except OSError as error:
            problem = f"the file cannot be read ({error.strerror or error})."
            read.refuse(piece.source, None, problem, "Check its permissions.")
        except Exception as error:
            read.refuse(piece.source, None, _own_fault(error), _REPORT)

    def _of_rows(self, piece: Piece, read: Read) -> Iterator[tuple[Document, int | None]]:
        order = piece.layout.order if piece.layout else None
        for row in read_table(piece, self._rows):
            if row.problem:
                read.refuse(piece.source, row.number, row.problem, _REPAIR)
                continue
            try:
                day = read_day(row.cells.get("date", ""), order)
                document = row_document(row.cells, row.number, day)
            except SourceError as error:
                read.refuse(piece.source, row.number, error.problem, error.remedy)
                continue
            except Exception as error:
                read.refuse(piece.source, row.number, _own_fault(error), _REPORT)
                continue
            yield document, row.number

    def _extract(self, document: Document, source: str, row: int | None, read: Read) -> None:
        # By itself, so that what a row says does not hang on which records are in its block.
        try:
            speakers, statements = extract([document], attributor=self._models.attributor)
        except ModelError:
            raise
        except Exception as error:
            read.refuse(source, row, _own_fault(error), _REPORT)
            return
        known = {speaker.id: speaker for speaker in speakers}
        read.documents += 1
        read.statements.extend(statements)
        read.cells.extend(_said(s, document, known, source, row) for s in statements)


def _own_fault(error: Exception) -> str:
    """One record that argmap fails on must not end a run of days, nor go unsaid."""
    if isinstance(error, MemoryError):
        raise error
    return f"argmap failed on it ({type(error).__name__}: {error})."


def _said(
    statement: Statement,
    document: Document,
    speakers: Mapping[str, Speaker],
    source: str,
    row: int | None,
) -> dict[str, Any]:
    attribution = statement.attribution
    speaker = speakers.get(attribution.speaker) if attribution.speaker else None
    return {
        "document_id": document.id,
        "statement_id": statement.id,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "speaker_id": attribution.speaker,
        "speaker": speaker.name if speaker else None,
        "party": speaker.party if speaker else None,
        "reported": attribution.reported,
        "date": document.date,
        "title": document.title,
        "outlet": document.outlet,
        "source": source,
        "row": row,
    }
