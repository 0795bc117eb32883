"""Single keys that a page listens for, wherever on it the reader is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).resolve().parent / "assets" / "keys.js"


def listen(keys: Mapping[str, str], *, key: str, on_press: Callable[[str], None]) -> None:
    """Tell ``on_press`` what a key says, before the page runs again.

    Give the reader a way to leave this out: keys without Ctrl or Alt disturb whoever speaks to
    their computer (WCAG 2.2, success criterion 2.1.4).

    Args:
        keys: what each key says, such as ``{"n": "next"}``.
        key: names the listener.
    """

    def pressed() -> None:
        value = getattr(st.session_state[key], "pressed", None)
        if isinstance(value, str):
            on_press(value)

    renderer = st.components.v2.component(
        "argmap.keys", html="<span></span>", js=_SCRIPT.read_text(encoding="utf-8")
    )
    renderer(key=key, data={"keys": dict(keys)}, on_pressed_change=pressed)
