"""The argument tree in words: nested lists, and what hangs below one node."""

from __future__ import annotations

from argmap.charts import SIGNS
from argmap.dashboard.render import chip
from argmap.dashboard.view import Element, el
from argmap.records import ArgumentTree, TreeNode
from argmap.wording import RELATION_WORDS, holdings


def group_panel(node: TreeNode, tree: ArgumentTree) -> Element:
    """A side or the motion itself: what hangs below it."""
    below = [n for n in tree.nodes if n.parent == node.id]
    return el(
        "section",
        el("div", chip(node.side), css="row") if node.side else None,
        el("h3", node.text),
        el("small", holdings(node)),
        el("ul", *(el("li", _node_button(n, None)) for n in below)),
        css="panel",
        label="The chosen part of the tree",
    )


def _node_button(node: TreeNode, selected: str | None, side: TreeNode | None = None) -> Element:
    sign = el("span", SIGNS[node.side], css="sign") if node.side else None
    number = el("small", f"  {holdings(node, side)}")
    bears = el("small", f"{RELATION_WORDS[node.relation]}  ") if node.relation else None
    return el(
        "button",
        sign,
        bears,
        node.text,
        number if node.kind != "statement" else None,
        css=f"node {node.kind} {node.side or ''}".strip(),
        pick=node.id,
        key=node.id,
        current=node.id == selected,
    )


def outline(tree: ArgumentTree, *, selected: str | None = None) -> Element:
    """The whole tree as nested lists: the same nodes as the charts, for keyboard and ear."""
    sides = {node.side: node for node in tree.nodes if node.kind == "side"}
    children: dict[str | None, list[TreeNode]] = {}
    for node in tree.nodes:
        children.setdefault(node.parent, []).append(node)

    def branch(parent: str | None) -> Element | None:
        below = children.get(parent)
        if not below:
            return None
        return el(
            "ul",
            *(
                el(
                    "li",
                    _node_button(
                        node,
                        selected,
                        sides.get(node.side) if node.kind in ("key_point", "loose") else None,
                    ),
                    branch(node.id),
                )
                for node in below
            ),
        )

    return el("div", branch(None), css="outline")
