"""A tidy tree from left to right, with rows as tall as their labels.

After Reingold & Tilford (1981) as extended by van der Ploeg (2014), "Drawing non-layered tidy
trees in linear time", to nodes of different size: subtrees are packed as close as their
outlines allow, and a parent stands at the middle of its first and last child. A leaf fills
its row to the right edge, because its label may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from argmap.records import TreeNode


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a node stands: its depth from the root and the middle of its row, in pixels."""

    depth: int
    y: float


@dataclass(slots=True)
class _Outline:
    """Lowest top and highest bottom by depth, relative to the subtree's own root."""

    top: list[float]
    bottom: list[float]


def depths(nodes: Sequence[TreeNode]) -> dict[str, int]:
    """Depth of every node; parents come before children."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.id] = 0 if node.parent is None else found[node.parent] + 1
    return found


def place(nodes: Sequence[TreeNode], heights: Mapping[str, float]) -> dict[str, Placed]:
    """Place every node of a tree; the topmost row begins at 0 and y grows downwards.

    Args:
        nodes: depth first, parents before children, as ``ArgumentTree.nodes``.
        heights: room that each node's own row needs, in pixels.
    """
    if not nodes:
        return {}
    depth = depths(nodes)
    deepest = max(depth.values())
    children: dict[str, list[str]] = {node.id: [] for node in nodes}
    for node in nodes:
        if node.parent is not None:
            children[node.parent].append(node.id)
    offset: dict[str, float] = {nodes[0].id: 0.0}
    outlines: dict[str, _Outline] = {}
    # Children come after their parent, so backwards every child is done before its parent.
    for node in reversed(nodes):
        own = children[node.id]
        half = heights[node.id] / 2
        if not own:
            levels = deepest - depth[node.id] + 1
            outlines[node.id] = _Outline([-half] * levels, [half] * levels)
            continue
        joined = _pack(own, outlines, offset)
        middle = (offset[own[0]] + offset[own[-1]]) / 2
        for child in own:
            offset[child] -= middle
        outlines[node.id] = _Outline(
            [-half, *(value - middle for value in joined.top)],
            [half, *(value - middle for value in joined.bottom)],
        )
    highest = min(outlines[nodes[0].id].top)
    placed: dict[str, Placed] = {}
    for node in nodes:
        above = -highest if node.parent is None else placed[node.parent].y
        placed[node.id] = Placed(depth[node.id], above + offset[node.id])
    return placed


def _pack(own: Sequence[str], outlines: dict[str, _Outline], offset: dict[str, float]) -> _Outline:
    """Set siblings below one another and give the outline of them all."""
    joined = outlines.pop(own[0])
    offset[own[0]] = 0.0
    for child in own[1:]:
        outline = outlines.pop(child)
        shift = max(bottom - top for bottom, top in zip(joined.bottom, outline.top, strict=True))
        offset[child] = shift
        joined = _Outline(
            [min(a, b + shift) for a, b in zip(joined.top, outline.top, strict=True)],
            [max(a, b + shift) for a, b in zip(joined.bottom, outline.bottom, strict=True)],
        )
    return joined
