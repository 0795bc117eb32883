"""Sentences as a list of citations, to copy or to save."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.dashboard import words
from argmap.dashboard.session import Open
from argmap.export.names import file_name
from argmap.projectfile import well_formed
from argmap.records import Statement

# A box to copy from holds so many; the file has all.
_MOST = 200


def citations(found: Open, statements: Sequence[Statement]) -> str:
    """A citation of each, judged on the open motion, one blank line between two."""
    return well_formed(
        "\n\n".join(
            words.citation(s, found.stances.get(s.id), found.topic, found.debate)
            for s in statements
        )
    )


def show(found: Open, statements: Sequence[Statement], *, key: str, label: str, stem: str) -> None:
    """Offer the citations of these sentences; nothing is made until the reader asks.

    Args:
        key: tells this list's buttons from those elsewhere on the page.
        label: what the list is of.
        stem: the file's name, before its ending.
    """
    if not statements:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"cite-{key}"):
        wanted = st.toggle(words.plain(label), key=f"cite-on-{key}")
        st.download_button(
            "Save them",
            data=lambda: (citations(found, statements) + "\n").encode("utf-8"),
            file_name=file_name(stem, ".txt"),
            mime="text/plain",
            key=f"cite-save-{key}",
            on_click="ignore",
            icon=":material/download:",
        )
    if not wanted:
        return
    if len(statements) > _MOST:
        st.text(f"The first {_MOST} of {len(statements):,}; the file has them all.")
    st.code(citations(found, statements[:_MOST]), language=None, wrap_lines=True, height=320)
