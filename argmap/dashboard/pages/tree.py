"""The argument tree of the open motion: as a tree, as an icicle and as an outline."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from argmap.charts import icicle_figure, needed_width, tree_figure
from argmap.dashboard import component, models, outline, parts, render, session, words
from argmap.dashboard.session import Open
from argmap.records import ArgumentTree

_VIEWS = {"tree": "Tree", "icicle": "Icicle", "outline": "Outline"}
# Pixels beside the panel on a page of 1280; parts.py keeps the chart's box that wide.
_TREE_WIDTH = 800


def picked_id(event: Mapping[str, object]) -> str | None:
    """The node id in a chart's selection: ``customdata`` of a marker, ``id`` of an icicle's box."""
    selection = event.get("selection")
    points = selection.get("points") if isinstance(selection, Mapping) else None
    if not isinstance(points, list) or not points:
        return None
    point = points[-1]
    found = point.get("customdata") or point.get("id")
    if isinstance(found, list | tuple):
        found = found[0] if found else None
    return found if isinstance(found, str) and found else None


def _chart_picked(key: str) -> None:
    node = picked_id(st.session_state[key])
    # A second click on a marker empties the selection; the panel keeps what it shows.
    if node is not None:
        parts.choose_node(node)


def _whole() -> None:
    session.browser().chart += 1
    session.choose(node=None, sentence=None)


def _view_picked() -> None:
    session.choose(view=st.session_state["pick-view"])


def _bar() -> str:
    view = session.wanted("view")
    view = view if view in _VIEWS else "tree"
    st.session_state["pick-view"] = view
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "View",
            list(_VIEWS),
            format_func=_VIEWS.__getitem__,
            required=True,
            key="pick-view",
            on_change=_view_picked,
            label_visibility="collapsed",
        )
        st.button("Back to the whole tree", on_click=_whole, icon=":material/zoom_out_map:")
    return view


def _draw(found: Open, tree: ArgumentTree, view: str) -> None:
    selected = session.wanted("node")
    if view == "outline":
        component.show(
            outline.outline(tree, selected=selected),
            key="view-outline",
            on_pick=parts.choose_node,
        )
        return
    box = view
    if view == "tree":
        width = max(_TREE_WIDTH, needed_width(tree))
        figure = tree_figure(tree, found.debate, selected=selected, width=width)
        box = "wide" if width > _TREE_WIDTH else "tree"
    else:
        figure = icicle_figure(tree, found.debate)
    key = f"{view}-{found.info.id}-{tree.topic}-{session.browser().chart}"
    with st.container(key=f"chart-{box}"):
        parts.chart(
            figure,
            key=key,
            on_select=lambda: _chart_picked(key),
            alt=f"Argument tree of the motion: {found.topic.motion} "
            "The outline has the same nodes in words.",
        )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    tree = models.tree(found.info.id, found.info.updated, found.topic.id)
    sided = sum(node.kind == "statement" for node in tree.nodes)
    links = len(tree.links) + sum(node.relation is not None for node in tree.nodes)
    component.show(
        render.heading(
            found.topic.motion,
            f"{words.count(sided, 'statement')} that take a side, in "
            f"{words.count(sum(n.kind == 'key_point' for n in tree.nodes), 'key point')}. "
            f"{words.count(links, 'link')} of support or attack between statements.",
        )
    )
    view = _bar()
    if sided == 0:
        component.show(
            render.empty(
                "No statement takes a side on this motion",
                "Choose another motion above, or add sources that argue about this one.",
            )
        )
        return
    left, right = st.columns([9, 4], gap="medium")
    with left:
        _draw(found, tree, view)
    with right:
        node = parts.find_node(session.wanted("node"))
        if node is not None and node.statement is None:
            with st.container(key="panel"):
                component.show(
                    outline.group_panel(node, tree), key="view-group", on_pick=parts.choose_node
                )
        else:
            parts.panel(
                found, hint="Choose a point or a statement to read its sentence in the source."
            )


show()
