"""``argmap bench``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import bench_app
from argmap.cli.terminal import progress


@bench_app.command("attribution")
def bench_attribution() -> None:
    """Time who says what on an article of a thousand words, beside a peer."""
    from argmap import nlp
    from argmap.evaluation.speed import time_attribution, timing_table

    with progress() as report:
        report("Timing four ways", 0, 0)
        timings = time_attribution(nlp.load_attributor())
    typer.echo(timing_table(timings), nl=False)


@bench_app.command("structure")
def bench_structure(
    size: Annotated[
        list[int] | None,
        typer.Option(min=10, max=100_000, help="Statements; repeat for several."),
    ] = None,
) -> None:
    """Time the structure of invented debates of 1,000, 3,000 and 10,000 statements."""
    from argmap.evaluation.scale import SIZES, measure_apart, scale_table

    scales = []
    sizes = size or SIZES
    with progress() as report:
        for number, count in enumerate(sizes):
            report(f"Structuring {count:,} statements", number, len(sizes))
            scales.append(measure_apart(count))
    typer.echo(scale_table(scales), nl=False)


@bench_app.command("batch")
def bench_batch(
    statements: Annotated[
        int, typer.Option(min=100, max=10_000_000, help="How many are invented.")
    ] = 100_000,
    motions: Annotated[int, typer.Option(min=1, max=5, help="How many they are judged on.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that judge.")] = 1,
    engine: Annotated[str, typer.Option(metavar="local|ray", help="As for batch.")] = "local",
    kills: Annotated[int, typer.Option(min=0, max=1000, help="How often it is killed.")] = 0,
    stand_ins: Annotated[
        bool, typer.Option("--stand-ins", help="Take stand-ins for the models: all but them.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the input and the rows there.")
    ] = None,
) -> None:
    """Time a whole batch run of invented speeches: rate, memory, restarts after kill -9."""
    from tempfile import TemporaryDirectory

    from argmap.evaluation.bulk import bulk_table, measure_bulk

    if engine not in ("local", "ray"):
        raise typer.BadParameter("choose local or ray.", param_hint="--engine")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, progress() as report:
        found = measure_bulk(
            folder or Path(made), statements=statements, motions=motions, workers=workers,
            engine=engine, stand_ins=stand_ins, kills=kills, progress=report,
        )  # fmt: skip
    typer.echo(bulk_table([found]), nl=False)


@bench_app.command("stance")
def bench_stance(
    sentences: Annotated[
        int, typer.Option(min=32, max=10_000, help="Sentences; slow peers get fewer.")
    ] = 400,
    runs: Annotated[int, typer.Option(min=1, max=50, help="Runs of each way.")] = 5,
    cross_encoder: Annotated[
        bool, typer.Option(help="Time sentence-transformers too, of the extra “bench”.")
    ] = True,
) -> None:
    """Time the stance model beside its peers, with 1, 5 and 20 motions."""
    from argmap.evaluation import stance_speed

    with progress() as report:
        report("Loading the models", 0, 0)
        found = stance_speed.measure(
            count=sentences, runs=runs, cross_encoder=cross_encoder, progress=report
        )
    typer.echo(stance_speed.as_tables(found), nl=False)
