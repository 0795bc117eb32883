"""What the lists of a draft share: moving an entry up or down, and putting back what was taken."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from argmap.dashboard import component
from argmap.dashboard.session import Draft, Kind
from argmap.dashboard.view import el
from argmap.dashboard.words import shorten


def moved_buttons(
    name: str, *, key: str, first: bool, last: bool, move: Callable[[int], None]
) -> None:
    """Two buttons that show arrows and are called by what they do."""
    for by, way, icon, off in (
        (-1, "up", ":material/arrow_upward:", first),
        (1, "down", ":material/arrow_downward:", last),
    ):
        st.button(
            f"Move {name} {way}",
            key=f"icon-{way}-{key}",
            on_click=move,
            args=(by,),
            type="tertiary",
            icon=icon,
            disabled=off,
        )


def undo_line(draft: Draft, kind: Kind) -> None:
    """Offer to put back what was taken out of a list last."""
    last = next((one for one in reversed(draft.gone) if one.kind == kind), None)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        component.show(
            el("small", f"Taken out: “{shorten(last.what, 80)}”"),
            key=f"draft{draft.number}-gone-{kind}",
        )
        st.button(
            "Put it back",
            key=f"draft{draft.number}-undo-{kind}",
            on_click=_back,
            args=(draft, kind),
            type="tertiary",
            icon=":material/undo:",
        )


def _back(draft: Draft, kind: Kind) -> None:
    for index in reversed(range(len(draft.gone))):
        if draft.gone[index].kind == kind:
            draft.gone.pop(index).back()
            return
