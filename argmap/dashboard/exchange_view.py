"""Who answers whom as elements: the counts in words, the table of pairs, and their quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.charts import SIGNS
from argmap.dashboard import words
from argmap.dashboard.article import Reading
from argmap.dashboard.render import quote
from argmap.dashboard.speaker_view import PART
from argmap.dashboard.view import Element, Node, el
from argmap.records import Debate, NodeRelation, Relation, Statement
from argmap.structure import Exchange, Exchanges

_DONE: Mapping[NodeRelation, str] = {
    "support": "supported",
    "attack": "attacked",
    "undercut": "undercut",
}


def exchange_lines(found: Exchanges) -> tuple[str, ...]:
    """How many links there are between whom, and which are in no cell."""
    lines = []
    if found.pairs:
        lines.append(
            f"{words.count(found.between, 'link')} from one named speaker to another, in "
            f"{words.count(len(found.pairs), 'pair')} of speakers."
        )
    if found.within:
        lines.append(f"{words.count(found.within, 'more link')} between sentences of one speaker.")
    if found.unplaced:
        lines.append(
            f"{words.count(found.unplaced, 'more link')} to or from a sentence that no named "
            "speaker says in their own voice."
        )
    return tuple(lines)


def exchange_table(
    pairs: Sequence[Exchange],
    names: Mapping[str, str],
    *,
    current: tuple[str | None, str | None] = (None, None),
) -> Element:
    """A row for each pair of speakers with links, the counts as buttons that open the quotes."""
    head = ("Who", "bears on", "− Attacks", "+ Supports")
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) for cell in head))),
            el("tbody", *(_pair_row(pair, names, current) for pair in pairs)),
            css="votes matrix",
        ),
        css="tablebox",
        scroll=True,
        label="Who answers whom",
    )


def _pair_row(
    pair: Exchange, names: Mapping[str, str], current: tuple[str | None, str | None]
) -> Element:
    source, target = names[pair.source], names[pair.target]
    cells: list[Node] = []
    for sign, side, verb, own in (
        (SIGNS["con"], "con", "attacks", pair.attacks),
        (SIGNS["pro"], "pro", "supports", pair.supports),
    ):
        cells.append(
            el(
                "button",
                el("span", sign, css="sign"),
                f"{len(own):,}",
                css=f"node {side}",
                pick=f"{pair.source}{PART}{pair.target}",
                key=f"pair-{pair.source}-{pair.target}-{verb}",
                label=f"{source} {verb} {target}: {words.count(len(own), 'link')}",
                current=(pair.source, pair.target) == current,
            )
            if own
            else el("span", "–", css="muted", label="none")
        )
    return el("tr", el("th", source), el("th", target), *(el("td", cell) for cell in cells))


def exchange_panel(
    pair: Exchange, names: Mapping[str, str], debate: Debate, reading: Reading
) -> Element:
    """The quotes behind one pair: what is answered above what answers it."""
    by_id = {statement.id: statement for statement in debate.statements}
    return el(
        "section",
        el("h3", f"{names[pair.source]} to {names[pair.target]}"),
        *_links("Attacks", pair.attacks, by_id, debate, reading),
        *_links("Supports", pair.supports, by_id, debate, reading),
        css="panel scrolls",
        key="speaker-panel",
        scroll=True,
        label=f"What {names[pair.source]} answers {names[pair.target]}",
    )


def _links(
    title: str,
    relations: Sequence[Relation],
    by_id: Mapping[str, Statement],
    debate: Debate,
    reading: Reading,
) -> list[Element]:
    if not relations:
        return []
    return [
        el("h4", f"{title} ({len(relations):,})"),
        *(
            el(
                "ul",
                quote(by_id[relation.target], debate, reading),
                el("li", el("small", _link_note(relation)), css="plain"),
                quote(by_id[relation.source], debate, reading),
                css="quotes linked",
            )
            for relation in relations
        ),
    ]


def _link_note(relation: Relation) -> str:
    sure = f"{words.percent(relation.probability)} sure"
    return (
        f"{_DONE[relation.shown]} by the next, {'as a person says' if relation.corrected else sure}"
    )
