"""The ``argmap`` command: one module a command. Whatever is slow to import stays inside it."""

from argmap.cli import (
    backing,
    batching,
    benching,
    comparing,
    correcting,
    differing,
    drawing,
    evaluating,
    examining,
    explaining,
    exporting,
    importing,
    mapping,
    models,
    serving,
    training,
    weighing,
)
from argmap.cli.apps import app

__all__ = [
    "app",
    "backing",
    "batching",
    "benching",
    "comparing",
    "correcting",
    "differing",
    "drawing",
    "evaluating",
    "examining",
    "explaining",
    "exporting",
    "importing",
    "mapping",
    "models",
    "serving",
    "training",
    "weighing",
]
