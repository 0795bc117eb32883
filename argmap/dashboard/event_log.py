"""The log of corrections: who changed what and when, with each event's own way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from argmap.corrections import EditOutcome
from argmap.dashboard import component, corrections, identity, render, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.turns import turns
from argmap.dashboard.view import Element, el
from argmap.export.names import file_name
from argmap.export.table import write_csv
from argmap.projectfile import edit_to_dict
from argmap.records import EditKind

KIND_WORDS: dict[EditKind, str] = {
    "label": "Label",
    "point": "Key point",
    "relation": "Link",
    "not_said_by": "Who says it",
    "merge": "Speakers merged",
    "split": "Speaker split",
    "rename": "Speaker renamed",
    "distinct": "Two speakers",
    "undo": "Undo",
    "redo": "Redo",
}
_COLUMNS = (
    "sequence", "time", "author", "kind", "what", "before", "after", "status", "reason", "topic",
    "statements", "id", "target",
)  # fmt: skip
_Maker = Callable[
    [Sequence[EditOutcome], Sequence[EditOutcome], Mapping[str, tuple[str, str]]], str
]
#: Events on one page of the log.
PAGE = 50
_LONGEST = 400
_LONGEST_NAME = 60


def show(found: Open) -> None:
    """Draw the log, its filters and its files."""
    outcomes = corrections.replayed(found).outcomes
    if not outcomes:
        component.show(
            render.empty(
                "Nothing has been corrected in this debate",
                "Correct a label in the table or beside any chosen sentence; it is then listed "
                "here, and can be taken back.",
            )
        )
        return
    shown = _chosen(found, outcomes)
    turned = turns(found.mapped, outcomes)
    _files(found, shown, outcomes, turned)
    if not shown:
        component.show(render.empty("No correction passes the filters", "Take one of them off."))
        return
    latest = tuple(reversed(shown))
    page, pages = 1, -(-len(latest) // PAGE)
    if pages > 1:
        page = st.pagination(pages, key=f"log-page-{found.info.id}-{pages}")
    component.show(
        events(latest[(page - 1) * PAGE : page * PAGE], outcomes, turned),
        key="view-log",
        on_pick=_picked,
    )


def _chosen(found: Open, outcomes: Sequence[EditOutcome]) -> tuple[EditOutcome, ...]:
    authors = sorted({outcome.edit.author for outcome in outcomes}, key=str.casefold)
    kinds = [kind for kind in KIND_WORDS if any(o.edit.kind == kind for o in outcomes)]
    first, second = st.columns(2, gap="medium")
    by = first.multiselect(
        "By",
        authors,
        format_func=lambda name: words.shorten(words.tame(name), _LONGEST_NAME),
        key=f"log-by-{found.info.id}",
        placeholder="Everyone",
    )
    of = second.multiselect(
        "Kind",
        kinds,
        format_func=KIND_WORDS.__getitem__,
        key=f"log-kind-{found.info.id}",
        placeholder="Every kind",
    )
    return tuple(
        outcome
        for outcome in outcomes
        if (not by or outcome.edit.author in by) and (not of or outcome.edit.kind in of)
    )


# --- on the page -----------------------------------------------------------------------------


def events(
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> Element:
    """The events as a list, the first on top, each with what undoes or brings it back.

    Args:
        outcomes: the whole log.
        turned: by event, what stood before it and after.
    """
    by_id = {outcome.edit.id: outcome for outcome in outcomes}
    return el(
        "ul",
        *(_event(one, by_id, turned.get(one.edit.id, ("", ""))) for one in shown),
        css="list history",
    )


def _event(
    outcome: EditOutcome, by_id: Mapping[str, EditOutcome], turned: tuple[str, str]
) -> Element:
    edit = outcome.edit
    notes = [part for part in (identity.STATUS[outcome.status], outcome.reason) if part]
    about = (
        str(edit.sequence),
        identity.when(edit.time),
        words.shorten(edit.author, _LONGEST_NAME),
        KIND_WORDS[edit.kind],
        *notes,
    )
    step = next_step(outcome)
    return el(
        "li",
        el(
            "div",
            el("span", what(outcome, by_id), css=outcome.status.replace(" ", "-")),
            el(
                "button",
                "Undo" if step == "undo" else "Bring back",
                css="act",
                pick=f"{step}:{edit.id}",
                key=edit.id,
                label=f"{'Undo' if step == 'undo' else 'Bring back'} correction {edit.sequence}",
            )
            if step
            else None,
            css="row",
        ),
        _turned(*turned),
        el("small", el("span", " · ".join(about), css="apart")),
        css="event",
    )


def what(outcome: EditOutcome, by_id: Mapping[str, EditOutcome]) -> str:
    """An event in words; a step back or forth with what it is about."""
    edit = outcome.edit
    about = by_id.get(edit.target or "")
    if edit.kind in ("undo", "redo") and about is not None:
        lead = "Undone" if edit.kind == "undo" else "Redone"
        return words.shorten(f"{lead}: {about.words}", _LONGEST)
    return words.shorten(outcome.words, _LONGEST)


def next_step(outcome: EditOutcome) -> EditKind | None:
    """What can be done with an event now: ``"undo"``, ``"redo"`` or nothing."""
    if outcome.edit.kind in ("undo", "redo"):
        return None
    return "redo" if outcome.status == "undone" else "undo"


def _turned(before: str, after: str) -> Element | None:
    if not before and not after:
        return None
    return el(
        "div",
        el("span", words.shorten(before, _LONGEST) or "nothing", css="apart"),
        el("span", " → ", label="became"),
        el("span", words.shorten(after, _LONGEST) or "nothing", css="apart"),
    )


def _picked(value: str) -> None:
    step, _, target = value.partition(":")
    found = session.current()
    if found is not None and step in ("undo", "redo"):
        corrections.record(found, "undo" if step == "undo" else "redo", target=target)


# --- taken away ------------------------------------------------------------------------------


def _files(
    found: Open,
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> None:
    makers: tuple[tuple[str, str, _Maker], ...] = (
        ("csv", "text/csv", to_csv),
        ("json", "application/json", to_json),
    )
    with st.container(horizontal=True):
        for suffix, mime, make in makers:
            st.download_button(
                f"Download as {suffix.upper()}",
                data=partial(_made, make, shown, outcomes, turned),
                file_name=file_name(found.info.title, f"-corrections.{suffix}"),
                mime=mime,
                key=f"log-{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )


def _made(
    make: _Maker,
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> bytes:
    return make(shown, outcomes, turned).encode("utf-8")


def _rows(
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> list[dict[str, str]]:
    by_id = {outcome.edit.id: outcome for outcome in outcomes}
    return [_row(one, by_id, turned.get(one.edit.id, ("", ""))) for one in shown]


def _row(
    outcome: EditOutcome, by_id: Mapping[str, EditOutcome], turned: tuple[str, str]
) -> dict[str, str]:
    edit = outcome.edit
    return {
        "sequence": str(edit.sequence),
        "time": edit.time,
        "author": edit.author,
        "kind": edit.kind,
        "what": what(outcome, by_id),
        "before": turned[0],
        "after": turned[1],
        "status": outcome.status,
        "reason": outcome.reason or "",
        "topic": edit.topic or "",
        "statements": " ".join(edit.statements),
        "id": edit.id,
        "target": edit.target or "",
    }


def to_csv(
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> str:
    """Events as CSV, one row each, made safe for spreadsheets as the table of statements is."""
    rows = _rows(shown, outcomes, turned)
    return write_csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))


def to_json(
    shown: Sequence[EditOutcome],
    outcomes: Sequence[EditOutcome],
    turned: Mapping[str, tuple[str, str]],
) -> str:
    """Events as JSON: each as the project file holds it, and what became of it."""
    told = ("what", "before", "after", "status", "reason")
    rows = [
        {"edit": edit_to_dict(one.edit), **{name: row[name] for name in told}}
        for one, row in zip(shown, _rows(shown, outcomes, turned), strict=True)
    ]
    return json.dumps({"corrections": rows}, ensure_ascii=False, indent=1) + "\n"
