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
_DIAMOND = 0.88
_LEAST_SIZE = 20.0

# Columns that hold no statements are as wide as this; the statements share what is left.
_COLUMNS: Mapping[NodeKind, float] = {
    "motion": 105.0,
    "side": 130.0,
    "key_point": 185.0,
    "loose": 185.0,
    "more": 105.0,
}
# A column of sentences that others hang beneath, and how many fit into any width.
_LEAST_COLUMN, _SHALLOW = 155.0, 2
_CHARACTER = 6.6
# Most characters are narrower than those that the room is reckoned for.
_DRAWN_CHARACTER = 5.9
_LINE_HEIGHT = 15.0
_GAP = 9.0
# Room for the marker and, in an inner column, for the branches to fan out.
_PAD, _FAN = 22.0, 44.0
#: Room that the handle of a node takes behind its label.
HANDLE_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node with its place and its label, ready to draw.

    Attributes:
        size: diameter of the marker.
        end: where the label, and behind it the handle, ends and the branches begin.
    """

    node: TreeNode
    x: float
    y: float
    size: float
    end: float
    label: str


def arrange(
    nodes: Sequence[TreeNode], facts: Facts, notes: Notes, *, max_label: int, width: float
) -> tuple[dict[str, Drawn], float, float]:
    """Every node by id with its place, and the width and height of them all."""
    depth = depths(nodes)
    parents = {node.parent for node in nodes}
    starts = _starts(nodes, depth, width)
    largest = max((n.count for n in nodes if n.kind not in ("motion", "side")), default=1)
    sizes = {node.id: _size(node, notes, largest) for node in nodes}
    labels: dict[str, list[str]] = {}
    for node in nodes:
        room = starts[-1] - starts[depth[node.id]] - _PAD
        if node.id in parents:
            room = starts[depth[node.id] + 1] - starts[depth[node.id]] - _PAD - _FAN
        if node.id in notes.inner:
            room -= HANDLE_ROOM if node.id not in parents else HANDLE_ROOM - _FAN / 2
        text = _label(node, facts, notes, max_label)
        labels[node.id] = lines_of(text, max(12, int(room / _CHARACTER)))
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
            inner=node.id in parents,
            handle=node.id in notes.inner,
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
    inner: bool,
    handle: bool,
) -> Drawn:
    x = starts[at.depth]
    longest = max(len(line) for line in lines)
    end = x + _PAD + longest * _CHARACTER
    if handle:
        end = x + _PAD + longest * _DRAWN_CHARACTER + HANDLE_ROOM
    if inner:
        end = min(end, starts[at.depth + 1] - _FAN / 2 - size / 2)
    # The gap to the marker, on every line because each begins at the same place.
    gap = "\u00a0\u00a0" + "\u00a0" * max(0, int((size - 30) / 5))
    return Drawn(node, x, at.y, size, end, "<br>".join(gap + literal(line) for line in lines))
