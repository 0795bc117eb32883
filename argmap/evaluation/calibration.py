"""How sure the stance model may be: measured on development motions that it never saw.

Calibration error and reliability bins by register, the risk-coverage curve (Geifman and El-Yaniv
2017), and from it a threshold for each use. Test splits and the bundled debates are not touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.evaluation.scaling import Scaling, compare, fit
from argmap.export import write_file
from argmap.nlp import PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.nlp.registry import ModelEntry
from argmap.pipeline import StageProgress
from argmap.stance.calibration import (
    FILE_NAME,
    TARGETS,
    USES,
    Bin,
    Calibration,
    Chosen,
    Measured,
    Register,
    SetResult,
    Use,
    dumps,
    settings_sha256,
)
from argmap.stance.thresholds import DIGITS, Cases, Mask, Rows, choose, curve, measured
from argmap.training.examples import FILES, Example, data_file, load

#: Development sets by register; ``seen`` has motions that stand in the training splits too.
SETS: Mapping[str, Register] = {
    "arg30k": "short",
    "perspectrum": "short",
    "vast_repaired": "short",
    "iam_sentences": "prose",
    "prose": "prose",
    "chamber": "prose",
    "articles": "prose",
    "gwsd": "seen",
    "procon20": "seen",
}
_ROWS = 1200
_BINS = 10
_SEED = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The development cases, judged.

    Attributes:
        sets: name of each case's set; ``motions`` its motion.
        logits, targets: shape ``(n, 3)``.
    """

    sets: NDArray[np.str_]
    motions: NDArray[np.str_]
    logits: Rows
    targets: Rows
    digests: Mapping[str, str]
    seen: Mapping[str, float]


def judge(
    data: Path, *, classifier: PairClassifier, progress: StageProgress | None = None
) -> Judged:
    """Judge a fixed sample of every development set.

    Raises:
        InputError: a set is missing.
    """
    every: list[Example] = []
    names: list[str] = []
    digests, seen = {}, {}
    for name in SETS:
        pool = load(data, name, "dev")
        chosen = np.random.default_rng(_SEED).permutation(len(pool))[:_ROWS]
        sample = [pool[row] for row in sorted(chosen)]
        trained = {example.motion for example in load(data, name, "train")}
        seen[name] = float(np.mean([example.motion in trained for example in sample]))
        digests[name] = file_sha256(data_file(data, name)) if name in FILES else digest(pool)
        every += sample
        names += [name] * len(sample)
    pairs = [(example.text, example.motion) for example in every]
    contexts = [example.context for example in every]
    told = None if progress is None else partial(progress, "Judging the development sets")
    if hasattr(classifier, "predict_logits"):
        logits = classifier.predict_logits(pairs, contexts=contexts, progress=told)
    else:
        shares = classifier.predict_proba(pairs, contexts=contexts, progress=told)
        logits = np.log(np.maximum(shares, 1e-9))
    return Judged(
        sets=np.array(names),
        motions=np.array([f"{n}|{e.motion}" for n, e in zip(names, every, strict=True)]),
        logits=np.asarray(logits, dtype=np.float64),
        targets=np.array([example.target for example in every], dtype=np.float64),
        digests=digests,
        seen=seen,
    )


def digest(examples: Sequence[Example]) -> str:
    """SHA-256 of what a set of our own asks and answers."""
    rows = [[e.text, e.motion, e.context, e.label] for e in examples]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def calibrate(judged: Judged, entry: ModelEntry) -> tuple[Calibration, Scaling]:
    """Measure everything, and say with which scaling."""
    unseen = np.array([SETS[str(name)] != "seen" for name in judged.sets])
    schemes = compare(
        judged.logits[unseen],
        judged.targets[unseen],
        motions=[str(motion) for motion in judged.motions[unseen]],
        sets=[str(name) for name in judged.sets[unseen]],
    )
    kept = next(scheme.name for scheme in schemes if scheme.kept)
    scaling = rounded(fit(kept, judged.logits[unseen], judged.targets[unseen]))
    cases = _cases(scaling.probabilities(judged.logits), judged)
    registers: dict[Register, Mask] = {
        "short": np.array([SETS[str(name)] == "short" for name in judged.sets]),
        "prose": np.array([SETS[str(name)] == "prose" for name in judged.sets]),
        "all": unseen,
    }
    results = [
        _result(name, register, judged.digests[name], judged.seen[name], cases, judged.sets == name)
        for name, register in SETS.items()
    ]
    pooled = {**registers, "seen": ~unseen}
    results += [_pooled(name, judged, cases, inside) for name, inside in pooled.items()]
    calibration = Calibration(
        model=entry.id,
        sha256=entry.revision,
        settings_sha256="",
        seed=_SEED,
        sets=tuple(results),
        schemes=schemes,
        bins=tuple((name, _bins(cases, inside)) for name, inside in pooled.items()),
        curves=tuple((name, curve(cases, inside)) for name, inside in registers.items()),
        chosen=tuple(
            _choose(use, name, cases, inside) for use in USES for name, inside in registers.items()
        ),
    )
    return calibration, scaling


def rounded(scaling: Scaling) -> Scaling:
    """To three digits, as the settings hold it."""
    a, b, c = (round(value, 3) for value in scaling.scales)
    d, e, f = (round(value, 3) for value in scaling.biases)
    return Scaling(round(scaling.temperature, 3), (a, b, c), (d, e, f))


def write(calibration: Calibration, scaling: Scaling, entry: ModelEntry) -> Path:
    """Put the scaling into the model's settings and the calibration beside its weights."""
    path = entry.folder / "config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["temperature"] = scaling.temperature
    for name, values, plain in (
        ("scales", scaling.scales, (1.0, 1.0, 1.0)),
        ("biases", scaling.biases, (0.0, 0.0, 0.0)),
    ):
        settings.pop(name, None)
        if values != plain:
            settings[name] = list(values)
    write_file(path, json.dumps(settings, indent=2) + "\n")
    found = replace(calibration, settings_sha256=settings_sha256(entry.folder))
    target = entry.folder / FILE_NAME
    write_file(target, dumps(found))
    return target


def _cases(probabilities: Rows, judged: Judged) -> Cases:
    """What is counted; clusters are motions, or cases where a set has but one."""
    predicted = probabilities.argmax(axis=1)
    single = {
        str(name)
        for name in np.unique(judged.sets)
        if len(np.unique(judged.motions[judged.sets == name])) == 1
    }
    clusters = [
        f"{motion}|{place}" if str(name) in single else str(motion)
        for place, (name, motion) in enumerate(zip(judged.sets, judged.motions, strict=True))
    ]
    return Cases(
        confidence=probabilities.max(axis=1),
        right=predicted == judged.targets.argmax(axis=1),
        sided=predicted < 2,
        clusters=np.array(clusters),
        weights=np.ones(len(clusters)),
    )


def _binned(cases: Cases) -> tuple[NDArray[np.int64], Rows]:
    """Each case's bin, and its part of every bin's gap between confidence and accuracy."""
    bins = np.minimum((cases.confidence * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.zeros((len(bins), _BINS))
    gaps[np.arange(len(bins)), bins] = cases.confidence - cases.right
    return bins, gaps


def _error(cases: Cases, inside: Mask) -> Measured:
    """Expected calibration error over ten equal bins (Naeini et al. 2015)."""
    _, gaps = _binned(cases)
    counts = np.column_stack([gaps, np.ones(len(gaps))])
    drawn = cases.totals(counts, inside)
    value = float(np.abs(gaps[inside].sum(axis=0)).sum() / inside.sum())
    return measured(value, np.abs(drawn[:, :-1]).sum(axis=1) / drawn[:, -1], int(inside.sum()))


def _result(
    name: str, register: Register, data: str, seen: float, cases: Cases, inside: Mask
) -> SetResult:
    motions = len(np.unique(cases.clusters[inside]))
    return SetResult(name, register, data, motions, round(seen, 3), _error(cases, inside))


def _pooled(name: Register, judged: Judged, cases: Cases, inside: Mask) -> SetResult:
    seen = float(np.mean([judged.seen[str(n)] for n in judged.sets[inside]]))
    data = hashlib.sha256("".join(judged.digests.values()).encode()).hexdigest()
    return _result("pooled", name, data, seen, cases, inside)


def _bins(cases: Cases, inside: Mask) -> tuple[Bin, ...]:
    bins, _ = _binned(cases)
    found = []
    for index in range(_BINS):
        here = inside & (bins == index)
        if here.any():
            confidence, accuracy = cases.confidence[here].mean(), cases.right[here].mean()
            found.append(
                Bin(
                    index / _BINS,
                    (index + 1) / _BINS,
                    round(float(confidence), DIGITS),
                    round(float(accuracy), DIGITS),
                    int(here.sum()),
                )
            )
    return tuple(found)


def _choose(use: Use, register: Register, cases: Cases, inside: Mask) -> Chosen:
    return Chosen(use, register, *choose(TARGETS[use], cases, inside, points=curve(cases, inside)))


def as_tables(calibration: Calibration, scaling: Scaling) -> str:
    """Everything but the curves, in Markdown."""
    lines = ["| set | register | motions | seen in training | ECE [95% interval] | n | data |"]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [
        f"| {row.name} | {row.register} | {row.motions} | {row.seen:.0%} | "
        f"{_shown(row.error)} | {row.error.n} | {row.data[:12]} |"
        for row in calibration.sets
    ]
    lines += ["", "| scheme | loss, motions held out | loss, sets held out |"]
    lines[-1] += " macro-F1, motions held out | kept |"
    lines.append("|---|---|---|---|---|")
    lines += [
        f"| {row.name} | {row.by_motion:.4f} | {row.by_set:.4f} | {row.macro_f1:.4f} | "
        f"{'yes' if row.kept else ''} |"
        for row in calibration.schemes
    ]
    lines += ["", "| use | register | threshold | wrong [95%] | n | on other motions [95%] |"]
    lines[-1] += " coverage | target reached |"
    lines.append("|---|---|---|---|---|---|---|---|")
    for chosen in calibration.chosen:
        used = "**" if chosen == calibration.of(chosen.use) else ""
        point = chosen.point
        lines.append(
            f"| {chosen.use} | {chosen.register} | {used}{point.threshold:.2f}{used} | "
            f"{_shown(point.risk)} | {point.risk.n} | {_shown(chosen.held_out)} | "
            f"{point.coverage:.0%} | {'yes' if chosen.reached else 'no, the best there is'} |"
        )
    lines += [
        "",
        "| register | confidence | mean confidence | right | n |",
        "|---|---|---|---|---|",
    ]
    for register, bins in calibration.bins:
        lines += [
            f"| {register} | {b.low:.1f}–{b.high:.1f} | {b.confidence:.3f} | {b.accuracy:.3f} "
            f"| {b.n} |"
            for b in bins
        ]
    lines += ["", f"Scaling: {scaling}", ""]
    return "\n".join(lines)


def _shown(measured: Measured) -> str:
    return f"{measured.value:.3f} [{measured.low:.3f}, {measured.high:.3f}]"
