"""What several pages share: the head of the page, the running jobs, problems, the source panel."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from argmap import logs
from argmap.charts.comparison import WHISKERS
from argmap.dashboard import (
    component,
    corrections,
    frame,
    library,
    links,
    models,
    render,
    sentence_tools,
    session,
    unkept,
    why,
    words,
)
from argmap.dashboard.jobs import Job, State
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.errors import ArgmapError, DamagedStoreError
from argmap.records import TreeNode

# Seconds between two looks at a job that runs, and at one that only waits for its turn: twenty
# browsers that looked often would leave the others little of the processor.
_EVERY, _EVERY_WAITING = 0.5, 2.0

# The panel stays beside what it explains while the reader scrolls. The tree is laid out for
# 800 pixels (50rem): where there are fewer it scrolls in a box of its own, not the page.
# A grid's own download would let words from a document run as a formula; ours do not.
_STYLE = """<style>
.stMainBlockContainer { max-width: 92rem; padding: 4.6rem 2rem 5rem; }
:has(> .st-key-jobs) { position: sticky; top: 3.75rem; z-index: 50; }
.st-key-jobs > * { background: Canvas; }
.st-key-chart-tree, .st-key-chart-wide { overflow-x: auto; }
.st-key-chart-tree > * { min-width: 50rem; }
.st-key-chart-wide > * { min-width: 66rem; }
[data-testid="stElementToolbar"] [aria-label^="Download as CSV"] { display: none; }
@media (min-width: 641px) {
  :has(> .st-key-panel) { position: sticky; top: 4.5rem; }
}
@media (max-width: 640px) { .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; } }
</style>"""


def style() -> None:
    """The page's own measures."""
    st.html(_STYLE)


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
    bar: bool = True,
) -> None:
    """Draw a figure; ``alt`` says what it shows and where the same is in words."""
    ink = frame.ink()
    own = {"tickfont": {"color": ink}, "title": {"font": {"color": ink}}}
    figure.update_xaxes(own).update_yaxes(own)
    figure.update_traces(error_x_color=ink, selector={"meta": WHISKERS})
    figure.update_layout(
        font={"color": ink},
        legend={"title": {"font": {"color": ink}}},
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": "rgba(128,128,128,0.8)"},
    )
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        on_select=on_select or "ignore",
        selection_mode="points",
        config={
            "displaylogo": False,
            "displayModeBar": "hover" if bar else False,
            "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        },
    )


def problem(error: ArgmapError | str) -> None:
    """Say what went wrong, where the user is looking."""
    st.error(words.plain(str(error)), icon=":material/error:")


def fault(error: Exception, page: str) -> None:
    """Say by which name a fault of ours was logged; its words stay out of the log and the page."""
    found = logs.fault(error, page=page or "debate")
    st.error(
        words.plain(
            f"A fault in the program ({type(error).__name__}) stopped this page. Nothing of yours "
            f"was changed. It is named {found} in the log; the page Model has what a report needs."
        ),
        icon=":material/error:",
    )


def notice() -> None:
    """Say once what has just happened."""
    state = session.browser()
    if state.notice:
        st.info(words.plain(state.notice), icon=":material/info:")
        if state.takes_back:
            st.button(
                "Undo",
                key="undo-notice",
                icon=":material/undo:",
                on_click=corrections.take_back,
                args=(state.takes_back,),
            )
        state.notice, state.takes_back = None, ()


def header() -> Open | None:
    """Choose the debate and the motion. ``None`` where there is no debate to show."""
    try:
        found = session.current()
    except DamagedStoreError:
        raise
    except ArgmapError as error:
        problem(error)
        return None
    if found is not None and (gone := session.forget_stale(found)):
        session.browser().notice = (
            f"The {' and the '.join(gone)} that the link names cannot be found in this debate. "
            "The sources may have been mapped again or corrected since."
        )
    notice()
    if found is None:
        _nothing_yet()
        return None
    sessions = {info.id: info for info in library.ordered(models.store().sessions())}
    motions = {topic.id: topic for topic in found.debate.topics}
    st.session_state["pick-debate"] = found.info.id
    motion_key = f"pick-motion-{found.info.id}"
    st.session_state[motion_key] = found.topic.id
    with st.container(horizontal=True, vertical_alignment="bottom", key="head", gap="small"):
        left, right = st.columns([2, 3], gap="medium")
        share()
    names = words.distinct(
        {own: _session_name(info.title, info.origin) for own, info in sessions.items()}
    )
    left.selectbox(
        "Debate",
        list(sessions),
        format_func=names.__getitem__,
        key="pick-debate",
        on_change=_debate_picked,
    )
    right.selectbox(
        "Motion",
        list(motions),
        format_func=lambda i: motions[i].motion,
        key=motion_key,
        on_change=_motion_picked,
        args=(motion_key,),
    )
    return found


def share() -> None:
    """The link to the present view, to copy."""
    box = st.popover(
        "Link",
        icon=":material/link:",
        help="Copy a link to this view",
        key="share",
        on_change="rerun",
    )
    if not box.open:
        return
    base = st.context.url or ""
    state = session.browser()
    reach = (
        "It opens on this machine alone."
        if links.only_here(base)
        else "It opens on this server alone, for whoever may use it."
    )
    with box:
        component.show(
            el("strong", "A link to this view"),
            el("p", f"This debate, motion and page, and what is chosen on it. {reach}"),
            key="view-link",
        )
        st.code(
            links.address(base, state.page, session.address(), pages=state.paths),
            language=None,
            wrap_lines=True,
        )


def _session_name(title: str, origin: str) -> str:
    return f"{title} (bundled)" if origin == library.BUNDLED else title


def _debate_picked() -> None:
    session.choose(debate=st.session_state["pick-debate"])


def _motion_picked(key: str) -> None:
    session.choose(motion=st.session_state[key])


def _nothing_yet() -> None:
    if library.bundled_job().live:
        component.show(
            render.empty(
                "The bundled debates are being mapped",
                "This happens once, at the first start. The first debate opens here as soon as "
                "it is ready.",
                "You can put together a debate of your own meanwhile, under New debate.",
            )
        )
        return
    component.show(
        render.empty(
            "No debate yet",
            "Open New debate, add one or more sources, type a motion and map it.",
        )
    )


def choose_statement(statement_id: str) -> None:
    """Show a sentence of the open debate in its source."""
    found = session.current()
    statement = found.statement(statement_id) if found else None
    if found is None or statement is None:
        return
    tree = models.tree(found.info.id, found.info.updated, found.topic.id)
    node = next(
        (n.id for n in tree.nodes if n.kind == "statement" and n.statement == statement.id), None
    )
    session.choose(sentence=statement.id, source=statement.document, node=node)


def choose_node(node_id: str) -> None:
    """Choose a node of the open debate's tree, and its sentence where it has one."""
    node = find_node(node_id)
    if node is None:
        return
    if node.statement:
        choose_statement(node.statement)
    else:
        session.choose(sentence=None)
    session.choose(node=node.id)


def find_node(node_id: str | None) -> TreeNode | None:
    """A node of the open motion's tree."""
    found = session.current()
    if found is None or node_id is None:
        return None
    tree = models.tree(found.info.id, found.info.updated, found.topic.id)
    return next((node for node in tree.nodes if node.id == node_id), None)


def reading(found: Open, **fields: object) -> render.Reading:
    """How the open debate's texts are shown."""
    return render.Reading(
        stances=found.stances,
        names=found.speaker_names,
        selected=session.wanted("sentence"),
        read_as=corrections.read_as(found),
        touched=corrections.touched(found),
        by=corrections.labelled_by(found),
        **fields,  # type: ignore[arg-type]
    )


def panel(found: Open, *, hint: str, link: bool = True, reveal: bool = True) -> None:
    """The chosen sentence in its source, with its citation; a hint where none is chosen.

    Args:
        link: offer the whole source.
        reveal: bring the panel into sight when another sentence is chosen.
    """
    with st.container(key="panel"):
        statement = found.statement(session.wanted("sentence"))
        if statement is None:
            component.show(render.empty("The source", hint))
            return
        state = session.browser()
        component.show(
            render.sentence_panel(statement, found.debate, found.topic, reading(found)),
            key="view-panel",
            on_pick=choose_statement,
            reveal=(statement.id, str(state.reveals)) if reveal else None,
        )
        sentence_tools.controls(found, statement)
        why.show(found, statement)
        if link:
            st.page_link(
                page("read"),
                label="Read the whole source",
                icon=":material/menu_book:",
                query_params=session.address(),
            )
        with st.expander("Citation to copy", icon=":material/format_quote:"):
            st.code(
                words.citation(
                    statement, found.stances.get(statement.id), found.topic, found.debate
                ),
                language=None,
                wrap_lines=True,
            )


def page(name: str) -> str:
    """The file of a page, for links and switches."""
    from argmap.dashboard import pages_dir

    return str(pages_dir() / f"{name}.py")


def jobs(*, waiting: bool) -> None:
    """Show what is being mapped, with a way to stop it; take in what has ended.

    Args:
        waiting: the page is one on which the user waits for the result, which then opens.
    """
    bundled = library.bundled_job()
    own = session.browser().job
    if own is not None and not own.live:
        _settle(own, waiting=waiting)
        own = session.browser().job
    failed = bundled.state == "failed"
    if failed:
        problem(f"The bundled debates could not be mapped. {bundled.error}")
        st.button("Try again", on_click=library.retry_bundled, key="retry-bundled")
    if own is not None and own.state == "failed":
        problem(own.error or "The mapping failed.")
        unkept.offer(own)
        st.button("Dismiss", on_click=_dismiss, key="dismiss-job")
    live = [job for job in (bundled, own) if job is not None and job.live]
    if bundled in live and library.only_checking(bundled):
        live.remove(bundled)
    if live:
        states = tuple(job.state for job in live)
        watch = st.fragment(_watch, run_every=_EVERY if "running" in states else _EVERY_WAITING)
        # It stays in sight wherever on the page the mapping was asked for.
        with st.container(key="jobs"):
            watch(live, states, _stored() if bundled in live else None)


def _stored() -> int:
    try:
        return len(models.store().sessions())
    except ArgmapError as error:
        problem(error)
        return 0


def _settle(job: Job, *, waiting: bool) -> None:
    state = session.browser()
    if job.state not in ("done", "stopped"):
        return
    state.job = None
    if job.result is None:
        state.notice = f"Stopped. “{job.title}” was not mapped and nothing was changed."
        return
    if job.told is not None:
        # It was mapped before, so a debate that is being put together stays on the table.
        state.notice = job.told
        return
    session.start_draft(session.Draft())
    told = _came_to(job)
    if waiting:
        state.notice = told
        session.choose(debate=job.result)
        st.switch_page(page("debate"))
    seen = job.result == session.wanted("debate")
    state.notice = told if seen else f"{told} Choose it under Debate."


def _came_to(job: Job) -> str:
    """What a job that kept something came to, in words."""
    info = next((one for one in models.store().sessions() if one.id == job.result), None)
    if info is None or info.unfinished is None:
        return f"“{job.title}” is mapped."
    far = words.stopped(info.unfinished, info.documents).removeprefix("stopped: ")
    return f"Stopped. What was done is kept as “{info.title}”: {far}. You can go on with it later."


def _dismiss() -> None:
    session.browser().job = None


def _watch(live: list[Job], states: tuple[State, ...], stored: int | None) -> None:
    # The bundled debates come one by one, and each is to be seen when it is there.
    if tuple(job.state for job in live) != states or stored not in (None, _stored()):
        st.rerun(scope="app")
    for index, job in enumerate(live):
        waits = job.state == "waiting"
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.progress(0.0 if waits else job.progress.share, text=words.plain(progress_text(job)))
            st.button(
                "Stopping" if job.stopping else "Leave the queue" if waits else "Stop",
                key=f"stop-{index}",
                on_click=job.stop,
                disabled=job.stopping,
                icon=":material/stop_circle:",
            )


def progress_text(job: Job) -> str:
    """``Mapping Nurse pay: judging each sentence, 120 of 400, about 12 s left``.

    One that waits: ``Mapping Nurse pay: third in the queue: two debates are mapped before yours``.
    """
    place = job.place
    if place is not None:
        return f"Mapping {job.title}: {words.queued(place.ahead, place.seconds)}"
    now = job.progress
    parts = [f"Mapping {job.title}: {now.stage[0].lower()}{now.stage[1:]}"]
    if now.total:
        parts.append(f"{now.done:,} of {now.total:,}")
    left = now.seconds_left
    if left is not None:
        parts.append(f"about {words.duration(left)} left of this step")
    return " · ".join(parts)
