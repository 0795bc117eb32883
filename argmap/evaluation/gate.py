"""The gate: what the shipped stance model must keep to, on the corpus and on prose of our own.

``gate.toml`` lies beside the weights. It names the weights and the data by hash, and a floor for
each check. A score below its floor fails, and so do other weights or data, until someone accepts
the new numbers with a reason, which is kept. A seal over the file finds floors lowered by hand.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from argmap.errors import InputError
from argmap.evaluation.benchmarks import Benchmark, run_benchmark_on, run_corpus
from argmap.evaluation.calibration import digest
from argmap.evaluation.metrics import Score
from argmap.export import write_file
from argmap.nlp import Attributor, PairClassifier
from argmap.nlp.registry import ModelEntry
from argmap.pipeline import StageProgress
from argmap.resources import corpus_dir
from argmap.training.examples import load

FILE_NAME = "gate.toml"
_SAMPLE = 400
#: What another machine's arithmetic may cost before a floor is broken.
_SLACK = 0.005
_HOW = 'argmap eval gate --accept --reason "…"'
_PROSE = Benchmark("prose", "Written debates held out", "test", True, negated=True)


@dataclass(frozen=True, slots=True)
class Check:
    """One score, and the SHA-256 of what it was measured on."""

    name: str
    score: Score
    data: str


@dataclass(frozen=True, slots=True)
class Floor:
    """What a check must reach, and what was measured when it was set."""

    name: str
    floor: float
    measured: float
    low: float
    high: float
    n: int
    data: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """One time that floors were set: for which weights, why, and what changed."""

    sha256: str
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """The floors in force, and how they came about, the oldest first."""

    model: str
    sha256: str
    floors: tuple[Floor, ...]
    accepted: tuple[Accepted, ...]


def measure(
    *,
    classifier: PairClassifier,
    attributor: Attributor | None,
    progress: StageProgress | None = None,
) -> tuple[Check, ...]:
    """Score the bundled debates, and a fixed sample of the written debates held out.

    Raises:
        InputError: the written debates are missing.
    """
    rows = run_corpus(classifier=classifier, attributor=attributor, progress=progress)
    data = corpus_sha256()
    wanted = {
        ("Corpus gold: all", "macro-F1"): "corpus-macro-f1",
        ("Corpus gold: all", "accuracy"): "corpus-accuracy",
        ("Corpus gold: speaker", "accuracy"): "corpus-speaker",
    }
    found = [
        Check(wanted[row.title, row.metric], row.score, data)
        for row in rows
        if (row.title, row.metric) in wanted
    ]
    pool = load(Path(), "prose", "test")
    chosen = np.random.default_rng(0).permutation(len(pool))[:_SAMPLE]
    sample = [pool[row] for row in sorted(chosen)]
    result = run_benchmark_on(_PROSE, sample, classifier=classifier, data="", progress=progress)
    found.append(Check("prose-macro-f1", result.score, digest(sample)))
    if result.negated is not None:
        found.append(Check("prose-negated-motions", result.negated, digest(sample)))
    return tuple(found)


def corpus_sha256(folder: Path | None = None) -> str:
    """SHA-256 over the files of the bundled debates, in order of their names."""
    corpus = folder or corpus_dir()
    whole = hashlib.sha256()
    for home in sorted(path.parent for path in corpus.glob("*/debate.toml")):
        for path in sorted(home.iterdir()):
            whole.update(f"{home.name}/{path.name}\0".encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def problems(gate: Gate, checks: Sequence[Check], *, sha256: str) -> tuple[str, ...]:
    """What keeps the gate shut, each with what to do; nothing where all is well."""
    found: list[str] = []
    if gate.sha256 != sha256:
        found.append(
            f"The floors were set for weights {gate.sha256[:12]} and these are {sha256[:12]}. "
            f"Look at the scores, then set floors for these with {_HOW}."
        )
    scored = {check.name: check for check in checks}
    for floor in gate.floors:
        check = scored.pop(floor.name, None)
        if check is None:
            found.append(f"{floor.name} was not measured. Take it out with {_HOW}.")
        elif check.data != floor.data:
            found.append(
                f"{floor.name} was measured on other data ({check.data[:12]}) than its floor "
                f"({floor.data[:12]}). Set it anew with {_HOW}."
            )
        elif check.score.value < floor.floor:
            found.append(
                f"{floor.name} fell to {check.score.value:.3f}, below its floor of "
                f"{floor.floor:.3f}. Mend what made it fall; or, if it must be, lower the floor "
                f"with {_HOW}, which keeps the reason."
            )
    found += [f"{name} has no floor yet. Set one with {_HOW}." for name in scored]
    return tuple(found)


def accept(
    before: Gate | None, checks: Sequence[Check], *, model: str, sha256: str, reason: str
) -> Gate:
    """The gate with these scores as its floors.

    Raises:
        InputError: no reason is given.
    """
    if len(reason.split()) < 3:
        raise InputError(
            'Say in a few words why the floors change: --reason "new weights, trained on …".'
        )
    old = {floor.name: floor.floor for floor in before.floors} if before else {}
    floors = tuple(
        Floor(
            name=check.name,
            floor=round(check.score.value - _SLACK, 4),
            measured=round(check.score.value, 4),
            low=round(check.score.low, 4),
            high=round(check.score.high, 4),
            n=check.score.n,
            data=check.data,
        )
        for check in checks
    )
    changes = [
        f"{floor.name}: {old[floor.name]:.4f} to {floor.floor:.4f}"
        if floor.name in old
        else f"{floor.name}: {floor.floor:.4f}, new"
        for floor in floors
        if old.get(floor.name) != floor.floor
    ]
    changes += [f"{name}: taken out" for name in old if name not in {f.name for f in floors}]
    history = before.accepted if before else ()
    return Gate(model, sha256, floors, (*history, Accepted(sha256, reason, tuple(changes))))


def lowered(before: Gate | None, after: Gate) -> tuple[str, ...]:
    """Names of the floors that ``after`` has lower, or not at all."""
    new = {floor.name: floor.floor for floor in after.floors}
    return tuple(f.name for f in (before.floors if before else ()) if new.get(f.name, 0) < f.floor)


def dumps(gate: Gate) -> str:
    """The gate as TOML, sealed."""
    lines = [
        "# Floors of the shipped stance model. Not to be edited by hand: the seal would break.",
        f"# {_HOW} writes it anew and keeps the reason.",
        "",
        f"model = {_quoted(gate.model)}",
        f"sha256 = {_quoted(gate.sha256)}",
        f"seal = {_quoted(_seal(gate))}",
    ]
    for floor in gate.floors:
        lines += ["", "[[floors]]"]
        for name in Floor.__slots__:
            value = getattr(floor, name)
            lines.append(f"{name} = {_quoted(value) if isinstance(value, str) else value}")
    for accepted in gate.accepted:
        lines += ["", "[[accepted]]", f"sha256 = {_quoted(accepted.sha256)}"]
        lines.append(f"reason = {_quoted(accepted.reason)}")
        lines += ["changes = [", *(f"  {_quoted(c)}," for c in accepted.changes), "]"]
    return "\n".join(lines) + "\n"


def read_gate(path: Path) -> Gate:
    """The floors in force.

    Raises:
        InputError: the file is missing or broken, or was changed by hand.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        gate = _gate(table)
        sealed = table["seal"] == _seal(gate)
    except FileNotFoundError:
        raise InputError(f"{path}: there are no floors yet. Set them with {_HOW}.") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: not a file of floors ({error}). Fetch it from the repository again."
        ) from error
    if not sealed:
        raise InputError(
            f"{path}: changed by hand, for its seal does not fit. Fetch it from the repository "
            f"again; floors are changed with {_HOW}."
        )
    return gate


def _gate(table: Mapping[str, Any]) -> Gate:
    return Gate(
        model=table["model"],
        sha256=table["sha256"],
        floors=tuple(Floor(**row) for row in table["floors"]),
        accepted=tuple(
            Accepted(row["sha256"], row["reason"], tuple(row["changes"]))
            for row in table["accepted"]
        ),
    )


def _quoted(text: str) -> str:
    # TOML's basic strings are JSON's, but for DEL, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _seal(gate: Gate) -> str:
    return hashlib.sha256(repr(gate).encode()).hexdigest()[:16]


def save(gate: Gate, entry: ModelEntry) -> Path:
    """Write the floors beside the weights."""
    path = entry.folder / FILE_NAME
    write_file(path, dumps(gate))
    return path


def as_table(gate: Gate | None, checks: Sequence[Check]) -> str:
    """Scores beside their floors, in Markdown."""
    floors = {floor.name: floor.floor for floor in gate.floors} if gate else {}
    lines = ["| check | score [95% interval] | n | floor | data |", "|---|---|---|---|---|"]
    for check in checks:
        score = check.score
        floor = f"{floors[check.name]:.3f}" if check.name in floors else ""
        lines.append(
            f"| {check.name} | {score.value:.3f} [{score.low:.3f}, {score.high:.3f}] | {score.n} "
            f"| {floor} | {check.data[:12]} |"
        )
    return "\n".join(lines) + "\n"
