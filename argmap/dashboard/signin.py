"""The page to sign in on, and the line that says who is signed in."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, gatekeeper, render, who, words
from argmap.dashboard.view import el
from argmap.errors import ArgmapError

#: Heading of the page, and the name of its tab.
TITLE = "Sign in"


def admitted() -> bool:
    """Whether the pages may be shown to whoever is at this browser."""
    if who.refused() is not None:
        return False
    found = who.name()
    if found is None and who.shared():
        return False
    who.settle(found)
    return True


def show() -> None:
    """Draw what stands in the place of every page."""
    if reason := who.refused():
        st.error(words.plain(reason), icon=":material/lock:")
        return
    if gatekeeper.from_environment().way == "header":
        st.error(
            "This server is reached through its proxy alone, which says who you are. Open the "
            "address that you were given for it.",
            icon=":material/lock:",
        )
        return
    component.show(
        render.heading(
            TITLE,
            "This server is shared. You see your own debates and those shared with you. What you "
            "opened stays in this tab until you sign out, close it or load it anew.",
        )
    )
    with st.form("sign-in", width=420):
        typed = st.text_input("User name", key="sign-in-name", autocomplete="username")
        password = st.text_input(
            "Password", type="password", key="sign-in-password", autocomplete="current-password"
        )
        asked = st.form_submit_button(TITLE, type="primary", key="sign-in-do")
    if asked:
        try:
            wrong = who.sign_in(typed, password)
        except ArgmapError as error:
            wrong = str(error)
        if wrong is None:
            st.rerun()
        st.error(words.plain(wrong), icon=":material/error:")


def bar() -> None:
    """Say who is signed in, with a way out where it is ours to give."""
    found = who.name()
    if found is None:
        return
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="who"
    ):
        component.show(el("span", "Signed in as ", el("strong", found)), key="view-who")
        if gatekeeper.from_environment().way == "password":
            st.button("Sign out", key="sign-out", on_click=who.sign_out, icon=":material/logout:")
