"""Offices and bare surnames across documents: an office changes hands, so dates decide.

Within a document "the harbour secretary" leads back to the person it names. Across documents an
office alone joins nothing that lies far apart, nothing undated and nothing between two holders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from argmap.records import Document
from argmap.statements import lexicon as lx
from argmap.statements.directory import Entity
from argmap.statements.names import holds, person_key

#: Days between two documents within which an office is taken to have one holder.
OFFICE_DAYS = 120
#: Days after which a surname with a title or a role may be another person's.
SURNAME_DAYS = 366

#: What makes no office of a role: every town has a council leader.
_LOOSE = lx.words(
    "union party council cabinet campaign committee company police local regional hospital "
    "community church charity bank school university college senior junior leading veteran "
    "former shadow deputy executive political medical policy press city county district town "
    "board association group opposition backbench crossbench"
)

Source = tuple[Document, Sequence[Entity]]


@dataclass(frozen=True, slots=True)
class Tenure:
    """What one mention of an office without a name comes to, over all documents.

    Attributes:
        holder: the person whom another document of the time names.
        name: where nobody is named, what to call the holder, unlike every other holder.
    """

    holder: Entity | None
    name: str


@dataclass(frozen=True, slots=True)
class _Held:
    entity: Entity
    document: Document
    day: date | None
    place: int  # of its document


def day_of(document: Document) -> date | None:
    """The document's date, if it has a whole one."""
    try:
        return date.fromisoformat((document.date or "")[:10])
    except ValueError:
        return None


def far_apart(first: date | None, second: date | None, days: int) -> bool:
    """Whether two dates that are known lie more than ``days`` apart."""
    return first is not None and second is not None and abs((first - second).days) > days


def tenures(sources: Sequence[Source]) -> Mapping[Entity, Tenure]:
    """For every office without a name in every document, who holds it."""
    by_office: defaultdict[str, list[_Held]] = defaultdict(list)
    people: list[_Held] = []
    for place, (document, entities) in enumerate(sources):
        day = day_of(document)
        for entity in entities:
            held = _Held(entity, document, day, place)
            if entity.kind == "role":
                by_office[entity.name.lower()].append(held)
            elif entity.kind == "person" and entity.full and entity.roles:
                people.append(held)
    found: dict[Entity, Tenure] = {}
    for mentions in by_office.values():
        found.update(_settle(mentions, people))
    return found


def _settle(mentions: Sequence[_Held], people: Sequence[_Held]) -> dict[Entity, Tenure]:
    """Holders of one office."""
    name = mentions[0].entity.name
    loose = set(name.lower().split()[:-1]) <= _LOOSE
    found: dict[Entity, Tenure] = {}
    groups: list[list[_Held]] = []
    joinable: list[_Held] | None = None
    for mention in sorted(mentions, key=lambda m: (m.day or date.max, m.place)):
        holders = {} if loose else _holders(mention, people)
        if len(holders) == 1:
            found[mention.entity] = Tenure(next(iter(holders.values())), name)
            joinable = None  # whoever holds it unnamed before and after may be two
            continue
        alone = loose or mention.day is None or bool(holders)
        if alone or joinable is None or far_apart(joinable[0].day, mention.day, OFFICE_DAYS):
            groups.append([mention])
            joinable = None if alone else groups[-1]
        else:
            joinable.append(mention)
    found.update(_named(name, groups))
    return found


def surnames(sources: Sequence[Source], alone: Mapping[Entity, bool]) -> Mapping[Entity, Tenure]:
    """For every person known by a surname only, which of them are one.

    Args:
        alone: those people, and whether two people in the debate bear the surname, so that it
            joins no documents.
    """
    by_name: defaultdict[str, list[_Held]] = defaultdict(list)
    for place, (document, entities) in enumerate(sources):
        for entity in entities:
            if entity in alone:
                held = _Held(entity, document, day_of(document), place)
                by_name[entity.name.lower()].append(held)
    found: dict[Entity, Tenure] = {}
    for mentions in by_name.values():
        groups: list[list[_Held]] = []
        for mention in sorted(mentions, key=lambda m: (m.day or date.min, m.place)):
            if (
                not groups
                or alone[mention.entity]
                or far_apart(groups[-1][0].day, mention.day, SURNAME_DAYS)
            ):
                groups.append([mention])
            else:
                groups[-1].append(mention)
        found.update(_named(mentions[0].entity.name, groups))
    return found


def _named(name: str, groups: Sequence[Sequence[_Held]]) -> Iterator[tuple[Entity, Tenure]]:
    """Each group is one holder, under a name that no other group has."""
    for label, group in zip(_labels([group[0] for group in groups]), groups, strict=True):
        for mention in group:
            yield mention.entity, Tenure(None, f"{name} ({label})" if label else name)


def _holders(mention: _Held, people: Iterable[_Held]) -> dict[str, Entity]:
    """The people whom other documents of the same time give the office to, by name."""
    return {
        person_key(person.entity.name): person.entity
        for person in people
        if mention.day is not None
        and person.day is not None
        and not far_apart(mention.day, person.day, OFFICE_DAYS)
        and holds(person.entity.roles, mention.entity.name)
    }


def _labels(firsts: Sequence[_Held]) -> list[str]:
    """What tells several holders of one office apart: the year, the day, or the source."""
    if len(firsts) < 2:
        return ["" for _ in firsts]
    days = [first.day for first in firsts]
    titles = [first.document.title for first in firsts]
    for labels in (
        [str(day.year) if day else title for day, title in zip(days, titles, strict=True)],
        [
            f"{day.day} {day:%B %Y}" if day else title
            for day, title in zip(days, titles, strict=True)
        ],
        titles,
    ):
        if len(set(labels)) == len(labels):
            return labels
    return [
        f"{title}, source {first.place + 1}" for title, first in zip(titles, firsts, strict=True)
    ]
