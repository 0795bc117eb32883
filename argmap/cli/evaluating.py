"""``argmap eval``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import eval_app
from argmap.cli.terminal import progress


@eval_app.callback()
def evaluate(
    context: typer.Context,
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
    if context.invoked_subcommand is not None:
        return
    from argmap import nlp
    from argmap.evaluation.benchmarks import BENCHMARKS, as_table, run_benchmark, run_corpus

    with progress() as report:
        report("Loading the models", 0, 0)
        classifier, encoder = nlp.load_classifier(model), nlp.load_encoder()
        results = list(run_corpus(classifier=classifier, encoder=encoder, progress=report))
        if data is not None:
            results += [
                run_benchmark(benchmark, data, classifier=classifier, progress=report)
                for benchmark in BENCHMARKS
            ]
    typer.echo(as_table(results), nl=False)
