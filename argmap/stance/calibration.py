"""How sure the stance model may be: what was measured, and the least probability for each use.

``calibration.json`` lies beside a model's weights and belongs to them alone: it is written by
``argmap eval calibration --write`` and refused where the weights or their settings are others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from argmap.errors import ModelError
from argmap.nlp import PairClassifier
from argmap.nlp.backbone import file_sha256
from argmap.nlp.registry import ModelEntry, list_models
from argmap.stance.classify import THRESHOLD

Use = Literal["exploring", "citing"]
Register = Literal["short", "prose", "all", "seen"]

USES: tuple[Use, ...] = get_args(Use)
#: Greatest share of labels for or against that may be wrong.
TARGETS: Mapping[Use, float] = {"exploring": 0.20, "citing": 0.05}
#: Least labels for or against that a threshold must rest on.
SUPPORT = 50
FILE_NAME = "calibration.json"

REGISTER_WORDS: Mapping[Register, str] = {
    "short": "short arguments",
    "prose": "sentences of running prose",
    "all": "both together",
    "seen": "motions that stand in the training data",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its 95% interval over ``n`` cases."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of like confidence: their mean confidence and the share that is right."""

    low: float
    high: float
    confidence: float
    accuracy: float
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold does.

    Attributes:
        risk: share of the labels for or against that are wrong; its ``n`` is their number.
        coverage: share of all sentences that keep a label.
    """

    threshold: float
    risk: Measured
    coverage: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """The threshold of one use on one register.

    Attributes:
        reached: the risk is at most the use's target; else this is the best there is.
        held_out: the risk on motions that the threshold was not chosen on.
    """

    use: Use
    register: Register
    reached: bool
    point: Point
    held_out: Measured


@dataclass(frozen=True, slots=True)
class SetResult:
    """One development set, or a register pooled.

    Attributes:
        register: which one it is of; ``"seen"`` sets count for no threshold.
        seen: share of the cases whose motion stands in the set's training split.
        error: expected calibration error.
    """

    name: str
    register: Register
    data: str
    motions: int
    seen: float
    error: Measured


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to make probabilities of logits, compared by its loss on what it was not fitted on.

    Attributes:
        by_motion: mean cross-entropy over folds that part the motions.
        by_set: the same where each set in turn is left out whole.
        macro_f1: of the most probable class, over folds that part the motions; mean of the sets
            in which every class occurs.
    """

    name: str
    by_motion: float
    by_set: float
    macro_f1: float
    kept: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything measured of one model's confidence.

    Attributes:
        model: registry id.
        sha256: of the weights.
        settings_sha256: of the settings beside them, which hold what divides the logits.
        sets: each development set, then each register pooled.
        bins, curves: by register.
    """

    model: str
    sha256: str
    settings_sha256: str
    seed: int
    sets: tuple[SetResult, ...]
    schemes: tuple[Scheme, ...]
    bins: tuple[tuple[Register, tuple[Bin, ...]], ...]
    curves: tuple[tuple[Register, tuple[Point, ...]], ...]
    chosen: tuple[Chosen, ...]

    def of(self, use: Use) -> Chosen:
        """The strictest of the registers' thresholds that rest on enough labels.

        One that misses its target is no promise: it counts only where every other misses it too.
        """
        own = [c for c in self.chosen if c.use == use and c.register != "all"]
        enough = [c for c in own if c.point.risk.n >= SUPPORT] or own
        kept = [c for c in enough if c.reached] or enough
        return max(kept, key=lambda c: c.point.threshold)

    def threshold(self, use: Use) -> float:
        """Least probability at which a label is given for that use."""
        return self.of(use).point.threshold


def dumps(calibration: Calibration) -> str:
    """The calibration as JSON, the same bytes for the same numbers."""
    return json.dumps(asdict(calibration), indent=1, sort_keys=True) + "\n"


def loads(text: str) -> Calibration:
    """The calibration of a JSON text.

    Raises:
        KeyError, TypeError, ValueError, OverflowError: it is not of this shape.
    """
    raw = json.loads(text)
    return Calibration(
        model=str(raw["model"]),
        sha256=str(raw["sha256"]),
        settings_sha256=str(raw["settings_sha256"]),
        seed=int(raw["seed"]),
        sets=tuple(SetResult(**{**row, "error": Measured(**row["error"])}) for row in raw["sets"]),
        schemes=tuple(Scheme(**row) for row in raw["schemes"]),
        bins=tuple((name, tuple(Bin(**row) for row in rows)) for name, rows in raw["bins"]),
        curves=tuple((name, tuple(_point(row) for row in rows)) for name, rows in raw["curves"]),
        chosen=tuple(
            Chosen(
                **{
                    **row,
                    "point": _point(row["point"]),
                    "held_out": Measured(**row["held_out"]),
                }
            )
            for row in raw["chosen"]
        ),
    )


def _point(row: Mapping[str, Any]) -> Point:
    return Point(float(row["threshold"]), Measured(**row["risk"]), float(row["coverage"]))


def read_calibration(model_id: str) -> Calibration | None:
    """What was measured of a stance model of the registry; ``None`` where nothing was.

    Raises:
        ModelError: the file is broken, or was measured on other weights or settings.
    """
    entry = next((e for e in list_models() if e.task == "stance" and e.id == model_id), None)
    if entry is None or not (entry.folder / FILE_NAME).is_file():
        return None
    path = entry.folder / FILE_NAME
    try:
        found = loads(path.read_text(encoding="utf-8"))
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ModelError(f"{path} is not a calibration ({error}). {_remedy(entry)}") from error
    if found.sha256 != entry.revision or found.settings_sha256 != settings_sha256(entry.folder):
        raise ModelError(
            f"{path} was measured on other weights or settings than the model has now, so its "
            f"thresholds say nothing of it. {_remedy(entry)}"
        )
    return found


def _remedy(entry: ModelEntry) -> str:
    return (
        f"Measure again with “argmap eval calibration --data FOLDER --model {entry.id} --write”, "
        "or name a number with --threshold."
    )


def settings_sha256(folder: Path) -> str:
    """The SHA-256 of a model's ``config.json``, which holds what divides the logits."""
    return file_sha256(folder / "config.json")


def threshold_of(use: Use | None, classifier: PairClassifier) -> tuple[float, Use | None]:
    """The classifier's threshold for a use, and the use that it is for.

    Without a use it is that of exploring, or one half for a model that nothing was measured of.

    Raises:
        ModelError: the use is named and nothing was measured of the model, or on other weights.
    """
    calibration = read_calibration(classifier.model_id)
    if calibration is not None:
        wanted: Use = use or "exploring"
        return calibration.threshold(wanted), wanted
    if use is None:
        return THRESHOLD, None
    raise ModelError(
        f"Nothing was measured of how sure {classifier.model_id} may be, so there is no "
        f"threshold for {use}. Give a number with --threshold, or choose a model that argmap ships."
    )
