"""The results as files, and the address of the present view."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from argmap.dashboard import component, parts, render, session
from argmap.dashboard.view import el
from argmap.export import EXPORTERS, Exporter
from argmap.export.names import file_name
from argmap.records import Debate


def _maker(exporter: Exporter, debate: Debate) -> Callable[[], bytes]:
    return lambda: exporter.text(debate).encode("utf-8")


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    component.show(render.heading("Take away", "Files are made on this machine when you ask."))
    if not found.debate.statements:
        component.show(
            el("p", "No sentence was found in its sources, so the files are nearly empty.")
        )
    for key, exporter in EXPORTERS.items():
        with st.container(key=f"away-{key}", gap="xsmall"):
            st.download_button(
                exporter.title,
                data=_maker(exporter, found.mapped),
                file_name=file_name(found.info.title, exporter.suffix),
                mime=exporter.mime,
                key=f"download-{key}",
                on_click="ignore",
                icon=":material/download:",
            )
            component.show(el("small", exporter.purpose), key=f"purpose-{key}")
    st.subheader("Link to this debate", anchor=False)
    component.show(render.heading("", "It opens the same view on this machine."))
    base = (st.context.url or "").split("?")[0]
    query = "&".join(f"{k}={v}" for k, v in session.address().items())
    st.code(f"{base}?{query}", language=None, wrap_lines=True)


show()
