"""Excel workbooks (.xlsx), row by row through openpyxl, after the package has been checked.

The first sheet with a row below its first one is read; the others are named. Formulas give the
value that Excel last computed. What the file claims of a sheet's size is not believed.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from argmap.errors import SourceError
from argmap.sources.characters import one_line
from argmap.sources.limits import MAX_COLUMNS
from argmap.sources.package import check_xml, damaged, open_package
from argmap.sources.tables import Table, make_table, number_shown

_WHAT = "Excel workbook"
#: Rows without a cell that may stand before and between rows; a sheet beyond them is refused.
_MAX_EMPTY = 100_000


def parse_xlsx(data: bytes, where: str) -> Table:
    """The table of a workbook's first sheet that holds one.

    Raises:
        SourceError: the workbook is damaged, unsafe or too large, or holds no table.
    """
    import openpyxl  # slow to import, and most inputs do without it

    with open_package(data, where, what=_WHAT) as package:
        check_xml(package, where, what=_WHAT)
    try:
        with warnings.catch_warnings():
            # openpyxl tells of pictures and styles that it leaves out; none of that is text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        used = [sheet for sheet in sheets if len(list(islice(_filled(sheet, where), 2))) == 2]
        if not used:
            raise SourceError(
                where,
                "the workbook has no sheet with rows below a first row of names.",
                "Put a name such as “text” above each column.",
            )
        others = [one_line(str(sheet.title)) for sheet in used[1:]]
        notes = (
            [f"Only the sheet “{one_line(str(used[0].title))}” is read, not "
             f"{', '.join(f'“{name}”' for name in others)}."]
            if others else []
        )  # fmt: skip
        return make_table(_filled(used[0], where), where, warnings=notes)
    except SourceError:
        raise
    # openpyxl lets whatever a damaged part provokes pass through.
    except Exception as error:
        raise damaged(where, _WHAT) from error


def _filled(sheet: Any, where: str) -> Iterator[tuple[int, Sequence[str]]]:
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), 1):
        if any(value is not None for value in row):
            last = max(at for at, value in enumerate(row, 1) if value is not None)
            yield number, [_shown(value) for value in row[:last]]
            continue
        empty += 1
        if empty > _MAX_EMPTY:
            raise SourceError(
                where,
                f"the sheet has more than {_MAX_EMPTY:,} empty rows among its rows.",
                "Copy the rows you need to a new sheet, or save it as CSV.",
            )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number_shown(value) if isinstance(value, float) else str(value)
