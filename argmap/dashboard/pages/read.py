"""The sources themselves, every sentence in the colour and sign of its label."""

from __future__ import annotations

import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import component, parts, render, session, words
from argmap.dashboard.session import Open
from argmap.records import LABELS, Document, Statement

_LIST_LIMIT = 200


def _source_picked(key: str) -> None:
    session.choose(source=st.session_state[key], sentence=None)


def _sentence_picked(statement_id: str) -> None:
    session.browser().here = statement_id
    parts.choose_statement(statement_id)


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


def _filters(found: Open, document: Document) -> tuple[tuple[Statement, ...], bool, str]:
    """The statements that pass, whether anything is filtered, and the words searched for."""
    own = tuple(s for s in found.debate.statements if s.document == document.id)
    present = sorted(
        {s.speaker for s in own if s.speaker}, key=lambda i: found.speaker_names[i].casefold()
    )
    first, second, third = st.columns([3, 3, 3], gap="medium", vertical_alignment="bottom")
    with first:
        labels = st.pills(
            "Show",
            list(LABELS),
            selection_mode="multi",
            format_func=lambda label: words.plain(
                f"{SIGNS[label]} {words.LABEL_WORDS[label]}".strip()
            ),
            key=f"filter-labels-{found.info.id}",
        )
    with second:
        speakers_key = f"filter-speakers-{document.id}"
        # A speaker who was merged into another can be chosen no more.
        chosen = st.session_state.get(speakers_key, [])
        if any(speaker not in present for speaker in chosen):
            st.session_state[speakers_key] = [s for s in chosen if s in present]
        speakers = st.multiselect(
            "Speakers",
            present,
            format_func=found.speaker_names.__getitem__,
            key=speakers_key,
            placeholder="Everyone",
        )
    with third:
        search = st.text_input("Search", key=f"filter-search-{found.info.id}", live=True) or ""
    passing = render.matching(
        own,
        parts.reading(found),
        labels=tuple(labels),
        speakers=tuple(speakers),
        search=search,
    )
    return passing, bool(labels or speakers or search.strip()), search


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    document = _document(found)
    passing, filtered, search = _filters(found, document)
    sentence = session.wanted("sentence")
    # Whoever comes from another page is shown the place; whoever clicks is looking at it.
    arrived = sentence != session.browser().here
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if filtered:
            component.show(
                render.heading("", f"{words.count(len(passing), 'sentence')} found in this source.")
            )
            if passing:
                with st.expander("As a list", icon=":material/list:"):
                    component.show(
                        render.quotes(
                            passing[:_LIST_LIMIT], found.debate, parts.reading(found, search=search)
                        ),
                        key="view-found",
                        on_pick=parts.choose_statement,
                    )
        shown = frozenset(s.id for s in passing) if filtered else None
        component.show(
            render.article(
                document,
                found.debate.statements,
                parts.reading(found, shown=shown, search=search),
            ),
            key=f"view-article-{document.id}",
            on_pick=_sentence_picked,
            reveal=(sentence, sentence) if sentence and arrived else None,
        )
        if document.removed:
            with st.expander(
                f"{words.count(len(document.removed), 'line')} left out", icon=":material/cut:"
            ):
                component.show(render.removed(document))
    with right:
        parts.panel(
            found,
            hint="Choose a sentence to see who says it and how it was judged.",
            link=False,
            reveal=not arrived,
        )


show()
