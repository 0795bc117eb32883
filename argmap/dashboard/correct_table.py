"""The statements of the open motion as a table whose cells correct them, each at once.

The rows of a table stay where they are while the reader works in it, even where a correction
takes one past the filters: a row that vanished would slide another under the next keystroke.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import (
    component,
    corrections,
    pages_dir,
    render,
    sentence_tools,
    session,
    words,
)
from argmap.dashboard.correct_filters import Filters, passing
from argmap.dashboard.session import Open
from argmap.errors import ArgmapError
from argmap.records import LABELS, EditKind, Label, Stance, Statement

#: Rows on one page of the table.
PAGE = 100
_STATE = "correct-table"
_NO_POINT = "\x00none"
_SHOWN = 600
_HEADING = 80
_TOLD = 110
_UNCHANGED = object()
_SIGNED = {label: f"{SIGNS[label]} {words.LABEL_WORDS[label]}".strip() for label in LABELS}


@dataclass(slots=True)
class Table:
    """The table as this browser has it.

    Attributes:
        view: what the rows were chosen by: debate, motion and filters.
        rows: ids of the statements, in order.
        page: counted from 1.
        seen: length of the log that the editor knows of, its own cells among it.
        taken: the cells that were kept, by row and column.
        number: grows to give the editor a fresh start.
        ticked: whether every row of the page starts ticked.
        told: what the last cells did, said beside the table: a notice over it would push the
            table away under the reader's hands.
        takes_back: the corrections that undo takes back with it.
    """

    view: tuple[object, ...] = ()
    rows: tuple[str, ...] = ()
    page: int = 1
    seen: int = 0
    taken: dict[tuple[int, str], object] = field(default_factory=dict)
    number: int = 0
    ticked: bool = False
    told: str = ""
    takes_back: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The editor's widget key."""
        return f"correct-rows-{self.number}"

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE))

    @property
    def here(self) -> tuple[str, ...]:
        """The rows of the present page."""
        return self.rows[(self.page - 1) * PAGE : self.page * PAGE]

    def afresh(self, *, ticked: bool = False) -> None:
        """Let the editor forget its cells, and show what is stored."""
        self.number += 1
        self.taken = {}
        self.ticked = ticked
        self.told, self.takes_back = "", ()


def table() -> Table:
    """This browser's table."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Table()
    found: Table = st.session_state[_STATE]
    return found


# --- taking cells in -------------------------------------------------------------------------


def take_in() -> None:
    """Keep the cells that the reader has just changed, before the page is drawn.

    Each is one correction. A cell that could not be kept, or that has no effect, shows again
    what is stored.
    """
    state = table()
    edited = _edited(state)
    if not edited:
        return
    try:
        found = session.current()
    except ArgmapError:
        return  # the page's head says what is wrong
    if found is None or state.view[:2] != (found.info.id, found.topic.id):
        return
    here = state.here
    cleared: list[str] = []
    wanted: list[tuple[EditKind, dict[str, object]]] = []
    for row, cells in sorted(edited.items()):
        for column, value in cells.items():
            if column not in _WRITERS or state.taken.get((row, column), _UNCHANGED) == value:
                continue
            state.taken[row, column] = value
            if not 0 <= row < len(here):
                continue
            if column == "label" and value is None:
                cleared.append(here[row])
            else:
                wanted.append(_WRITERS[column](found, here[row], value))
    outcomes = [outcome for own in cleared for outcome in corrections.clear_label(found, own)]
    if wanted:
        outcomes += corrections.record_all(found, wanted)
    elif not cleared:
        return
    state.seen += len(outcomes)
    short = len(outcomes) < len(wanted) + len(cleared)
    if short or any(outcome.status == "not applicable" for outcome in outcomes):
        state.afresh()
        return
    browser = session.browser()
    state.told, state.takes_back = browser.notice or "", browser.takes_back
    browser.notice, browser.takes_back = None, ()


def _edited(state: Table) -> Mapping[int, Mapping[str, Any]]:
    stored = st.session_state.get(state.key)
    return stored["edited_rows"] if stored else {}


def _label(found: Open, statement: str, value: object) -> tuple[EditKind, dict[str, object]]:
    return "label", {"statements": (statement,), "topic": found.topic.id, "label": value}


def _point(found: Open, statement: str, value: object) -> tuple[EditKind, dict[str, object]]:
    point = None if value == _NO_POINT else value
    return "point", {"statements": (statement,), "topic": found.topic.id, "point": point}


#: What a changed cell of a column becomes.
_WRITERS = {"label": _label, "point": _point}


# --- drawing ---------------------------------------------------------------------------------


def show(found: Open, filters: Filters) -> None:
    """Draw the table of the statements that pass."""
    state = table()
    _choose_rows(found, filters, state)
    if not state.rows:
        component.show(
            render.empty("No sentence passes the filters", "Take one of them off above.")
        )
        return
    if state.seen != len(found.debate.edits):
        # Somebody else, another tab or a step back: what the editor holds may be stale.
        state.seen = len(found.debate.edits)
        state.afresh()
    _head(found, filters, state)
    frame = _frame(found, state)
    st.data_editor(
        frame,
        key=state.key,
        hide_index=True,
        column_config=_columns(found),
        disabled=[name for name in frame.columns if name not in ("tick", *_WRITERS)],
        height=min(38 + 35 * len(frame), 640),
        alt="Sentences on the open motion, with the model's label and yours",
        placeholder="",
    )
    _several(found, state)


def _choose_rows(found: Open, filters: Filters, state: Table) -> None:
    view = (found.info.id, found.topic.id, filters)
    known = {statement.id for statement in found.debate.statements}
    if state.view == view and known.issuperset(state.rows):
        return
    state.view, state.page = view, 1
    state.rows = tuple(statement.id for statement in passing(found, filters))
    state.afresh()


def _head(found: Open, filters: Filters, state: Table) -> None:
    first = (state.page - 1) * PAGE + 1
    line = f"{words.count(len(state.rows), 'sentence')}"
    if state.pages > 1:
        line += f", {first:,} to {first + len(state.here) - 1:,} shown"
    still = {statement.id for statement in passing(found, filters)}
    past = sum(1 for row in state.rows if row not in still)
    with st.container(horizontal=True, vertical_alignment="center", key="correct-head"):
        st.text(line)
        st.button(
            "Undo",
            key="undo-cells",
            icon=":material/undo:",
            type="tertiary",
            disabled=not state.takes_back,
            on_click=corrections.take_back,
            args=(state.takes_back,),
        )
        if state.told:
            st.text(words.shorten(state.told, _TOLD))
        if past:
            st.button(
                f"List anew: {past} no longer {'fits' if past == 1 else 'fit'} the filters",
                key="correct-anew",
                icon=":material/refresh:",
                on_click=_anew,
            )
    if state.pages > 1:
        key = f"correct-page-{state.number}"
        st.pagination(state.pages, default=state.page, key=key, on_change=_turn, args=(key,))


def _anew() -> None:
    table().view = ()


def _turn(key: str) -> None:
    state = table()
    state.page = st.session_state[key]
    state.afresh()


def _frame(found: Open, state: Table) -> pd.DataFrame:
    by_id = {statement.id: statement for statement in found.debate.statements}
    sources = {document.id: document for document in found.debate.documents}
    home = {
        member: point.id for point in sentence_tools.points_of(found) for member in point.statements
    }
    names = found.speaker_names

    def row(statement: Statement) -> dict[str, object]:
        stance = found.stances.get(statement.id)
        document = sources[statement.document]
        return {
            "tick": state.ticked,
            "sentence": words.shorten(statement.text, _SHOWN),
            "model": _model(stance),
            "probability": words.model_share(stance) if stance else None,
            "label": stance.label if stance and stance.corrected else None,
            "point": home.get(statement.id),
            "speaker": names.get(statement.speaker or "", ""),
            "source": document.title,
            "date": words.day(document.date) or "",
        }

    frame = pd.DataFrame([row(by_id[own]) for own in state.here])
    # Without a type of its own a column that begins empty could not be edited.
    return frame.astype({"label": "string", "point": "string", "probability": "float64"})


def _model(stance: Stance | None) -> str:
    if stance is None:
        return "not judged"
    return _SIGNED[stance.model_label or stance.label]


def _columns(found: Open) -> dict[str, Any]:
    config = st.column_config
    signed = {str(label): shown for label, shown in _SIGNED.items()}
    points = {
        point.id: f"{SIGNS[point.side]} {words.shorten(point.text, _HEADING)}"
        for point in sentence_tools.points_of(found)
    }
    return {
        "tick": config.CheckboxColumn("", width=40, pinned=True, help="To label several at once"),
        "sentence": config.TextColumn("Sentence", width=420),
        "model": config.TextColumn("Model's label", width=120),
        "probability": config.NumberColumn("Probability", width=90, format="%.2f"),
        "label": config.SelectboxColumn(
            "Your label",
            width=130,
            options=list(LABELS),
            format_func=lambda label: signed.get(str(label), ""),
        ),
        "point": config.SelectboxColumn(
            "Key point",
            width=220,
            options=[_NO_POINT, *points],
            format_func=lambda point: points.get(str(point), "In no key point"),
        ),
        "speaker": config.TextColumn("Speaker", width=140),
        "source": config.TextColumn("Source", width=160),
        "date": config.TextColumn("Date", width=110),
    }


# --- several at once -------------------------------------------------------------------------


def ticked(state: Table) -> tuple[str, ...]:
    """The ids of the ticked rows of the page."""
    edited = _edited(state)
    return tuple(
        own for row, own in enumerate(state.here) if edited.get(row, {}).get("tick", state.ticked)
    )


def _several(found: Open, state: Table) -> None:
    chosen = ticked(state)
    with st.container(horizontal=True, vertical_alignment="center", key="correct-several"):
        st.button(
            "Untick all" if chosen else "Tick all on this page",
            key="correct-tick-all",
            on_click=_tick_all,
            args=(not chosen,),
        )
        if not chosen:
            st.text("Tick sentences to label several at once.")
            return
        if len(chosen) == 1:
            st.page_link(
                pages_dir() / "read.py",
                label="Read it in its source",
                icon=":material/menu_book:",
                query_params={**session.address(), "sentence": chosen[0]},
            )
        st.text(f"Label {words.count(len(chosen), 'ticked sentence')}:")
        for label in LABELS:
            st.button(
                sentence_tools.label_words(label),
                key=f"correct-several-{label}",
                on_click=_label_several,
                args=(found, chosen, label),
            )


def _tick_all(on: bool) -> None:
    table().afresh(ticked=on)


def _label_several(found: Open, chosen: tuple[str, ...], label: Label) -> None:
    sentence_tools.give_label(found, chosen, label)
    table().afresh()
