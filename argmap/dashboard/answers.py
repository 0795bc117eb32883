"""The Speakers page's third view: who answers whom, as a chart and as a table of counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.charts import exchanges_figure
from argmap.charts.exchanges import drawn_pairs
from argmap.charts.speakers import standing
from argmap.dashboard import (
    component,
    exchange_view,
    models,
    parts,
    render,
    session,
    speaker_view,
    words,
)
from argmap.dashboard.paging import paged
from argmap.dashboard.pick import picked_ids
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.records import SpeakerStance

_AT_ONCE = 25


def show(found: Open, summaries: Sequence[SpeakerStance]) -> None:
    """Draw the links between speakers on the open motion."""
    links = models.exchanges(found.info.id, found.info.updated, found.topic.id)
    lines = exchange_view.exchange_lines(links)
    if not links.pairs:
        missing = "relation" not in found.debate.run.models and not found.debate.relations
        remedy = (
            "This debate was mapped without the model that links statements. Map it again on the "
            "page Debate, under Change its sources or motions."
            if missing
            else "The model links few sentences of running prose: that none is found does not say "
            "that nobody answered. Read what each side says on the page Compare."
        )
        component.show(
            render.empty(
                "No link between two named speakers was found on this motion", *lines, remedy
            )
        )
        return
    component.show(
        el("p", *lines[:1]),
        *(el("p", line, css="muted") for line in lines[1:]),
        render.heading(
            "",
            "A link says that one sentence supports or attacks another, as a model reads them, "
            "not that the one speaker heard the other.",
        ),
    )
    names = found.speaker_names
    drawn = drawn_pairs(links)
    standings = {s.speaker: standing(s) for s in summaries if s.topic == found.topic.id and s.count}
    key = f"exchanges-{found.info.id}-{found.topic.id}-{session.browser().chart}"
    parts.chart(
        exchanges_figure(links, found.debate, standings),
        key=key,
        alt="Arcs from each speaker to those whose statements theirs attack or support; the table "
        "below has every pair. A click on a number opens the quotes.",
        on_select=lambda: _picked(key),
        bar=False,
    )
    if len(drawn) < len(links.pairs):
        component.show(
            render.heading(
                "",
                f"The chart draws {words.count(len(drawn), 'pair')} with the most links; the table "
                f"has all {len(links.pairs):,}.",
            )
        )
    needle = ""
    if len(links.pairs) > _AT_ONCE:
        needle = (
            st.text_input("Find a speaker", key=f"find-exchange-{found.info.id}") or ""
        ).casefold()
    pairs = [
        pair
        for pair in links.pairs
        if needle in names[pair.source].casefold() or needle in names[pair.target].casefold()
    ]
    shown = paged(pairs, key=f"exchanges-{found.info.id}-{found.topic.id}-{needle}", size=_AT_ONCE)
    component.show(
        exchange_view.exchange_table(
            shown, names, current=(session.wanted("speaker"), session.wanted("whom"))
        )
        if shown
        else el("p", "No speaker of this name has a link.", css="muted"),
        key="view-exchanges",
        on_pick=_button_picked,
    )


def _picked(key: str) -> None:
    ids = picked_ids(st.session_state[key])
    if len(ids) == 2:
        session.choose(speaker=ids[0], whom=ids[1])
    elif ids:
        session.choose(speaker=ids[0], whom=None)


def _button_picked(picked: str) -> None:
    source, _, target = picked.partition(speaker_view.PART)
    session.choose(speaker=source, whom=target)
