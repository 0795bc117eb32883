"""This installation on one page, to copy into a bug report."""

from __future__ import annotations

import streamlit as st

from argmap import doctor

_PLACE = "about-installation"


def show() -> None:
    """Offer to examine the installation, and show what was found as text to copy."""
    with st.expander("About this installation"):
        st.caption(
            "Versions, models, data folder and database on one page for a bug report. Nothing of a "
            "document is on it. The same from the command line, with the speed: argmap doctor."
        )
        if st.button("Examine it", key="examine", icon=":material/stethoscope:"):
            bar = st.progress(0.0, text="Examining")
            found = doctor.examine(speed=False, progress=_told(bar))
            bar.empty()
            st.session_state[_PLACE] = doctor.as_text(found)
        if _PLACE in st.session_state:
            st.code(st.session_state[_PLACE], language=None)


def _told(bar: st.delta_generator.DeltaGenerator) -> doctor.Progress:
    def tell(what: str, done: int, total: int) -> None:
        bar.progress(done / total if total else 0.0, text=what)

    return tell
