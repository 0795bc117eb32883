"""Two of a debate side by side, on the open motion: who says more, and where they answer."""

from __future__ import annotations

import streamlit as st

from argmap.charts import change_figure, comparison_figure
from argmap.dashboard import component, models, parts, render, session, words
from argmap.dashboard.session import Open
from argmap.dashboard.side_by_side import SideBySide, summary
from argmap.dashboard.view import el
from argmap.errors import ArgmapError, InputError
from argmap.export.comparison import comparison_to_html, comparison_to_markdown
from argmap.export.comparison_view import BY_WORDS, CAVEATS, change_words
from argmap.export.names import file_name
from argmap.structure import BYS, By, Comparand, Comparison
from argmap.structure.comparands import comparand

# What to do where there are not two of a kind.
_REMEDIES: dict[By, str] = {
    "speaker": "Open Read and say who says a sentence, or choose another debate above.",
    "party": "Give speakers their parties on the page Speakers, under Correct who is who.",
    "outlet": "Map the debate again under New debate, with the outlet of each source.",
    "document": "Map the debate again under New debate, with another source.",
    "date": "Map the debate again under New debate, with the date of each source.",
}
# On paper the choices and the source panel are of no use.
_PRINT = """<style>
@media print {
  header, .st-key-panel, .st-key-compare-files, [data-testid="stExpander"] { display: none; }
  .stMainBlockContainer { padding: 0; }
}
</style>"""


def _picked(name: str, key: str) -> None:
    session.choose(**{name: st.session_state[key]})


def _kind_picked(key: str) -> None:
    chosen = st.session_state[key]
    if chosen:
        session.choose(by=chosen, a=None, b=None)


def _kind(found: Open) -> By:
    wanted = session.wanted("by")
    by: By = next((kind for kind in BYS if kind == wanted), "speaker")
    key = f"compare-by-{found.info.id}"
    st.session_state[key] = by
    st.segmented_control(
        "Compare",
        list(BYS),
        format_func=lambda kind: BY_WORDS[kind][1],
        key=key,
        on_change=_kind_picked,
        args=(key,),
    )
    return by


def _wanted(found: Open, by: By, name: str) -> Comparand | None:
    """Who the address asks for; a link may outlive a merge or a deleted source."""
    key = session.wanted(name)
    if key is None:
        return None
    try:
        return comparand(found.debate, by, key)
    except InputError as error:
        parts.problem(error)
        return None


def _two(found: Open, by: By) -> tuple[str, str] | None:
    """The keys of the two, as chosen or else the two that say most."""
    every = {one.key: one for one in models.comparands(found.info.id, found.info.updated, by)}
    asked = [_wanted(found, by, name) for name in ("a", "b")]
    every |= {one.key: one for one in asked if one is not None}
    if len(every) < 2:
        return None
    first = asked[0].key if asked[0] else next(k for k in every if not _is(asked[1], k))
    rest = [key for key in every if key != first]
    second = asked[1].key if asked[1] and asked[1].key != first else rest[0]
    columns = st.columns(2, gap="medium")
    for column, name, label, value, options in (
        (columns[0], "a", "First", first, list(every)),
        (columns[1], "b", "Second", second, rest),
    ):
        key = f"compare-{name}-{found.info.id}-{by}"
        st.session_state[key] = value
        with column:
            st.selectbox(
                label,
                options,
                format_func=lambda k: _option(every, k),
                key=key,
                on_change=_picked,
                args=(name, key),
            )
    return first, second


def _is(one: Comparand | None, key: str) -> bool:
    return one is not None and one.key == key


def _option(every: dict[str, Comparand], key: str) -> str:
    """Name and size; two of one name are told apart by their ids."""
    one = every[key]
    twin = any(other.name == one.name and other.key != key for other in every.values())
    name = f"{one.name} ({key})" if twin else one.name
    return f"{name}, {words.count(len(one.statements), 'statement')}"


def _files(found: Open, comparison: Comparison) -> None:
    stem = f"{comparison.first.name} and {comparison.second.name}"
    with st.container(horizontal=True, key="compare-files"):
        st.download_button(
            "Page to print (HTML)",
            data=lambda: comparison_to_html(comparison, found.debate).encode("utf-8"),
            file_name=file_name(stem, ".html"),
            mime="text/html",
            key="compare-html",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Text (Markdown)",
            data=lambda: comparison_to_markdown(comparison, found.debate).encode("utf-8"),
            file_name=file_name(stem, ".md"),
            mime="text/markdown",
            key="compare-md",
            on_click="ignore",
            icon=":material/download:",
        )


def _shown(found: Open, comparison: Comparison) -> None:
    drawn = SideBySide(comparison, found.debate, parts.reading(found))
    link = f"{found.info.id}-{found.topic.id}"
    component.show(summary(comparison))
    parts.chart(
        comparison_figure(comparison),
        key=f"compare-shares-{link}",
        alt="The shares of each label with their intervals; the table below has the same numbers.",
        bar=False,
    )
    component.show(drawn.shares())
    _files(found, comparison)
    component.show(
        render.heading("Key points"),
        *drawn.points(),
        render.heading("Where they answer each other"),
        *drawn.answers(),
        key="view-compare",
        on_pick=parts.choose_statement,
    )
    for number, change in enumerate(comparison.changes):
        component.show(render.heading(f"{change.name} over time", change_words(change)))
        if len(change.moments) > 1:
            parts.chart(
                change_figure(change),
                key=f"compare-change-{number}-{link}",
                alt="Shares for and against by date; the table below has the same numbers.",
                bar=False,
            )
        table = drawn.moments(change)
        component.show(
            *((table,) if table else ()),
            *drawn.opposed(change.pairs, key=change.speaker),
            key=f"view-compare-change-{number}",
            on_pick=parts.choose_statement,
        )
    if comparison.crossing:
        component.show(
            render.heading(
                "The same person on both sides",
                "For the motion in one of the two and against it in the other.",
            ),
            *drawn.opposed(comparison.crossing, key="crossing"),
            key="view-compare-crossing",
            on_pick=parts.choose_statement,
        )
    component.show(
        render.heading("What the numbers do not say"),
        el("ul", *(el("li", caveat) for caveat in CAVEATS), css="list"),
    )


def show() -> None:
    """Draw the page."""
    st.html(_PRINT)
    found = parts.header()
    if found is None:
        return
    component.show(
        render.heading(
            "Compare",
            "Two speakers, parties, outlets, sources or dates, side by side on this motion.",
        )
    )
    by = _kind(found)
    two = _two(found, by)
    if two is None:
        one, many = BY_WORDS[by]
        component.show(
            render.empty(
                f"There are no two {many.lower()} to compare in this debate",
                f"Fewer than two have a statement by {one}." if by != "date" else "",
                _REMEDIES[by],
            )
        )
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        try:
            comparison = models.comparison(
                found.info.id, found.info.updated, found.topic.id, by, *two
            )
        except ArgmapError as error:
            parts.problem(error)
            return
        _shown(found, comparison)
    with right:
        parts.panel(found, hint="Choose a quote to read it in its source.")


show()
