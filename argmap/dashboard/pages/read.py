"""The sources themselves, every sentence in the colour and sign of its label."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from argmap.dashboard import (
    article,
    cite,
    component,
    filters,
    frame,
    keys,
    parts,
    render,
    search,
    session,
    words,
)
from argmap.dashboard.filters import Filters
from argmap.dashboard.paging import paged
from argmap.dashboard.search import Stop
from argmap.dashboard.session import Open
from argmap.dashboard.view import el
from argmap.records import Document, Statement

_AT_ONCE = 50
_KEYS = {"n": "next", "j": "next", "p": "previous", "k": "previous"}
# The steps stay in sight while the reader scrolls the source.
_STYLE = """<style>
:has(> .st-key-steps) {{ position: sticky; top: 3.75rem; z-index: 40; }}
.st-key-steps {{ background: {paper}; padding: 0.3rem 0; }}
</style>"""


def _source_picked(key: str) -> None:
    session.choose(source=st.session_state[key], sentence=None)


def _sentence_picked(statement_id: str) -> None:
    parts.choose_statement(statement_id)
    session.browser().here = statement_id


def _document(found: Open) -> Document:
    statement = found.statement(session.wanted("sentence"))
    wanted = statement.document if statement else session.wanted("source")
    document = found.document(wanted) or found.debate.documents[0]
    titles = {
        d.id: f"{d.title} ({where})" if (where := words.row_place(d)) else d.title
        for d in found.debate.documents
    }
    key = f"pick-source-{found.info.id}"
    st.session_state[key] = document.id
    st.selectbox(
        "Source",
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        on_change=_source_picked,
        args=(key,),
    )
    return document


def _place(found: Open, document: Document) -> int | None:
    """Where in the source the reader is: where they stepped, or the chosen sentence."""
    asked = session.wanted("place")
    if asked is not None and asked.isdecimal() and int(asked) < len(document.text):
        return int(asked)
    statement = found.statement(session.wanted("sentence"))
    return statement.start if statement and statement.document == document.id else None


# --- steps -----------------------------------------------------------------------------------


def _go(stop: Stop | None) -> None:
    if stop is None:
        return
    session.browser().here = None
    if stop.statement is not None:
        parts.choose_statement(stop.statement)
    else:
        session.choose(sentence=None)
    session.choose(place=str(stop.start))


def _step(stops: Sequence[Stop], at: int | None, way: str) -> None:
    _go(search.step(stops, at, back=way == "previous"))


def _jump(key: str, own: Sequence[Statement], at: int | None) -> None:
    speaker = st.session_state[key]
    # The list is a way to go somewhere, not a choice that stays.
    st.session_state[key] = None
    stops = tuple(Stop(s.start, s.id) for s in own if s.speaker == speaker)
    _go(search.step(stops, at))


def _steps(
    found: Open, document: Document, own: Sequence[Statement], stops: Sequence[Stop],
    asked: Filters, at: int | None,
) -> None:  # fmt: skip
    what = "hit" if asked.search.strip() else "sentence" if asked.any else "marked sentence"
    number = search.position(stops, at)
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        for way, icon in (("previous", "keyboard_arrow_up"), ("next", "keyboard_arrow_down")):
            st.button(
                way.capitalize(),
                key=f"step-{way}",
                icon=f":material/{icon}:",
                help=f"The {way} {what}",
                disabled=not stops,
                on_click=_step,
                args=(stops, at, way),
            )
        told = (
            f"{number:,} of {words.count(len(stops), what)}"
            if number
            else (words.count(len(stops), what) if stops else f"No {what}")
        )
        st.text(told, width="content")
        by_key = st.toggle(
            "Keys: n next, p previous",
            value=True,
            key="read-keys",
            help="Also j and k, as in many readers. They are not heard while you type.",
        )
    if by_key and stops:
        keys.listen(_KEYS, key="read-key", on_press=lambda way: _step(stops, at, way))


# --- the source ------------------------------------------------------------------------------


def _turn_to(start: int) -> None:
    session.browser().here = None
    session.choose(place=str(start))


def _around(
    found: Open, document: Document, own: Sequence[Statement], at: int | None,
    stretches: Sequence[tuple[int, int]], number: int,
) -> None:  # fmt: skip
    """The ways about the source: to another part of it, and to a speaker."""
    with st.container(horizontal=True, vertical_alignment="center", key="about"):
        _turner(stretches, number, where="top")
        present = dict.fromkeys((s.speaker for s in own if s.speaker), 0)
        for statement in own:
            if statement.speaker:
                present[statement.speaker] += 1
        if present:
            key, names = f"jump-{document.id}", found.speaker_names
            st.selectbox(
                "Jump to a speaker",
                list(present),
                index=None,
                placeholder="Jump to a speaker",
                format_func=lambda i: f"{names[i]} ({present[i]:,})",
                key=key,
                on_change=_jump,
                args=(key, own, at),
                label_visibility="collapsed",
                width=240,
            )


def _turner(stretches: Sequence[tuple[int, int]], number: int, *, where: str) -> None:
    if len(stretches) == 1:
        return
    for label, icon, other in (
        ("Earlier", "first_page", number - 1),
        ("Later", "last_page", number + 1),
    ):
        there = 0 <= other < len(stretches)
        st.button(
            label,
            key=f"turn-{where}-{label}",
            icon=f":material/{icon}:",
            help=f"{label} in the source",
            disabled=not there,
            on_click=_turn_to,
            args=(stretches[other][0] if there else 0,),
        )
    st.text(f"Part {number + 1:,} of {len(stretches):,}", width="content")


def _source(
    found: Open, document: Document, own: tuple[Statement, ...], asked: Filters,
    shown: frozenset[str] | None, at: int | None,
) -> bool:  # fmt: skip
    """Draw the stretch where the reader is; gives whether the page goes to a place in it."""
    stretches = article.stretches(document)
    number = article.stretch_at(stretches, at or 0)
    hits = search.find_all(document.text, asked.search)
    hit = at if at is not None and any(start == at for start, _ in hits) else None
    sentence = session.wanted("sentence")
    target = article.hit_key(hit) if hit is not None else sentence
    # Whoever comes from another page or steps is shown the place; whoever clicks looks at it.
    arrived = target is not None and target != session.browser().here
    _around(found, document, own, at, stretches, number)
    component.show(
        article.article(
            document,
            own,
            parts.reading(found, shown=shown, search=asked.search, hit=hit),
            part=stretches[number],
        ),
        key=f"view-article-{document.id}",
        on_pick=_sentence_picked,
        reveal=(target, f"{target} {session.browser().reveals}") if target and arrived else None,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="about-end"):
        _turner(stretches, number, where="bottom")
    return arrived


def _list(found: Open, passing: Sequence[Statement], asked: Filters) -> None:
    shown = paged(passing, key=f"read-{found.info.id}-{asked}", size=_AT_ONCE)
    component.show(
        render.quotes(shown, found.debate, parts.reading(found, search=asked.search)),
        key="view-found",
        on_pick=_sentence_picked,
    )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    st.html(_STYLE.format(paper=frame.paper()))
    document = _document(found)
    own = tuple(
        sorted((s for s in found.debate.statements if s.document == document.id),
               key=lambda s: s.start)
    )  # fmt: skip
    asked = filters.show(found, document, own)
    filtered = asked.passing(found, own) if asked.any else own
    shown = frozenset(s.id for s in filtered) if asked.any else None
    at = _place(found, document)
    stops = search.stops_of(
        document, own, stances=found.stances, passing=shown, search=asked.search
    )
    holding = {stop.statement for stop in stops}
    passing = tuple(s for s in own if s.id in holding)
    arrived = False
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _steps(found, document, own, stops, asked, at)
        listed = False
        if asked.any or asked.search.strip():
            component.show(
                render.heading("", f"{words.count(len(passing), 'sentence')} found in this source.")
            )
            listed = bool(passing) and st.toggle("As a list", key=f"read-listed-{found.info.id}")
        if listed:
            _list(found, passing, asked)
        else:
            arrived = _source(found, document, own, asked, shown, at)
        cite.show(
            found,
            passing,
            key=f"read-{document.id}",
            label=f"{words.count(len(passing), 'citation')} to copy",
            stem=f"{document.title} citations",
        )
        if document.removed:
            with st.expander(
                f"{words.count(len(document.removed), 'line')} left out", icon=":material/cut:"
            ):
                component.show(render.removed(document))
        if not own:
            component.show(el("p", "Nothing in this source was judged.", css="muted"))
    with right:
        parts.panel(
            found,
            hint="Choose a sentence to see who says it and how it was judged.",
            link=False,
            reveal=not arrived,
        )


show()
