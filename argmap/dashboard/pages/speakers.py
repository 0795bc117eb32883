"""Who stands where on the open motion, what that rests on, and in which words."""

from __future__ import annotations

import streamlit as st

from argmap.charts import speakers_figure
from argmap.dashboard import component, models, parts, render, votes, who_is_who, words
from argmap.dashboard.session import Open
from argmap.records import SpeakerStance
from argmap.structure import SpeakerVote

_ORDERS = {
    "statements": "Most statements first",
    "for": "Most for first",
    "against": "Most against first",
    "name": "By name",
}


# More cards and rows than this at once make a page that is slow to draw and to read.
_AT_ONCE = 25


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


def _shown(found: Open, summaries: tuple[SpeakerStance, ...]) -> list[SpeakerStance]:
    """The speakers to draw: a day of Hansard has more than a page can take at once."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.selectbox("Order", list(_ORDERS), format_func=_ORDERS.__getitem__)
        search = ""
        if len(summaries) > _AT_ONCE:
            search = st.text_input("Find a speaker", key=f"find-speaker-{found.info.id}") or ""
    names = found.speaker_names
    needle = search.strip().casefold()
    shown = [
        summary
        for summary in ordered(summaries, order, names)
        if needle in names[summary.speaker].casefold()
    ]
    if len(shown) > _AT_ONCE and not st.toggle(
        f"Show all {len(shown)} speakers", key=f"all-speakers-{found.info.id}"
    ):
        shown = shown[:_AT_ONCE]
    if not shown:
        component.show(render.empty("No speaker of this name takes a side on this motion"))
    return shown


def _cards(found: Open, summaries: list[SpeakerStance], beside: dict[str, SpeakerVote]) -> None:
    by_id = {speaker.id: speaker for speaker in found.debate.speakers}
    reading = parts.reading(found)
    component.show(
        *(
            render.speaker_card(
                summary,
                by_id[summary.speaker],
                found.debate,
                reading,
                vote=votes.chip(beside[summary.speaker]) if beside else None,
            )
            for summary in summaries
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
        beside = votes.beside(found, every)
        votes.choose(found, beside)
        shown = _shown(found, sided)
        if shown:
            parts.chart(
                speakers_figure(shown, found.debate, found.topic.id),
                key=f"speakers-{found.info.id}-{found.topic.id}",
                alt="Each speaker's position with its interval; the list below has the same "
                "numbers.",
            )
            _cards(found, shown, beside)
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
