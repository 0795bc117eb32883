"""Every error that argmap raises on purpose. The message says what, where and the remedy.

::

    ArgmapError
    +-- InputError            something the user gave us
    |   +-- SourceError       a file, text or address that cannot be read
    |   +-- MotionError       a motion that is not a proposition
    |   +-- ProjectFileError  a project file that breaks the contract
    |   +-- GraphFileError    an argument graph in another program's format that cannot be read
    +-- ModelError            a model that is missing, altered or of an unknown shape
    +-- StoreError            a session that cannot be kept or found
"""

from __future__ import annotations


class ArgmapError(Exception):
    """Base of the tree. ``str(error)`` is a plain sentence for the user."""


class InputError(ArgmapError):
    """Something the user gave us cannot be used."""


class SourceError(InputError):
    """A file, text or address cannot be read.

    Args:
        where: the file's name or a short description of the source.
        problem: what is wrong with it.
        remedy: what the user can do.
    """

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {problem} {remedy}")
        self.where = where
        self.problem = problem
        self.remedy = remedy


class MotionError(InputError):
    """A motion is not a full proposition."""


class ProjectFileError(InputError):
    """A project file breaks the contract of its schema version."""


class GraphFileError(InputError):
    """A file that should hold an argument graph (Argdown, AIF and so on) cannot be read."""


class ModelError(ArgmapError):
    """A model is missing, altered or of an unknown shape."""


class StoreError(ArgmapError):
    """A session cannot be kept or found."""
