"""Who says a sentence: the panel's control for putting it on somebody else."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import corrections, words
from argmap.dashboard.session import Open
from argmap.records import Statement

# Choices that are no speaker; a speaker's id is never one of these.
_NOBODY, _NEW = "\x00nobody", "\x00new"


def speaker_choice(
    found: Open, label: str, *, key: str, without: str | None = None, nobody: bool = False
) -> tuple[str | None, str | None]:
    """Let the reader choose a speaker of the debate, nobody, or type a new name.

    Returns:
        The speaker's id and the new name; at most one of them is set.
    """
    names = found.speaker_names
    known = sorted((i for i in names if i != without), key=lambda i: (names[i].casefold(), i))
    options = [*([_NOBODY] if nobody else []), _NEW, *known]
    titles = {_NOBODY: "Nobody who is named", _NEW: "Somebody new: type a name"}
    chosen = st.selectbox(
        label, options, format_func=lambda i: titles.get(i) or names[i], key=key, index=0
    )
    if chosen == _NEW:
        name = st.text_input("Name", key=f"{key}-name", max_chars=corrections.LONGEST_NAME) or ""
        return None, words.tame(name)
    return (None if chosen == _NOBODY else chosen), None


def control(found: Open, statement: Statement) -> None:
    """Put one sentence on somebody else, or on nobody."""
    speaker = statement.speaker
    name = found.speaker_names.get(speaker or "")
    # The log's length is in the keys: after a correction the fields start afresh.
    key = f"said-{statement.id}-{len(found.debate.edits)}"
    title = f"Not said by {words.shorten(name, 60)}?" if name else "Said by somebody?"
    with st.expander(words.plain(title), icon=":material/person_edit:", key=f"box-{key}"):
        into, new = speaker_choice(
            found, "Who says it", key=key, without=speaker, nobody=speaker is not None
        )
        label = f"Not said by {words.shorten(name, 40)}" if name else "Put it on this speaker"
        st.button(
            words.plain(label),
            key=f"do-{key}",
            disabled=new == "",
            on_click=_not_said_by,
            args=(found, statement, into, new),
        )


def _not_said_by(found: Open, statement: Statement, into: str | None, name: str | None) -> None:
    corrections.record(
        found,
        "not_said_by",
        speaker=statement.speaker,
        statements=(statement.id,),
        into=into,
        name=name,
    )
