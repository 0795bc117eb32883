"""``argmap eval``, alone and with ``votes``, ``attribution`` or ``relations``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmap.cli.apps import eval_app
from argmap.cli.terminal import fail, progress
from argmap.errors import InputError

_Model = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Model to score, as “argmap models list” names it."),
]


@eval_app.callback()
def evaluate(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the research sets, for the public tests."),
    ] = None,
    model: _Model = None,
) -> None:
    """Score the model on the bundled gold labels and, with --data, on the public test sets."""
    if context.invoked_subcommand is not None:
        return
    from argmap import nlp
    from argmap.evaluation.benchmarks import BENCHMARKS, as_table, run_benchmark, run_corpus

    with progress() as report:
        report("Loading the models", 0, 0)
        classifier = nlp.load_classifier(model)
        results = list(
            run_corpus(
                classifier=classifier,
                attributor=nlp.load_attributor(),
                progress=report,
            )
        )
        if data is not None:
            results += [
                run_benchmark(benchmark, data, classifier=classifier, progress=report)
                for benchmark in BENCHMARKS
            ]
    typer.echo(as_table(results), nl=False)


@eval_app.command("votes")
def evaluate_votes(
    data: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the research sets, for Convote."),
    ] = None,
    hansard: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of Hansard XML days, for the Commons."),
    ] = None,
    model: _Model = None,
) -> None:
    """Hold what the model makes of speeches against how the speakers then voted."""
    if data is None and hansard is None:
        raise InputError("Nothing to score. Give --data, --hansard or both.")
    from argmap import nlp
    from argmap.evaluation.votes import VoteResult, run_convote, run_hansard, votes_table

    results: list[VoteResult] = []
    single: list[VoteResult] = []
    with progress() as report:
        report("Loading the model", 0, 0)
        classifier = nlp.load_classifier(model)
        if data is not None:
            results += run_convote(data, classifier=classifier, progress=report)
        if hansard is not None:
            every, single = run_hansard(hansard, classifier=classifier, progress=report)
            results += every
    typer.echo(votes_table(results), nl=False)
    if single:
        typer.echo("\n" + votes_table(single), nl=False)


@eval_app.command("attribution")
def evaluate_attribution(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    split: Annotated[str, typer.Option(help="Split of PolNeAR: test or dev.")] = "test",
) -> None:
    """Score who says what on PolNeAR: rules alone, the model alone, and both."""
    from argmap import nlp
    from argmap.evaluation.polnear import as_tables, run_attribution

    if split not in ("test", "dev"):
        raise typer.BadParameter(f"{split!r} is neither test nor dev.", param_hint="--split")
    with progress() as report:
        report("Loading the model", 0, 0)
        results, digest = run_attribution(
            data, attributor=nlp.load_attributor(), split=split, progress=report
        )
    typer.echo(as_tables(results, data=digest, articles=f"{split} split"), nl=False)


@eval_app.command("points")
def evaluate_points(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    split: Annotated[str, typer.Option(help="Split of the sets: test or dev.")] = "test",
) -> None:
    """Score key points on KPA 2021: matching, groups, and the quality that picks a heading."""
    from functools import partial

    from argmap import nlp
    from argmap.evaluation.keypoints import points_tables, run_points
    from argmap.nlp.backbone import file_sha256
    from argmap.training.examples import data_file
    from argmap.training.points import DATA, load_groups
    from argmap.training.quality import rated

    if split not in ("test", "dev"):
        raise typer.BadParameter(f"{split!r} is neither test nor dev.", param_hint="--split")
    groups, arguments = load_groups(data, split), rated(data, split)
    with progress() as report:
        report("Loading the models", 0, 0)
        scores = run_points(
            groups,
            arguments,
            encoder=nlp.load_point_encoder(),
            plain=nlp.load_encoder(),
            progress=lambda stage: partial(report, stage),
        )
    hashes = [file_sha256(data_file(data, name))[:12] for name in (DATA, "arg30k")]
    typer.echo(points_tables(scores, split=split, data=hashes[0], quality_data=hashes[1]), nl=False)


@eval_app.command("relations")
def evaluate_relations(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    split: Annotated[str, typer.Option(help="Split of the relation sets: test or dev.")] = "test",
) -> None:
    """Score what supports and attacks what, beside what the stances alone would say."""
    from argmap import nlp
    from argmap.evaluation.relations import relation_tables, run_relations
    from argmap.nlp.backbone import file_sha256
    from argmap.training.examples import data_file

    if split not in ("test", "dev"):
        raise typer.BadParameter(f"{split!r} is neither test nor dev.", param_hint="--split")
    digest = file_sha256(data_file(data, "relations"))[:12]
    with progress() as report:
        report("Loading the models", 0, 0)
        results, kept = run_relations(
            data,
            classifier=nlp.load_relation_classifier(),
            stance_classifier=nlp.load_classifier(),
            encoder=nlp.load_encoder(),
            split=split,
            progress=report,
        )
    typer.echo(relation_tables(results, kept, data=digest, split=split), nl=False)


@eval_app.command("calibration")
def evaluate_calibration(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    model: _Model = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Keep thresholds and scaling beside the model's weights."),
    ] = False,
) -> None:
    """Measure on unseen development motions how sure the model may be, and choose thresholds."""
    from argmap import nlp
    from argmap.evaluation import calibration
    from argmap.nlp.registry import find_model

    entry = find_model(model, task="stance")
    if write and entry.source != "shipped":
        raise InputError(
            f"{entry.id} is not a model that argmap ships, so nothing is written beside it. "
            "Leave --write out to see the numbers, and give argmap map a --threshold."
        )
    with progress() as report:
        report("Loading the model", 0, 0)
        judged = calibration.judge(data, classifier=nlp.load_classifier(model), progress=report)
        report("Measuring", 0, 0)
        found, scaling = calibration.calibrate(judged, entry)
    typer.echo(calibration.as_tables(found, scaling), nl=False)
    if write:
        typer.echo(f"Written: {calibration.write(found, scaling, entry)}")


@eval_app.command("agreement")
def evaluate_agreement(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    precision: Annotated[
        list[str] | None, typer.Option(help="What to hold against fp32; bf16 and int8 if left out.")
    ] = None,
    rows: Annotated[
        int, typer.Option(min=10, max=10_000_000, help="Pairs of each set at most.")
    ] = 1200,
) -> None:
    """Hold the stance model's decisions in fewer bits against those in float32."""
    from argmap import nlp
    from argmap.evaluation import agreement
    from argmap.stance import threshold_of

    with progress() as report:
        report("Loading the model", 0, 0)
        names = [agreement.REFERENCE, *(precision or ("bf16", "int8"))]
        classifiers = {name: nlp.load_classifier(precision=name) for name in names}
        threshold, _ = threshold_of(None, classifiers[agreement.REFERENCE])
        found = agreement.measure(
            data, classifiers, threshold=threshold, rows=rows, progress=report
        )
    typer.echo(agreement.as_table(found), nl=False)


@eval_app.command("prefilter")
def evaluate_prefilter(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of the research sets.")],
    write: Annotated[
        bool, typer.Option("--write", help="Keep the threshold beside the stance model.")
    ] = False,
    split: Annotated[
        str, typer.Option(help="dev chooses the threshold; test reports on the one that is kept.")
    ] = "dev",
) -> None:
    """Measure how near a motion a passage must be for 99% of what takes a side to be kept."""
    from argmap import nlp
    from argmap.evaluation import prefilter
    from argmap.export import write_file
    from argmap.stance import relevance
    from argmap.training.relevance import SETS

    if split not in ("dev", "test"):
        raise typer.BadParameter(f"{split!r} is neither dev nor test.", param_hint="--split")
    kept = relevance.read_prefilter() if split == "test" else None
    if split == "test" and (write or kept is None):
        raise InputError("Choose the threshold first: argmap eval prefilter --data FOLDER --write.")
    with progress() as report:
        report("Loading the model", 0, 0)
        encoder = nlp.load_encoder(precision="auto")
        line = (
            prefilter.Line(kept.weights, kept.bias)
            if kept
            else prefilter.fit(data, encoder=encoder, progress=report)
        )
        sets = [
            prefilter.measure_set(
                data,
                name,
                ("test",) if split == "test" else ("train", "dev"),
                line=line,
                encoder=encoder,
                progress=report,
            )
            for name in SETS
        ]
    found = kept or prefilter.choose(sets, line)
    typer.echo(prefilter.as_tables(sets, found, split=split), nl=False)
    if write:
        write_file(relevance.prefilter_file(), relevance.dumps(found))
        typer.echo(f"Written: {relevance.prefilter_file()}")


@eval_app.command("gate")
def evaluate_gate(
    accept: Annotated[
        bool, typer.Option("--accept", help="Set the floors anew from what is measured now.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why, in a few words; kept beside the floors.")] = "",
) -> None:
    """Check that the shipped stance model keeps its floors on the corpus and on held-out prose."""
    from argmap import nlp
    from argmap.evaluation import gate
    from argmap.nlp.registry import find_model

    entry = find_model(None, task="stance")
    path = entry.folder / gate.FILE_NAME
    if reason and not accept:
        raise InputError("A reason goes with --accept, which sets the floors anew.")
    before = gate.read_gate(path) if path.is_file() or not accept else None
    with progress() as report:
        report("Loading the models", 0, 0)
        checks = gate.measure(
            classifier=nlp.load_classifier(), attributor=nlp.load_attributor(), progress=report
        )
    typer.echo(gate.as_table(before, checks), nl=False)
    if accept:
        after = gate.accept(before, checks, model=entry.id, sha256=entry.revision, reason=reason)
        for name in gate.lowered(before, after):
            typer.echo(f"lowered: {name}", err=True)
        typer.echo(f"Written: {gate.save(after, entry)}")
        return
    assert before is not None
    if found := gate.problems(before, checks, sha256=entry.revision):
        fail(found)
    typer.echo("Every floor is kept.")
