"""The ``argmap`` command. Whatever is slow to import stays inside the command that needs it."""

from __future__ import annotations

import errno
import math
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from argmap import __version__
from argmap.errors import ArgmapError, InputError, SourceError
from argmap.export import EXPORTERS, write_file
from argmap.resources import app_file, models_dir

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from argmap.records import Debate, Document, Topic

    Report = Callable[[str, int, int], None]

# "ID=Proposition.": an id is one word, so a motion may hold an equals sign of its own.
_MOTION = re.compile(r"\s*(?P<id>[\w.-]{1,64})\s*=(?P<text>.*)", re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SECONDS_BEFORE_PROGRESS = 1.0
_SECONDS_TO_STOP = 5.0


class _Commands(TyperGroup):
    """Commands whose expected failures are one plain line, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ArgmapError as error:
            _fail([str(error)])
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output went away
                raise
            where = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
            _fail([f"{where}{error.strerror or error}"])
        except KeyboardInterrupt:
            _fail(["Stopped."], code=130)


app = typer.Typer(
    name="argmap",
    help="Map policy debates: who says what, for or against which motion.",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(
    help="The models that judge sentences.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(models_app, name="models")
train_app = typer.Typer(
    help="Make the models again by their recipes.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(train_app, name="train")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"argmap {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command("map")
def map_files(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Documents to read; - is standard input.")
    ],
    motion: Annotated[
        list[str],
        typer.Option(
            "--motion",
            metavar="[ID=]PROPOSITION",
            help="What statements are for or against, as a full sentence. May be repeated.",
        ),
    ],
    out: Annotated[
        str, typer.Option("--json", metavar="FILE", help="Project file to write; - is the output.")
    ] = "-",
    model: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Model to use, as “argmap models list” names it."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Least probability of a label, 0.5 unless given."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the debate.")] = None,
) -> None:
    """Map documents on one or more motions and write a project file."""
    if threshold is not None and math.isnan(threshold):
        raise typer.BadParameter("nan is not a number between 0 and 1.", param_hint="--threshold")
    if files.count("-") > 1:
        raise typer.BadParameter("- stands for standard input once.", param_hint="FILE")
    topics = _topics(motion)
    _check_target(out, files)
    with _progress() as report:
        documents = _read_all(files, report)
        report("Loading the models", 0, 0)
        from argmap import nlp
        from argmap.pipeline import map_debate
        from argmap.stance import THRESHOLD

        debate = map_debate(
            documents,
            topics,
            title=title or _title(documents),
            classifier=nlp.load_classifier(model),
            encoder=nlp.load_encoder(),
            threshold=THRESHOLD if threshold is None else threshold,
            progress=report,
        )
    if not debate.statements:
        raise InputError(
            "No sentence was found in these documents, so nothing was written. "
            "Check that they hold running text in English."
        )
    _write(out, EXPORTERS["json"].write(debate))
    _summarise(debate)


@app.command()
def export(
    file: Annotated[
        str, typer.Argument(metavar="PROJECT", help="Project file; - is standard input.")
    ],
    to: Annotated[str, typer.Option("--to", help=f"Format: {', '.join(EXPORTERS)}.")],
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="File to write; - is the output.")
    ] = "-",
) -> None:
    """Write a project file in another format."""
    from argmap import projectfile

    if to not in EXPORTERS:
        raise typer.BadParameter(
            f"{to!r} is not a format. Choose from {', '.join(EXPORTERS)}.", param_hint="--to"
        )
    limit = projectfile.MAX_BYTES + 1
    if file == "-":
        data = typer.get_binary_stream("stdin").read(limit)
    else:
        with Path(file).open("rb") as stream:
            data = stream.read(limit)
    try:
        debate = projectfile.loads(data)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    _write(out, EXPORTERS[to].write(debate))


@app.command()
def serve(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port to listen on; the first free from 8501."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the dashboard in a browser.")] = True,
) -> None:
    """Open the dashboard, on this machine only."""
    page = app_file()
    if not page.is_file():
        raise InputError(f"{page}: The dashboard is missing. Install Argument Mapper again.")
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    command += ["--server.headless", "false" if browser else "true"]
    if port is not None:
        command += ["--server.port", str(port)]
    raise typer.Exit(_run(command))


@models_app.command("list")
def list_models() -> None:
    """List the models, and which of them are on this machine."""
    from rich.table import Table

    from argmap.nlp import registry

    table = Table("Id", "Task", "MB", "Licence", "Here", "Default", "What it is", box=None)
    table.columns[0].no_wrap = True
    for entry in registry.list_models():
        cells = (
            entry.id,
            entry.task,
            f"{entry.size_mb:.0f}",
            entry.licence,
            "yes" if entry.available else "no",
            "yes" if entry.default else "",
            f"{entry.title}. {entry.note}",
        )
        table.add_row(*(_plain(cell) for cell in cells))
    _console(stderr=False).print(table)


@train_app.command("stance")
def train_stance(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Checkpoints, then the model.")],
    recipe: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Recipe; the shipped model's by default.")
    ] = None,
) -> None:
    """Fine-tune the stance model. A stopped run goes on from its last checkpoint."""
    from argmap.training.stance import train_stance as train

    with _progress() as report:
        report("Preparing the examples", 0, 0)
        packaged = train(
            recipe or models_dir() / "stance" / "recipe.toml",
            data,
            out,
            progress=lambda step, steps, loss: report(f"Training, loss {loss:.3f}", step, steps),
        )
    typer.echo(f"{packaged.folder}: temperature {packaged.temperature} from {packaged.rows} rows")
    typer.echo(f'sha256 = "{packaged.sha256}"')


@app.command("eval")
def evaluate(
    data: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the research sets, for the public tests."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Model to score, as “argmap models list” names it."),
    ] = None,
) -> None:
    """Score the model on the bundled gold labels and, with --data, on the public test sets."""
    from argmap import nlp
    from argmap.evaluation.benchmarks import BENCHMARKS, as_table, run_benchmark, run_corpus

    with _progress() as report:
        report("Loading the models", 0, 0)
        classifier, encoder = nlp.load_classifier(model), nlp.load_encoder()
        results = list(run_corpus(classifier=classifier, encoder=encoder, progress=report))
        if data is not None:
            results += [
                run_benchmark(benchmark, data, classifier=classifier, progress=report)
                for benchmark in BENCHMARKS
            ]
    typer.echo(as_table(results), nl=False)


def _topics(motions: Sequence[str]) -> tuple[Topic, ...]:
    from argmap.stance import make_topic

    topics: dict[str, Topic] = {}
    for typed in motions:
        named = _MOTION.fullmatch(typed)
        topic = make_topic(named["text"], id=named["id"]) if named else make_topic(typed)
        if topic.id in topics:
            raise typer.BadParameter(
                f"{_plain(typed)!r} has the id of a motion before it, {topic.id}.",
                param_hint="--motion",
            )
        topics[topic.id] = topic
    return tuple(topics.values())


def _read_all(files: Sequence[str], report: Report) -> tuple[Document, ...]:
    documents: dict[str, tuple[str, Document]] = {}
    problems: list[str] = []
    for number, name in enumerate(files):
        report("Reading the documents", number, len(files))
        try:
            document = _read(name)
            if document.id in documents:
                raise SourceError(
                    name,
                    f"The same document as {documents[document.id][0]}.",
                    "Name each document once.",
                )
            documents[document.id] = (name, document)
        except SourceError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}")
    if problems:
        _fail(problems)
    return tuple(document for _, document in documents.values())


def _read(name: str) -> Document:
    from argmap import sources

    if name == "-":
        data = typer.get_binary_stream("stdin").read(sources.MAX_BYTES + 1)
        return sources.read_bytes(data, name="standard input")
    if _ADDRESS.match(name):
        raise SourceError(
            name,
            "Web addresses are not read yet.",
            "Save the page in your browser and name the saved file.",
        )
    return sources.read(Path(name))


def _title(documents: Sequence[Document]) -> str:
    first = documents[0].title
    return first if len(documents) == 1 else f"{first} and {len(documents) - 1} more"


def _check_target(target: str, files: Sequence[str]) -> None:
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


def _write(target: str, text: str) -> None:
    if target == "-":
        stream = typer.get_binary_stream("stdout")
        stream.write(text.encode("utf-8"))
        stream.flush()
    else:
        write_file(Path(target), text)


@contextmanager
def _progress() -> Iterator[Report]:
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
    with Late(*columns, console=_console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, count="")

        def report(stage: str, done: int, total: int) -> None:
            # Where the total is not known (nought), the bar only moves.
            bar.tasks[0].total = total or None
            count = f"{done}/{total}" if total else ""
            bar.update(task, description=stage, completed=done, count=count)

        yield report


def _summarise(debate: Debate) -> None:
    from rich.table import Table

    counts = {"document": len(debate.documents), "statement": len(debate.statements)}
    counts["speaker"] = len(debate.speakers)
    table = Table("Motion", "For", "Against", "Neither", "Unclear", "Balance", box=None)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for topic in debate.topics:
        labels = [stance.label for stance in debate.stances if stance.topic == topic.id]
        pro, con, none, unclear = (labels.count(x) for x in ("pro", "con", "none", "unclear"))
        balance = f"{100 * pro / (pro + con):.0f}% for" if pro + con else "no side taken"
        numbers = (str(number) for number in (pro, con, none, unclear))
        table.add_row(_plain(topic.motion), *numbers, balance)
    counted = (f"{number} {what}{'' if number == 1 else 's'}" for what, number in counts.items())
    typer.echo(", ".join(counted), err=True)
    _console(stderr=True).print(table)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = 160  # a file or a pipe has no width to keep to
    return console


def _plain(text: str) -> str:
    """``text`` on one line without what could steer a terminal."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _fail(messages: Sequence[str], *, code: int = 1) -> NoReturn:
    for message in messages:
        typer.echo(f"argmap: {_plain(message)}", err=True)
    raise typer.Exit(code)


def _run(command: Sequence[str]) -> int:
    """Run until it ends or is interrupted; whatever stops us stops it too."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    child = subprocess.Popen(command)
    try:
        return child.wait()
    except KeyboardInterrupt:
        # A terminal interrupts the child as well, which then ends in its own time.
        with suppress(subprocess.TimeoutExpired):
            child.wait(_SECONDS_TO_STOP)
        return 0
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(_SECONDS_TO_STOP)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                child.kill()
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    app()
