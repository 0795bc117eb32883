"""Everything that one speaker says: positions, words over time, all quotes, a citation list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.charts import change_figure
from argmap.dashboard import cite, component, identity, models, parts, render, session, words
from argmap.dashboard.paging import paged
from argmap.dashboard.search import matching
from argmap.dashboard.session import Open
from argmap.dashboard.side_by_side import OverTime
from argmap.dashboard.speaker_view import everything, positions_table
from argmap.dashboard.view import el
from argmap.errors import ArgmapError, InputError
from argmap.export.comparison_view import change_words
from argmap.records import SIDES, Speaker, SpeakerStance, Stance, Statement

_AT_ONCE = 25
# So many sentences are set side by side at once unasked: more take the model seconds to read.
_UNASKED = 60
_VOICES = {"own": "Their own", "reported": "Views reported"}


def show(found: Open, summaries: Sequence[SpeakerStance]) -> None:
    """Draw the speaker of the address, or whoever says most."""
    speaker = _chosen(found, summaries)
    if speaker is None:
        component.show(
            render.empty(
                "No speaker is named in this debate",
                "Open Read and say who says a sentence, or choose another debate above.",
            )
        )
        return
    own = [summary for summary in summaries if summary.speaker == speaker.id]
    line = words.speaker_line(speaker)
    also = [alias for alias in speaker.aliases if alias != speaker.name]
    called = f"also called {', '.join(also)}" if also else ""
    component.show(
        render.heading(speaker.name, " · ".join(part for part in (line, called) if part)),
        *([identity.mark()] if speaker.id in parts.reading(found).touched else []),
        positions_table(own, found.debate, current=found.topic.id),
        key="view-one-head",
    )
    _over_time(found, speaker)
    _quotes(found, speaker)


def _chosen(found: Open, summaries: Sequence[SpeakerStance]) -> Speaker | None:
    by_id = {speaker.id: speaker for speaker in found.debate.speakers}
    if not by_id:
        return None
    said = dict.fromkeys(by_id, 0)
    for statement in found.debate.statements:
        if statement.speaker is not None:
            said[statement.speaker] += 1
    order = sorted(by_id, key=lambda i: (by_id[i].name.casefold(), i))
    # A link may outlive a merge: whoever says most stands in for who is gone.
    most = max(order, key=lambda i: (sum(s.count for s in summaries if s.speaker == i), said[i]))
    wanted = session.wanted("speaker")
    chosen = wanted if wanted in by_id else most
    if wanted != chosen:
        if wanted is not None:
            st.info("The speaker of this link is not in the debate any more.")
        session.choose(speaker=chosen)
    key = f"one-speaker-{found.info.id}"
    st.session_state[key] = chosen
    st.selectbox(
        "Speaker",
        order,
        format_func=lambda i: f"{by_id[i].name}, {words.count(said[i], 'sentence')}",
        key=key,
        on_change=_speaker_picked,
        args=(key,),
    )
    return by_id[chosen]


def _speaker_picked(key: str) -> None:
    session.choose(speaker=st.session_state[key], whom=None)


# --- over time -------------------------------------------------------------------------------


def _over_time(found: Open, speaker: Speaker) -> None:
    place = (found.info.id, found.info.updated, found.topic.id, speaker.id)
    component.show(render.heading("Over time", f"On the motion “{found.topic.motion}”"))
    try:
        change = models.change(*place, paired=False)
    except InputError:
        component.show(
            el("p", "No sentence is in this speaker's own voice.", css="muted"), key="view-no-time"
        )
        return
    drawn = OverTime(found.debate, parts.reading(found))
    if not change.moments:
        component.show(
            render.empty(
                "None of these sources has a date",
                "So nothing can be said of a change. Map the debate again on the page Debate, "
                "under Change its sources or motions, with the date of each source.",
            )
        )
    else:
        component.show(el("p", change_words(change)))
        if change.undated:
            component.show(
                render.heading(
                    "", f"{words.count(change.undated, 'sentence')} in sources without a date."
                )
            )
        if len(change.moments) > 1:
            parts.chart(
                change_figure(change),
                key=f"one-change-{found.info.id}-{found.topic.id}-{speaker.id}",
                alt="Shares for and against by date; the table below has the same numbers.",
                bar=False,
            )
        if (table := drawn.moments(change)) is not None:
            component.show(table)
    sides = [
        found.stances[s.id].label
        for s in _said(found, speaker)
        if not s.attribution.reported and s.id in found.stances
    ]
    both = sides.count("pro"), sides.count("con")
    if not all(both):
        component.show(el("p", "All that they say with a side is on one side.", css="muted"))
        return
    key = f"one-pairs-{found.info.id}-{found.topic.id}-{speaker.id}"
    if sum(both) > _UNASKED and not st.toggle(
        f"Set their opposite sentences side by side ({both[0]:,} for, {both[1]:,} against)", key=key
    ):
        return
    try:
        with st.spinner("Comparing their sentences"):
            paired = models.change(*place, paired=True)
    except ArgmapError as error:
        parts.problem(error)
        return
    component.show(
        *drawn.opposed(paired.pairs, key=speaker.id),
        key="view-one-pairs",
        on_pick=parts.choose_statement,
    )


# --- all quotes ------------------------------------------------------------------------------


def _said(found: Open, speaker: Speaker) -> list[Statement]:
    return [s for s in found.debate.statements if s.speaker == speaker.id]


def _quotes(found: Open, speaker: Speaker) -> None:
    said = _said(found, speaker)
    judged: dict[str, list[Stance]] = {}
    for stance in found.debate.stances:
        if stance.label in SIDES:
            judged.setdefault(stance.statement, []).append(stance)
    order = {topic.id: number for number, topic in enumerate(found.debate.topics)}
    for own in judged.values():
        own.sort(key=lambda stance: order[stance.topic])
    component.show(
        render.heading(
            "Quotes",
            "On every motion. What they only report others to say is not counted as theirs.",
        )
    )
    numbers = {
        "own": sum(not s.attribution.reported for s in said),
        "reported": sum(s.attribution.reported for s in said),
    }
    link = f"{found.info.id}-{speaker.id}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="one-filter"):
        voice = st.segmented_control(
            "Voice",
            list(_VOICES),
            format_func=lambda kind: f"{_VOICES[kind]} ({numbers[kind]:,})",
            default="own",
            required=True,
            key=f"one-voice-{link}",
        )
        sided = st.toggle(
            "Only with a side on a motion", value=True, key=f"one-sided-{found.info.id}"
        )
        search = st.text_input("Search", key=f"one-find-{found.info.id}") or ""
    wanted = [
        s
        for s in matching(said, found.stances, search=search)
        if s.attribution.reported == (voice == "reported") and (not sided or s.id in judged)
    ]
    if len(found.debate.topics) > 1:
        motions = (f"Motion {n}: {t.motion}" for n, t in enumerate(found.debate.topics, start=1))
        component.show(el("ul", *(el("li", el("small", line)) for line in motions)))
    if not wanted:
        component.show(el("p", "No sentence of theirs passes.", css="muted"))
        return
    shown = paged(wanted, key=f"one-{link}-{voice}-{sided}-{search}", size=_AT_ONCE)
    component.show(
        everything(shown, found.debate, parts.reading(found, search=search), judged),
        key="view-one",
        on_pick=parts.choose_statement,
    )
    cite.show(
        found,
        wanted,
        key=f"one-{link}",
        label=f"{words.count(len(wanted), 'citation')} to copy",
        stem=f"{speaker.name} citations",
    )
