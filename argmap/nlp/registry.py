"""The models there are: those of ``models/registry.toml``, and those the user fetched or added."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from argmap.errors import ModelError
from argmap.nlp.backbone import (
    BACKBONE_ID,
    backbone_dir,
    backbone_file,
    bytes_sha256,
    file_sha256,
)
from argmap.nlp.own_models import (
    folder_sha256,
    no_list,
    own_models,
    read_folder,
    settings_sha256,
    shortened,
)
from argmap.records import Run
from argmap.resources import models_dir

Task = Literal["stance", "encoder", "attribution", "points", "relation"]
Source = Literal["shipped", "package", "hub", "folder"]

# What a file of rows provokes that somebody wrote by hand, or a disk broke.
_NO_ROWS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError)


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """How a motion is put to an inference model; ``{motion}`` and ``{negation}`` are filled in."""

    pro: str = "{motion}"
    con: str = "{negation}"

    def of(self, motion: str, negation: str) -> tuple[str, str]:
        """What is asked for the motion and against it."""
        return tuple(  # type: ignore[return-value]
            text.replace("{motion}", motion).replace("{negation}", negation)
            for text in (self.pro, self.con)
        )


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One row of the registry.

    Attributes:
        task: ``"stance"`` (pairs to pro/con/none), ``"encoder"`` (texts to vectors),
            ``"attribution"`` (text to cue, source and content), ``"points"`` (texts to vectors by
            the point they make) or ``"relation"`` (pairs to support/attack/none).
        source: ``"shipped"`` (trained here, in ``folder``), ``"package"`` (the backbone),
            ``"hub"`` (fetched with ``argmap models pull``) or ``"folder"`` (added by the user).
        revision: SHA-256 of the weights, verified before they are loaded; ``""`` for a model of
            a hub that was not fetched yet.
        settings: SHA-256 of what lies beside the weights and says how they are read: a shipped
            model's ``config.json``, or a folder's settings and tokeniser; ``""`` where none was
            written down.
        available: the weights are on this machine.
        hub: its id on the hub.
        commit: the hub's commit; ``""`` until fetching has pinned it.
        labels: names of its outputs in order, where its own names tell nothing.
        temperature: divides its logits.
    """

    id: str
    title: str
    task: Task
    source: Source
    revision: str
    licence: str
    size_mb: float
    available: bool
    default: bool
    note: str
    folder: Path
    hub: str = ""
    commit: str = ""
    hypotheses: Hypotheses = Hypotheses()
    labels: tuple[str, ...] = ()
    temperature: float = 1.0
    settings: str = ""


def list_models() -> tuple[ModelEntry, ...]:
    """Every registered model, in the registry's order, then those that the user added.

    A row of the user's own with the id of a registered one says where that was fetched to.

    Raises:
        ModelError: the registry, or the user's own, is missing or broken.
    """
    own = {str(row["id"]): row for row in own_models()}
    shipped = registered()
    try:
        known = tuple(
            _entry({**_row(entry), **own.pop(entry.id)}) if entry.id in own else entry
            for entry in shipped
        )
        return known + tuple(_entry(row) for row in own.values())
    except _NO_ROWS as error:
        raise no_list(error) from error


def registered() -> tuple[ModelEntry, ...]:
    """The models of ``models/registry.toml`` alone.

    Raises:
        ModelError: the registry is missing or broken.
    """
    path = models_dir() / "registry.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_entry(row) for row in table["models"])
    except FileNotFoundError:
        raise ModelError(f"{path} is missing. Reinstall argmap.") from None
    except _NO_ROWS as error:
        told = shortened(error)
        raise ModelError(f"{path} is not a model registry ({told}). Reinstall argmap.") from error


def find_model(model_id: str | None, *, task: Task) -> ModelEntry:
    """The model of that id, the task's default, or for stance one in a folder of that path.

    Raises:
        ModelError: no such model; the message lists those there are.
    """
    entries = [entry for entry in list_models() if entry.task == task]
    for entry in entries:
        if entry.id == model_id or (model_id is None and entry.default):
            return entry
    folder = None if model_id is None else Path(model_id).expanduser()
    if task == "stance" and folder is not None and (folder / "config.json").is_file():
        return _of_folder(folder.resolve())
    known = ", ".join(entry.id for entry in entries)
    raise ModelError(
        f"There is no {task} model “{model_id}”. Known: {known}."
        + (" Or give the folder that a model was saved to." if task == "stance" else "")
    )


def _of_folder(folder: Path) -> ModelEntry:
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors")) / 1e6
    return ModelEntry(
        id=folder.name,
        title=folder.name,
        task="stance",
        source="folder",
        revision=folder_sha256(folder),
        licence="not stated",
        size_mb=round(size, 1),
        available=True,
        default=False,
        note="A model of your own: nothing was measured here of how far to trust it.",
        folder=folder,
        settings=settings_sha256(folder),
    )


def judged_by(run: Run) -> str | None:
    """Who judged the statements and how far to trust it; ``None`` where it is not known.

    Raises:
        ModelError: the registry is missing or broken.
    """
    if "imported_from" in run.settings:
        return (
            "Opened from an argument graph. Who is for and who against follows from the graph's "
            "own links; no model judged the sentences."
        )
    used = run.models.get("stance", "").partition("@")[0]
    for entry in list_models():
        if entry.id == used:
            return f"Judged by {entry.title}. {entry.note}"
    return None


def verified_weights(entry: ModelEntry) -> Path:
    """Path of the entry's weights, or of the folder they lie in, after checking every hash.

    To load them take :func:`verified_bytes`, which leaves no moment between the two.

    Raises:
        ModelError: missing or altered weights or settings.
    """
    if entry.source == "package":
        backbone_file("model.safetensors")
        return backbone_dir() / "model.safetensors"
    weights = _weights(entry)
    shipped = entry.source == "shipped"
    _hold(entry, weights, file_sha256(weights) if shipped else folder_sha256(weights))
    if not shipped:
        check_settings(entry)
    elif entry.settings:
        verified_settings(entry)
    return weights


def verified_bytes(entry: ModelEntry) -> list[bytes]:
    """The entry's weights, file by file: the very bytes that were hashed.

    Raises:
        ModelError: missing or altered weights.
    """
    if entry.source == "package":
        return [backbone_file("model.safetensors")]
    weights = _weights(entry)
    if entry.source == "shipped":
        read = [weights.read_bytes()]
        _hold(entry, weights, bytes_sha256(read[0]))
    else:
        read, found = read_folder(weights)
        _hold(entry, weights, found)
    return read


def verified_settings(entry: ModelEntry) -> dict[str, Any]:
    """What stands in the ``config.json`` of a shipped model.

    Raises:
        ModelError: it is missing, or not the registered one.
    """
    path = entry.folder / "config.json"
    if not path.is_file():
        raise ModelError(f"{path} is missing. {_again(entry)}")
    data = path.read_bytes()
    if entry.settings:
        _hold(entry, path, bytes_sha256(data), entry.settings)
    found: dict[str, Any] = json.loads(data)
    return found


def check_settings(entry: ModelEntry) -> None:
    """Hold the settings and tokeniser in a folder of the user's against what was written down.

    Raises:
        ModelError: they were changed since.
    """
    if entry.settings:
        _hold(entry, entry.folder, settings_sha256(entry.folder), entry.settings)


def _weights(entry: ModelEntry) -> Path:
    if not entry.available and entry.source == "hub":
        raise ModelError(
            f"The model “{entry.id}” is not on this machine. Fetch it first, "
            f"{entry.size_mb:.0f} MB: argmap models pull {entry.id}"
        )
    shipped = entry.source == "shipped"
    weights = entry.folder / "model.safetensors" if shipped else entry.folder
    if not weights.exists():
        raise ModelError(f"{weights} is missing. {_again(entry)}")
    return weights


def _hold(entry: ModelEntry, path: Path, found: str, wanted: str | None = None) -> None:
    if found != (wanted or entry.revision):
        raise ModelError(
            f"{path} is not the registered file: its sha256 is {found} and the registry says "
            f"{wanted or entry.revision}. {_again(entry)}"
        )


def _again(entry: ModelEntry) -> str:
    if entry.source == "shipped":
        return "Fetch the project again, with its models."
    return f"Fetch or add it again: argmap models {'pull' if entry.hub else 'add'} …"


def _entry(row: dict[str, Any]) -> ModelEntry:
    source = next((known for known in get_args(Source) if known == row["source"]), None)
    task = next((known for known in get_args(Task) if known == row["task"]), None)
    if source is None or task is None:
        raise ValueError(f"{row['id']} has an unknown source or task")
    if source == "shipped":
        folder = models_dir() / str(row["folder"])
        available = (folder / "model.safetensors").is_file()
    elif source == "package":
        folder, available = Path(BACKBONE_ID), _has_backbone()
    else:
        folder = Path(str(row.get("folder", "")))
        available = bool(row.get("folder")) and folder.is_dir()
    return ModelEntry(
        id=str(row["id"]),
        title=str(row["title"]),
        task=task,
        source=source,
        revision=str(row.get("sha256", "") if source in ("hub", "folder") else row["sha256"]),
        licence=str(row["licence"]),
        size_mb=_number(row, "size_mb", row["size_mb"]),
        available=available,
        default=bool(row.get("default", False)),
        note=str(row["note"]),
        folder=folder,
        hub=str(row.get("hub", "")),
        commit=str(row.get("commit", "")),
        hypotheses=Hypotheses(**row.get("hypotheses", {})),
        labels=tuple(str(label) for label in row.get("labels", ())),
        temperature=_number(row, "temperature", row.get("temperature", 1.0)),
        settings=str(row.get("settings_sha256", "")),
    )


def _number(row: dict[str, Any], name: str, value: object) -> float:
    number = float(str(value))
    if not 0 < number < math.inf:
        raise ValueError(f"{name} of {row['id']} is no number above nought")
    return number


def _row(entry: ModelEntry) -> dict[str, Any]:
    """What a row of the user's own may leave out, because the registry says it."""
    return {
        "id": entry.id,
        "title": entry.title,
        "task": entry.task,
        "source": entry.source,
        "licence": entry.licence,
        "size_mb": entry.size_mb,
        "note": entry.note,
        "hub": entry.hub,
        "hypotheses": {"pro": entry.hypotheses.pro, "con": entry.hypotheses.con},
        "labels": entry.labels,
        "temperature": entry.temperature,
    }


def _has_backbone() -> bool:
    try:
        backbone_dir()
    except ModelError:
        return False
    return True
