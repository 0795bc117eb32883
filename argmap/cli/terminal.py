"""What every command says and how: progress, tables, plain failures, files written whole."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from argmap.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

#: Called as ``report(stage, done, total)``; a total of nought is not known.
Report = Callable[[str, int, int], None]

_SECONDS_BEFORE_PROGRESS = 1.0
# C0, C1, and what turns the direction of a line round (Unicode's annex 9).
_CONTROLS = frozenset(
    chr(code) for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F),
                           *range(0x2066, 0x206A))
)  # fmt: skip


def check_target(target: str, files: Sequence[str]) -> None:
    """Refuse before minutes of work what could not be written after them."""
    if target == "-":
        return
    path = Path(target)
    if path.is_dir():
        raise InputError(f"{target}: This is a folder. Name a file to write.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"{target}: There is no such folder. Make it first.")
    if path.exists():
        for name in files:
            if name != "-" and Path(name).exists() and path.samefile(name):
                raise InputError(f"{target}: This is one of the documents. Name another file.")


def write(target: str, text: str) -> None:
    if target == "-":
        # A pipe gets every byte; a terminal would do what some of them say.
        shown = _tamed(text) if _is_terminal() else text
        stream = typer.get_binary_stream("stdout")
        stream.write(shown.encode("utf-8"))
        stream.flush()
    else:
        from argmap.export import write_file

        write_file(Path(target), text)


@contextmanager
def progress() -> Iterator[Report]:
    """Report to a bar on standard error, if that is a terminal and the work takes a while."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    begun = time.monotonic()

    class Late(Progress):
        def get_renderables(self) -> Iterator[RenderableType]:
            if time.monotonic() - begun >= _SECONDS_BEFORE_PROGRESS:
                yield from super().get_renderables()

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
    )
    with Late(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, count="")

        def report(stage: str, done: int, total: int) -> None:
            # Where the total is not known (nought), the bar only moves.
            bar.tasks[0].total = total or None
            count = f"{done}/{total}" if total else ""
            bar.update(task, description=stage, completed=done, count=count)

        yield report


def console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = 160  # a file or a pipe has no width to keep to
    return console


def plain(text: str) -> str:
    """``text`` on one line without what could steer a terminal."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _tamed(text: str) -> str:
    """``text`` with its lines, without what could steer a terminal."""
    return "\n".join(
        "".join(c if c == "\t" or c not in _CONTROLS else "\N{REPLACEMENT CHARACTER}" for c in line)
        for line in text.replace("\r\n", "\n").split("\n")
    )


def fail(messages: Sequence[str], *, code: int = 1) -> NoReturn:
    for message in messages:
        typer.echo(f"argmap: {plain(message)}", err=True)
    raise typer.Exit(code)
