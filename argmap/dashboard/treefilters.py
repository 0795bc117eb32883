"""The filters of the argument tree: their widgets, what passes, and what to take off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from argmap.dashboard import component, models, render, treeview, words
from argmap.dashboard.session import Open
from argmap.dashboard.treeview import View
from argmap.structure import NOBODY, FilterName, Filters

_NAMES: dict[FilterName, str] = {
    "speakers": "Speakers",
    "outlets": "Outlets",
    "dates": "Dates",
    "least": "Least confidence",
    "unanswered": "Only unanswered",
}
_STEP = 5
_MOST = 95


@dataclass(frozen=True, slots=True)
class _Options:
    """What there is to filter by among the statements that take a side."""

    speakers: tuple[str, ...]
    outlets: tuple[str, ...]
    dates: tuple[str, ...]


def _options(found: Open) -> _Options:
    tree = models.tree(found.info.id, found.info.updated, found.topic.id)
    sided = {node.statement for node in tree.nodes if node.kind == "statement"}
    own = [statement for statement in found.debate.statements if statement.id in sided]
    names = found.speaker_names
    outlets = {document.id: document.outlet or NOBODY for document in found.debate.documents}
    dates = models.comparands(found.info.id, found.info.updated, "date")
    return _Options(
        speakers=tuple(
            sorted(
                {s.speaker or NOBODY for s in own},
                key=lambda i: (i == NOBODY, names.get(i, "").casefold(), i),
            )
        ),
        outlets=tuple(
            sorted({outlets[s.document] for s in own}, key=lambda o: (not o, o.casefold()))
        ),
        dates=tuple(one.key for one in dates),
    )


def _key(found: Open, name: str) -> str:
    return f"tree-filter-{name}-{found.info.id}-{found.topic.id}"


def _changed(found: Open) -> None:
    state = st.session_state
    treeview.filter_by(
        Filters(
            speakers=tuple(state.get(_key(found, "speakers"), ())),
            outlets=tuple(state.get(_key(found, "outlets"), ())),
            since=state.get(_key(found, "since")),
            until=state.get(_key(found, "until")),
            least=state[_key(found, "least")] / 100,
            unanswered=state[_key(found, "unanswered")],
        )
    )


def _clear() -> None:
    treeview.filter_by(Filters())


def _take_off(name: FilterName) -> None:
    treeview.filter_by(treeview.filters().without(name))


def settle(found: Open) -> None:
    """Take off what cannot be chosen: a link may name a speaker who was merged into another."""
    chosen, options = treeview.filters(), _options(found)
    real = replace(
        chosen,
        speakers=tuple(own for own in chosen.speakers if own in options.speakers),
        outlets=tuple(own for own in chosen.outlets if own in options.outlets),
    )
    if real != chosen:
        treeview.filter_by(real)


def show(found: Open) -> None:
    """Draw the filters, set as the address has them."""
    chosen, options = treeview.filters(), _options(found)
    state = st.session_state
    for name, value in (
        ("speakers", list(chosen.speakers)),
        ("outlets", list(chosen.outlets)),
        ("since", chosen.since),
        ("until", chosen.until),
        # A link may ask for more than the slider goes to, or for what is between its steps.
        ("least", min(_MOST, _STEP * round(100 * chosen.least / _STEP))),
        ("unanswered", chosen.unanswered),
    ):
        state[_key(found, name)] = value

    def changed() -> None:
        _changed(found)

    with st.popover("Filters", icon=":material/filter_alt:"):
        named = {i: found.speaker_names.get(i, "Nobody named") for i in options.speakers}
        st.multiselect(
            "Speakers",
            options.speakers,
            format_func=words.distinct(named).__getitem__,
            key=_key(found, "speakers"),
            placeholder="Everyone",
            help="What they say for themselves, not what they report of others.",
            on_change=changed,
        )
        if len(options.outlets) > 1:
            st.multiselect(
                "Outlets",
                options.outlets,
                format_func=lambda name: name or "None given",
                key=_key(found, "outlets"),
                placeholder="All",
                on_change=changed,
            )
        _dates(found, options, chosen, changed)
        st.slider(
            "Least confidence",
            0,
            _MOST,
            step=_STEP,
            format="%d%%",
            key=_key(found, "least"),
            help="How sure the model must be of the label.",
            on_change=changed,
        )
        st.toggle(
            "Only unanswered",
            key=_key(found, "unanswered"),
            help="Points and statements that no attack of the other side was found to reach.",
            on_change=changed,
        )
        st.button("Clear the filters", on_click=_clear, disabled=not chosen.on)


def _dates(found: Open, options: _Options, chosen: Filters, changed: Callable[[], None]) -> None:
    # A link may name a day that no source has; it is a bound all the same.
    asked = {date for date in (chosen.since, chosen.until) if date}
    offered = sorted({*options.dates, *asked})
    if not offered:
        return
    first, last = st.columns(2)
    for column, name, label in ((first, "since", "From"), (last, "until", "Until")):
        column.selectbox(
            label,
            [None, *offered],
            format_func=lambda date: words.day(date) or "Any date",
            key=_key(found, name),
            on_change=changed,
        )


def _said(found: Open, chosen: Filters) -> list[str]:
    """Each filter that is on, in words."""
    names = found.speaker_names
    told: dict[FilterName, str] = {}
    if chosen.speakers:
        told["speakers"] = ", ".join(names[i] if i else "nobody named" for i in chosen.speakers)
    if chosen.outlets:
        told["outlets"] = ", ".join(name or "no outlet given" for name in chosen.outlets)
    if chosen.since and chosen.until:
        told["dates"] = f"{words.day(chosen.since)} to {words.day(chosen.until)}"
    elif chosen.since or chosen.until:
        since = f"from {words.day(chosen.since)}" if chosen.since else ""
        told["dates"] = since or f"until {words.day(chosen.until)}"
    if chosen.least:
        told["least"] = f"at least {words.percent(chosen.least)} sure"
    if chosen.unanswered:
        told["unanswered"] = "only unanswered"
    return [told[name] for name in chosen.on]


def counted(found: Open, view: View) -> str | None:
    """``34 of 210 statements pass: Ann Lee; at least 70% sure.``; nothing where all do."""
    chosen = treeview.filters()
    if not chosen.on:
        return None
    passing, total = view.counted.passing, view.counted.total
    verb = "passes" if total == 1 else "pass"
    told = "; ".join(_said(found, chosen))
    return f"{passing:,} of {words.count(total, 'statement')} {verb} the filters: {told}."


def nothing(found: Open, view: View) -> None:
    """Say that nothing passes, and which filter to take off."""
    chosen = treeview.filters()
    lines = [counted(found, view) or ""]
    if chosen.unanswered and not view.unanswered.known:
        lines.append(
            "No attack between the sides was found on this motion, so nothing is known to be "
            "unanswered. That is more often the model’s silence than the debate’s."
        )
    left = {name: treeview.count_with(found, chosen.without(name)) for name in chosen.on}
    helps = [name for name in chosen.on if left[name]]
    if not helps:
        lines.append("No one filter alone is to blame: clear them all.")
    component.show(render.empty("No statement passes the filters", *lines))
    with st.container(horizontal=True):
        for name in helps:
            st.button(
                f"Take off “{_NAMES[name]}” ({words.count(left[name], 'statement')})",
                key=f"take-off-{name}",
                on_click=_take_off,
                args=(name,),
            )
        st.button("Clear all filters", on_click=_clear, key="clear-filters")
