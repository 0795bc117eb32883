"""What a reader can correct of the chosen sentence: its label, key point, links and speaker."""

from __future__ import annotations

import streamlit as st

from argmap.charts import SIGNS
from argmap.dashboard import corrections, elsewhere, linking, said_by, words
from argmap.dashboard.session import Open
from argmap.records import LABELS, SIDES, KeyPoint, Label, Stance, Statement

#: Longest heading of a key point that can be typed, in characters.
LONGEST_HEADING = 300
_SHOWN = 90

# Choices that are no key point; a key point's id is never one of these.
_NONE, _NEW = "\x00none", "\x00new"


def controls(found: Open, statement: Statement) -> None:
    """Draw them, with the name that they are kept under and a step back and forth."""
    stance = found.stances.get(statement.id)
    _label(found, statement, stance)
    elsewhere.offer(found, statement)
    _point(found, statement, stance)
    linking.control(found, statement)
    said_by.control(found, statement)
    corrections.author_field("panel")
    corrections.bar(found, place="panel")


def label_words(label: Label) -> str:
    """A label with its sign, as a control shows it."""
    return words.plain(f"{SIGNS[label]} {words.LABEL_WORDS[label]}".strip())


# --- label -----------------------------------------------------------------------------------


def _label(found: Open, statement: Statement, stance: Stance | None) -> None:
    mine = stance.label if stance is not None and stance.corrected else None
    key = f"label-{statement.id}-{found.topic.id}"
    # What stands in the log is the truth, whoever corrected it and in whichever browser.
    st.session_state[key] = mine
    st.segmented_control(
        "Your label on this motion",
        list(LABELS),
        format_func=label_words,
        key=key,
        on_change=_picked,
        args=(found, statement, key),
    )
    if stance is None:
        return
    model = stance.model_label or stance.label
    st.button(
        f"The model is right: {words.LABEL_WORDS[model].lower()}",
        key=f"right-{statement.id}-{found.topic.id}",
        icon=":material/check:",
        disabled=mine == model,
        on_click=give_label,
        args=(found, (statement.id,), model),
    )


def _picked(found: Open, statement: Statement, key: str) -> None:
    label = st.session_state[key]
    if label in LABELS:
        give_label(found, (statement.id,), label)
        return
    # The reader took the mark off the label that was set: their judgement goes with it.
    corrections.clear_label(found, statement.id)


def give_label(found: Open, statements: tuple[str, ...], label: Label) -> None:
    """Keep a person's label of statements on the open motion."""
    corrections.record(found, "label", statements=statements, topic=found.topic.id, label=label)


# --- key point -------------------------------------------------------------------------------


def points_of(found: Open) -> tuple[KeyPoint, ...]:
    """The key points of the open motion, side by side, in the order of the debate."""
    own = (point for point in found.debate.key_points if point.topic == found.topic.id)
    return tuple(sorted(own, key=lambda point: SIDES.index(point.side)))


def _point(found: Open, statement: Statement, stance: Stance | None) -> None:
    home = next((p for p in points_of(found) if statement.id in p.statements), None)
    # The log's length is in the keys: after a correction the fields start afresh.
    key = f"point-{statement.id}-{found.topic.id}-{len(found.debate.edits)}"
    title = f"Key point: {words.shorten(home.text, 60)}" if home else "In no key point"
    with st.expander(words.plain(title), icon=":material/workspaces:", key=f"box-{key}"):
        if stance is None or stance.label not in SIDES:
            st.text(
                "Only a sentence for or against the motion can stand in a key point. "
                "Correct the label first."
            )
            return
        known = {
            point.id: words.shorten(point.text, _SHOWN)
            for point in points_of(found)
            if point.side == stance.label and point is not home
        }
        titles = {_NEW: "A new point: type its heading", _NONE: "No key point", **known}
        if home is None:
            del titles[_NONE]
        chosen = st.selectbox(
            "Put it into", list(titles), format_func=titles.__getitem__, key=f"{key}-into", index=0
        )
        name = None
        if chosen == _NEW:
            typed = st.text_input("Heading", key=f"{key}-name", max_chars=LONGEST_HEADING)
            name = words.tame(typed or "")
        st.button(
            "Move the sentence",
            key=f"do-{key}",
            disabled=name == "",
            on_click=put_into,
            args=(found, (statement.id,), chosen if chosen in known else None, name),
        )
        if home is not None:
            _heading(found, home, key)


def put_into(
    found: Open, statements: tuple[str, ...], point: str | None, name: str | None = None
) -> None:
    """Put statements into a key point of the open motion, a new one, or none."""
    corrections.record(
        found, "point", statements=statements, topic=found.topic.id, point=point, name=name
    )


def _heading(found: Open, point: KeyPoint, key: str) -> None:
    typed = st.text_input(
        "Heading of its key point",
        value=words.shorten(point.text, LONGEST_HEADING),
        max_chars=LONGEST_HEADING,
        key=f"{key}-heading",
    )
    name = words.tame(typed or "")
    st.button(
        "Rename the key point",
        key=f"head-{key}",
        disabled=not name or name == words.shorten(point.text, LONGEST_HEADING),
        on_click=_rename,
        args=(found, point.id, name),
    )


def _rename(found: Open, point: str, name: str) -> None:
    corrections.record(found, "point", topic=found.topic.id, point=point, name=name)
