"""A long list a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")


def paged(items: Sequence[Item], *, key: str, size: int) -> Sequence[Item]:
    """The items of the page that the reader is on, with the buttons to turn it where they are many.

    Args:
        key: names the list; another list starts at its first page.
    """
    if len(items) <= size:
        return items
    place = f"page-{key}"
    last = (len(items) - 1) // size
    # A filter may have made the list shorter than where the reader was.
    number = min(int(st.session_state.get(place, 0)), last)
    start = number * size
    shown = items[start : start + size]
    with st.container(horizontal=True, vertical_alignment="center", key=f"box-{place}"):
        _turn("Previous", "chevron_left", place, number - 1, number == 0)
        st.text(f"{start + 1:,} to {start + len(shown):,} of {len(items):,}", width="content")
        _turn("Next", "chevron_right", place, number + 1, number == last)
    return shown


def _turn(label: str, icon: str, place: str, number: int, disabled: bool) -> None:
    st.button(
        label,
        key=f"{label}-{place}",
        icon=f":material/{icon}:",
        disabled=disabled,
        on_click=_go,
        args=(place, number),
    )


def _go(place: str, number: int) -> None:
    st.session_state[place] = number
