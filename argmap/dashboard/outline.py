"""The argument tree in words: an outline for keyboard and ear, and what hangs below one node.

The outline is a tree view as the WAI-ARIA Authoring Practices Guide describes it: one stop for
the Tab key, arrow keys to walk, open and close it, Home and End, Enter to open a sentence in its
source, Space to choose it and stay, letters to go to what begins with them. ``assets/outline.js``
has the keys. It shows the same nodes as the charts, and says in words what these tell by place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from argmap.charts import SIGNS, UNANSWERED, Notes
from argmap.dashboard.render import chip
from argmap.dashboard.view import Element, el
from argmap.records import ArgumentTree, Debate, NodeRelation, Relation, Stance, TreeNode
from argmap.structure import Shown
from argmap.wording import LABEL_WORDS, RELATION_WORDS, count, holdings, percent, shorten, voice

_TARGET = 70
# Links of a closed node that are named.
_FOLDED = 2
_BORNE: Mapping[NodeRelation, str] = {
    "support": "supported by",
    "attack": "attacked by",
    "undercut": "undercut by",
}
_ANSWERS: Mapping[NodeRelation, str] = {
    "support": "supports",
    "attack": "answers",
    "undercut": "undercuts",
}


def group_panel(node: TreeNode, tree: ArgumentTree) -> Element:
    """A side or the motion itself: what hangs below it."""
    below = [n for n in tree.nodes if n.parent == node.id]
    return el(
        "section",
        el("div", chip(node.side), css="row") if node.side else None,
        el("h3", node.text),
        el("small", holdings(node)),
        el("ul", *(el("li", _node_button(n)) for n in below)),
        css="panel",
        label="The chosen part of the tree",
    )


def _node_button(node: TreeNode) -> Element:
    return el(
        "button",
        el("span", SIGNS[node.side], css="sign") if node.side else None,
        el("small", f"{RELATION_WORDS[node.relation]}  ") if node.relation else None,
        node.text,
        el("small", f"  {holdings(node)}") if node.kind != "statement" else None,
        css=f"node {node.kind} {node.side or ''}".strip(),
        pick=node.id,
        key=node.id,
    )


def outline(
    shown: Shown,
    debate: Debate,
    stances: Mapping[str, Stance],
    *,
    selected: str | None = None,
    notes: Notes | None = None,
) -> Element:
    """What is on show of a tree as a tree view.

    A relation that the branches do not show stands in a line under both its ends, with a link to
    the other: an attack from its source as "answers: …".

    Args:
        stances: by statement id, on the tree's motion.
        selected: id of the chosen node.
    """
    return _Outline(shown, debate, stances, selected, notes or Notes()).whole()


class _Outline:
    """The records of one outline by id, for as long as it takes to draw it."""

    def __init__(
        self,
        shown: Shown,
        debate: Debate,
        stances: Mapping[str, Stance],
        selected: str | None,
        notes: Notes,
    ) -> None:
        self.shown, self.stances, self.selected, self.notes = shown, stances, selected, notes
        self.statements = {statement.id: statement for statement in debate.statements}
        self.names = {speaker.id: speaker.name for speaker in debate.speakers}
        nodes = shown.tree.nodes
        self.nodes = {node.id: node for node in nodes}
        whole = (*shown.path, *nodes)
        self.sides = {node.side: node for node in whole if node.kind == "side"}
        self.children: dict[str | None, list[TreeNode]] = defaultdict(list)
        for node in nodes:
            self.children[node.parent].append(node)
        self.links: dict[str, list[tuple[str, Relation, str]]] = defaultdict(list)
        for link in shown.tree.links:
            self.links[link.source].append((_ANSWERS[link.shown], link, link.target))
            self.links[link.target].append((_BORNE[link.shown], link, link.source))

    def whole(self) -> Element:
        return el(
            "ul",
            *self._items(None, 1),
            css="outline",
            role="tree",
            label="The argument tree as an outline",
        )

    def _items(self, parent: str | None, level: int) -> Sequence[Element]:
        siblings = self.children.get(parent, [])
        return [
            self._item(node, level, (place, len(siblings)))
            for place, node in enumerate(siblings, start=1)
        ]

    def _item(self, node: TreeNode, level: int, place: tuple[int, int]) -> Element:
        below = self._items(node.id, level + 1)
        folds = node.id in self.shown.inner or node.kind == "more"
        return el(
            "li",
            self._row(node, folds),
            self._links(node),
            el("ul", *below, role="group") if below else None,
            role="treeitem",
            level=level,
            place=place,
            expanded=node.id not in self.shown.held if folds else None,
            key=node.id,
            current=node.id == self.selected,
        )

    def _row(self, node: TreeNode, folds: bool) -> Element:
        side = f"{LABEL_WORDS[node.side]}: " if node.side and node.kind != "side" else None
        heard = None
        if node.kind == "statement" and node.statement in self.statements:
            heard = voice(self.statements[node.statement], self.names)
        bears = f"{RELATION_WORDS[node.relation]} – " if node.relation else None
        facts = self._facts(node)
        return el(
            "div",
            el("span", css="twist", act=("turn", node.id)) if folds else None,
            el("span", SIGNS[node.side], css="sign") if node.side else None,
            el("span", side, css="unseen") if side and node.kind != "more" else None,
            el("span", "Key point: ", css="unseen") if node.kind == "key_point" else None,
            el("small", bears, css="bears") if bears else None,
            el("span", f"{heard}: ", css="heard") if heard else None,
            el("span", node.text, css="said"),
            el("small", f"  {facts}") if facts else None,
            css=f"node {node.kind} {node.side or ''}".strip(),
        )

    def _facts(self, node: TreeNode) -> str:
        told: list[str] = []
        if node.kind == "statement":
            stance = self.stances.get(node.statement or "")
            if stance is not None and node.side:
                sure = stance.pro if node.side == "pro" else stance.con
                told.append(f"{percent(sure)} sure")
        elif node.kind != "more":
            grouped = node.kind in ("key_point", "loose")
            told.append(holdings(node, self.sides.get(node.side) if grouped else None))
        if node.id in self.notes.strengths:
            told.append(f"strength {self.notes.strengths[node.id][1]:.2f}")
        if node.id in self.shown.held and node.kind != "more":
            told.append(f"{len(self.shown.held[node.id]):,} folded away")
        if mark := self.notes.marked(node):
            told.append(mark)
        return " · ".join(told)

    def _links(self, node: TreeNode) -> Element | None:
        own = sorted(self.links.get(node.id, ()), key=lambda link: -link[1].probability)
        if not own:
            return None
        # Of what is folded away the surest few; the statements have them all.
        shown = own[:_FOLDED] if node.id in self.shown.held else own
        rest = len(own) - len(shown)
        more = el("li", f"and {rest:,} more, in what is folded away") if rest else None
        return el("ul", *(self._link(*link) for link in shown), more, css="links")

    def _link(self, verb: str, link: Relation, other: str) -> Element:
        number = self.notes.times.get((link.source, link.target, link.shown), 1)
        more = f", {number:,} times, at most" if number > 1 else ","
        return el(
            "li",
            f"{verb}: ",
            el(
                "button",
                f"“{shorten(self.nodes[other].text, _TARGET)}”",
                css="jump",
                act=("jump", other),
                key=f"{verb} {link.source} {link.target}",
            ),
            f"{more} {percent(link.probability)} sure",
            css=link.shown,
        )


def legend(view: str, notes: Notes, tree: ArgumentTree) -> Element:
    """What shapes, signs and sizes mean, of those that are on show."""
    kinds = {node.kind for node in tree.nodes}
    lines = {link.shown for link in tree.links} | {n.relation for n in tree.nodes if n.relation}
    chart = view == "tree"
    items = [
        el("li", el("span", "●" if chart else "+", css="glyph pro"), _for("pro", chart)),
        el("li", el("span", "◆" if chart else "−", css="glyph con"), _for("con", chart)),
    ]
    if chart and "key_point" in kinds:
        items.append(el("li", el("span", "◎", css="glyph"), "double outline: key point"))
    if chart:
        told: Sequence[tuple[NodeRelation, str, str]] = (
            ("support", "✚", "supports (dotted)"),
            ("attack", "✖", "attacks (dashed)"),
            ("undercut", "⧓", "undercuts (dashes and dots)"),
        )
        items += [
            el("li", el("span", glyph, css=f"glyph {kind}"), words)
            for kind, glyph, words in told
            if kind in lines
        ]
    if any(node.id in notes.unanswered for node in tree.nodes):
        items.append(
            el("li", el("span", UNANSWERED, css="glyph"), "unanswered: no attack found on it")
        )
    if view != "outline":
        large = "stronger after the attacks" if notes.size == "strength" else "more statements"
        shape = "larger" if chart else "taller"
        items.append(el("li", f"{shape}: {large}"))
    if chart and notes.held:
        items.append(el("li", el("span", "+3", css="glyph box"), "so many folded away: click"))
    return el("ul", *items, css="legend", label="What the signs mean")


def _for(side: str, chart: bool) -> str:
    words = "for" if side == "pro" else "against"
    sign = "+" if side == "pro" else "−"
    return f"{sign} {words}" if chart else words


def flatness(tree: ArgumentTree) -> str | None:
    """What to know of a tree of few points; nothing where the points hold most of it."""
    points = [node for node in tree.nodes if node.kind == "key_point"]
    loose = sum(node.count for node in tree.nodes if node.kind == "loose")
    total = tree.nodes[0].count
    if total == 0 or 2 * loose <= total:
        return None
    rest = "statements stand one by one under their side, the surest first."
    if not points:
        return f"The model found no point made twice, so the {rest}"
    inside = {point.id for point in points}
    top = sum(point.parent not in inside for point in points)
    held = total - loose
    return (
        f"The model found {count(top, 'point')} made more than once, holding {held:,} of "
        f"{count(total, 'statement')}; the other {rest}"
    )
