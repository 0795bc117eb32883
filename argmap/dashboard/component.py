"""Puts the elements of ``view.py`` on the page and hears which of them the reader picked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from argmap.charts import PALETTE
from argmap.dashboard.view import Element

_ASSETS = Path(__file__).resolve().parent / "assets"


@cache
def _css() -> str:
    tones = "".join(f"--{label}: {colour};" for label, colour in sorted(PALETTE.items()))
    return f".view {{{tones}}}\n" + (_ASSETS / "view.css").read_text(encoding="utf-8")


@cache
def _js() -> str:
    return "".join(
        (_ASSETS / name).read_text(encoding="utf-8") for name in ("outline.js", "view.js")
    )


def _renderer() -> ComponentRenderer:
    return st.components.v2.component(
        "argmap.view",
        html='<div class="view"></div>',
        css=_css(),
        js=_js(),
    )


def show(
    *elements: Element,
    key: str | None = None,
    on_pick: Callable[[str], None] | None = None,
    on_act: Callable[[str, str], None] | None = None,
    reveal: tuple[str, str] | None = None,
) -> None:
    """Draw ``elements``.

    Args:
        key: needed where something can be picked.
        on_pick: told the picked element's ``pick`` before the page runs again.
        on_act: told what was done in a tree and to which of its items: ``open``, ``close``,
            ``jump`` (to one that is not drawn) or ``peek`` (choose it and stay).
        reveal: an element's key and a token; a new token scrolls to the element and focuses it.
    """
    data = {
        "nodes": [element.data() for element in elements],
        "reveal": None if reveal is None else {"key": reveal[0], "token": reveal[1]},
    }
    if on_pick is None:
        _renderer()(key=key, data=data)
        return
    if key is None:
        raise ValueError("a view in which something can be picked needs a key")

    def picked() -> None:
        value = getattr(st.session_state[key], "picked", None)
        if isinstance(value, str):
            on_pick(value)

    def acted() -> None:
        value = getattr(st.session_state[key], "acted", None)
        if on_act is not None and isinstance(value, list) and len(value) == 2:
            on_act(str(value[0]), str(value[1]))

    if on_act is None:
        _renderer()(key=key, data=data, on_picked_change=picked)
    else:
        _renderer()(key=key, data=data, on_picked_change=picked, on_acted_change=acted)
