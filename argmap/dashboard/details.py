"""What is known of a source, set right by the reader before it is mapped.

Comparisons of outlets and dates, offices that are held for a time and every citation rest on it.
The source keeps its id, so that corrections of its sentences still apply.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from argmap.dashboard import component, session
from argmap.dashboard.groups import SourceGroup
from argmap.dashboard.session import Draft
from argmap.dashboard.view import el
from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources import to_iso

_KINDS = (
    "article", "editorial", "letter", "comment", "interview", "speech", "transcript", "hansard",
    "parlamint", "briefing", "report", "press release", "e-mail", "subtitles",
)  # fmt: skip
_FIELDS = ("title", "outlet", "date", "kind")


def edited(
    documents: list[Document], ids: frozenset[str], fields: dict[str, str]
) -> list[Document]:
    """The documents with what the reader says of those in ``ids``; an empty field is unknown.

    Raises:
        SourceError: there is no title, or the date is none.
    """
    changes: dict[str, str | None] = {k: " ".join(v.split()) or None for k, v in fields.items()}
    if "title" in changes and changes["title"] is None:
        raise SourceError("This source", "it needs a title.", "Type one.")
    if "kind" in changes and changes["kind"] is None:
        changes.pop("kind")
    if (written := changes.get("date")) is not None:
        day = to_iso(written)
        if day is None:
            raise SourceError(
                written, "this is no date.", "Write it as 2026-03-14, 2026-03 or 2026."
            )
        changes["date"] = day
    return [replace(d, **changes) if d.id in ids else d for d in documents]  # type: ignore[arg-type]


def show(draft: Draft, group: SourceGroup, key: str) -> None:
    """Draw the box in which a source's details are edited."""
    box = st.popover("Edit", key=f"edit-{key}", on_change="rerun", icon=":material/edit:")
    if not box.open:
        return
    first = group.documents[0]
    names = _FIELDS[1:] if group.table else _FIELDS
    known = {name: str(getattr(first, name) or "") for name in names}
    with box:
        if group.table:
            component.show(
                el("small", f"For all {len(group.documents):,} rows of it."), key=f"{key}-rows"
            )
        for name in names:
            field = f"{key}-field-{name}"
            if name == "kind":
                kinds = list(dict.fromkeys((known[name], *_KINDS)))
                st.selectbox("Kind", kinds, key=field, accept_new_options=True, index=0)
            else:
                st.text_input(
                    name.capitalize(),
                    value=known[name],
                    key=field,
                    max_chars=300,
                    placeholder="2026-03-14" if name == "date" else "Unknown",
                )
        st.button(
            "Save",
            key=f"{key}-save",
            type="primary",
            on_click=_save,
            args=(draft, frozenset(d.id for d in group.documents), names, key),
        )


def _save(draft: Draft, ids: frozenset[str], names: tuple[str, ...], key: str) -> None:
    draft.problems.clear()
    fields = {name: str(st.session_state.get(f"{key}-field-{name}") or "") for name in names}
    try:
        draft.documents = edited(draft.documents, ids, fields)
    except SourceError as error:
        draft.problems.append(str(error))
        return
    session.browser().notice = None
    st.session_state[f"edit-{key}"] = False
