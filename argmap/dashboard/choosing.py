"""Which speakers a view draws: in what order, with how many statements, and who is looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from argmap.dashboard import component, render, words
from argmap.dashboard.paging import paged
from argmap.dashboard.session import Open

#: More cards and rows than this at once make a page that is slow to draw and to read.
AT_ONCE = 25

ORDERS = {
    "statements": "Most statements first",
    "for": "Most for first",
    "against": "Most against first",
    "name": "By name",
}


def ordered(
    counts: Mapping[str, int], means: Mapping[str, float], order: str, names: Mapping[str, str]
) -> list[str]:
    """Speakers in one of the orders, by name where they are equal.

    Args:
        counts: statements that take a side, by speaker.
        means: positions on the open motion; who has none comes last where positions count.
    """

    def key(speaker: str) -> tuple[bool, float, str, str]:
        mean = means.get(speaker)
        by_mean = order in ("for", "against")
        first = {
            "statements": -float(counts[speaker]),
            "for": -(mean or 0.0),
            "against": mean or 0.0,
            "name": 0.0,
        }[order]
        return by_mean and mean is None, first, names[speaker].casefold(), speaker

    return sorted(counts, key=key)


def choose(
    found: Open, counts: Mapping[str, int], means: Mapping[str, float], *, key: str
) -> Sequence[str]:
    """Let the reader choose; says who is left out, and gives the speakers of the present page.

    Args:
        key: tells this view's controls from another's.
    """
    names = found.speaker_names
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"choose-{key}"):
        order = st.selectbox(
            "Order", list(ORDERS), format_func=ORDERS.__getitem__, key="speakers-order", width=230
        )
        least = st.number_input(
            "At least so many statements",
            min_value=1,
            max_value=max(1, *counts.values()),
            value=1,
            key=f"least-{key}-{found.info.id}",
            help="Statements that take a side.",
            width=200,
        )
        search = ""
        if len(counts) > AT_ONCE:
            search = st.text_input("Find a speaker", key=f"find-speaker-{found.info.id}") or ""
    needle = search.strip().casefold()
    enough = [s for s in ordered(counts, means, order, names) if counts[s] >= least]
    shown = [s for s in enough if needle in names[s].casefold()]
    fewer = len(counts) - len(enough)
    if fewer:
        component.show(render.heading("", f"{words.count(fewer, 'speaker')} with fewer left out."))
    if not shown:
        component.show(
            render.empty(
                "No speaker passes",
                "Ask for fewer statements, or for another name.",
            )
        )
        return ()
    return paged(shown, key=f"{key}-{found.info.id}-{order}-{least}-{needle}", size=AT_ONCE)
