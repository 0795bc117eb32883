"""The results as files, and the address of the present view."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from argmap.corrections import corrected
from argmap.dashboard import component, links, parts, render, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.errors import ArgmapError
from argmap.export import EXPORTERS
from argmap.export.bundle import to_zip
from argmap.export.names import file_name
from argmap.records import Debate

_ALL = "Everything (zip)"
# Files whose size is remembered; each correction makes new ones.
_SIZES = 64
_ALL_PURPOSE = "Every file on this page in one archive."
_CHARTS = "Charts (HTML)"
_CHARTS_PURPOSE = (
    "All charts on one page, opened offline by any browser: balance, trees, icicles, speakers. "
    "Each is saved from there as a picture, SVG or PNG."
)


def _charts(debate: Debate) -> str:
    from argmap.export.charts_page import charts_to_html  # Plotly's script is large

    return charts_to_html(corrected(debate))


def _file(
    found: Open, key: str, title: str, purpose: str, suffix: str, mime: str, make: Callable[[], str]
) -> None:
    """One file: its button, what it is for, and its size once it was made."""
    made = session.browser().sizes
    place = (found.info.id, found.info.updated, key)

    def data() -> bytes:
        content = make().encode("utf-8")
        made[place] = len(content)
        while len(made) > _SIZES:
            del made[next(iter(made))]
        return content

    size = f" {words.size(made[place])} when last made." if place in made else ""
    with st.container(key=f"away-{key}", gap="xsmall"):
        st.download_button(
            title,
            data=data,
            file_name=file_name(found.info.title, suffix),
            mime=mime,
            key=f"download-{key}",
            on_click="ignore",
            icon=":material/download:",
        )
        component.show(el("small", f"{purpose}{size}"), key=f"purpose-{key}")


def _everything(found: Open) -> None:
    """The archive is made on demand, with progress, and then offered with its size."""
    state = session.browser()
    place = (found.info.id, found.info.updated)
    component.show(el("small", _ALL_PURPOSE), key="purpose-all")
    if st.button("Make the archive", key="make-all", icon=":material/folder_zip:"):
        bar = st.progress(0.0, text="Starting")

        def tell(title: str, done: int, total: int) -> None:
            bar.progress(done / total, text=words.plain(f"Writing {title}, {done + 1} of {total}"))

        try:
            data = to_zip(found.mapped, progress=tell)
        except ArgmapError as error:
            parts.problem(error)
            return
        finally:
            bar.empty()
        state.archive = (*place, data)
    if state.archive is not None and state.archive[:2] == place:
        data = state.archive[2]
        st.download_button(
            f"{_ALL}, {words.size(len(data))}",
            data=data,
            file_name=file_name(found.info.title, ".zip"),
            mime="application/zip",
            key="download-all",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )


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
    debate = found.mapped
    for key, exporter in EXPORTERS.items():
        _file(
            found,
            key,
            exporter.title,
            exporter.purpose,
            exporter.suffix,
            exporter.mime,
            lambda exporter=exporter: exporter.text(debate),  # type: ignore[misc]
        )
    _file(
        found,
        "charts",
        _CHARTS,
        _CHARTS_PURPOSE,
        ".charts.html",
        "text/html",
        lambda: _charts(debate),
    )
    _everything(found)
    st.subheader("Link to this debate", anchor=False)
    base = st.context.url or ""
    component.show(
        el(
            "p",
            "It opens this debate and motion on "
            + ("this machine alone." if links.only_here(base) else "this server alone.")
            + " Every page has one of its own behind Link, beside the motion.",
            css="muted",
        ),
        key="link-purpose",
    )
    state = session.browser()
    st.code(
        links.address(base, "", session.address(), pages=state.paths),
        language=None,
        wrap_lines=True,
    )


show()
