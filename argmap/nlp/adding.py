"""Putting a model folder of the user's on their own list."""

from __future__ import annotations

from pathlib import Path

from argmap.errors import ModelError
from argmap.nlp.hub import UNMEASURED, head_of
from argmap.nlp.own_models import folder_sha256, keep_own, settings_sha256
from argmap.nlp.registry import ModelEntry, find_model, registered


def add_folder(
    folder: Path,
    *,
    model_id: str | None = None,
    labels: tuple[str, ...] = (),
    pro: str = "{motion}",
    con: str = "{negation}",
) -> ModelEntry:
    """Write down a model folder with the hash that its weights have now.

    Args:
        labels: what its outputs mean, in order, where its own names do not tell.
        pro, con: the hypotheses, with ``{motion}`` and ``{negation}`` to fill in.

    Raises:
        ModelError: it is no model that can judge stance, or the id is taken.
    """
    folder = folder.expanduser().resolve()
    own = model_id or folder.name
    if any(entry.id == own for entry in registered()):
        raise ModelError(f"“{own}” is the id of a model that argmap knows. Give another with --id.")
    for wording in (pro, con):
        if "{motion}" not in wording and "{negation}" not in wording:
            raise ModelError(
                f"The hypothesis “{wording}” says nothing of the motion. Put {{motion}} or "
                "{negation} where it belongs."
            )
    head_of(folder, labels=labels)
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors")) / 1e6
    keep_own(
        {
            "id": own,
            "title": own,
            "task": "stance",
            "source": "folder",
            "folder": str(folder),
            "sha256": folder_sha256(folder),
            "settings_sha256": settings_sha256(folder),
            "licence": "not stated",
            "size_mb": round(size, 1),
            "note": UNMEASURED,
            "labels": list(labels),
            "hypotheses": {"pro": pro, "con": con},
        }
    )
    return find_model(own, task="stance")
