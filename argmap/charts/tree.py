"""The argument tree as nodes and lines, from left to right."""

from __future__ import annotations

import plotly.graph_objects as go

from argmap.charts.facts import Facts
from argmap.charts.links import branches, links
from argmap.charts.nodes import FONT, handles, markers, unanswered_entry
from argmap.charts.notes import Notes
from argmap.charts.places import arrange
from argmap.charts.style import empty, finish
from argmap.records import ArgumentTree, Debate

#: Most characters of a sentence beside its node; the hover text has it whole.
MAX_LABEL = 90

#: Pixels that the chart is laid out for; the statements share what the first columns leave.
WIDTH = 1040.0

_TITLES = {
    "count": "Larger: more statements ",
    "strength": "Larger: stronger after the attacks ",
}


def tree_figure(
    tree: ArgumentTree,
    debate: Debate,
    *,
    selected: str | None = None,
    max_label: int = MAX_LABEL,
    width: float = WIDTH,
    notes: Notes | None = None,
    explain: bool = True,
) -> go.Figure:
    """Draw the tree with every node a marker whose ``customdata`` is the node's id.

    Shape, sign and colour each tell the side; a second outline tells key points from statements.
    What supports, attacks or undercuts the statement that it hangs beneath says so before its
    words, and its branch has the dash and the sign of the relation, as have the tree's links.
    When there are many links, only those of the selected node are drawn until the reader turns
    the rest on in the legend. The height grows with the rows.

    Args:
        selected: id of the node to ring; one that is not in the tree rings nothing.
        max_label: most characters of a sentence beside its node.
        width: pixels it will be shown at, 700 or more; labels wrap to fit.
        notes: what sizes and marks tell, and which nodes have a handle to fold them by, a marker
            whose ``customdata`` is ``fold:`` and the node's id.
        explain: name shapes, marks and sizes in the chart's own legend.
    """
    if not tree.nodes or tree.nodes[0].count == 0:
        return empty(
            "No sentence takes a side on this motion, so there is no tree to draw. "
            "Add sources, or word the motion differently."
        )
    told = notes or Notes()
    facts = Facts.of(tree, debate, told)
    drawn, right, height = arrange(tree.nodes, facts, told, max_label=max_label, width=width)
    # All at once: each trace that is added by itself costs a look at the whole figure.
    figure = go.Figure(
        [
            *branches(drawn),
            *links(tree, drawn, selected, told),
            *markers(drawn, facts, selected, explain=explain),
            *handles(drawn, told),
            *(unanswered_entry(drawn, told) if explain else ()),
        ]
    )
    figure.update_xaxes(visible=False, range=[-46 if told.inner else -22, right])
    figure.update_yaxes(visible=False, range=[height + 6, -6])
    figure.update_layout(dragmode="pan", hovermode="closest")
    if explain:
        title = {"text": _TITLES[told.size], "font": {"size": FONT}}
        figure.update_layout(legend={"title": title})
    return finish(figure, height=int(height) + 72)
