"""``argmap map``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.divisions import decisions_of, list_divisions
from argmap.cli.inputs import columns_of, read_all, topics_of
from argmap.cli.terminal import check_target, console, plain, progress, write
from argmap.errors import InputError

if TYPE_CHECKING:
    from argmap.records import Debate, Document


@app.command("map")
def map_files(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Documents, tables, zip archives or web addresses; - is standard input.",
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
        str, typer.Option("--json", metavar="FILE", help="Project file to write; - is the output.")
    ] = "-",
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
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Least probability of a label, in place of --use."),
    ] = None,
    use: Annotated[
        str | None,
        typer.Option(
            metavar="exploring|citing",
            help="What the labels are for: about 1 in 5 for/against labels wrong (exploring, the "
            "default), or about 1 in 20 (citing). What was measured: docs/trust.md.",
        ),
    ] = None,
    precision: Annotated[
        str,
        typer.Option(
            metavar="auto|fp32|bf16|int8",
            help="What the stance model computes with; auto takes what suits the machine. "
            "See docs/speed.md.",
        ),
    ] = "auto",
    skip_off_motion: Annotated[
        bool,
        typer.Option(
            "--skip-off-motion",
            help="Put no passage to the model that is off a motion by its embedding; for many "
            "motions. About 1 statement for or against in 100 is lost.",
        ),
    ] = False,
    cache: Annotated[
        bool,
        typer.Option(help="Remember what the model said of a sentence; holds no text."),
    ] = True,
    title: Annotated[str | None, typer.Option(help="Title of the debate.")] = None,
    division: Annotated[
        list[str] | None,
        typer.Option(
            "--division",
            metavar="DIVISION=MOTION:aye-pro|aye-con",
            help="Which division decides a motion, by number or id, and whether an aye is for "
            "the motion (aye-pro) or against it (aye-con). May be repeated.",
        ),
    ] = None,
) -> None:
    """Map documents on one or more motions and write a project file."""
    if threshold is not None and math.isnan(threshold):
        raise typer.BadParameter("nan is not a number between 0 and 1.", param_hint="--threshold")
    if use is not None and threshold is not None:
        raise typer.BadParameter("Give a use or a threshold, not both.", param_hint="--use")
    if files.count("-") > 1:
        raise typer.BadParameter("- stands for standard input once.", param_hint="FILE")
    topics = topics_of(motion)
    columns = columns_of(column or [])
    check_target(out, files)
    with progress() as report:
        documents = read_all(files, report, columns=columns)
        decisions = decisions_of(division or [], topics, documents)
        report("Loading the models", 0, 0)
        from argmap import nlp
        from argmap.pipeline import map_debate
        from argmap.stance import USES, load_relevance
        from argmap.store import remembered

        wanted = next((known for known in USES if known == use), None)
        if use is not None and wanted is None:
            raise typer.BadParameter(
                f"{plain(use)!r} is neither {' nor '.join(USES)}.", param_hint="--use"
            )
        classifier = nlp.load_classifier(model, precision=precision)
        debate = map_debate(
            documents,
            topics,
            title=title or _title(documents),
            classifier=remembered(classifier) if cache else classifier,
            encoder=nlp.load_point_encoder(),
            attributor=nlp.load_attributor(),
            relation_classifier=nlp.load_relation_classifier(),
            relevance=load_relevance() if skip_off_motion else None,
            threshold=threshold,
            use=wanted,
            decisions=decisions,
            progress=report,
        )
    if not debate.statements:
        raise InputError(
            "No sentence was found in these documents, so nothing was written. "
            "Check that they hold running text in English."
        )
    from argmap.projectfile import dumps

    write(out, dumps(debate))
    _summarise(debate)


def _title(documents: Sequence[Document]) -> str:
    # The rows of a table are one source, which has the table's name.
    titles = list(dict.fromkeys(d.attributes.get("table", d.title) for d in documents))
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"


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
        table.add_row(plain(topic.motion), *numbers, balance)
    counted = (f"{number} {what}{'' if number == 1 else 's'}" for what, number in counts.items())
    typer.echo(", ".join(counted), err=True)
    console(stderr=True).print(table)
    list_divisions(debate)
