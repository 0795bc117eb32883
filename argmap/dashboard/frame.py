"""What stands around every page: its name for who hears it, its small print, its ink."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

_ASSETS = Path(__file__).resolve().parent / "assets"

# The text of .streamlit/config.toml: Streamlit tells a page which theme the reader has, but not
# its colours, and its own default for charts is a grey too faint to read small labels in.
_INK = {"light": "#1f2328", "dark": "#e9e7e2"}
_PAPER = {"light": "#fdfcfa", "dark": "#16181c"}

# Read by a screen reader, and seen by nobody.
_UNSEEN = (
    "h1 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; "
    "clip-path: inset(50%); white-space: nowrap; }"
)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def ink() -> str:
    """The colour of this reader's text, for charts."""
    return _INK.get(st.context.theme.type or "light", _INK["light"])


def paper() -> str:
    """The colour of this reader's page."""
    return _PAPER.get(st.context.theme.type or "light", _PAPER["light"])


def show(title: str) -> None:
    """Name the page, in its tab and in its first heading, and lay out what takes no room."""
    st.set_page_config(page_title=f"{title} · Argument Mapper")
    with st.container(key="frame"):
        st.html(f"<style>{_asset('page.css')}</style>")
        st.components.v2.component(
            "argmap.page", html="<h1></h1>", css=_UNSEEN, js=_asset("page.js")
        )(
            key="view-frame",
            data={"title": title, "theme": st.context.theme.type},
            on_theme_change=lambda: None,
        )
