"""The Speakers page's second view: every speaker on every motion, as a chart and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from argmap.charts import matrix_figure, matrix_width
from argmap.dashboard import choosing, component, frame, parts, render, session, speaker_view
from argmap.dashboard.pick import picked_ids
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.records import SpeakerStance

# More motions than this are numbered over their columns.
_WORDED = 4


def show(found: Open, summaries: Sequence[SpeakerStance]) -> None:
    """Draw the matrix of the speakers that the reader asks for."""
    topics = found.debate.topics
    counts: Counter[str] = Counter()
    for summary in summaries:
        counts[summary.speaker] += summary.count
    counts = Counter({speaker: count for speaker, count in counts.items() if count})
    if len(topics) < 2:
        component.show(
            render.empty(
                "There is one motion",
                "A matrix compares at least two. Add another on the page Debate, under Change its "
                "sources or motions.",
            )
        )
    if not counts:
        component.show(
            render.empty(
                "Nobody who is named takes a side on any motion",
                "Read the sources for what is said, or say who says a sentence there.",
            )
        )
        return
    means = {s.speaker: s.mean for s in summaries if s.topic == found.topic.id and s.count}
    shown = choosing.choose(found, counts, means, key="motions")
    if not shown:
        return
    component.show(
        render.heading("", "+1 is wholly for a motion, −1 wholly against; n counts statements.")
    )
    key = f"matrix-{found.info.id}-{session.browser().chart}"
    # Where there are many motions the chart scrolls in a box of its own, not the page.
    st.html(
        "<style>.st-key-matrix { overflow-x: auto; } "
        f".st-key-matrix > * {{ min-width: {matrix_width(found.debate)}px; }}</style>"
    )
    with st.container(key="matrix"):
        parts.chart(
            matrix_figure(summaries, found.debate, shown, ink=frame.ink()),
            key=key,
            alt="Mean stance of each speaker on each motion; the table below has the same "
            "numbers. A click on a cell opens the quotes.",
            on_select=lambda: _cell_picked(key),
            bar=False,
        )
    if len(topics) > _WORDED:
        numbered = (f"{n}. {topic.motion}" for n, topic in enumerate(topics, start=1))
        component.show(el("ol", *(el("li", line) for line in numbered), css="list"))
    component.show(
        render.heading(
            "",
            "The same as a table. Each number opens the quotes that it rests on; – is no "
            "statement that takes a side.",
        ),
        speaker_view.matrix_table(
            summaries,
            found.debate,
            shown,
            current=(session.wanted("speaker"), found.topic.id),
        ),
        key="view-matrix",
        on_pick=_button_picked,
    )


def _cell_picked(key: str) -> None:
    ids = picked_ids(st.session_state[key])
    if len(ids) == 2:
        session.choose(speaker=ids[0], motion=ids[1], whom=None)


def _button_picked(picked: str) -> None:
    speaker, _, topic = picked.partition(speaker_view.PART)
    session.choose(speaker=speaker, motion=topic, whom=None)
