"""What a view adds to the nodes of a tree: strengths, marks, and what is folded away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from argmap.records import NodeRelation, TreeNode

SizeBy = Literal["count", "strength"]
SIZES_BY: tuple[SizeBy, ...] = ("count", "strength")

#: The mark of what no attack of the other side reaches, and its words.
UNANSWERED = "○"
UNANSWERED_WORDS = "unanswered"

#: What goes before a node's id in the ``customdata`` of the handle that folds it.
HANDLE = "fold:"

_LEAST, _MOST = 20.0, 34.0


@dataclass(frozen=True, slots=True)
class Notes:
    """How the nodes are drawn beyond what they are.

    Attributes:
        size: what the size of a point or statement tells.
        strengths: strength before and after the attacks, 0 to 1, by id of point or statement.
        unanswered: ids of the nodes to mark.
        held: ids of the statements folded into a node.
        inner: ids of the nodes that can be folded; each gets a handle.
        times: how many relations a link stands for, where more than one.
    """

    size: SizeBy = "count"
    strengths: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    unanswered: Collection[str] = ()
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inner: Collection[str] = ()
    times: Mapping[tuple[str, str, NodeRelation], int] = field(default_factory=dict)

    def marked(self, node: TreeNode) -> str:
        """The mark with its words, or nothing."""
        return f"{UNANSWERED} {UNANSWERED_WORDS}" if node.id in self.unanswered else ""

    def diameter(self, node: TreeNode, largest: int) -> float:
        """Diameter of a point's or statement's marker, in pixels; its area grows with the size.

        Args:
            largest: most statements that any node of the chart but motion and sides holds.
        """
        if self.size == "strength":
            share = self.strengths.get(node.id, (0.0, 0.0))[1]
        else:
            share = (node.count - 1) / max(1, largest - 1)
        return round(float((_LEAST**2 + (_MOST**2 - _LEAST**2) * share) ** 0.5), 1)
