"""A finished analysis brought back as a debate: a project file, or an argument graph."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, library, models, parts, session
from argmap.dashboard.view import el
from argmap.errors import ArgmapError

TITLE = "Open a project file or argument graph"
PANEL, KEY = "open-file-panel", "open-file"


def show() -> None:
    """Draw the uploader; a file that can be read becomes a debate of its own and opens."""
    panel = st.expander(TITLE, key=PANEL, icon=":material/folder_open:", on_change="rerun")
    if not panel.open:
        return
    with panel:
        component.show(
            el(
                "p",
                "A file that Argument Mapper saved under Take away, or a map of another program "
                "in Argdown, AIF, xAIF, SADFace or GraphML. It is opened as it is: nothing in it "
                "is judged anew.",
                css="muted",
            )
        )
        file = st.file_uploader("Choose a file", key=KEY, help="25 MB at most.")
        if file is None:
            return
        try:
            session_id, title, notes = library.open_file(
                models.store(), file.getvalue(), name=file.name
            )
        except ArgmapError as error:
            parts.problem(error)
            return
    session.browser().notice = " ".join((f"“{title}” is open.", *notes))
    session.choose(debate=session_id)
    st.switch_page(parts.page("debate"))
