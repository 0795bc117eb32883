"""The argument tree of the open motion: as a tree, as an icicle and as an outline."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from argmap.charts import HANDLE, icicle_figure, needed_width, tree_figure
from argmap.dashboard import (
    component,
    outline,
    parts,
    render,
    session,
    treefilters,
    treeview,
    words,
)
from argmap.dashboard.session import Open
from argmap.dashboard.treeview import View
from argmap.records import TreeNode

_VIEWS = {"tree": "Tree", "icicle": "Icicle", "outline": "Outline"}
_SIZES = {"count": "Count", "strength": "Strength"}
# Pixels beside the panel on a page of 1280; parts.py keeps the chart's box that wide.
_TREE_WIDTH = 800
_CRUMB = 40
# What the outline is to show and how often it was told to; what was chosen without going there.
_REVEAL, _PEEKED = "tree-reveal", "tree-peeked"


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


def _view() -> View | None:
    """The view as it stands when the reader does something to it."""
    found = session.current()
    return None if found is None else treeview.look(found)


def _turn(node: str) -> None:
    view = _view()
    if view is not None:
        treeview.turn(view, node)


def _chart_picked(key: str) -> None:
    node = picked_id(st.session_state[key])
    # A second click on a marker empties the selection; the panel keeps what it shows.
    if node is not None:
        _picked(node)


def _picked(node: str) -> None:
    if node.startswith(HANDLE):
        _turn(node.removeprefix(HANDLE))
    elif node.startswith("more:"):
        _spread(node)
    else:
        st.session_state[_PEEKED] = None
        parts.choose_node(node)


def _spread(node: str) -> None:
    """Open the end of a list that was cut, and take whoever walks the outline along."""
    view = _view()
    if view is None or node not in view.shown.held:
        return
    first = view.shown.held[node][0]
    treeview.turn(view, node)
    _reveal(first)


def _reveal(node: str) -> None:
    number = st.session_state.get(_REVEAL, (None, 0))[1]
    st.session_state[_REVEAL] = (node, number + 1)


def _acted(do: str, node: str) -> None:
    """What was done in the outline; one that came twice or too late does nothing."""
    view = _view()
    if view is None:
        return
    if do == "peek":
        _picked(node)
        # The panel shows it and leaves the focus in the tree.
        st.session_state[_PEEKED] = session.wanted("sentence")
    elif do == "jump":
        _open_to(node)
        _reveal(node)
    elif do == "open" and node.startswith("more:"):
        _spread(node)
    elif node in view.shown.inner and (node in view.shown.held) == (do == "open"):
        treeview.turn(view, node)


def _open_to(node: str) -> None:
    view = _view()
    if view is not None:
        treeview.open_to(view, node)


def _below_picked(node: str) -> None:
    """Chosen in the panel of a group: it may be folded away in the chart."""
    _open_to(node)
    parts.choose_node(node)


def _focus(node: str | None) -> None:
    session.choose(focus=node)
    treeview.anew()


def _whole() -> None:
    session.choose(node=None, sentence=None, focus=None)
    treeview.anew()


def _view_picked() -> None:
    session.choose(view=st.session_state["pick-view"])


def _size_picked() -> None:
    session.choose(size=st.session_state["pick-size"])
    treeview.anew()


def _bar(found: Open) -> str:
    view = session.wanted("view")
    view = view if view in _VIEWS else "tree"
    st.session_state["pick-view"] = view
    st.session_state["pick-size"] = treeview.size()
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
        treefilters.show(found)
        if view != "outline":
            st.selectbox(
                "Size by",
                list(_SIZES),
                format_func=lambda name: f"Size: {_SIZES[name].lower()}",
                key="pick-size",
                on_change=_size_picked,
                label_visibility="collapsed",
                width=170,
            )
        st.button(
            "Collapse to points",
            on_click=treeview.fold_all,
            args=("points",),
            icon=":material/unfold_less:",
        )
        st.button(
            "Open all", on_click=treeview.fold_all, args=("open",), icon=":material/unfold_more:"
        )
        st.button("Back to the whole tree", on_click=_whole, icon=":material/zoom_out_map:")
    return view


def _crumbs(view: View) -> None:
    """What stands over the branch that is shown alone, each a way back to it."""
    if not view.shown.path:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="crumbs"):
        for node in view.shown.path:
            top = node.parent is None
            st.button(
                "Whole tree" if top else words.plain(words.shorten(node.text, _CRUMB)),
                key=f"crumb-{node.id}",
                type="tertiary",
                on_click=_focus,
                args=(None if top else node.id,),
                icon=":material/home:" if top else ":material/chevron_right:",
            )


def _draw(found: Open, view: View, name: str) -> None:
    tree = view.shown.tree
    selected = view.shown.home.get(session.wanted("node") or "")
    component.show(outline.legend(name, view.notes, tree))
    if name == "outline":
        component.show(
            outline.outline(
                view.shown, found.debate, found.stances, selected=selected, notes=view.notes
            ),
            key="view-outline",
            on_pick=_picked,
            on_act=_acted,
            reveal=_revealed(),
        )
        return
    box = name
    if name == "tree":
        width = max(_TREE_WIDTH, needed_width(tree))
        figure = tree_figure(
            tree, found.debate, selected=selected, width=width, notes=view.notes, explain=False
        )
        box = "wide" if width > _TREE_WIDTH else "tree"
    else:
        figure = icicle_figure(tree, found.debate, notes=view.notes)
    key = f"{name}-{found.info.id}-{tree.topic}-{session.browser().chart}"
    with st.container(key=f"chart-{box}"):
        parts.chart(
            figure,
            key=key,
            on_select=lambda: _chart_picked(key),
            alt=f"Argument tree of the motion: {found.topic.motion} "
            "The outline has the same nodes in words.",
        )


def _revealed() -> tuple[str, str] | None:
    node, number = st.session_state.get(_REVEAL, (None, 0))
    return None if node is None else (node, str(number))


def _head(found: Open, view: View) -> None:
    tree = view.tree
    links = len(tree.links) + sum(node.relation is not None for node in tree.nodes)
    points = sum(node.kind == "key_point" for node in tree.nodes)
    told = (
        f"{words.count(points, 'key point')}, {words.count(links, 'link')} of support or attack "
        "between statements."
    )
    passing = treefilters.counted(found, view)
    silent = not view.unanswered.known and view.counted.total
    component.show(
        render.heading(
            found.topic.motion,
            passing or f"{words.count(view.counted.total, 'statement')} that take a side. {told}",
            told if passing else "",
            outline.flatness(tree) or "",
            "No attack between the sides was found, so nothing is marked as unanswered."
            if silent
            else "",
        )
    )


def _node_bar(view: View, node: TreeNode) -> None:
    """What can be done to the chosen node's branch."""
    home = view.shown.home.get(node.id)
    with st.container(horizontal=True):
        if node.id in view.shown.inner:
            closed = node.id in view.shown.held
            st.button(
                "Open the branch" if closed else "Close the branch",
                key="turn-node",
                on_click=_turn,
                args=(node.id,),
            )
        if any(other.parent == node.id for other in view.tree.nodes) and (
            view.shown.tree.nodes[0].id != node.id
        ):
            st.button("Show only this branch", key="focus-node", on_click=_focus, args=(node.id,))
        if home != node.id:
            st.button("Show it in the tree", key="open-node", on_click=_open_to, args=(node.id,))


def _panel(found: Open, view: View) -> None:
    wanted = session.wanted("node")
    node = next((node for node in view.tree.nodes if node.id == wanted), None)
    if node is not None:
        _node_bar(view, node)
    if node is not None and node.statement is None:
        with st.container(key="panel"):
            component.show(
                outline.group_panel(node, view.tree), key="view-group", on_pick=_below_picked
            )
        return
    peeked = st.session_state.get(_PEEKED)
    parts.panel(
        found,
        hint="Choose a point or a statement to read its sentence in the source.",
        reveal=peeked is None or peeked != session.wanted("sentence"),
    )


def show() -> None:
    """Draw the page."""
    found = parts.header()
    if found is None:
        return
    treefilters.settle(found)
    view = treeview.look(found)
    _head(found, view)
    if view.counted.total == 0:
        component.show(
            render.empty(
                "No statement takes a side on this motion",
                "Choose another motion above, or add sources that argue about this one.",
            )
        )
        return
    name = _bar(found)
    if view.counted.passing == 0:
        treefilters.nothing(found, view)
        return
    _crumbs(view)
    left, right = st.columns([9, 4], gap="medium")
    with left:
        _draw(found, view, name)
    with right:
        _panel(found, view)


show()
