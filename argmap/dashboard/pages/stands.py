"""What stands after the attacks on the open motion, and what was never answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from argmap.dashboard import component, models, parts, render, session, standings, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element
from argmap.records import SIDES
from argmap.structure import SEMANTICS, Gaps, Semantics, Strength

# More than this at once makes a page that is slow to draw and to read.
_AT_ONCE = 8

_Row = TypeVar("_Row")


def _semantics_picked() -> None:
    session.choose(semantics=st.session_state["pick-semantics"])


def _semantics() -> Semantics:
    wanted = session.wanted("semantics")
    chosen = next((name for name in SEMANTICS if name == wanted), SEMANTICS[0])
    st.session_state["pick-semantics"] = chosen
    st.segmented_control(
        "How attacks and support are weighed",
        list(SEMANTICS),
        format_func=words.SEMANTICS_WORDS.__getitem__,
        required=True,
        key="pick-semantics",
        on_change=_semantics_picked,
        help="DF-QuAD (Rago and others, 2016) lets several attacks add up to at most 1. Quadratic "
        "energy (Potyka, 2018) weighs support less attack and moves little for weak ones.",
    )
    return chosen


def _list(
    found: Open,
    name: str,
    title: str,
    about: str,
    rows: Sequence[_Row],
    draw: Callable[[Sequence[_Row]], Element],
    nothing: str,
) -> None:
    """A list under its heading, the first few at once."""
    component.show(standings.section(title, about))
    if not rows:
        component.show(standings.section("", nothing))
        return
    key = f"{name}-{found.info.id}-{found.topic.id}"
    every = len(rows) <= _AT_ONCE or st.toggle(f"Show all {len(rows):,}", key=f"all-{key}")
    component.show(
        draw(rows if every else rows[:_AT_ONCE]),
        key=f"view-{name}",
        on_pick=parts.choose_statement,
    )


def _lists(found: Open, strength: Strength, gaps: Gaps) -> None:
    reading = parts.reading(found)
    texts = {statement.id: statement.text for statement in found.debate.statements}
    _list(
        found,
        "points",
        "Key points, the strongest after the attacks first",
        "A point is as strong as its statements on average.",
        [
            (
                p.statements[0],
                p.side,
                p.text,
                len(p.statements),
                p.before,
                p.after,
                len(p.attackers),
            )
            for p in strength.points
        ],
        lambda rows: standings.strengths(rows, reading),
        "No key point: no sentences of one side say much the same. The statements are below.",
    )
    for side in SIDES:
        _list(
            found,
            f"unanswered-{side}",
            f"Never answered: {words.LABEL_WORDS[side].lower()} the motion",
            "Points and statements that no attack of the other side reaches, the strongest first.",
            gaps.unanswered_of(side),
            lambda rows: standings.entries(rows, found.debate, reading),
            "Every argument of this side was attacked, or it has none.",
        )
    _list(
        found,
        "contested",
        "Most contested",
        "What the heaviest attacks of the other side reach, the heaviest first.",
        gaps.contested,
        lambda rows: standings.entries(rows, found.debate, reading),
        "No attack between the sides was found.",
    )
    _list(
        found,
        "common",
        "Common ground",
        "Found by their words and by support across the sides; paraphrases are not found.",
        gaps.common,
        lambda rows: standings.common(rows, found.debate, reading),
        "No statement was found that both sides make.",
    )
    _list(
        found,
        "statements",
        "Statements, the strongest after the attacks first",
        "Every statement that takes a side.",
        [
            (s.statement, s.side, texts[s.statement], 1, s.before, s.after, len(s.attackers))
            for s in strength.statements
        ],
        lambda rows: standings.strengths(rows, reading),
        "",
    )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    semantics = _semantics()
    strength, gaps = models.stands(found.info.id, found.info.updated, found.topic.id, semantics)
    component.show(
        render.heading(
            found.topic.motion,
            "How strong each argument is before and after the others bear on it, from 0 to 1. It "
            "rests on how sure the model is of each label and relation, not on who is right.",
        )
    )
    if not strength.statements:
        component.show(
            render.empty(
                "No statement takes a side on this motion",
                "Choose another motion above, or add sources that argue about this one.",
            )
        )
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        component.show(standings.sides(strength))
        if gaps.cautions:
            component.show(standings.trust(gaps.cautions))
        _lists(found, strength, gaps)
    with right:
        parts.panel(found, hint="Choose a point or a statement to read its sentence in the source.")


show()
