"""Votes beside stances: choosing the division that decides a motion, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import component, library, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element, el
from argmap.errors import ArgmapError
from argmap.records import SIDES, Side, SpeakerStance
from argmap.structure import Agreement, SpeakerVote, agreement, decision_of, votes_beside

_AYE_WORDS: dict[Side, str] = {"pro": "For the motion", "con": "Against the motion"}


def beside(found: Open, summaries: Sequence[SpeakerStance]) -> dict[str, SpeakerVote]:
    """By speaker, their vote on the open motion; empty where no division decides it."""
    return {v.speaker: v for v in votes_beside(found.debate, found.topic.id, summaries)}


def choose(found: Open, votes: Mapping[str, SpeakerVote]) -> None:
    """Let the user say which division decides the open motion, and show what that gives."""
    divisions = {division.id: division for division in found.debate.divisions}
    if not divisions:
        return
    place = f"{found.info.id}-{found.topic.id}"
    division_key, aye_key = f"vote-division-{place}", f"vote-aye-{place}"
    decided = decision_of(found.debate, found.topic.id)
    if division_key not in st.session_state:
        st.session_state[division_key] = decided[1].id if decided else None
        st.session_state[aye_key] = decided[0].aye if decided else None
    with st.container(border=True, key="votes"):
        st.selectbox(
            "Division that decides this motion",
            list(divisions),
            index=None,
            placeholder="None chosen",
            format_func=lambda i: words.division_line(divisions[i]),
            key=division_key,
            on_change=_division_picked,
            args=(found, division_key, aye_key),
            help="The votes come from the source. Which of them decides the motion, and what an "
            "aye means, only a reader can say: an aye may be for an amendment that is against it.",
        )
        if st.session_state[division_key] is None:
            return
        st.radio(
            "An aye in it is",
            list(SIDES),
            format_func=_AYE_WORDS.__getitem__,
            key=aye_key,
            horizontal=True,
            on_change=_aye_picked,
            args=(found, division_key, aye_key),
        )
        if not votes:
            component.show(
                el("p", "Say what an aye means, and the votes are set beside the words.",
                   css="muted"),
                key="view-votes-hint",
            )  # fmt: skip
            return
        component.show(_summary(agreement(tuple(votes.values()))), _table(found, votes),
                       key="view-votes")  # fmt: skip


def _division_picked(found: Open, division_key: str, aye_key: str) -> None:
    # What an aye meant in another division says nothing about this one.
    st.session_state[aye_key] = None
    if decision_of(found.debate, found.topic.id) is not None:
        _keep(found, None, "pro")


def _aye_picked(found: Open, division_key: str, aye_key: str) -> None:
    _keep(found, st.session_state[division_key], st.session_state[aye_key])


def _keep(found: Open, division: str | None, aye: Side) -> None:
    try:
        library.set_division(found.info, found.topic.id, division, aye=aye)
    except ArgmapError as error:
        session.browser().notice = str(error)


def chip(vote: SpeakerVote) -> Element:
    """A speaker's vote, and whether it is on the side that their words are on."""
    text = words.vote_line(vote)
    side = vote.position or "none"
    return el(
        "div",
        el("span", el("span", SIGNS[side], css="sign"), _first_upper(text), css=f"chip {side}"),
        el("small", f" {_fit(vote)}") if _fit(vote) else None,
        css="vote",
    )


def _fit(vote: SpeakerVote) -> str:
    if vote.agrees is None:
        return ""
    if vote.agrees:
        return "as their words lean" if not vote.settled else "as their words go"
    return "against the lean of their words" if not vote.settled else "against their words"


def _summary(counts: Agreement) -> Element:
    if not counts.compared:
        line = "No speaker both voted for one side and made a statement that takes one."
    else:
        line = (
            f"{counts.agree} of {words.count(counts.compared, 'speaker')} with a vote and a "
            "stance voted the way their words lean"
        )
        if counts.settled:
            line += (
                f"; of the {counts.settled} whose interval keeps to one side, "
                f"{counts.settled_agree} did"
            )
        line += "."
    blank = counts.speakers - counts.voted
    rest = f"For {words.count(blank, 'speaker')} no vote for one side is on record."
    return el("div", el("p", line, css="agreement"), el("small", rest) if blank else None)


def _table(found: Open, votes: Mapping[str, SpeakerVote]) -> Element:
    names = found.speaker_names
    order = sorted(
        votes.values(),
        key=lambda v: (v.agrees is None, v.agrees is True, v.position is None,
                       names[v.speaker].casefold()),
    )  # fmt: skip
    head = ("Speaker", "Words", "Vote", "The same")
    return el(
        "details",
        el("summary", "Every speaker’s vote beside their words"),
        el(
            "div",
            el(
                "table",
                el("thead", el("tr", *(el("th", cell) for cell in head))),
                el("tbody", *(_row(names[vote.speaker], vote) for vote in order)),
                css="votes",
            ),
            css="tablebox",
            scroll=True,
            label="Votes beside words",
        ),
        key="votes-table",
    )


def _row(name: str, vote: SpeakerVote) -> Element:
    stance = ""
    if vote.stance is not None:
        side = "for" if vote.stance == "pro" else "against"
        stance = side if vote.settled else f"leans {side}"
    same = "" if vote.agrees is None else "yes" if vote.agrees else "no"
    cells = (name, stance, words.vote_line(vote) if vote.side else "", same)
    return el("tr", *(el("td", cell) for cell in cells))


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
