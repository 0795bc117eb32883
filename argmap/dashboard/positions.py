"""The Speakers page's first view: where each speaker stands on the open motion, and the quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from argmap.charts import speakers_figure
from argmap.dashboard import choosing, component, parts, render, session, speaker_view, votes
from argmap.dashboard.pick import picked_ids
from argmap.dashboard.session import Open
from argmap.records import SpeakerStance
from argmap.structure import SpeakerVote


def show(found: Open, summaries: Sequence[SpeakerStance]) -> None:
    """Draw the dots, and the same in words and quotes below them."""
    own = {s.speaker: s for s in summaries if s.topic == found.topic.id and s.count}
    if not own:
        component.show(
            render.empty(
                "Nobody who is named takes a side on this motion",
                "Choose another motion above, or read the sources for what is said about it.",
            )
        )
        return
    beside = votes.beside(found, summaries)
    votes.choose(found, beside)
    counts = {speaker: summary.count for speaker, summary in own.items()}
    means = {speaker: summary.mean for speaker, summary in own.items()}
    shown = [own[s] for s in choosing.choose(found, counts, means, key="positions")]
    if shown:
        key = f"speakers-{found.info.id}-{found.topic.id}-{session.browser().chart}"
        parts.chart(
            speakers_figure(shown, found.debate, found.topic.id),
            key=key,
            alt="Each speaker's position with its interval; the list below has the same "
            "numbers. A click on a dot opens the speaker's quotes.",
            on_select=lambda: _dot_picked(key),
            bar=False,
        )
        _cards(found, shown, beside)
    silent = [s.name for s in found.debate.speakers if s.id not in own]
    if silent:
        component.show(
            render.heading(
                "", "Without a statement of their own that takes a side: " + ", ".join(silent)
            )
        )


def _dot_picked(key: str) -> None:
    ids = picked_ids(st.session_state[key])
    # A second click on a dot empties the selection; the panel keeps what it shows.
    if ids:
        session.choose(speaker=ids[0], whom=None)


def _card_picked(picked: str) -> None:
    speaker = picked.removeprefix(speaker_view.PART)
    if speaker == picked:
        parts.choose_statement(picked)
    else:
        session.choose(part="one", speaker=speaker, whom=None)


def _cards(
    found: Open, summaries: Sequence[SpeakerStance], beside: Mapping[str, SpeakerVote]
) -> None:
    by_id = {speaker.id: speaker for speaker in found.debate.speakers}
    reading = parts.reading(found)
    component.show(
        *(
            speaker_view.speaker_card(
                summary,
                by_id[summary.speaker],
                found.debate,
                reading,
                vote=votes.chip(beside[summary.speaker]) if beside else None,
                everything_too=True,
            )
            for summary in summaries
        ),
        key="view-speakers",
        on_pick=_card_picked,
    )
