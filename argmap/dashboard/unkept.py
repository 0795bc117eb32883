"""The result of a job that could not be kept: it stays in memory, to be kept or saved later."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from argmap import projectfile
from argmap.dashboard import models, session, words
from argmap.dashboard.jobs import Job
from argmap.errors import ArgmapError, StoreError
from argmap.export.names import file_name
from argmap.records import Debate
from argmap.store import Store, Unfinished


@dataclass(frozen=True, slots=True)
class Place:
    """Where a debate is to be kept; the fields are those of ``Store.save``."""

    session_id: str | None = None
    origin: str = "user"
    unfinished: Unfinished | None = None


class NotKeptError(StoreError):
    """A debate is made and could not be kept.

    Args:
        error: why not.
        debate: what was made.
        place: where it was to be kept.
    """

    def __init__(self, error: StoreError, debate: Debate, place: Place) -> None:
        super().__init__(
            f"“{debate.title}” is ready but could not be kept. {error} It stays in memory until "
            "the server ends: keep it now, or download it."
        )
        self.debate = debate
        self.place = place


def keep(store: Store, debate: Debate, place: Place) -> str:
    """Keep what took long to make, and give its session's id.

    Raises:
        NotKeptError: it cannot be kept now.
    """
    try:
        return store.save(
            debate, session_id=place.session_id, origin=place.origin, unfinished=place.unfinished
        )
    except StoreError as error:
        raise NotKeptError(error, debate, place) from error


def offer(job: Job) -> None:
    """Offer to keep the result of a failed job after all, where there is one."""
    failure = job.failure
    if not isinstance(failure, NotKeptError):
        return
    title = failure.debate.title
    st.button(
        "Keep it now", key="unkept-keep", icon=":material/save:", on_click=_again, args=(failure,)
    )
    st.download_button(
        words.plain(f"Download “{words.shorten(title, 60)}” as a project file"),
        data=lambda: projectfile.dumps(failure.debate),
        file_name=file_name(title, ".json"),
        mime="application/json",
        key="unkept-save",
        icon=":material/download:",
        on_click="ignore",
    )


def _again(failure: NotKeptError) -> None:
    state = session.browser()
    try:
        kept = keep(models.store(), failure.debate, failure.place)
    except ArgmapError as error:
        state.notice = str(error)
        return
    state.job = None
    state.notice = f"“{failure.debate.title}” is kept."
    session.choose(debate=kept)
