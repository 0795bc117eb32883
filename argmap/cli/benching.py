"""``argmap bench``."""

from __future__ import annotations

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
