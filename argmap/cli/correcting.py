"""``argmap corrections``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from argmap.cli.apps import app
from argmap.cli.inputs import read_project
from argmap.cli.terminal import console, plain

if TYPE_CHECKING:
    from argmap.corrections import Agreement, Agreements, EditOutcome
    from argmap.records import Debate
    from argmap.stance import Refit

_STATUS = {"applied": "", "undone": "undone", "not applicable": "no effect"}


@app.command("corrections")
def corrections(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Project file; - is standard input.")],
) -> None:
    """List the corrections of a project file, how far they agree with the model, and what follows.

    What follows are thresholds of your own, once enough sentences that were drawn at random are
    judged; until then, how many are missing.
    """
    from argmap.corrections import agreement, refitted, replay

    debate = read_project(file)
    found = replay(debate, debate.edits)
    if not found.outcomes:
        typer.echo("Nothing has been corrected in this debate.")
        return
    _log(found.outcomes)
    _agreement(agreement(debate), debate)
    for line in refit_lines(refitted(debate)):
        typer.echo(plain(line))


def _log(outcomes: tuple[EditOutcome, ...]) -> None:
    from rich.table import Table

    table = Table("", "Correction", "By", "When", "", box=None, title_justify="left")
    for outcome in outcomes:
        edit = outcome.edit
        notes = (_STATUS[outcome.status], "drawn at random" if edit.drawn else "", outcome.reason)
        note = ": ".join(part for part in notes if part)
        cells = (str(edit.sequence), outcome.words, edit.author, edit.time, note)
        table.add_row(*map(plain, cells))
    console(stderr=False).print(table)


def _agreement(found: Agreements, debate: Debate) -> None:
    from rich.table import Table

    from argmap.records import LABELS
    from argmap.wording import LABEL_WORDS

    if not found.all.n:
        return
    motions = {topic.id: topic.title for topic in debate.topics}
    rows: list[tuple[str, Agreement]] = [("The model and every label given", found.all)]
    if found.drawn.n:
        rows.append(("The model and labels of sentences drawn at random", found.drawn))
    rows += [(f"The model and labels on “{motions[own]}”", kept) for own, kept in found.topics]
    if len(found.authors) > 1:
        rows += [(f"The model and {author}", kept) for author, kept in found.authors]
    rows += [(f"{one} and {other}", kept) for one, other, kept in found.between]
    table = Table("Agreement of", "n", "Alike [95%]", "Kappa [95%]", box=None)
    for name, kept in rows:
        table.add_row(plain(name), f"{kept.n:,}", *_numbers(kept))
    typer.echo()
    console(stderr=False).print(table)
    typer.echo()
    names = [LABEL_WORDS[label] for label in LABELS]
    counts = Table("The model, below; a person, across", *names, box=None)
    for name, row in zip(names, found.all.counts, strict=True):
        counts.add_row(name, *(f"{number:,}" for number in row))
    console(stderr=False).print(counts)
    typer.echo()


def _numbers(found: Agreement) -> tuple[str, str]:
    share, kappa = found.share, found.kappa
    told = "too few, or one label"
    if kappa is not None:
        told = f"{kappa.value:.2f} [{kappa.low:.2f}, {kappa.high:.2f}]"
    return f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]", told


def refit_lines(found: Refit) -> list[str]:
    """The refitted thresholds in sentences, or what is missing."""
    from argmap.stance.calibration import TARGETS
    from argmap.wording import count, percent

    if not found.enough:
        lines = [
            "Thresholds of your own take sentences drawn at random and judged: "
            f"{count(found.more, 'more sentence')} that the model holds for or against."
        ]
    else:
        lines = []
        for kept in found.thresholds:
            risk = kept.point.risk
            missed = "" if kept.reached else ", more than wanted; it is the best there is"
            lines.append(
                f"Threshold for {kept.use}: {kept.point.threshold:.2f}. At it "
                f"{percent(risk.value)} of {count(risk.n, 'label')} for or against are wrong "
                f"[{percent(risk.low)}, {percent(risk.high)}], of at most "
                f"{percent(TARGETS[kept.use])} wanted{missed}."
            )
    for motion, more in found.short:
        lines.append(f"“{motion}” does not count yet: {count(more, 'more sentence')} to judge.")
    return lines
