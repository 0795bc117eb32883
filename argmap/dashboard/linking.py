"""The links of the chosen sentence with others: taking one away, making one."""

from __future__ import annotations

import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import corrections, words
from argmap.dashboard.session import Open
from argmap.records import SIDES, NodeRelation, Relation, Side, Statement
from argmap.wording import RELATION_WORDS

_SHOWN = 90
# Sentences to choose from at once: a list of thousands is slow to send and to read.
_AT_ONCE = 50


def control(found: Open, statement: Statement) -> None:
    """Take the sentence's links away, or make one."""
    own = of(found, statement.id)
    key = f"link-{statement.id}-{found.topic.id}-{len(found.debate.edits)}"
    title = words.count(len(own), "link") if own else "No link to another sentence"
    with st.expander(title, icon=":material/link:", key=f"box-{key}"):
        texts = {s.id: s.text for s in found.debate.statements}
        for relation in own:
            _line(found, statement, relation, texts, key)
        _make(found, statement, key)


def of(found: Open, statement_id: str) -> tuple[Relation, ...]:
    """The links from and to a statement on the open motion."""
    return tuple(
        relation
        for relation in found.debate.relations
        if relation.topic == found.topic.id and statement_id in (relation.source, relation.target)
    )


def told(statement_id: str, relation: Relation, texts: dict[str, str]) -> str:
    """A link as the statement sees it: ``It attacks “…”``, ``“…” supports it``."""
    verb = RELATION_WORDS[relation.shown]
    if relation.source == statement_id:
        return f"It {verb} “{words.shorten(texts.get(relation.target, ''), _SHOWN)}”"
    return f"“{words.shorten(texts.get(relation.source, ''), _SHOWN)}” {verb} it"


def _line(
    found: Open, statement: Statement, relation: Relation, texts: dict[str, str], key: str
) -> None:
    st.markdown(words.plain(told(statement.id, relation, texts)))
    by = "made by a person" if relation.corrected else f"model: {relation.probability:.2f}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(by)
        st.button(
            "Take this link away",
            key=f"cut-{key}-{relation.source}-{relation.target}",
            icon=":material/link_off:",
            on_click=_keep,
            args=(found, relation.source, relation.target, "none"),
        )


def candidates(found: Open, statement: Statement, search: str) -> tuple[Statement, ...]:
    """The sentences to link with: those that take a side and hold the words.

    Those of the same source come first, the nearest on top.
    """
    needle = search.strip().casefold()
    passing = [
        s
        for s in found.debate.statements
        if s.id != statement.id and side_of(found, s.id) and needle in s.text.casefold()
    ]
    passing.sort(key=lambda s: (s.document != statement.document, abs(s.start - statement.start)))
    return tuple(passing[:_AT_ONCE])


def side_of(found: Open, statement_id: str) -> Side | None:
    """The side that a statement takes on the open motion."""
    stance = found.stances.get(statement_id)
    return next((side for side in SIDES if stance is not None and stance.label == side), None)


def ways(own: Side, other: Side) -> dict[tuple[bool, NodeRelation], str]:
    """How two sentences of these sides can be linked: from the first or not, and the kind."""
    kinds: tuple[NodeRelation, ...] = (
        ("support", "undercut") if own == other else ("attack", "undercut")
    )
    return {
        (forth, kind): f"This one {verb} that one" if forth else f"That one {verb} this one"
        for kind in kinds
        for verb in (RELATION_WORDS[kind],)
        for forth in (True, False)
    }


def _make(found: Open, statement: Statement, key: str) -> None:
    own = side_of(found, statement.id)
    if own is None:
        st.text("Only sentences for or against the motion can be linked. Correct the label first.")
        return
    search = st.text_input("Find the other sentence", key=f"{key}-find", live=True) or ""
    others = {s.id: s for s in candidates(found, statement, search)}
    if not others:
        st.text("No other sentence that takes a side has these words.")
        return
    target = st.selectbox(
        "The other sentence",
        list(others),
        format_func=lambda i: _titled(found, others[i]),
        key=f"{key}-target",
    )
    known = ways(own, side_of(found, target) or own)
    picked = st.selectbox(
        "How they are linked", list(known), format_func=known.__getitem__, key=f"{key}-way"
    )
    forth, kind = picked
    source, aim = (statement.id, target) if forth else (target, statement.id)
    st.button("Link them", key=f"do-{key}", on_click=_keep, args=(found, source, aim, kind))


def _titled(found: Open, statement: Statement) -> str:
    side = side_of(found, statement.id)
    sign = SIGNS[side] if side else ""
    return f"{sign} {words.shorten(statement.text, _SHOWN)}".strip()


def _keep(found: Open, source: str, target: str, relation: str) -> None:
    corrections.record(
        found, "relation", statements=(source, target), topic=found.topic.id, relation=relation
    )
