"""The very sentence in other places: an offer to label it there as the reader did here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from argmap.corrections import same_sentence
from argmap.dashboard import corrections, library, models, session, words
from argmap.dashboard.session import Open
from argmap.errors import ArgmapError
from argmap.records import Debate, Label, Statement


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sentence stands again, without the label that the reader gave it.

    Attributes:
        debate: id of the stored debate; ``topic`` is its motion's id there.
    """

    debate: str
    topic: str
    statements: tuple[str, ...]


def offer(found: Open, statement: Statement) -> None:
    """Offer it where a person labelled the sentence and it stands elsewhere without that label."""
    stance = found.stances.get(statement.id)
    if stance is None or not stance.corrected:
        return
    try:
        places = _places(found, statement, stance.label)
    except ArgmapError as error:
        st.caption(words.plain(f"Your other debates could not be searched. {error}"))
        return
    number = sum(len(place.statements) for place in places)
    if not number:
        return
    with st.container(border=True, key="elsewhere"):
        st.text(_where(found, places))
        st.button(
            f"Label {'it' if number == 1 else 'them'} “{words.LABEL_WORDS[stance.label]}” too",
            key=f"too-{statement.id}-{found.topic.id}",
            icon=":material/content_copy:",
            on_click=_apply,
            args=(places, stance.label),
        )


def _where(found: Open, places: Sequence[Place]) -> str:
    """``3 other places have this very sentence: 1 in this debate, 2 in 1 other debate ...``"""
    here = sum(len(p.statements) for p in places if p.debate == found.info.id)
    there = [p for p in places if p.debate != found.info.id]
    away = sum(len(p.statements) for p in there)
    parts = [f"{here:,} in this debate"] if here else []
    if there:
        debates = words.count(len(there), "other debate")
        parts.append(f"{away:,} in {debates} with this motion")
    noun = "place has" if here + away == 1 else "places have"
    return f"{here + away:,} other {noun} this very sentence: {', '.join(parts)}."


def _places(found: Open, statement: Statement, label: Label) -> tuple[Place, ...]:
    """The open debate's other places first, then those of the reader's other debates.

    Raises ``StoreError``.
    """
    infos = {
        info.id: info
        for info in models.store().sessions()
        if info.id != found.info.id and info.origin != library.BUNDLED and info.may != "read"
    }
    again = same_sentence(found.debate, statement.id)
    places = [
        Place(found.info.id, found.topic.id, _without(found.debate, found.topic.id, again, label))
    ]
    for place in models.elsewhere(
        found.topic.motion,
        statement.text,
        but=found.info.id,
        others=sorted(infos.values(), key=lambda info: info.id),
    ):
        debate = models.debate(place.session, infos[place.session].updated)
        still = _without(debate, place.topic, place.statements, label)
        places.append(Place(place.session, place.topic, still))
    return tuple(place for place in places if place.statements)


def _without(
    debate: Debate, topic: str, statements: Sequence[str], label: Label
) -> tuple[str, ...]:
    """The statements to which no person has given the label yet."""
    given = {
        s.statement for s in debate.stances if s.topic == topic and s.corrected and s.label == label
    }
    return tuple(own for own in statements if own not in given)


def _apply(places: tuple[Place, ...], label: Label) -> None:
    state = session.browser()
    kept: list[tuple[str, str]] = []
    problem = ""
    number = 0
    for place in places:
        try:
            edit = corrections.keep(
                place.debate, "label", statements=place.statements, topic=place.topic, label=label
            )
        except ArgmapError as error:
            problem = f" {error}"
            continue
        kept.append((place.debate, edit.id))
        number += len(place.statements)
    debates = words.count(len({debate for debate, _ in kept}), "debate")
    told = f"Labelled as “{words.LABEL_WORDS[label]}” in {words.count(number, 'more place')}"
    state.notice = f"{told} in {debates}.{problem}" if kept else f"Nothing was labelled.{problem}"
    state.takes_back = tuple(kept)
