"""What one browser is looking at, kept in its session and in its address.

The session is the truth while the page is open; the address repeats it, so that a link opens
the same view. Nothing here is shared between browsers except the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import streamlit as st

from argmap.dashboard import library, links, models, who
from argmap.dashboard.jobs import Job
from argmap.records import Debate, Document, Stance, Statement, Topic
from argmap.sources import Table
from argmap.stance import Use
from argmap.store import SessionInfo
from argmap.structure import Suggestion

# Streamlit gives it to a browser once and gets it back from each of its tabs.
_COOKIE = "_streamlit_xsrf"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class PendingTable:
    """An uploaded table whose columns the user has yet to confirm."""

    number: int
    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be known of a file that was read.

    Attributes:
        name: the file.
        documents: ids of what it gave.
        warnings: what was left out or guessed in it.
        refused: the files in an archive that could not be read, each with its reason.
    """

    name: str
    documents: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


Kind = Literal["source", "motion"]


@dataclass(frozen=True, slots=True)
class Gone:
    """What was taken out of a draft and can be put back.

    Attributes:
        what: its title or its words.
        back: puts it back where it stood.
    """

    kind: Kind
    what: str
    back: Callable[[], None]


@dataclass(slots=True)
class Draft:
    """A debate being put together.

    Attributes:
        tables: uploads that wait for their columns to be confirmed.
        notes: what the readers had to say of the sources in the list.
        motions: names of the fields that motions are typed in.
        replaces: the session that mapping writes over.
        uploads: grows to give the uploader a fresh start.
        made: how many motion fields there have been.
        number: tells this draft's fields from those of earlier drafts.
        read: uploads that were taken in, for a page may be run anew in the midst of them.
        blocked: the pasted text cannot be used, so mapping must wait.
        gone: what was taken out, the last at the end.
        suggested: the motions found in the sources; ``None`` before they are looked for.
        suggested_of: ids of the sources that they were found in.
    """

    documents: list[Document] = field(default_factory=list)
    tables: list[PendingTable] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    motions: list[str] = field(default_factory=lambda: ["m0"])
    problems: list[str] = field(default_factory=list)
    replaces: str | None = None
    uploads: int = 0
    made: int = 1
    number: int = 0
    blocked: bool = False
    read: set[str] = field(default_factory=set)
    gone: list[Gone] = field(default_factory=list)
    suggested: tuple[Suggestion, ...] | None = None
    suggested_of: tuple[str, ...] = ()


@dataclass(slots=True)
class Browser:
    """The state of one browser.

    Attributes:
        wanted: what the view should show, by name of the parameter.
        written: the address as this session last wrote it.
        page: path of the page that is drawn.
        paths: the path of every page there is.
        reveals: grows with every selection, so that the page scrolls once for each.
        chart: grows to give the charts a fresh start.
        here: the sentence that was last picked in the article, so already in sight.
        notice: a sentence to show once.
        takes_back: the corrections that a button beside the notice undoes, each as the debate's
            id and its own.
        go: the page to open next.
        deleted: the session that was deleted last, until the reader has done with it.
        drafts: how many drafts there have been.
        author: whom this browser's corrections are by.
        thresholds: the threshold and use that a debate had before they were last changed here.
        sizes: bytes of the files that were made, by session, its state and format.
        archive: the archive that was made last, with the session and its state.
        number: tells this process's browsers apart.
        seen: the session that was last open, to offer what is in memory of it.
    """

    wanted: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] | None = None
    page: str = ""
    paths: tuple[str, ...] = ()
    reveals: int = 0
    chart: int = 0
    here: str | None = None
    notice: str | None = None
    takes_back: tuple[tuple[str, str], ...] = ()
    go: str | None = None
    deleted: str | None = None
    drafts: int = 0
    author: str = ""
    thresholds: dict[str, tuple[float, Use | None]] = field(default_factory=dict)
    sizes: dict[tuple[str, datetime, str], int] = field(default_factory=dict)
    archive: tuple[str, datetime, bytes] | None = None
    seen: SessionInfo | None = None
    job: Job | None = None
    draft: Draft = field(default_factory=Draft)
    number: int = field(default_factory=_NUMBERS.__next__)


def browser() -> Browser:
    """This browser's state, made at its first call."""
    if "browser" not in st.session_state:
        st.session_state["browser"] = Browser()
    found: Browser = st.session_state["browser"]
    return found


def owner() -> str:
    """Whose turn this browser's jobs take: all tabs of one browser, or user, wait in one line."""
    if (user := who.user()) is not None:
        return f"user {user}"
    return st.context.cookies.get(_COOKIE) or f"session {browser().number}"


def read_address() -> None:
    """Take over the address where someone else wrote it: a link, or the back button."""
    state = browser()
    asked = {name: st.query_params[name] for name in st.query_params}
    if not asked or asked == state.written:
        return
    view = links.clean(asked)
    if view.get("debate", state.wanted.get("debate")) != state.wanted.get("debate"):
        state.wanted = {}
    state.wanted.update(view)
    if view:
        state.reveals += 1


def write_address() -> None:
    """Repeat in the address what of the view belongs to the page."""
    state = browser()
    view = links.on_page(state.page, state.wanted)
    if view != {name: st.query_params[name] for name in st.query_params}:
        st.query_params.from_dict(view)
    state.written = view


def choose(**changes: str | None) -> None:
    """Change what is shown.

    A new debate forgets what was chosen in the last one, a new motion what was chosen on that.

    Raises:
        KeyError: a parameter is not declared in ``links.py``.
    """
    state = browser()
    for name in changes:
        links.PARAMETERS[name]
    scope: links.Scope | None = None
    if "debate" in changes and changes["debate"] != state.wanted.get("debate"):
        scope = "debate"
    elif "motion" in changes and state.wanted.get("motion") not in (None, changes["motion"]):
        # A link may name a node and leave the motion open.
        scope = "motion"
    if scope is not None:
        for name in links.forgotten(scope, tuple(state.wanted)):
            state.wanted.pop(name)
    if "place" not in changes and (changes.get("sentence") or "source" in changes):
        # Whoever chooses another sentence leaves the place in the source where they were.
        state.wanted.pop("place", None)
    for name, value in changes.items():
        if value:
            state.wanted[name] = value
        else:
            state.wanted.pop(name, None)
    if changes.get("sentence") or changes.get("node"):
        state.reveals += 1


def wanted(name: str) -> str | None:
    """The chosen value of a parameter."""
    return browser().wanted.get(name)


@dataclass(frozen=True, slots=True)
class Open:
    """The debate that is open, with the motion and whatever else is chosen in it.

    Attributes:
        debate: with its readers' corrections applied.
    """

    info: SessionInfo
    debate: Debate
    topic: Topic
    stances: dict[str, Stance]

    def statement(self, statement_id: str | None) -> Statement | None:
        return next((s for s in self.debate.statements if s.id == statement_id), None)

    def document(self, document_id: str | None) -> Document | None:
        return next((d for d in self.debate.documents if d.id == document_id), None)

    @property
    def speaker_names(self) -> dict[str, str]:
        return {speaker.id: speaker.name for speaker in self.debate.speakers}

    @property
    def mapped(self) -> Debate:
        """The debate as it was mapped, before any correction; what is taken away."""
        return models.mapped(self.info.id, self.info.updated)


def current() -> Open | None:
    """The open debate: the chosen one, or else the first at hand; ``None`` where there is none.

    Raises:
        StoreError: the store cannot be read.
    """
    sessions = library.ordered(models.store().sessions())
    if not sessions:
        return None
    state = browser()
    chosen = state.wanted.get("debate")
    info = next((s for s in sessions if s.id == chosen), None)
    if info is None:
        if chosen is not None:
            gone = "The debate that was asked for is not on this machine. It may have been deleted."
            state.notice = f"{state.notice} {gone}" if state.notice else gone
        info = sessions[0]
        choose(debate=info.id)
    debate = models.debate(info.id, info.updated)
    state.seen = info
    topic = next((t for t in debate.topics if t.id == state.wanted.get("motion")), None)
    if topic is None:
        if state.wanted.get("motion"):
            state.notice = (
                "The motion that was asked for is not in this debate. Its first is shown."
            )
        topic = debate.topics[0]
        choose(motion=topic.id)
    stances = {s.statement: s for s in debate.stances if s.topic == topic.id}
    return Open(info, debate, topic, stances)


def address() -> dict[str, str]:
    """The parameters of the present view, for a link to another page of it."""
    wanted = browser().wanted
    return {name: wanted[name] for name in links.PARAMETERS if wanted.get(name)}


def forget_stale(found: Open) -> tuple[str, ...]:
    """Let go of what the view names and the open debate does not hold; what that was, in words.

    A link can outlive a source, a mapping or a correction, and can be made up.
    """
    held: dict[str, Callable[[str], bool]] = {
        "sentence": lambda i: found.statement(i) is not None,
        "source": lambda i: found.document(i) is not None,
        "node": lambda i: any(
            n.id == i for n in models.tree(found.info.id, found.info.updated, found.topic.id).nodes
        ),
    }
    names = {"sentence": "sentence", "source": "source", "node": "point of the tree"}
    gone = [name for name, holds in held.items() if (i := wanted(name)) and not holds(i)]
    if gone:
        choose(**dict.fromkeys(gone))
    return tuple(names[name] for name in gone)


def start_draft(draft: Draft) -> None:
    """Put ``draft`` on the table, with fields of its own."""
    state = browser()
    state.drafts += 1
    draft.number = state.drafts
    state.draft = draft


def motion_key(draft: Draft, name: str) -> str:
    """The widget key of a motion's field."""
    return f"draft{draft.number}-motion-{name}"


def title_key(draft: Draft) -> str:
    """The widget key of the debate's name."""
    return f"draft{draft.number}-title"


def paste_key(draft: Draft, name: str) -> str:
    """The widget key of a field of the pasted text."""
    return f"draft{draft.number}-paste-{name}"


def column_key(draft: Draft, pending: PendingTable, name: str) -> str:
    """The widget key of the choice of a column."""
    return f"draft{draft.number}-table{pending.number}-{name}"


def upload_key(draft: Draft) -> str:
    """The widget key of the uploader."""
    return f"draft{draft.number}-upload-{draft.uploads}"
