"""Where the nodes of a tree stand, with the labels beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from argmap.charts.facts import Facts
from argmap.charts.layout import Placed, depths, place
from argmap.charts.notes import Notes
from argmap.charts.style import lines_of, literal
from argmap.records import ArgumentTree, NodeKind, TreeNode
from argmap.wording import RELATION_WORDS, count

# Of nodes whose size tells nothing; a diamond of one size spans more than a circle of it.
_SIZES: Mapping[NodeKind, float] = {"motion": 26, "side": 30, "loose": 22, "more": 20}
_DIAMOND, _CORNER = 0.88, 1.3
_LEAST_SIZE = 20.0

# Columns that hold no statements are as wide as this; the statements share what is left.
_COLUMNS: Mapping[NodeKind, float] = {
    "motion": 150.0,
    "side": 160.0,
    "key_point": 215.0,
    "loose": 165.0,
    "more": 105.0,
}
# A column of sentences that others hang beneath, and how many fit into any width.
_LEAST_COLUMN, _SHALLOW = 155.0, 2
# What a character takes at most in running text, and what most take.
_CHARACTER, _DRAWN_CHARACTER = 6.3, 5.9
_FEWEST_CHARACTERS = 15
_SPACE = 3.0
_LINE_HEIGHT = 15.0
_GAP = 9.0
# Room for the marker and, in an inner column, for the branches to fan out.
_PAD, _FAN = 22.0, 44.0
#: How far the second outline of a key point stands off its marker.
RING = 9.0
# The handle before a marker: its least width, and what a character of it takes.
_HANDLE, _HANDLE_CHARACTER, _HANDLE_GAP = 18.0, 6.2, 3.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node with its place and its label, ready to draw.

    Attributes:
        size: diameter of the marker.
        handle: width of the handle before the marker; 0 where there is none.
        end: where the label ends and the branches begin.
    """

    node: TreeNode
    x: float
    y: float
    size: float
    handle: float
    end: float
    label: str

    @property
    def edge(self) -> float:
        """Left edge of the marker with its outlines."""
        return self.x - _reach(self.node, self.size)

    @property
    def start(self) -> float:
        """Where what leads to the node ends: at its marker, or at the handle before it."""
        return self.edge - (self.handle + _HANDLE_GAP if self.handle else 0.0)

    @property
    def handle_x(self) -> float:
        """Middle of the handle."""
        return self.edge - _HANDLE_GAP - self.handle / 2


def _reach(node: TreeNode, size: float) -> float:
    """From the middle of a marker to its edge; a diamond's corners stand out."""
    whole = size + (RING if node.kind == "key_point" else 0.0)
    return whole / 2 * (_CORNER if node.side == "con" else 1.0)


def handle_text(node: TreeNode, notes: Notes) -> str:
    """``−`` where the node is open, ``+12`` where it is closed over twelve statements."""
    held = notes.held.get(node.id)
    return "−" if held is None else f"+{len(held)}"


def arrange(
    nodes: Sequence[TreeNode], facts: Facts, notes: Notes, *, max_label: int, width: float
) -> tuple[dict[str, Drawn], float, float]:
    """Every node by id with its place, and the width and height of them all."""
    depth = depths(nodes)
    parents = {node.parent for node in nodes}
    starts = _starts(nodes, depth, width)
    largest = max((n.count for n in nodes if n.kind not in ("motion", "side")), default=1)
    sizes = {node.id: _size(node, notes, largest) for node in nodes}
    wide = {
        node.id: max(_HANDLE, _HANDLE_CHARACTER * len(handle_text(node, notes)) + 4)
        for node in nodes
        if node.id in notes.inner
    }
    fan = _FAN + max(wide.values(), default=0.0)
    labels: dict[str, list[str]] = {}
    for node in nodes:
        room = starts[-1] - starts[depth[node.id]] - _PAD
        if node.id in parents:
            room = starts[depth[node.id] + 1] - starts[depth[node.id]] - _PAD - fan
        text = _label(node, facts, notes, max_label)
        labels[node.id] = lines_of(text, max(_FEWEST_CHARACTERS, int(room / _CHARACTER)))
    heights = {
        node.id: max(len(labels[node.id]) * _LINE_HEIGHT, sizes[node.id]) + _GAP for node in nodes
    }
    placed = place(nodes, heights)
    drawn = {
        node.id: _draw(
            node,
            placed[node.id],
            starts,
            labels[node.id],
            sizes[node.id],
            fan=fan if node.id in parents else None,
            handle=wide.get(node.id, 0.0),
        )
        for node in nodes
    }
    height = max(placed[own].y + heights[own] / 2 for own in placed)
    return drawn, starts[-1], height


def needed_width(tree: ArgumentTree) -> float:
    """Pixels that the labels of ``tree`` want; 0 where it is so shallow that any width will do."""
    if not tree.nodes:
        return 0.0
    fixed = _fixed(tree.nodes, depths(tree.nodes))
    rest = fixed.count(None)
    return sum(filter(None, fixed)) + _LEAST_COLUMN * rest if rest > _SHALLOW else 0.0


def _fixed(nodes: Sequence[TreeNode], depth: Mapping[str, int]) -> list[float | None]:
    """The width of each column; ``None`` for those of statements, and for the last."""
    widths: list[float | None] = [0.0] * (max(depth.values()) + 1)
    for node in nodes:
        column = depth[node.id]
        before, own = widths[column], _COLUMNS.get(node.kind)
        widths[column] = None if before is None or own is None else max(before, own)
    widths[-1] = None
    return widths


def _starts(nodes: Sequence[TreeNode], depth: Mapping[str, int], width: float) -> list[float]:
    """Left edge of each column, and after them the right edge of the last."""
    fixed = _fixed(nodes, depth)
    rest = (width - sum(filter(None, fixed))) / fixed.count(None)
    widths = [rest if own is None else own for own in fixed]
    return [sum(widths[:column]) for column in range(len(widths) + 1)]


def _size(node: TreeNode, notes: Notes, largest: int) -> float:
    size = _SIZES.get(node.kind) or notes.diameter(node, largest)
    return max(_LEAST_SIZE, size * _DIAMOND if node.side == "con" else size)


def _label(node: TreeNode, facts: Facts, notes: Notes, max_label: int) -> str:
    text = " ".join(lines_of(node.text, max_label, most=max_label))
    mark = notes.marked(node)
    # Unbreakable, so that sign and word stay together.
    end = " " + mark.replace(" ", "\u00a0") if mark else ""
    if node.kind == "statement":
        name = facts.heard(node)
        verb = f"{RELATION_WORDS[node.relation].capitalize()} – " if node.relation else ""
        return f"{verb}{text}{end}" if name is None else f"{verb}{name}: {text}{end}"
    if node.kind in ("motion", "more"):
        return text
    answers = f", {count(node.answers, 'answer')}" if node.answers else ""
    return f"{text} ({node.own}{answers}){end}"


def _draw(
    node: TreeNode,
    at: Placed,
    starts: Sequence[float],
    lines: Sequence[str],
    size: float,
    *,
    fan: float | None,
    handle: float,
) -> Drawn:
    x = starts[at.depth]
    end = x + _PAD + max(len(line) for line in lines) * _DRAWN_CHARACTER
    if fan is not None:
        end = min(end, starts[at.depth + 1] - fan + _FAN / 2 - size / 2)
    # The gap to the marker, on every line because each begins at the same place.
    gap = "\u00a0" * (2 + round((_reach(node, size) - size / 2) / _SPACE))
    return Drawn(
        node, x, at.y, size, handle, end, "<br>".join(gap + literal(line) for line in lines)
    )
