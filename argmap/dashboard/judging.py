"""Judging sentences drawn at random, one by one, without seeing first what the model said.

Only so is the agreement of model and person fair: whoever corrects what looks wrong meets the
errors more often than they are, and whoever sees the model's label first leans towards it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from argmap.corrections import draw_sentences, standing
from argmap.dashboard import article, component, corrections, render, sentence_tools, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element, el
from argmap.records import LABELS, Label, Statement

#: The key of each label. Streamlit keeps C and R for itself, so none is an initial of the side.
KEYS: dict[Label, str] = {"pro": "F", "con": "A", "none": "N", "unclear": "U"}
SKIP, BACK = "S", "Z"


@dataclass(slots=True)
class Sitting:
    """One reader's turn at judging a motion.

    Attributes:
        skipped: statements put off until the others are judged, in order.
        last: the statement judged last.
    """

    skipped: list[str] = field(default_factory=list)
    last: str | None = None


def sitting(found: Open) -> Sitting:
    """This browser's turn at the open motion."""
    key = f"judging-{found.info.id}-{found.topic.id}"
    if key not in st.session_state:
        st.session_state[key] = Sitting()
    own: Sitting = st.session_state[key]
    return own


def following(found: Open, own: Sitting) -> Statement | None:
    """The next statement to judge; those that were skipped come once there is no other."""
    drawn = draw_sentences(found.debate, found.topic.id, most=len(own.skipped) + 1)
    fresh = next((name for name in drawn if name not in own.skipped), None)
    return found.statement(fresh or next((n for n in own.skipped if n in drawn), None))


def show(found: Open) -> None:
    """Draw the next sentence and the buttons."""
    own = sitting(found)
    statement = following(found, own)
    if own.last is not None:
        component.show(*verdict(found, own.last), key="view-judged")
    if statement is None:
        component.show(
            render.empty(
                "Every sentence of this motion is judged",
                "Agreement shows how far the model and you agree, and whether its thresholds "
                "can be set by your labels.",
            )
        )
        return
    blind = article.Reading(
        stances={}, names=found.speaker_names, selected=statement.id, pickable=False
    )
    document = found.document(statement.document)
    if document is None:
        return
    component.show(
        el(
            "section",
            el("small", f"Drawn at random. {_so_far(found)} What does this sentence say on"),
            el("p", f"“{found.topic.motion}”", css="motion"),
            el("blockquote", statement.text, css="quote"),
            el("small", _source(found, statement)),
            article.passage(document, statement, found.debate, blind),
            css="panel",
            label="The sentence to judge",
        ),
        key="view-judging",
        reveal=(statement.id, f"{statement.id}-{len(found.debate.edits)}"),
    )
    with st.container(horizontal=True, key="judge-buttons"):
        for label in LABELS:
            st.button(
                sentence_tools.label_words(label),
                key=f"judge-{label}",
                shortcut=KEYS[label],
                on_click=_judge,
                args=(found, statement.id, label),
            )
        st.button(
            "Skip",
            key="judge-skip",
            shortcut=SKIP,
            type="tertiary",
            on_click=_skip,
            args=(found, statement.id),
        )
    st.caption(
        "Judge the sentence as it stands in its source, not whether you share its view. “Unclear” "
        "is a judgement too: a careful reader cannot tell. The model's label is shown once you "
        "have judged."
    )


def _so_far(found: Open) -> str:
    """How many sentences of the open motion were judged so."""
    done = {
        statement
        for edit in standing(found.debate.edits)
        if edit.drawn and edit.topic == found.topic.id
        for statement in edit.statements
    }
    return f"{words.count(len(done), 'sentence')} judged so far." if done else "None is judged yet."


def _source(found: Open, statement: Statement) -> str:
    document = found.document(statement.document)
    voice = words.voice(statement, found.speaker_names)
    known = (
        voice,
        document.title if document else None,
        words.source_line(document) if document else None,
    )
    return " · ".join(part for part in known if part)


def _judge(found: Open, statement: str, label: Label) -> None:
    kept = corrections.record(
        found, "label", statements=(statement,), topic=found.topic.id, label=label, drawn=True
    )
    if kept:
        # What was judged is said above the next sentence, with the model's label beside it.
        state = session.browser()
        state.notice, state.takes_back = None, ()
        own = sitting(found)
        own.last = statement
        own.skipped = [name for name in own.skipped if name != statement]


def _skip(found: Open, statement: str) -> None:
    own = sitting(found)
    own.skipped = [name for name in own.skipped if name != statement] + [statement]
    own.last = None


def verdict(found: Open, statement_id: str) -> tuple[Element, ...]:
    """What the reader and the model each made of the sentence judged last."""
    statement, stance = found.statement(statement_id), found.stances.get(statement_id)
    if statement is None or stance is None or stance.model_label is None:
        return ()
    agree = stance.label == stance.model_label
    return (
        el(
            "div",
            el("span", "= agreed" if agree else "≠ differ", css="tag"),
            " ",
            el("strong", words.verdict(stance, "you"), css="verdict"),
            " ",
            el("small", f"“{words.shorten(statement.text, 90)}”", css="apart"),
        ),
    )
