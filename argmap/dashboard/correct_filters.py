"""Which statements of the open motion the page Correct shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from argmap.dashboard import sentence_tools, words
from argmap.dashboard.session import Open
from argmap.records import LABELS, Label, Statement

_ORDERS = {"source": "As in the sources", "unsure": "Least sure first"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold of a statement.

    Attributes:
        labels: one of these stands; any where empty.
        open_only: no person has judged it yet.
        order: ``"source"`` or ``"unsure"``.
    """

    labels: tuple[Label, ...] = ()
    speakers: tuple[str, ...] = ()
    search: str = ""
    open_only: bool = False
    order: str = "source"


def choose(found: Open) -> Filters:
    """Draw the filters and give what was chosen."""
    own = found.info.id
    names = found.speaker_names
    present = sorted(
        {s.speaker for s in found.debate.statements if s.speaker},
        key=lambda i: (names[i].casefold(), i),
    )
    first, second, third = st.columns([5, 4, 4], gap="medium", vertical_alignment="bottom")
    with first:
        labels = st.pills(
            "Show",
            list(LABELS),
            selection_mode="multi",
            format_func=sentence_tools.label_words,
            key=f"correct-labels-{own}",
        )
    with second:
        key = f"correct-speakers-{own}"
        # A speaker who was merged into another can be chosen no more.
        kept = [s for s in st.session_state.get(key, []) if s in present]
        st.session_state[key] = kept
        speakers = st.multiselect(
            "Speakers", present, format_func=names.__getitem__, key=key, placeholder="Everyone"
        )
    with third:
        search = st.text_input("Search", key=f"correct-search-{own}", live=True) or ""
    with st.container(horizontal=True, vertical_alignment="center"):
        order = st.segmented_control(
            "Order",
            list(_ORDERS),
            format_func=_ORDERS.__getitem__,
            default="source",
            required=True,
            key=f"correct-order-{own}",
            label_visibility="collapsed",
        )
        open_only = st.toggle("Only what nobody has judged yet", key=f"correct-open-{own}")
    return Filters(tuple(labels), tuple(speakers), search.strip(), open_only, order or "source")


def passing(found: Open, filters: Filters) -> tuple[Statement, ...]:
    """The statements that pass every filter, in the order that is wanted."""
    needle = filters.search.casefold()
    shown = []
    for statement in found.debate.statements:
        stance = found.stances.get(statement.id)
        if stance is None:
            continue
        if filters.labels and stance.label not in filters.labels:
            continue
        if filters.open_only and stance.corrected:
            continue
        if filters.speakers and statement.speaker not in filters.speakers:
            continue
        if needle and needle not in statement.text.casefold():
            continue
        shown.append(statement)
    if filters.order == "unsure":
        shown.sort(key=lambda statement: words.model_share(found.stances[statement.id]))
    return tuple(shown)
