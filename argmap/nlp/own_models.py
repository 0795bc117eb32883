"""The models that the user fetched or added: a list in their own data folder.

``models.json`` holds a row a model, with the hashes that its weights and its settings had when it
came; the files of a fetched model lie in ``models/`` beside it. The registry that ships is never
written to.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from argmap.errors import ModelError
from argmap.nlp.backbone import bytes_sha256, file_sha256
from argmap.resources import home_dir

#: Endings of the files that say how weights are read.
_SETTINGS = (".json", ".txt", ".model")
_NEEDED = {"id": str, "source": str, "folder": str, "sha256": str}


def own_list() -> Path:
    """Path of the list. It need not be there."""
    return home_dir() / "models.json"


def own_folder(model_id: str) -> Path:
    """Where a fetched model's files lie. It need not be there."""
    return home_dir() / "models" / model_id


def own_models() -> tuple[dict[str, Any], ...]:
    """The rows of the list, in order; none where there is no list.

    Raises:
        ModelError: the list is broken.
    """
    path = own_list()
    if not path.is_file():
        return ()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["models"]
        for row in rows:
            for name, kind in _NEEDED.items():
                if not isinstance(row[name], kind):
                    raise TypeError(f"{name} is no {kind.__name__}")
        return tuple(rows)
    except (ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise no_list(error) from error


def no_list(error: Exception) -> ModelError:
    """The error for a list that is broken."""
    return ModelError(
        f"{own_list()} is not a list of models ({shortened(error)}). Move it away and fetch or "
        "add your models again."
    )


def shortened(error: Exception) -> str:
    """What Python says of a broken file, no longer than a line or two."""
    said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return said if len(said) <= 200 else f"{said[:199]}…"


def keep_own(row: dict[str, Any]) -> None:
    """Write one row, in the place of another of its id; complete or not at all."""
    rows = [other for other in own_models() if other["id"] != row["id"]]
    _write([*rows, row])


def forget_own(model_id: str) -> None:
    """Take a model off the list, and delete its files where they were fetched.

    Raises:
        ModelError: it is not on the list.
    """
    rows = own_models()
    row = next((row for row in rows if row["id"] == model_id), None)
    if row is None:
        known = ", ".join(str(row["id"]) for row in rows) or "none"
        raise ModelError(f"You have no model “{model_id}” of your own. You have: {known}.")
    _write([other for other in rows if other is not row])
    fetched = own_folder(model_id)
    if row["source"] == "hub" and fetched.is_dir():
        shutil.rmtree(fetched)


def _write(rows: Sequence[dict[str, Any]]) -> None:
    path = own_list()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    text = json.dumps({"models": list(rows)}, indent=2, ensure_ascii=False)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def weight_files(folder: Path) -> list[Path]:
    """The safetensors of a model folder, by name.

    Raises:
        ModelError: there are none.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelError(
            f"{folder}: there are no safetensors weights. Files of other kinds (.bin, .pt, .pkl) "
            "can hold programs and are never opened. Ask for a version with safetensors."
        )
    return files


def folder_sha256(folder: Path) -> str:
    """Hash of a folder's weights: the file's own, or for several that of their names and hashes.

    Raises:
        ModelError: there are no safetensors.
    """
    return _joint([(path.name, file_sha256(path)) for path in weight_files(folder)])


def read_folder(folder: Path) -> tuple[list[bytes], str]:
    """A folder's weights, file by file, and the hash of these very bytes.

    Raises:
        ModelError: there are no safetensors.
    """
    files = weight_files(folder)
    read = [path.read_bytes() for path in files]
    named = zip(files, read, strict=True)
    return read, _joint([(path.name, bytes_sha256(data)) for path, data in named])


def settings_sha256(folder: Path) -> str:
    """Hash of all that says how a folder's weights are read: settings, names, tokeniser."""
    files = sorted(path for path in folder.iterdir() if path.suffix in _SETTINGS)
    listed = "".join(f"{path.name} {file_sha256(path)}\n" for path in files if path.is_file())
    return bytes_sha256(listed.encode())


def _joint(files: Sequence[tuple[str, str]]) -> str:
    if len(files) == 1:
        return files[0][1]
    return bytes_sha256("".join(f"{name} {found}\n" for name, found in files).encode())
