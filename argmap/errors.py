"""Every error that argmap raises on purpose. The message says what, where and the remedy.

::

    ArgmapError
    +-- InputError            something the user gave us
    |   +-- SourceError       a file, text or address that cannot be read
    |   +-- MotionError       a motion that is not a proposition
    |   +-- FileError         a file that holds a finished analysis and cannot be read
    |       +-- ProjectFileError  a project file that breaks the contract
    |       +-- GraphFileError    an argument graph in another program's format
    +-- ModelError            a model that is missing, altered or of an unknown shape
    +-- StoreError            a session that cannot be kept or found
        +-- DamagedStoreError the file that sessions are kept in cannot be read any more
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

#: Longest part of a message, in characters: what it quotes can be of any length.
_LONGEST = 600


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
        self.where = _cut(where)
        self.problem = _cut(problem)
        self.remedy = _cut(remedy)
        super().__init__(f"{self.where}: {self.problem} {self.remedy}")


class MotionError(InputError):
    """A motion is not a full proposition."""


class FileError(InputError):
    """A file of a finished analysis cannot be read.

    Args:
        problem: what is wrong, and at which place of the file.
        remedy: what the user can do; by default what is so for every file of its kind.
    """

    remedy = "Choose another file."

    def __init__(self, problem: str, remedy: str | None = None) -> None:
        self.problem = _cut(problem)
        self.remedy = type(self).remedy if remedy is None else remedy
        super().__init__(f"{self.problem} {self.remedy}")

    def of(self, name: str) -> Self:
        """The same error, its message beginning with the name of the file."""
        return type(self)(f"{name}: {self.problem}", self.remedy)


class ProjectFileError(FileError):
    """A project file breaks the contract of its schema version."""

    remedy = "Choose a file that Argument Mapper saved, or mend it at that place."


class GraphFileError(FileError):
    """A file that should hold an argument graph (Argdown, AIF and so on) cannot be read."""

    remedy = "Write it anew with the program it comes from, or mend it at that place."


class ModelError(ArgmapError):
    """A model is missing, altered or of an unknown shape."""


class StoreError(ArgmapError):
    """A session cannot be kept or found."""


class DamagedStoreError(StoreError):
    """The file that sessions are kept in is damaged, or is no database. It was left as it is.

    Args:
        message: the plain sentence.
        path: the file.
    """

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
