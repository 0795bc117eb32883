"""The open debate at a glance, and every debate on this machine."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.charts import balance_figure
from argmap.corrections import standing
from argmap.dashboard import (
    component,
    library,
    models,
    parts,
    render,
    session,
    sharing,
    shelf,
    words,
)
from argmap.dashboard.groups import grouped
from argmap.dashboard.session import Draft, Open
from argmap.dashboard.view import el
from argmap.nlp import judged_by
from argmap.records import LABELS
from argmap.structure import SEMANTICS, find_unanswered

# Where a person's corrections are listed.
_CORRECTIONS = "correct"

# Each number is a link; they stand in a row of boxes, as figures do elsewhere.
_STYLE = """<style>
.st-key-numbers { display: grid; gap: 0.5rem;
  grid-template-columns: repeat(auto-fit, minmax(8.6rem, 1fr)); }
.st-key-numbers > * { width: 100%; }
.st-key-numbers a { border: 1px solid rgba(128, 128, 128, 0.35); border-radius: 8px;
  padding: 0.55rem 0.8rem; width: 100%; height: 100%; }
.st-key-numbers a p { white-space: normal; line-height: 1.3; }
.st-key-numbers a strong { display: block; font-size: 1.5rem; font-weight: 600; }
</style>"""


def _numbers(found: Open) -> Sequence[tuple[str, str, str]]:
    """Each number, what it counts, and the page that shows it."""
    debate = found.debate
    labels = [stance.label for stance in found.stances.values()]
    counts = {label: labels.count(label) for label in LABELS}
    strength, gaps = models.stands(found.info.id, found.info.updated, found.topic.id, SEMANTICS[0])
    numbers = [
        (f"{len(grouped(debate.documents)):,}", "sources", "read"),
        (f"{len(debate.statements):,}", "statements", "read"),
        (f"{len(debate.speakers):,}", "speakers", "speakers"),
        (f"{counts['pro']:,}", "for the motion", "tree"),
        (f"{counts['con']:,}", "against it", "tree"),
        (f"{counts['unclear']:,}", "unclear, left unlabelled", "read"),
    ]
    # Where no attack was found, that nothing is answered says more of the model than of the debate.
    if find_unanswered(strength, gaps).known:
        numbers.append((f"{len(gaps.unanswered):,}", "unanswered arguments", "stands"))
    if corrected := len(standing(debate.edits)):
        numbers.append((f"{corrected:,}", "corrections by a person", _CORRECTIONS))
    return numbers


def _overview(found: Open) -> None:
    debate = found.debate
    component.show(
        render.heading(
            found.info.title,
            f"{words.count(len(grouped(debate.documents)), 'source')}, "
            f"{words.count(len(debate.topics), 'motion')}. "
            f"Mapped {words.moment(found.info.updated)}.",
        ),
        render.positions(found.topic),
    )
    sharing.told(found.info)
    _unfinished(found)
    st.html(_STYLE)
    with st.container(key="numbers"):
        for number, what, page in _numbers(found):
            st.page_link(
                parts.page(page),
                label=f"**{number}** {what}",
                query_params=session.address(),
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
    with st.container(horizontal=True):
        st.button(
            "Change its sources or motions",
            on_click=_edit,
            args=(found,),
            icon=":material/edit:",
            help="Opens them under New debate. Nothing changes until you map again.",
        )
        st.button(
            "Duplicate this debate",
            on_click=shelf.copied,
            args=(found.info,),
            icon=":material/content_copy:",
            help="A copy of your own, with its corrections",
            key="copy-open",
        )


def _unfinished(found: Open) -> None:
    """Say what a stop left undone, and offer to do it."""
    left = found.info.unfinished
    if left is None:
        return
    job = session.browser().job
    with st.container(border=True, key="unfinished"):
        component.show(
            el(
                "p",
                el("strong", words.stopped(left, found.info.documents).capitalize()),
                ". What is shown here is whole; going on maps only the rest."
                if left.sources is None
                else ". The other sources are not judged yet, and nothing is linked; going on "
                "does the rest.",
            ),
            el("ul", *(el("li", motion) for motion in left.motions), css="list")
            if left.motions
            else el("span", ""),
            key="view-unfinished",
        )
        st.button(
            "Go on",
            key=f"go-on-{found.info.id}",
            on_click=_go_on,
            args=(found,),
            type="primary",
            icon=":material/play_arrow:",
            disabled=job is not None and job.live,
        )


def _go_on(found: Open) -> None:
    session.browser().job = library.go_on(found.info, owner=session.owner())


def _edit(found: Open) -> None:
    draft = Draft(
        documents=list(found.debate.documents),
        motions=[f"m{index}" for index in range(len(found.debate.topics))],
        replaces=found.info.id if shelf.changeable(found.info) else None,
        made=len(found.debate.topics),
    )
    session.start_draft(draft)
    for name, topic in zip(draft.motions, found.debate.topics, strict=True):
        st.session_state[session.motion_key(draft, name)] = topic.motion
    st.session_state[session.title_key(draft)] = (
        found.info.title if draft.replaces else f"{found.info.title}, my version"
    )
    session.browser().go = "new"


def show() -> None:
    """Draw the page."""
    going = session.browser().go
    if going:
        session.browser().go = None
        st.switch_page(parts.page(going))
    shelf.undo_notice()
    found = parts.header()
    if found is not None:
        _overview(found)
        shelf.show(found.info.id)
    else:
        # Where one debate cannot be read, the others can.
        shelf.show("")
    st.page_link(parts.page("new"), label="New debate", icon=":material/add:")


show()
