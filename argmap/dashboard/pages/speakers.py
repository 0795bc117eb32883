"""Who stands where on the open motion, what that rests on, and in which words."""

from __future__ import annotations

import streamlit as st

from argmap.charts import speakers_figure
from argmap.dashboard import component, models, parts, render, who_is_who, words
from argmap.dashboard.session import Open
from argmap.records import SpeakerStance

_ORDERS = {
    "statements": "Most statements first",
    "for": "Most for first",
    "against": "Most against first",
    "name": "By name",
}


def ordered(
    summaries: tuple[SpeakerStance, ...], order: str, names: dict[str, str]
) -> list[SpeakerStance]:
    """Summaries in one of the orders, by name where they are equal."""

    def key(summary: SpeakerStance) -> tuple[float, str, str]:
        first = {
            "statements": -float(summary.count),
            "for": -summary.mean,
            "against": summary.mean,
            "name": 0.0,
        }[order]
        return first, names[summary.speaker].casefold(), summary.speaker

    return sorted(summaries, key=key)


def _cards(found: Open, summaries: tuple[SpeakerStance, ...]) -> None:
    by_id = {speaker.id: speaker for speaker in found.debate.speakers}
    order = st.selectbox("Order", list(_ORDERS), format_func=_ORDERS.__getitem__)
    reading = parts.reading(found)
    component.show(
        *(
            render.speaker_card(summary, by_id[summary.speaker], found.debate, reading)
            for summary in ordered(summaries, order, found.speaker_names)
        ),
        key="view-speakers",
        on_pick=parts.choose_statement,
    )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    every = models.speakers(found.info.id, found.info.updated)
    sided = tuple(s for s in every if s.topic == found.topic.id and s.count)
    component.show(
        render.heading(
            found.topic.motion,
            f"{words.count(len(sided), 'speaker')} with at least one statement that takes a side. "
            "A position is the mean of for minus against, with its 95% interval. Only views of "
            "their own count: what somebody reports others to say does not.",
        )
    )
    who_is_who.show(found)
    if not sided:
        component.show(
            render.empty(
                "Nobody who is named takes a side on this motion",
                "Choose another motion above, or read the sources for what is said about it.",
            )
        )
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        parts.chart(
            speakers_figure(sided, found.debate, found.topic.id),
            key=f"speakers-{found.info.id}-{found.topic.id}",
            alt="Each speaker's position with its interval; the list below has the same numbers.",
        )
        _cards(found, sided)
        heard = {s.speaker for s in sided}
        silent = [s.name for s in found.debate.speakers if s.id not in heard]
        if silent:
            component.show(
                render.heading(
                    "", "Without a statement of their own that takes a side: " + ", ".join(silent)
                )
            )
    with right:
        parts.panel(found, hint="Choose a quote to read it in its source.")


show()
