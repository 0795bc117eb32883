"""Every debate at hand as a list: open, rename, copy, share, delete, and have back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Literal, get_args

import streamlit as st

from argmap.dashboard import (
    component,
    library,
    models,
    safekeeping,
    session,
    sharing,
    who,
    words,
)
from argmap.dashboard.view import el
from argmap.errors import ArgmapError
from argmap.store import KEPT_ASIDE, SessionInfo

Order = Literal["Last changed", "Title", "Most statements", "Oldest"]

_ORDERS: tuple[Order, ...] = get_args(Order)
# From so many on, a list is searched rather than read.
_MANY = 8
_SHOWN = 25


def arranged(
    sessions: Sequence[SessionInfo], *, search: str = "", order: Order = "Last changed"
) -> tuple[SessionInfo, ...]:
    """The sessions whose titles hold every word that is searched for, in the order asked for."""
    needles = search.casefold().split()
    found = [s for s in sessions if all(needle in s.title.casefold() for needle in needles)]
    match order:
        case "Title":
            return tuple(sorted(found, key=lambda s: (s.title.casefold(), s.id)))
        case "Most statements":
            return tuple(sorted(found, key=lambda s: (-s.statements, s.title.casefold(), s.id)))
        case "Oldest":
            return tuple(sorted(found, key=lambda s: (s.created, s.id)))
    return library.ordered(found)


def show(open_id: str) -> None:
    """Draw the list.

    Args:
        open_id: the session that is open; empty where none is.
    """
    sessions = models.store().sessions()
    if not sessions:
        recently_deleted()
        return
    shared = who.name() is not None
    st.subheader("Your debates" if shared else "Debates on this machine", anchor=False)
    search, order = "", _ORDERS[0]
    if len(sessions) > _MANY:
        left, right = st.columns([3, 1], gap="small")
        search = (
            left.text_input(
                "Search debates", key="shelf-search", live=True, placeholder="Words of the title"
            )
            or ""
        )
        order = right.selectbox("Sort by", _ORDERS, key="shelf-order")
    found = arranged(sessions, search=search, order=order)
    if search.strip():
        st.caption(f"{words.count(len(found), 'debate')} found.")
    whole = st.session_state.get("shelf-all", False)
    for info in found if whole else found[:_SHOWN]:
        _row(info, is_open=info.id == open_id)
    if len(found) > _SHOWN and not whole:
        st.button(
            f"Show all {words.count(len(found), 'debate')}", key="shelf-more", on_click=_show_all
        )
    recently_deleted()
    safekeeping.box()


def undo_notice() -> None:
    """Offer to have back what was deleted last, until the reader has done with it."""
    state = session.browser()
    if state.deleted is None:
        return
    info = next((s for s in _gone() if s.id == state.deleted), None)
    if info is None:
        state.deleted = None
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="undo-delete"):
        component.show(el("span", f"“{info.title}” is deleted."), key="view-undo")
        st.button(
            "Undo",
            key="undo-delete-do",
            on_click=_restore,
            args=(info,),
            icon=":material/undo:",
            type="primary",
        )
        st.button("Dismiss", key="undo-delete-dismiss", on_click=_dismiss)


def changeable(info: SessionInfo) -> bool:
    """Whether the reader may map a session again, rename and delete it."""
    return info.origin != library.BUNDLED and info.may == "own"


def copied(info: SessionInfo) -> None:
    """Keep a copy of a session and open it."""

    def step() -> None:
        titles = {s.title for s in models.store().sessions()}
        copy = models.store().duplicate(info.id, title=copy_title(info.title, titles))
        session.browser().notice = (
            f"This is your own copy of “{info.title}”, corrections included. "
            "What you change in it stays in it."
        )
        session.choose(debate=copy)

    _try(step)


def copy_title(title: str, taken: set[str]) -> str:
    """``Pay, copy``, ``Pay, copy 2``: the first that is not taken."""
    number, found = 1, f"{title}, copy"
    while found in taken:
        number += 1
        found = f"{title}, copy {number}"
    return found


def _show_all() -> None:
    st.session_state["shelf-all"] = True


def _row(info: SessionInfo, *, is_open: bool) -> None:
    known = (
        words.count(info.documents, "source"),
        words.count(info.statements, "statement"),
        words.stopped(info.unfinished, info.documents) if info.unfinished else "",
        "bundled" if info.origin == library.BUNDLED else "",
        sharing.whose(info),
        words.moment(info.updated),
    )
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-{info.id}", gap="small"
    ):
        with st.container():
            about = " · ".join(part for part in known if part)
            st.markdown(f"**{words.plain(info.title)}**  \n{words.plain(about)}")
        st.button(
            "Open now" if is_open else "Open",
            key=f"open-{info.id}",
            on_click=session.choose,
            kwargs={"debate": info.id},
            disabled=is_open,
        )
        with st.popover("More", key=f"more-{info.id}"):
            st.button(
                "Duplicate",
                key=f"copy-{info.id}",
                on_click=copied,
                args=(info,),
                icon=":material/content_copy:",
                help="A copy of your own, with its corrections",
            )
            if changeable(info):
                key = f"rename-{info.id}-{info.updated.isoformat()}"
                st.text_input("New name", value=info.title, key=key, max_chars=200)
                st.button(
                    "Rename it",
                    key=f"rename-do-{info.id}",
                    on_click=_rename,
                    args=(info, key),
                    icon=":material/edit:",
                )
                st.button(
                    "Delete",
                    key=f"delete-do-{info.id}",
                    on_click=_delete,
                    args=(info,),
                    icon=":material/delete:",
                    help=f"It can be had back for {KEPT_ASIDE.days} days",
                )
                if who.name() is not None:
                    sharing.controls(info)


def _gone() -> tuple[SessionInfo, ...]:
    try:
        return models.store().deleted()
    except ArgmapError:
        # Whatever is wrong with the store, the head of the page says.
        return ()


def recently_deleted() -> None:
    """Draw the list of what was deleted and can be had back, where there is any."""
    gone = _gone()
    if not gone:
        return
    with st.expander(
        f"Recently deleted ({len(gone):,})", key="shelf-deleted", icon=":material/delete:"
    ):
        for info in gone:
            assert info.deleted is not None
            left = max(0, (info.deleted + KEPT_ASIDE - datetime.now(UTC)).days)
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"gone-{info.id}", gap="small"
            ):
                with st.container():
                    about = (
                        f"{words.count(info.statements, 'statement')} · deleted "
                        f"{words.moment(info.deleted)} · kept {words.count(left, 'more day')}"
                    )
                    st.markdown(f"**{words.plain(info.title)}**  \n{words.plain(about)}")
                st.button(
                    "Restore",
                    key=f"restore-{info.id}",
                    on_click=_restore,
                    args=(info,),
                    icon=":material/undo:",
                )
                with st.popover("Delete for good", key=f"forget-{info.id}"):
                    st.text("Its results and corrections cannot be had back.")
                    st.button(
                        "Delete it for good",
                        key=f"forget-do-{info.id}",
                        on_click=_forget,
                        args=(info,),
                        type="primary",
                    )


def _try(step: Callable[[], None]) -> None:
    """Do something to the store; what goes wrong is said at the head of the page."""
    try:
        step()
    except ArgmapError as error:
        session.browser().notice = str(error)


def _rename(info: SessionInfo, key: str) -> None:
    title = str(st.session_state[key]).strip()
    if not title:
        session.browser().notice = "A debate needs a name. It keeps the one it had."
        return
    _try(lambda: models.store().rename(info.id, title))


def _delete(info: SessionInfo) -> None:
    def step() -> None:
        models.store().set_aside(info.id)
        session.browser().deleted = info.id
        if session.wanted("debate") == info.id:
            session.choose(debate=None)

    _try(step)


def _restore(info: SessionInfo) -> None:
    def step() -> None:
        models.store().restore(info.id)
        session.browser().deleted = None
        session.choose(debate=info.id)

    _try(step)


def _forget(info: SessionInfo) -> None:
    def step() -> None:
        models.store().delete(info.id)
        session.browser().notice = f"“{info.title}” is deleted for good."

    _try(step)


def _dismiss() -> None:
    session.browser().deleted = None
