"""The open debate at a glance, and every debate on this machine."""

from __future__ import annotations

import streamlit as st

from argmap.charts import balance_figure
from argmap.dashboard import component, library, models, parts, render, session, words
from argmap.dashboard.session import Draft, Open
from argmap.dashboard.view import el
from argmap.errors import ArgmapError
from argmap.nlp import judged_by
from argmap.records import LABELS
from argmap.store import SessionInfo


def _overview(found: Open) -> None:
    debate = found.debate
    labels = [stance.label for stance in found.stances.values()]
    counts = {label: labels.count(label) for label in LABELS}
    component.show(
        render.heading(
            found.info.title,
            f"{words.count(len(debate.documents), 'source')}, "
            f"{words.count(len(debate.topics), 'motion')}. "
            f"Mapped {words.moment(found.info.updated)}.",
        ),
        render.positions(found.topic),
        render.facts(
            (
                (f"{len(debate.statements):,}", "statements"),
                (f"{counts['pro']:,}", "for the motion"),
                (f"{counts['con']:,}", "against it"),
                (f"{counts['unclear']:,}", "unclear, left unlabelled"),
                (f"{len(debate.speakers):,}", "speakers"),
            )
        ),
    )
    judged = judged_by(debate.run)
    if judged is not None:
        component.show(el("p", judged, css="muted"), key="view-judged")
    if debate.statements:
        parts.chart(
            balance_figure(debate),
            key="balance",
            alt="Statements for and against each motion",
            bar=False,
        )
    else:
        component.show(
            render.empty(
                "No sentence was found in these sources",
                "Look at what was left out under Read, or change the sources below.",
            )
        )
    links = (
        ("tree", "See the argument tree", ":material/account_tree:"),
        ("speakers", "Compare the speakers", ":material/groups:"),
        ("read", "Read the sources", ":material/menu_book:"),
    )
    with st.container(horizontal=True):
        for name, label, icon in links:
            st.page_link(parts.page(name), label=label, icon=icon, query_params=session.address())
    st.subheader("Sources", anchor=False)
    component.show(render.sources(debate))
    st.button(
        "Change its sources or motions",
        on_click=_edit,
        args=(found,),
        icon=":material/edit:",
        help="Opens them under New debate. Nothing changes until you map again.",
    )


def _edit(found: Open) -> None:
    draft = Draft(
        documents=list(found.debate.documents),
        motions=[f"m{index}" for index in range(len(found.debate.topics))],
        replaces=None if found.info.origin == library.BUNDLED else found.info.id,
        made=len(found.debate.topics),
    )
    session.start_draft(draft)
    for name, topic in zip(draft.motions, found.debate.topics, strict=True):
        st.session_state[session.motion_key(draft, name)] = topic.motion
    st.session_state[session.title_key(draft)] = (
        found.info.title if draft.replaces else f"{found.info.title}, my version"
    )
    session.browser().go = "new"


def _rename(info: SessionInfo, key: str) -> None:
    title = str(st.session_state[key]).strip()
    if not title:
        session.browser().notice = "A debate needs a name. It keeps the one it had."
        return
    try:
        models.store().rename(info.id, title)
    except ArgmapError as error:
        session.browser().notice = str(error)


def _delete(info: SessionInfo) -> None:
    try:
        models.store().delete(info.id)
    except ArgmapError as error:
        session.browser().notice = str(error)
        return
    session.browser().notice = f"“{info.title}” is deleted."
    if session.wanted("debate") == info.id:
        session.choose(debate=None)


def _session_row(info: SessionInfo, *, is_open: bool) -> None:
    about = (
        f"{words.count(info.documents, 'source')} · {words.count(info.statements, 'statement')} · "
        f"{'bundled · ' if info.origin == library.BUNDLED else ''}{words.moment(info.updated)}"
    )
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-{info.id}", gap="small"
    ):
        with st.container():
            st.markdown(f"**{words.plain(info.title)}**  \n{words.plain(about)}")
        st.button(
            "Open now" if is_open else "Open",
            key=f"open-{info.id}",
            on_click=session.choose,
            kwargs={"debate": info.id},
            disabled=is_open,
        )
        if info.origin == library.BUNDLED:
            return
        with st.popover("Rename", key=f"rename-box-{info.id}"):
            key = f"rename-{info.id}-{info.updated.isoformat()}"
            st.text_input("New name", value=info.title, key=key, max_chars=200)
            st.button("Rename it", key=f"rename-do-{info.id}", on_click=_rename, args=(info, key))
        with st.popover("Delete", key=f"delete-box-{info.id}"):
            st.text("Delete this debate and its results? This cannot be undone.")
            st.button(
                "Delete it",
                key=f"delete-do-{info.id}",
                type="primary",
                on_click=_delete,
                args=(info,),
            )


def show() -> None:
    """Draw the page."""
    going = session.browser().go
    if going:
        session.browser().go = None
        st.switch_page(parts.page(going))
    found = parts.header()
    if found is not None:
        _overview(found)
        st.subheader("Debates on this machine", anchor=False)
        for info in library.ordered(models.store().sessions()):
            _session_row(info, is_open=info.id == found.info.id)
    st.page_link(parts.page("new"), label="New debate", icon=":material/add:")


show()
