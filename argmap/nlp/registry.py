"""The models there are, read from ``models/registry.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from argmap.errors import ModelError
from argmap.nlp.backbone import BACKBONE_ID, backbone_dir, file_sha256
from argmap.records import Run
from argmap.resources import models_dir

Task = Literal["stance", "encoder", "attribution"]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One row of the registry.

    Attributes:
        task: ``"stance"`` (pairs to pro/con/none), ``"encoder"`` (texts to vectors) or
            ``"attribution"`` (text to cue, source and content).
        source: ``"shipped"`` (trained here, in ``folder``) or ``"package"`` (the backbone).
        revision: SHA-256 of the weights, verified before they are loaded.
        available: the weights are on this machine and are the ones registered.
    """

    id: str
    title: str
    task: Task
    source: Literal["shipped", "package"]
    revision: str
    licence: str
    size_mb: float
    available: bool
    default: bool
    note: str
    folder: Path


def list_models() -> tuple[ModelEntry, ...]:
    """Every registered model, in the registry's order.

    Raises:
        ModelError: the registry is missing or broken.
    """
    path = models_dir() / "registry.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_entry(row) for row in table["models"])
    except FileNotFoundError:
        raise ModelError(f"{path} is missing. Reinstall argmap.") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is not a model registry ({error}). Reinstall argmap.") from error


def find_model(model_id: str | None, *, task: Task) -> ModelEntry:
    """The model of that id, or the task's default.

    Raises:
        ModelError: no such model; the message lists those there are.
    """
    entries = [entry for entry in list_models() if entry.task == task]
    for entry in entries:
        if entry.id == model_id or (model_id is None and entry.default):
            return entry
    known = ", ".join(entry.id for entry in entries)
    raise ModelError(f"There is no {task} model “{model_id}”. Known: {known}.")


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
    """Path of the entry's weights, after checking that they are the registered ones.

    Raises:
        ModelError: missing or altered weights.
    """
    if entry.source == "package":
        return backbone_dir() / "model.safetensors"
    weights = entry.folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. Fetch the project again, with its models.")
    found = file_sha256(weights)
    if found != entry.revision:
        raise ModelError(
            f"{weights} is not the registered file: its sha256 is {found} and the registry says "
            f"{entry.revision}. Fetch the project again."
        )
    return weights


def _entry(row: dict[str, object]) -> ModelEntry:
    source = str(row["source"])
    task = next((known for known in get_args(Task) if known == row["task"]), None)
    if source not in ("shipped", "package") or task is None:
        raise ModelError(f"models/registry.toml: {row['id']} has an unknown source or task.")
    shipped = source == "shipped"
    folder = models_dir() / str(row["folder"]) if shipped else Path(BACKBONE_ID)
    return ModelEntry(
        id=str(row["id"]),
        title=str(row["title"]),
        task=task,
        source="shipped" if shipped else "package",
        revision=str(row["sha256"]),
        licence=str(row["licence"]),
        size_mb=float(str(row["size_mb"])),
        available=(folder / "model.safetensors").is_file() if shipped else _has_backbone(),
        default=bool(row.get("default", False)),
        note=str(row["note"]),
        folder=folder,
    )


def _has_backbone() -> bool:
    try:
        backbone_dir()
    except ModelError:
        return False
    return True
