"""``argmap bench``."""

from __future__ import annotations

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
