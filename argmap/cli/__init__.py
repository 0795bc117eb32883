"""The ``argmap`` command: one module a command. Whatever is slow to import stays inside it."""

from argmap.cli import differing, evaluating, exporting, mapping, models, serving, training
from argmap.cli.apps import app

__all__ = [
    "app",
    "differing",
    "evaluating",
    "exporting",
    "mapping",
    "models",
    "serving",
    "training",
]
