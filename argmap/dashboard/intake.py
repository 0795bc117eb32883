"""The sources of a debate that is being put together: pasted, uploaded, listed, taken out.

A file that cannot be read is named with its reason, and whatever was loaded before stays.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from argmap.dashboard import addresses, component, details, parts, session, words
from argmap.dashboard.groups import SourceGroup, grouped
from argmap.dashboard.ordering import moved_buttons, undo_line
from argmap.dashboard.session import Draft, Gone, Note, PendingTable
from argmap.dashboard.view import Element, el
from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources import (
    FIELD_WORDS,
    FIELDS,
    Field,
    Reading,
    guess_columns,
    max_bytes,
    max_files,
    read_all,
    read_table,
    read_text,
    table_in,
)

_PREVIEW_ROWS = 4
_PREVIEW_COLUMNS = 12
_CELL_LENGTH = 90
_SHORT_CELL = 24
_LISTED = 40
_PASTED = "Pasted text"
_NO_COLUMN = "(no column)"
_READS = (
    "Text, Markdown, HTML, PDF, Word, RTF, e-mail (.eml), subtitles (.srt, .vtt), tables (CSV, "
    "TSV, Excel, JSON Lines), Hansard XML and ParlaMint TEI, argument graphs and project files, "
    "and zip archives of these."
)


def show(draft: Draft) -> None:
    """Draw the part of the page that holds the sources."""
    st.subheader("1. Sources", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _paste_box(draft)
    with right:
        _uploads(draft)
        addresses.show(draft, _add_page)
    for text in draft.problems:
        parts.problem(text)
    for pending in list(draft.tables):
        _columns(draft, pending)
    if not draft.documents and not draft.tables:
        component.show(
            el("p", "No source yet. Paste a text, upload a file or fetch a page.", css="muted")
        )
    groups = grouped(draft.documents)
    for number, group in enumerate(groups[:_LISTED]):
        _source(draft, group, number, len(groups))
    if len(groups) > _LISTED:
        with st.expander(f"{words.count(len(groups) - _LISTED, 'source')} more"):
            for number, group in enumerate(groups[_LISTED:], start=_LISTED):
                _source(draft, group, number, len(groups))
    undo_line(draft, "source")
    _notes(draft)


def take_paste(draft: Draft) -> None:
    """Whoever pastes a text and maps at once means it to be mapped."""
    draft.blocked = False
    if str(st.session_state.get(session.paste_key(draft, "text"), "")).strip():
        _paste(draft)
        draft.blocked = bool(draft.problems)


def _paste_box(draft: Draft) -> None:
    st.text_area(
        "Paste a text",
        key=session.paste_key(draft, "text"),
        height=150,
        placeholder="An article, a transcript, a speech",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Its title",
            key=session.paste_key(draft, "title"),
            placeholder="Optional",
            max_chars=200,
        )
        st.button("Add this text", on_click=_paste, args=(draft,), icon=":material/add:")


def _paste(draft: Draft) -> None:
    """Take the pasted text into the list, if there is any."""
    text = str(st.session_state.get(session.paste_key(draft, "text"), ""))
    title = str(st.session_state.get(session.paste_key(draft, "title"), "")).strip()
    draft.problems.clear()
    if not text.strip():
        draft.problems.append(f"{_PASTED}: there is nothing in the box yet. Paste a text first.")
        return
    try:
        if not _take_table(draft, text.encode("utf-8", "replace"), _PASTED):
            _add(draft, _PASTED, Reading((read_text(text, title=title or None),)))
    except SourceError as error:
        draft.problems.append(str(error))
        return
    st.session_state[session.paste_key(draft, "text")] = ""
    st.session_state[session.paste_key(draft, "title")] = ""


def _uploads(draft: Draft) -> None:
    try:
        megabytes, most = max_bytes() // 1_048_576, max_files()
    except SourceError as error:
        parts.problem(error)
        return
    files = st.file_uploader(
        "Upload files",
        accept_multiple_files=True,
        key=session.upload_key(draft),
        max_upload_size=megabytes,
    )
    component.show(
        el("p", f"{_READS} At most {megabytes} MB a file and {most} files.", css="muted small")
    )
    if not files:
        return
    if not draft.read:
        draft.problems.clear()
    bar = st.progress(0.0, text="Reading")
    for index, file in enumerate(files):
        if file.file_id in draft.read:
            continue
        bar.progress(index / len(files), text=words.plain(f"Reading {file.name}"))
        try:
            _take(draft, file.getvalue(), file.name, most)
        except SourceError as error:
            draft.problems.append(str(error))
        draft.read.add(file.file_id)
    # A fresh uploader: what could be read is in the list below, what could not is named.
    draft.uploads += 1
    draft.read.clear()
    st.rerun()


def _take(draft: Draft, data: bytes, name: str, most: int) -> None:
    if len(draft.tables) + len(grouped(draft.documents)) >= most:
        raise SourceError(
            name,
            f"the list is full; one debate takes at most {words.count(most, 'source')}.",
            "Take one out, or set ARGMAP_MAX_FILES to a larger number.",
        )
    if not _take_table(draft, data, name):
        _add(draft, name, read_all(data, name=name))


def _take_table(draft: Draft, data: bytes, name: str) -> bool:
    """Put a table aside until its columns are confirmed; whether it is one."""
    table = table_in(data, name=name)
    if table is not None:
        draft.tables.append(PendingTable(draft.made, name, table))
        draft.made += 1
    return table is not None


def _add(draft: Draft, name: str, reading: Reading) -> None:
    """Take what was read into the list, each text once."""
    known = {document.id for document in draft.documents}
    fresh = [document for document in reading.documents if document.id not in known]
    draft.documents.extend(fresh)
    again = len(reading.documents) - len(fresh)
    if again == 1 and len(reading.documents) == 1:
        title = reading.documents[0].title
        draft.problems.append(f"{title}: this text is in the list already.")
    elif again:
        draft.problems.append(
            f"{name}: {words.count(again, 'text')} of {len(reading.documents):,} "
            f"{'is' if again == 1 else 'are'} in the list already."
        )
    note = Note(
        name,
        tuple(document.id for document in fresh),
        reading.warnings,
        tuple(str(error) for error in reading.refused),
    )
    if note.documents and (note.warnings or note.refused):
        draft.notes.append(note)


def _add_page(draft: Draft, page: Document) -> None:
    _add(draft, page.title, Reading((page,)))


def _columns(draft: Draft, pending: PendingTable) -> None:
    """Show a table's first rows and let the user say which column is what."""
    table = pending.table
    guessed = guess_columns(table)
    with st.container(border=True, key=f"table-{draft.number}-{pending.number}"):
        component.show(
            el("h3", f"{pending.name}: a table of {words.count(len(table.rows), 'row')}"),
            el(
                "p",
                "Say which column is what. Each row becomes a source of its own; every other "
                "column is kept with it.",
                css="muted",
            ),
            _preview(pending),
            key=f"preview-{draft.number}-{pending.number}",
        )
        chosen: dict[Field, str] = {}
        for fields in (FIELDS[:4], FIELDS[4:]):
            for place, field in zip(st.columns(4, gap="small"), fields, strict=False):
                options = table.columns if field == "text" else ("", *table.columns)
                column = guessed.get(field, "")
                with place:
                    picked = st.selectbox(
                        FIELD_WORDS[field],
                        options,
                        index=options.index(column) if column in options else None,
                        format_func=lambda name: name or _NO_COLUMN,
                        placeholder="Choose a column",
                        key=session.column_key(draft, pending, field),
                    )
                chosen[field] = picked or ""
        twice = _twice(chosen.values())
        if twice:
            parts.problem(f"“{twice}” is chosen more than once. Choose another column.")
        with st.container(horizontal=True):
            st.button(
                f"Add {words.count(len(table.rows), 'row')}",
                key=session.column_key(draft, pending, "add"),
                type="primary",
                disabled=not chosen["text"] or twice is not None,
                on_click=_add_table,
                args=(draft, pending),
                icon=":material/add:",
            )
            st.button(
                "Leave it out",
                key=session.column_key(draft, pending, "drop"),
                on_click=draft.tables.remove,
                args=(pending,),
                type="tertiary",
                icon=":material/close:",
            )


def _twice(chosen: Iterable[str]) -> str | None:
    names = [name for name in chosen if name]
    return next((name for name in names if names.count(name) > 1), None)


def _preview(pending: PendingTable) -> Element:
    """The first rows; the table scrolls in its own box on a narrow screen."""
    table = pending.table
    shown = table.columns[:_PREVIEW_COLUMNS]
    head = el("tr", *(el("th", words.shorten(name, _CELL_LENGTH)) for name in shown))
    rows = (el("tr", *map(_cell, row[: len(shown)])) for row in table.rows[:_PREVIEW_ROWS])
    more = len(table.columns) - len(shown)
    return el(
        "div",
        el("table", el("thead", head), el("tbody", *rows)),
        el("p", f"And {words.count(more, 'column')} more.", css="muted") if more else None,
        css="preview",
        label=f"The first rows of {pending.name}",
    )


def _cell(cell: str) -> Element:
    text = words.shorten(cell, _CELL_LENGTH)
    return el("td", text, css="long" if len(text) > _SHORT_CELL else "")


def _add_table(draft: Draft, pending: PendingTable) -> None:
    draft.problems.clear()
    # The choices as they are at the click, which may come before the page has run again.
    mapping = {
        str(field): str(st.session_state.get(session.column_key(draft, pending, field)) or "")
        for field in FIELDS
    }
    try:
        if twice := _twice(mapping.values()):
            raise SourceError(
                pending.name, f"“{twice}” is chosen more than once.", "Choose another column."
            )
        reading = read_table(pending.table, pending.name, mapping)
    except SourceError as error:
        draft.problems.append(str(error))
        return
    draft.tables.remove(pending)
    _add(draft, pending.name, reading)


def _remove(draft: Draft, group: SourceGroup) -> None:
    ids = frozenset(document.id for document in group.documents)
    before, notes = list(draft.documents), list(draft.notes)
    draft.documents = [d for d in draft.documents if d.id not in ids]
    left = {document.id for document in draft.documents}
    draft.notes = [note for note in draft.notes if not left.isdisjoint(note.documents)]
    lost = [note for note in notes if note not in draft.notes]

    def back() -> None:
        # Where it stood, among what is there by now.
        at = next(i for i, d in enumerate(before) if d.id in ids)
        earlier = {d.id for d in before[:at]}
        place = sum(d.id in earlier for d in draft.documents)
        known = {d.id for d in draft.documents}
        draft.documents[place:place] = [d for d in group.documents if d.id not in known]
        draft.notes.extend(lost)

    draft.gone.append(Gone("source", group.title, back))


def _move(draft: Draft, at: int, by: int) -> None:
    groups = list(grouped(draft.documents))
    if 0 <= at + by < len(groups):
        groups[at], groups[at + by] = groups[at + by], groups[at]
        draft.documents = [document for group in groups for document in group.documents]


def _source(draft: Draft, group: SourceGroup, at: int, many: int) -> None:
    key = f"draft{draft.number}-source-{group.documents[0].id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        component.show(_source_line(group), key=key)
        if many > 1:
            moved_buttons(
                f"source {at + 1}",
                key=key,
                first=at == 0,
                last=at == many - 1,
                move=lambda by: _move(draft, at, by),
            )
        details.show(draft, group, key)
        st.button(
            "Remove",
            key=f"remove-{key}",
            on_click=_remove,
            args=(draft, group),
            type="tertiary",
            icon=":material/close:",
        )


def _source_line(group: SourceGroup) -> Element:
    if group.table:
        named = sum(bool(document.turns) for document in group.documents)
        known = [words.count(len(group.documents), "row")]
        known.append(f"{named:,} with a speaker" if named else "")
    else:
        known = [words.source_line(group.documents[0])]
    length = sum(len(document.text) for document in group.documents)
    known.append(words.count(length, "character"))
    if left_out := sum(len(document.removed) for document in group.documents):
        known.append(f"{words.count(left_out, 'line')} left out")
    return el(
        "div",
        el("strong", group.title),
        el("div", el("small", " · ".join(part for part in known if part))),
    )


def _notes(draft: Draft) -> None:
    """What the readers had to say, file by file."""
    for number, note in enumerate(draft.notes):
        count = words.count(len(note.documents), "text")
        refused = f", {words.count(len(note.refused), 'file')} refused" if note.refused else ""
        with st.expander(
            words.plain(f"{note.name}: {count} read{refused}; please check"),
            expanded=bool(note.refused),
            icon=":material/info:",
        ):
            lines = (*note.refused, *note.warnings)
            component.show(
                el("ul", *(el("li", line) for line in lines)),
                key=f"note-{draft.number}-{number}",
            )
