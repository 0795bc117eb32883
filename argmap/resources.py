"""Where the files beside the package lie: in a checkout at its top level, in a wheel inside it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    return packed if packed.exists() else _PACKAGE.parent / name


def models_dir() -> Path:
    """Folder of the model registry and of the weights this project trained."""
    return _shipped("models")


def corpus_dir() -> Path:
    """Folder of the bundled debates."""
    return _shipped("corpus")


def app_file() -> Path:
    """The dashboard's entry, what ``streamlit run`` is given."""
    return _shipped("app.py")


def home_dir() -> Path:
    """The user's data folder: ``ARGMAP_HOME``, else the platform's own place. Not created."""
    override = os.environ.get("ARGMAP_HOME")
    return Path(override).expanduser() if override else Path(platformdirs.user_data_dir("argmap"))


def database_url() -> str | None:
    """Where sessions are kept, by SQLAlchemy's address in ``ARGMAP_DATABASE_URL``, if there."""
    return os.environ.get("ARGMAP_DATABASE_URL", "").strip() or None
