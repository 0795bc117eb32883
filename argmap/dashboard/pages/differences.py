"""What changed between two analyses: two kept debates, or a project file and a kept one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from argmap.corrections import corrected
from argmap.dashboard import component, library, models, parts, render, session, words
from argmap.dashboard.changes import change_list, counted, matching
from argmap.errors import ArgmapError
from argmap.export.differences import (
    SECTIONS,
    Row,
    difference_rows,
    difference_to_csv,
    difference_to_markdown,
    summary,
)
from argmap.export.names import file_name
from argmap.projectfile import MAX_BYTES, loads
from argmap.records import Debate
from argmap.store import SessionInfo
from argmap.structure import Difference, compare

_SHOWN = 100
_CHANGES = {"added": "+ Added", "removed": "− Removed", "changed": "~ Changed"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two; ``key`` is another whenever the debate is."""

    key: str
    title: str
    debate: Debate


@st.cache_resource(show_spinner="Comparing", max_entries=8)
def _compared(before: str, after: str, _before: Debate, _after: Debate) -> Difference:
    return compare(_before, _after)


def _kept(info: SessionInfo) -> Side:
    moment = words.moment(info.updated)
    debate = models.debate(info.id, info.updated)
    return Side(f"{info.id} {info.updated.isoformat()}", f"{info.title} ({moment})", debate)


def _names(sessions: dict[str, SessionInfo]) -> dict[str, str]:
    """What the lists call each debate; unlike one another, for Streamlit tells options by that."""
    names: dict[str, str] = {}
    for info in sessions.values():
        kind = "bundled, " if info.origin == library.BUNDLED else ""
        name = stem = f"{info.title} ({kind}mapped {words.moment(info.updated)})"
        number = 1
        while name in names.values():
            number += 1
            name = f"{stem}, {number}"
        names[info.id] = name
    return names


def _sides(sessions: dict[str, SessionInfo]) -> tuple[Side, Side] | None:
    """The earlier and the later analysis; ``None`` where one of them is still to be chosen."""
    ids = list(sessions)
    names = _names(sessions)
    current = session.wanted("debate")
    later_default = current if current in sessions else ids[0]
    earlier_default = next((i for i in ids if i != later_default), None)
    for key in ("diff-earlier", "diff-later"):
        if st.session_state.get(key) not in (None, *ids):
            del st.session_state[key]  # it was deleted meanwhile
    left, right = st.columns(2, gap="medium")
    with left:
        earlier = st.selectbox(
            "Earlier",
            ids,
            index=ids.index(earlier_default) if earlier_default else None,
            format_func=names.__getitem__,
            key="diff-earlier",
            placeholder="Choose a debate, or upload a project file",
        )
        file = st.file_uploader(
            "Or a project file (JSON), in place of the debate above",
            type="json",
            key="diff-file",
            max_upload_size=MAX_BYTES // 1024**2,
        )
    with right:
        later = st.selectbox(
            "Later",
            ids,
            index=ids.index(later_default),
            format_func=names.__getitem__,
            key="diff-later",
        )
    after = _kept(sessions[later])
    if file is not None:
        uploaded = corrected(loads(file.getvalue()))
        return Side(f"file {file.file_id}", file.name, uploaded), after
    return (_kept(sessions[earlier]), after) if earlier else None


def _filtered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    present = [section for section in SECTIONS if any(row.section == section for row in rows)]
    first, second, third = st.columns([4, 3, 3], gap="medium", vertical_alignment="bottom")
    with first:
        sections = st.multiselect(
            "What", present, format_func=SECTIONS.__getitem__, placeholder="Everything",
            key="diff-sections",
        )  # fmt: skip
    with second:
        changes = st.pills(
            "How",
            list(_CHANGES),
            selection_mode="multi",
            format_func=lambda change: words.plain(_CHANGES[change]),
            key="diff-changes",
        )
    with third:
        search = st.text_input("Search", key="diff-search", live=True) or ""
    return matching(rows, sections=sections, changes=changes, search=search)


def _files(difference: Difference, before: Side, after: Side) -> None:
    stem = f"differences {after.debate.title}"
    with st.container(horizontal=True):
        st.download_button(
            "Table (CSV)",
            data=lambda: difference_to_csv(difference).encode("utf-8"),
            file_name=file_name(stem, ".csv"),
            mime="text/csv",
            key="diff-csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "List (Markdown)",
            data=lambda: difference_to_markdown(
                difference, before=before.title, after=after.title
            ).encode("utf-8"),
            file_name=file_name(stem, ".md"),
            mime="text/markdown",
            key="diff-md",
            on_click="ignore",
            icon=":material/download:",
        )


def _difference(before: Side, after: Side) -> None:
    found = _compared(before.key, after.key, before.debate, after.debate)
    rows = difference_rows(found)
    component.show(render.heading("", summary(found)))
    if not rows:
        return
    component.show(counted(rows), key="view-diff-counts")
    _files(found, before, after)
    passing = _filtered(rows)
    if len(passing) < len(rows):
        component.show(render.heading("", f"{words.count(len(passing), 'change')} found."))
    every = len(passing) <= _SHOWN or st.toggle(
        f"Show all {len(passing):,}", key=f"diff-all-{before.key}-{after.key}"
    )
    component.show(change_list(passing if every else passing[:_SHOWN]), key="view-changes")


def show() -> None:
    """Draw the page."""
    parts.notice()
    component.show(
        render.heading(
            "Differences",
            "What changed from one analysis to another: after mapping again, with another model, "
            "with a source added, or between your debate and a colleague's project file.",
        )
    )
    try:
        sessions = {info.id: info for info in library.ordered(models.store().sessions())}
        if not sessions:
            component.show(
                render.empty(
                    "No debate yet", "Open New debate and map one, then compare it with another."
                )
            )
            return
        sides = _sides(sessions)
    except ArgmapError as error:
        parts.problem(error)
        return
    if sides is None:
        component.show(
            render.empty(
                "There is only one debate",
                "Upload a project file to compare it with, or map another debate.",
            )
        )
        return
    _difference(*sides)


show()
