"""Whose a debate is and who else may see it, on a server where users sign in."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, models, session, who, words
from argmap.dashboard.view import el
from argmap.errors import ArgmapError
from argmap.store import EVERYONE, GIVEN, May, SessionInfo, Share

_MAY: dict[May, str] = {"read": "may read", "correct": "may correct", "own": "may do everything"}
_LONGEST_NAME = 255


def whose(info: SessionInfo) -> str:
    """``shared by ada, you may read``: what a list says of another's debate."""
    if info.may == "own" or info.owner is None:
        return ""
    return f"shared by {info.owner}, you {_MAY[info.may]}"


def told(info: SessionInfo) -> None:
    """Say what the reader may do with a debate that is not theirs."""
    if info.may == "own":
        return
    of = f"{info.owner} shares this debate with you" if info.owner else "This debate is bundled"
    able = "read and correct it" if info.may == "correct" else "read it"
    rest = "map it again, rename or delete it" if info.may == "correct" else "correct or change it"
    component.show(
        el("p", f"{of}: you may {able}. To {rest}, duplicate it and work on the copy."),
        key="view-may",
    )


def controls(info: SessionInfo) -> None:
    """Draw with whom the reader's own debate is shared, and the means to change it."""
    try:
        shares = models.store().shares(info.id)
    except ArgmapError as error:
        st.caption(words.plain(str(error)))
        return
    st.markdown("**Shared with**" if shares else "Shared with nobody")
    for number, one in enumerate(shares):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{reader(one)}, {_MAY[one.may]}")
            st.button(
                "Stop sharing",
                key=f"unshare-{info.id}-{number}",
                on_click=_unshare,
                args=(info, one),
            )
    everyone = f"share-all-{info.id}"
    name = f"share-name-{info.id}"
    may = f"share-may-{info.id}"
    st.checkbox("With everyone who signs in here", key=everyone)
    st.text_input(
        "User to share it with",
        key=name,
        max_chars=_LONGEST_NAME,
        disabled=bool(st.session_state.get(everyone)),
    )
    st.radio("What they may do", GIVEN, format_func=lambda m: _MAY[m], key=may, horizontal=True)
    st.button(
        "Share",
        key=f"share-do-{info.id}",
        on_click=_share,
        args=(info, everyone, name, may),
        icon=":material/group_add:",
    )


def reader(share: Share) -> str:
    """With whom, in words."""
    return "everyone" if share.reader == EVERYONE else share.reader


def _share(info: SessionInfo, everyone: str, name: str, may: str) -> None:
    state = session.browser()
    typed = EVERYONE if st.session_state[everyone] else str(st.session_state[name] or "").strip()
    if not typed:
        state.notice = "Type the name of the user to share it with, or share it with everyone."
        return
    given: May = st.session_state[may]
    try:
        if typed != EVERYONE and not who.known(typed):
            state.notice = (
                f"There is no user {words.shorten(typed, 60)} on this server. “{info.title}” is "
                "shared as before."
            )
            return
        models.store().share(info.id, typed, given)
    except ArgmapError as error:
        state.notice = str(error)
        return
    told_of = "Everyone" if typed == EVERYONE else typed
    state.notice = f"{told_of} {_MAY[given]} “{info.title}” now."


def _unshare(info: SessionInfo, share: Share) -> None:
    state = session.browser()
    try:
        models.store().unshare(info.id, share.reader)
    except ArgmapError as error:
        state.notice = str(error)
        return
    state.notice = f"“{info.title}” is not shared with {reader(share)} any more."
