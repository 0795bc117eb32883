"""``argmap explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import console, plain, progress
from argmap.errors import InputError

if TYPE_CHECKING:
    from argmap.stance import Explanation


@app.command("explain")
def explain_label(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Project file; - is the input.")],
    statement: Annotated[
        str, typer.Option("--statement", metavar="ID", help="The sentence, by its id in the file.")
    ],
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="ID", help="The motion, where the file has several."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Model to ask; by default the one that judged the file."),
    ] = None,
) -> None:
    """Show which words carried a label, and whether it holds when the motion is reworded."""
    debate = read_project(file)
    said = next((s for s in debate.statements if s.id == statement), None)
    if said is None:
        raise InputError(f"{file}: There is no statement {statement}. The file lists their ids.")
    topics = [t for t in debate.topics if topic in (None, t.id)]
    if len(topics) != 1:
        known = ", ".join(t.id for t in debate.topics)
        raise InputError(f"{file}: Name one motion with --topic. There are: {known}.")
    with progress() as report:
        report("Loading the model", 0, 0)
        from argmap import nlp
        from argmap.stance import explain, threshold_in

        used = debate.run.models.get("stance", "").partition("@")[0]
        found = explain(
            said,
            topics[0],
            classifier=nlp.load_classifier(model or used or None),
            threshold=threshold_in(debate.run.settings),
            progress=lambda done, total: report("Asking again", done, total),
        )
    typer.echo(plain(said.text))
    typer.echo(f"on: {plain(topics[0].motion)}\n")
    _print(found)


def _print(found: Explanation) -> None:
    from rich.table import Table

    from argmap.stance.explain import WARNING
    from argmap.wording import LABEL_WORDS, signed

    stance = found.stance
    typer.echo(
        f"{LABEL_WORDS[stance.label]} (for {stance.pro:.2f}, against {stance.con:.2f}, "
        f"no side {stance.none:.2f}). What “{LABEL_WORDS[found.best].lower()}” rests on:"
    )
    words = Table("Left out", "Probability falls by", box=None)
    words.columns[1].justify = "right"
    for weight in (*found.phrases, *sorted(found.words, key=lambda w: -abs(w.weight))):
        if round(weight.weight, 2):
            words.add_row(plain(weight.text), signed(weight.weight))
    console(stderr=False).print(words)
    asked = Table("Asked", "Motion", "Label", "For", "Against", "No side", "Holds", box=None)
    for wording in found.wordings:
        s = wording.stance
        kind = "in other words" if wording.kind == "same" else "turned round"
        cells = (f"{share:.2f}" for share in (s.pro, s.con, s.none))
        holds = "yes" if wording.holds else "no"
        asked.add_row(kind, plain(wording.motion), LABEL_WORDS[s.label], *cells, holds)
    if found.alone is not None:
        s = found.alone
        cells = (f"{share:.2f}" for share in (s.pro, s.con, s.none))
        asked.add_row("without the words before it", "", LABEL_WORDS[s.label], *cells, "")
    typer.echo("")
    console(stderr=False).print(asked)
    if not found.steady:
        typer.echo(f"\n{WARNING}")
