"""“Why this label?”: the words that carried it and what other wordings make of it, on demand."""

from __future__ import annotations

import streamlit as st

from argmap.dashboard import component, models, render, words
from argmap.dashboard.session import Open
from argmap.dashboard.view import Element, Node, el
from argmap.errors import ArgmapError
from argmap.records import Statement
from argmap.stance import Explanation, explain, threshold_in
from argmap.stance.explain import WARNING, Asked, Weight

# What a word must take from the probability to be marked: a little, much, most.
_LEVELS = (0.03, 0.10, 0.25)
_LISTED = 6
# Explanations that a reader finds again on coming back to a sentence.
_KEPT, _ORDER = 20, "why-kept"


def show(found: Open, statement: Statement) -> None:
    """Offer the explanation of one sentence; it is worked out when the reader asks."""
    used, _, revision = found.debate.run.models.get("stance", "").partition("@")
    if not used or statement.id not in found.stances:
        return
    key = f"why-{statement.id}-{found.topic.id}"
    place = f"{key}-{used}-{revision}-{found.debate.run.settings.get('threshold')}"
    if found.stances[statement.id].off_motion:
        st.caption(
            "Off the motion: this passage, with what stands around it, is far from it by its "
            "embedding, so the stance model was not asked. The probabilities are those of such "
            "passages at large."
        )
    with st.expander("Why this label?", icon=":material/help:", key=f"box-{key}"):
        if place not in st.session_state and st.button(
            "Work it out",
            key=f"do-{key}",
            help="Asks the model again without each word, and with the motion in other words.",
        ):
            explained = _work_out(found, statement, used)
            if explained is not None:
                _keep(place, explained)
        if place in st.session_state:
            component.show(*explained_view(statement, st.session_state[place]), key=f"view-{key}")


def _keep(place: str, explained: Explanation) -> None:
    order: list[str] = st.session_state.setdefault(_ORDER, [])
    order.append(place)
    st.session_state[place] = explained
    while len(order) > _KEPT:
        st.session_state.pop(order.pop(0), None)


def _work_out(found: Open, statement: Statement, used: str) -> Explanation | None:
    bar = st.progress(0.0, text="Asking the model again")

    def told(done: int, total: int) -> None:
        text = f"Asking the model again: {done} of {total}"
        bar.progress(done / max(total, 1), text=text)

    def waiting(ahead: int) -> None:
        bar.progress(0.0, text=f"{words.count(ahead, 'question')} of others before yours")

    try:
        judge = models.judge(used)
        with models.queue().brief(waiting):
            return explain(
                statement,
                found.topic,
                classifier=judge,
                threshold=threshold_in(found.debate.run.settings),
                progress=told,
            )
    except ArgmapError as error:
        st.error(words.plain(str(error)), icon=":material/error:")
        return None
    finally:
        bar.empty()


def explained_view(statement: Statement, found: Explanation) -> tuple[Element, ...]:
    """The sentence with its words marked, the same as a list, and the table of wordings."""
    label = words.LABEL_WORDS[found.best].lower()
    return (
        el("p", WARNING, css="warning") if not found.steady else el("p", _steady(found)),
        el("blockquote", *_marked(statement.text, found.words), css="quote why"),
        el(
            "small",
            f"Underlined: words without which “{label}” would be less probable, the thicker the "
            "more. Dotted: words that speak against it.",
        ),
        _listed(found, label),
        _wordings(found),
    )


def _steady(found: Explanation) -> str:
    if not any(asked.kind == "same" for asked in found.wordings):
        return "No rule puts this motion in other words, so whether the label holds is not known."
    return "The label stays the same when the motion is put in other plain words."


def _marked(text: str, weights: tuple[Weight, ...]) -> list[Node]:
    children: list[Node] = []
    at = 0
    for word in weights:
        children.append(text[at : word.span.start])
        level = sum(abs(word.weight) >= least for least in _LEVELS)
        if level:
            tone = f"weight w{level}" if word.weight > 0 else "weight less"
            note = f"{points(word.weight)} of the label’s probability"
            children.append(el("span", word.text, css=tone, note=note))
        else:
            children.append(word.text)
        at = word.span.end
    children.append(text[at:])
    return children


def points(weight: float) -> str:
    """A weight in points of a hundred: ``+31 points``, ``−4 points``."""
    number = round(abs(weight) * 100)
    return f"{'+' if weight > 0 else '−'}{number} {'point' if number == 1 else 'points'}"


def _listed(found: Explanation, label: str) -> Element:
    heavy = [w for w in (*found.words, *found.phrases) if abs(w.weight) >= _LEVELS[0]]
    heavy.sort(key=lambda w: (-abs(w.weight), w.span))
    if not heavy:
        return el("p", f"No word alone carries it: “{label}” hardly changes whichever is left out.")
    return el(
        "ul",
        *(
            el("li", el("strong", points(w.weight)), f" “{w.text}”", css="row-plain")
            for w in heavy[:_LISTED]
        ),
        label=f"What the label “{label}” rests on, heaviest first",
    )


def _wordings(found: Explanation) -> Element:
    rows = [_row(asked) for asked in found.wordings]
    if found.alone is not None:
        alone = Asked("same", "The same motion, without the words before the sentence", found.alone,
                      found.alone.label == found.stance.label)  # fmt: skip
        rows.append(_row(alone))
    head = ("Motion", "Label", "For", "Against", "No side", "Holds")
    return el(
        "div",
        el(
            "table",
            el("thead", el("tr", *(el("th", cell) for cell in head))),
            el("tbody", *rows),
            css="votes",
            label="The label under other wordings of the motion",
        ),
        css="tablebox",
        scroll=True,
    )


def _row(asked: Asked) -> Element:
    stance = asked.stance
    kind = "turned round: " if asked.kind == "opposite" else ""
    shares = (stance.pro, stance.con, stance.none)
    return el(
        "tr",
        el("td", f"{kind}{asked.motion}"),
        el("td", render.chip(stance.label)),
        *(el("td", words.percent(share)) for share in shares),
        el("td", "yes" if asked.holds else "no"),
    )
