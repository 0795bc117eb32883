"""``argmap map --division``: which division decides a motion, and what was made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from argmap.cli.terminal import plain

if TYPE_CHECKING:
    from argmap.records import Debate, Decision, Division, Document, Side, Topic

_OPTION = "--division"
_SHAPE = re.compile(
    r"\s*(?P<division>[\w.-]{1,64})\s*=\s*(?P<topic>[\w.-]{1,64})\s*:\s*aye-(?P<aye>pro|con)\s*"
)


def decisions_of(
    typed: Sequence[str], topics: Sequence[Topic], documents: Sequence[Document]
) -> tuple[Decision, ...]:
    """What the options say, in the order of the topics.

    Raises:
        typer.BadParameter: one has another shape, names no division or motion or one of several,
            or a motion is decided twice.
    """
    divisions = [division for document in documents for division in document.divisions]
    known = {topic.id for topic in topics}
    from argmap.records import Decision

    found: dict[str, Decision] = {}
    for option in typed:
        match = _SHAPE.fullmatch(option)
        if match is None:
            raise typer.BadParameter(
                f"{plain(option)!r} is not DIVISION=MOTION:aye-pro or DIVISION=MOTION:aye-con.",
                param_hint=_OPTION,
            )
        topic = match["topic"]
        if topic not in known:
            raise typer.BadParameter(
                f"{topic!r} is not the id of a motion. Give it one with --motion "
                f'"{topic}=Proposition."; there is {", ".join(sorted(known))}.',
                param_hint=_OPTION,
            )
        if topic in found:
            raise typer.BadParameter(
                f"the motion {topic!r} has a division already.", param_hint=_OPTION
            )
        aye: Side = "pro" if match["aye"] == "pro" else "con"
        found[topic] = Decision(topic, _division(match["division"], divisions).id, aye)
    return tuple(found[topic.id] for topic in topics if topic.id in found)


def _division(name: str, divisions: Sequence[Division]) -> Division:
    named = [d for d in divisions if name in (d.id, d.number)]
    if len(named) == 1:
        return named[0]
    offered = "; ".join(f"{d.id} ({_described(d)})" for d in named or divisions)
    if named:
        problem = f"{len(named)} divisions have the number {name}. Name one by its id: {offered}."
    elif divisions:
        problem = f"there is no division {name!r}. There is: {offered}."
    else:
        problem = f"there is no division {name!r}, for the documents record none."
    raise typer.BadParameter(problem, param_hint=_OPTION)


def _described(division: Division) -> str:
    known = (
        f"number {division.number}" if division.number else None,
        division.date,
        division.time,
        division.question,
    )
    return plain(", ".join(part for part in known if part))


def list_divisions(debate: Debate) -> None:
    """Say how the votes fit the words, or which divisions there are to choose from."""
    if not debate.divisions:
        return
    from argmap.structure import summarise_speakers
    from argmap.structure.votes import agreement, votes_beside

    summaries = summarise_speakers(debate) if debate.decisions else ()
    numbers = {division.id: division for division in debate.divisions}
    for decision in debate.decisions:
        counts = agreement(votes_beside(debate, decision.topic, summaries))
        typer.echo(
            f"Division {numbers[decision.division].number or decision.division} on "
            f"{decision.topic}: {counts.agree} of {counts.compared} speakers with a vote and a "
            "stance voted as they spoke",
            err=True,
        )
    if debate.decisions:
        return
    typer.echo(
        "Divisions, to be named with --division DIVISION=MOTION:aye-pro or aye-con:", err=True
    )
    for division in debate.divisions:
        result = f"ayes {division.ayes}, noes {division.noes}"
        typer.echo(f"  {division.id}  {_described(division)} ({result})", err=True)
