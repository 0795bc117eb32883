"""Who or what can be set side by side: speakers, parties, outlets, documents, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.errors import InputError
from argmap.records import Debate, Document, Statement

By = Literal["speaker", "party", "outlet", "document", "date"]
BYS: tuple[By, ...] = ("speaker", "party", "outlet", "document", "date")

# An ISO date, or a month or a year of one.
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(?!\d)")
_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Comparand:
    """One of the two that are compared.

    Attributes:
        key: what names it in an address or on a command line: a speaker's or document's id, the
            name of a party or outlet, a date (``2024``, ``2024-03``, ``2024-03-01``) or two of
            them with ``..`` between, either of which may be left out.
        name: what a reader calls it.
        statements: ids of its statements, in the debate's order. Of a speaker or party, only what
            they say for themselves; of sources, everything that stands in them.
        reported: how many statements a speaker or party reports as the views of others, which
            are not theirs.
    """

    by: By
    key: str
    name: str
    statements: tuple[str, ...]
    reported: int = 0


def comparands(debate: Debate, by: By) -> tuple[Comparand, ...]:
    """All of one kind that have a statement, the most statements first; dates in their order.

    Of dates, the days, months and years that the documents have, where there are two or more.
    """
    if by == "date":
        return tuple(_dated(debate, key) for key in _periods(debate.documents))
    names = _names(debate, by)
    key_of = _key_of(debate, by)
    own: dict[str, list[str]] = {key: [] for key in names}
    reported = dict.fromkeys(names, 0)
    for statement in debate.statements:
        key = key_of(statement)
        if key is None:
            continue
        if by in ("speaker", "party") and statement.attribution.reported:
            reported[key] += 1
        else:
            own[key].append(statement.id)
    found = [
        Comparand(by, key, name, tuple(own[key]), reported[key])
        for key, name in names.items()
        if own[key]
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.statements), c.name.casefold(), c.key)))


def comparand(debate: Debate, by: By, key: str) -> Comparand:
    """The one of a kind that ``key`` names: its key or, whatever the case, its name.

    Speakers are also found by an alias of theirs, documents by their title.

    Raises:
        InputError: there is none, or several are called so.
    """
    if by == "date":
        found = _dated(debate, key.strip())
        if not found.statements:
            raise InputError(
                f"No statement is of {key!r}. " + _offer(comparands(debate, by), "The dates are")
            )
        return found
    every = comparands(debate, by)
    for one in every:
        if one.key == key:
            return one
    called = _folded(key)
    aliases = {s.id: s.aliases for s in debate.speakers} if by == "speaker" else {}
    named = [one for one in every if _folded(one.name) == called] or [
        one for one in every if called in map(_folded, aliases.get(one.key, ()))
    ]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(one.key for one in named)
        raise InputError(f"{len(named)} are called {key!r}. Name one by its id: {ids}.")
    raise InputError(f"There is no {by} {key!r} with a statement. " + _offer(every, "There is"))


def _offer(every: Sequence[Comparand], head: str) -> str:
    if not every:
        return "There is none to compare."
    more = f" and {len(every) - _OFFERED} more" if len(every) > _OFFERED else ""
    return f"{head}: {'; '.join(one.name for one in every[:_OFFERED])}{more}."


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _names(debate: Debate, by: By) -> Mapping[str, str]:
    """The name of every one of a kind by its key; spellings of one word in two cases are one."""
    if by == "speaker":
        return {speaker.id: speaker.name for speaker in debate.speakers}
    if by == "document":
        return {document.id: document.title for document in debate.documents}
    told: Iterable[str | None] = (
        (speaker.party for speaker in debate.speakers)
        if by == "party"
        else (document.outlet for document in debate.documents)
    )
    names: dict[str, str] = {}
    for name in told:
        if name and _folded(name):
            # Capitals sort first; whichever comes first in the debate would hang on its order.
            names[_folded(name)] = min(name, names.get(_folded(name), name))
    return {name: name for name in names.values()}


def _key_of(debate: Debate, by: By) -> Callable[[Statement], str | None]:
    if by == "speaker":
        return lambda statement: statement.speaker
    if by == "document":
        return lambda statement: statement.document
    keys = {_folded(name): name for name in _names(debate, by)}
    if by == "party":
        parties = {s.id: keys.get(_folded(s.party or "")) for s in debate.speakers}
        return lambda statement: parties.get(statement.speaker or "")
    outlets = {d.id: keys.get(_folded(d.outlet or "")) for d in debate.documents}
    return lambda statement: outlets[statement.document]


def date_of(document: Document) -> str | None:
    """The document's date or the month or year that is known of it; ``None`` if it is none."""
    found = _DATE.match(document.date or "")
    return found[0] if found else None


def _periods(documents: Sequence[Document]) -> list[str]:
    dates = {date for document in documents if (date := date_of(document))}
    offered: set[str] = set()
    for length in (4, 7, 10):
        cut = {date[:length] for date in dates if len(date) >= length}
        if len(cut) > 1:
            offered |= cut
    return sorted(offered)


def bounds(key: str) -> tuple[str, str]:
    """First and last ISO date of a period, compared as text; open ends are far away.

    Raises:
        InputError: it is no date and no two of them.
    """
    first, dots, last = key.partition("..")
    if not dots:
        last = first
    if not (first or last) or any(part and not _DATE.fullmatch(part) for part in (first, last)):
        raise InputError(
            f"{key!r} is no date. Give a year, a month or a day (2024, 2024-03, 2024-03-01), or "
            "two with .. between (2024-01..2024-06, ..2024-02-28)."
        )
    # A colon sorts after every digit and after the dash: the last of a month is any day in it.
    start, end = first or "", f"{last}:" if last else ":"
    if end < start:
        raise InputError(f"{key!r} ends before it begins. Put the earlier date first.")
    return start, end


def _dated(debate: Debate, key: str) -> Comparand:
    start, end = bounds(key)
    inside = {
        document.id
        for document in debate.documents
        # A document of which only the year is known is in no month of it.
        if (date := date_of(document)) and start <= date <= end
    }
    own = tuple(s.id for s in debate.statements if s.document in inside)
    return Comparand("date", key, _period_name(key), own)


def _period_name(key: str) -> str:
    first, dots, last = key.partition("..")
    if not dots:
        return key
    if not first:
        return f"until {last}"
    return f"{first} to {last}" if last else f"from {first}"
