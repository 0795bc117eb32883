"""A row of a table -> ``Document``; what the columns are is settled before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from argmap.errors import SourceError
from argmap.records import Document, Span, Speaker, Turn, content_id
from argmap.sources.assemble import finish
from argmap.sources.characters import normalise, one_line
from argmap.sources.columns import Field
from argmap.sources.dates import to_iso
from argmap.sources.draft import Draft
from argmap.sources.paragraphs import split_paragraphs

#: What stands first in a date such as ``03/04/2031``.
DateOrder = Literal["day", "month"]

_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T].*)?")
_TITLE_LENGTH = 200


@dataclass(slots=True)
class DateOrders:
    """Tells from the dates of a column, one after another, which order they are in."""

    day: bool = False
    month: bool = False
    seen: bool = False

    def see(self, cell: str) -> None:
        match = _SLASHED.fullmatch(cell.strip())
        if match is not None:
            self.seen = True
            self.day = self.day or int(match[1]) > 12
            self.month = self.month or int(match[2]) > 12

    @property
    def order(self) -> DateOrder | None:
        """``None`` where no date tells, or where they contradict each other."""
        if self.day == self.month:
            return None
        return "day" if self.day else "month"


def date_order(cells: Iterable[str]) -> DateOrder | None:
    """The order of a whole column."""
    orders = DateOrders()
    for cell in cells:
        orders.see(cell)
    return orders.order


def read_day(cell: str, order: DateOrder | None) -> str | None:
    """The day of a cell; ``03/04/2031`` is read only where another row tells the order."""
    match = _SLASHED.fullmatch(cell.strip())
    if match is None:
        return to_iso(cell)
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if order is None and first != second:
        return None
    day, month = (second, first) if order == "month" else (first, second)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def row_document(
    cell: Mapping[Field, str],
    number: int,
    day: str | None,
    others: Mapping[str, str] | None = None,
) -> Document:
    """The document of one row.

    Args:
        cell: the row's text of each field that the table has.
        number: where the row stands in the file.
        day: ISO 8601.
        others: the row's other columns, which become attributes.

    Raises:
        SourceError: there are no words in it.
    """
    key, name = one_line(cell.get("id", "")), one_line(cell.get("speaker", ""))
    title = one_line(cell.get("title", ""))
    outlet, url = one_line(cell.get("outlet", "")), one_line(cell.get("url", ""))
    place = key or f"Row {number}"
    label = f"{place}: {name}" if name else place
    draft = Draft(
        paragraphs=split_paragraphs(normalise(cell["text"])),
        title=(title or label)[:_TITLE_LENGTH],
        kind="comment",
        outlet=outlet or None,
        date=day,
        url=url or None,
        attributes={"row": str(number), **({"id": key} if key else {}), **(others or {})},
    )
    if not name and (title or outlet):
        document = finish(replace(draft, kind="article"), place)
    else:
        document = _comment(draft, name, place)
    # Two people may write the same words; their rows stay two documents.
    return replace(document, id=content_id("d", document.title, document.text, name, place))


def _comment(draft: Draft, name: str, where: str) -> Document:
    """Every word of a row, as its speaker's one turn where there is a name."""
    lines = [line for part in draft.paragraphs if (line := one_line(part.text))]
    text = "\n\n".join(lines)
    if not any(char.isalnum() for char in text):
        raise SourceError(where, "there are no words in it.", "Give a source that holds text.")
    speaker = Speaker(content_id("s", name.casefold()), name) if name else None
    return Document.create(
        title=draft.title or where,
        text=text,
        kind="comment",
        outlet=draft.outlet,
        date=draft.date,
        url=draft.url,
        attributes=dict(draft.attributes),
        turns=(Turn(Span(0, len(text)), speaker),) if speaker else (),
    )
