"""Who stands where, on which motion, what that rests on, and who answers whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from argmap.dashboard import (
    across,
    answers,
    component,
    exchange_view,
    models,
    one_speaker,
    parts,
    positions,
    render,
    session,
    speaker_view,
    who_is_who,
    words,
)
from argmap.dashboard.session import Open
from argmap.records import SpeakerStance

_PARTS: dict[str, tuple[str, Callable[[Open, Sequence[SpeakerStance]], None]]] = {
    "positions": ("Positions", positions.show),
    "motions": ("Motions", across.show),
    "answers": ("Who answers whom", answers.show),
    "one": ("One speaker", one_speaker.show),
}


def _part_picked() -> None:
    session.choose(part=st.session_state["speakers-part"])


def _part() -> str:
    wanted = session.wanted("part")
    if wanted not in _PARTS:
        # A link that names a speaker and no view is to all that the speaker says.
        wanted = "one" if session.wanted("speaker") and wanted is None else "positions"
        session.choose(part=wanted)
    st.session_state["speakers-part"] = wanted
    st.segmented_control(
        "View",
        list(_PARTS),
        format_func=lambda part: _PARTS[part][0],
        required=True,
        key="speakers-part",
        on_change=_part_picked,
        label_visibility="collapsed",
    )
    return wanted


def _close() -> None:
    # A chart with a key of its own has nothing selected, so the same dot can be picked again.
    session.browser().chart += 1
    session.choose(speaker=None, whom=None, sentence=None)


def _beside(found: Open, summaries: Sequence[SpeakerStance], part: str) -> None:
    """The quotes of what was picked in a chart, above the chosen sentence."""
    speaker = next((s for s in found.debate.speakers if s.id == session.wanted("speaker")), None)
    whom = session.wanted("whom")
    panel = None
    if speaker is not None and part == "answers" and whom in found.speaker_names:
        links = models.exchanges(found.info.id, found.info.updated, found.topic.id)
        pair = links.pair(speaker.id, whom)
        if pair is not None:
            panel = exchange_view.exchange_panel(
                pair, found.speaker_names, found.debate, parts.reading(found)
            )
    elif speaker is not None and part != "one":
        summary = next(
            (s for s in summaries if (s.speaker, s.topic) == (speaker.id, found.topic.id)), None
        )
        panel = (
            speaker_view.quotes_panel(
                summary, speaker, found.topic, found.debate, parts.reading(found)
            )
            if summary is not None and summary.count
            else render.empty(
                speaker.name, "No statement of their own takes a side on this motion."
            )
        )
    if panel is not None and speaker is not None:
        token = f"{speaker.id} {whom} {found.topic.id} {part}"
        component.show(
            panel,
            key="view-speaker-panel",
            on_pick=parts.choose_statement,
            reveal=("speaker-panel", token),
        )
        with st.container(horizontal=True, key="speaker-panel-tools"):
            st.button(
                "Everything they say",
                icon=":material/person:",
                key="speaker-everything",
                on_click=session.choose,
                kwargs={"part": "one", "whom": None},
            )
            st.button("Close", icon=":material/close:", key="speaker-close", on_click=_close)
        if found.statement(session.wanted("sentence")) is None:
            return
    parts.panel(found, hint="Choose a dot, a cell or a quote to read the words it rests on.")


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    summaries = models.speakers(found.info.id, found.info.updated)
    sided = sum(s.topic == found.topic.id and s.count > 0 for s in summaries)
    component.show(
        render.heading(
            found.topic.motion,
            f"{words.count(sided, 'speaker')} with at least one statement that takes a side. "
            "A position is the mean of for minus against, with its 95% interval. Only views of "
            "their own count: what somebody reports others to say does not.",
        )
    )
    who_is_who.show(found)
    part = _part()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _PARTS[part][1](found, summaries)
    with right:
        _beside(found, summaries, part)


show()
