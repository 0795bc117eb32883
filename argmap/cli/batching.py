"""``argmap batch``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import columns_of, topics_of
from argmap.cli.terminal import console, fail, plain, progress

if TYPE_CHECKING:
    from argmap.batch import Estimate, Models, Plan, State, Summary
    from argmap.records import Topic

#: Exit code of a run that is complete and could not read some of its records.
SOME_REFUSED = 3

_SECONDS_BETWEEN_LINES = 30.0


@app.command("batch")
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Parquet, JSON Lines, CSV or any file that map reads, or a folder of them.",
        ),
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
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="A new folder, or that of a run to resume."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=COLUMN",
            help="For tables: which column is the text, id, speaker, date, title, outlet or url, "
            "where the names do not say. May be repeated.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Model to use, as “argmap models list” names it."),
    ] = None,
    use: Annotated[
        str | None,
        typer.Option(metavar="exploring|citing", help="What the labels are for, as for map."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Least probability of a label, in place of --use."),
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="local|ray", help="Processes of this machine, or Ray.")
    ] = "local",
    workers: Annotated[
        int, typer.Option(min=1, max=4096, help="Processes that judge; each loads the models.")
    ] = 1,
    block: Annotated[
        int,
        typer.Option(
            min=1, max=1_000_000, help="About how many statements are judged and written at a time."
        ),
    ] = 2_000,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count, judge a sample, say how long; write nothing.")
    ] = False,
) -> None:
    """Label every statement of large inputs on one or more motions, as Parquet.

    The same command again goes on where a stopped run was. The exit code is 0 where all was read
    and 3 where it is complete and some records could not be read: they are in FOLDER/errors.
    """
    if out is None and not dry_run:
        raise typer.BadParameter("Name a folder to write, or add --dry-run.", param_hint="--out")
    if use is not None and threshold is not None:
        raise typer.BadParameter("Give a use or a threshold, not both.", param_hint="--use")
    topics = topics_of(motion)
    columns = columns_of(column or [])
    from argmap import batch as room

    chosen = next((known for known in room.ENGINES if known == engine), None)
    if chosen is None:
        raise typer.BadParameter(
            f"{plain(engine)!r} is neither {' nor '.join(room.ENGINES)}.", param_hint="--engine"
        )
    files = room.find_files(inputs)
    with progress() as report:
        plan = room.make_plan(
            files, columns=columns, size=block, progress=partial(report, "Looking through")
        )
        report("Loading the models", 0, 0)
        models = room.load_models(model)
        job = room.Job(
            topics=topics,
            columns=columns,
            model=f"{models.classifier.model_id}@{models.classifier.revision}",
            load=partial(room.load_models, model),
            **_threshold(models, use, threshold),
        )
        if out is None or dry_run:
            report("Judging a sample", 0, 0)
            _say_estimate(plan, room.estimate(plan, job, models), len(topics), workers)
            return
    alone = chosen == "local" and workers == 1
    given = models if alone else None
    del models  # the workers load their own
    try:
        with _watching() as watch:
            summary = room.run(
                plan, job, out=out, models=given, engine=chosen, workers=workers, progress=watch
            )
    except KeyboardInterrupt:
        fail(
            ["Stopped. What is done is kept; the same command again goes on from there."], code=130
        )
    _say_summary(summary, topics, out)
    if summary.errors:
        raise typer.Exit(SOME_REFUSED)


class _Chosen(TypedDict):
    threshold: float
    settings: Mapping[str, str | float]


def _threshold(models: Models, use: str | None, threshold: float | None) -> _Chosen:
    from argmap.stance import USES, threshold_of

    if threshold is not None:
        return {"threshold": threshold, "settings": {}}
    wanted = next((known for known in USES if known == use), None)
    if use is not None and wanted is None:
        raise typer.BadParameter(
            f"{plain(use)!r} is neither {' nor '.join(USES)}.", param_hint="--use"
        )
    measured, found = threshold_of(wanted, models.classifier)
    return {"threshold": measured, "settings": {} if found is None else {"use": found}}


@contextmanager
def _watching() -> Iterator[Callable[[State], None]]:
    """A bar with rate and time left on a terminal; elsewhere a line now and then."""
    begun = time.monotonic()
    if not sys.stderr.isatty():
        said = begun

        def line(state: State) -> None:
            nonlocal said
            now = time.monotonic()
            if now - said >= _SECONDS_BETWEEN_LINES and state.reached > state.kept:
                said = now
                typer.echo(f"argmap: {how_far(state, now - begun)}", err=True)

        yield line
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading the models", total=None)

        def move(state: State) -> None:
            bar.tasks[0].total = max(1, state.expected)
            told = how_far(state, time.monotonic() - begun)
            bar.update(task, description=told, completed=state.reached)

        yield move


def how_far(state: State, seconds: float) -> str:
    """How much is done of how much, how fast, and for how long yet, from what this run did."""
    mine = state.reached - state.kept
    head = f"{state.done:,} of {state.blocks:,} blocks"
    if not mine or not seconds:
        return f"{head} (about {state.expected:,} statements in all)"
    left = (state.expected - state.reached) * seconds / mine
    return (
        f"{head}, {state.statements:,} statements, {state.statements / seconds:,.1f} a second, "
        f"about {duration(left)} left"
    )


def duration(seconds: float) -> str:
    """Seconds in the two largest units that matter: 40 s, 12 min, 3 h 20 min, 5 days 4 h."""
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days} days {hours} h"


def _say_estimate(plan: Plan, found: Estimate, motions: int, workers: int) -> None:
    typer.echo(
        f"{len(plan.files):,} files, {plan.records:,} records, about {found.statements:,} "
        f"statements on {motions:,} {'motion' if motions == 1 else 'motions'}, "
        f"{len(plan.blocks):,} blocks"
    )
    refused = sum(piece.kind == "refused" for block in plan.blocks for piece in block.pieces)
    if refused:
        typer.echo(f"{refused:,} of the files cannot be read or break off")
    seconds = found.seconds(motions=motions, workers=workers)
    typer.echo(
        f"About {duration(seconds)} with {workers:,} "
        f"{'process' if workers == 1 else 'processes'} that have a core each, "
        f"by {found.sample:,} statements judged just now"
    )


def _say_summary(summary: Summary, topics: Sequence[Topic], out: Path) -> None:
    from rich.table import Table

    counts = f"{summary.documents:,} documents, {summary.statements:,} statements"
    blocks = f"{summary.judged:,} of {summary.blocks:,} blocks judged now"
    typer.echo(f"{counts}; {blocks}", err=True)
    table = Table("Motion", "For", "Against", "Neither", "Unclear", box=None)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for topic in topics:
        table.add_row(plain(topic.motion), *(f"{n:,}" for n in summary.labels[topic.id]))
    console(stderr=True).print(table)
    if summary.errors:
        what = "record" if summary.errors == 1 else "records"
        typer.echo(
            f"argmap: {summary.errors:,} {what} could not be read; which, why and what to do is "
            f"in {plain(str(out / 'errors'))}",
            err=True,
        )
    typer.echo(plain(str(out / "rows")), err=True)
