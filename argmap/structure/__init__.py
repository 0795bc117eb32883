"""Stances -> key points, relations, the argument tree, the speakers' positions, differences."""

from argmap.structure.difference import Difference, compare
from argmap.structure.keypoints import find_key_points
from argmap.structure.relations import find_relations
from argmap.structure.speakers import summarise_speakers
from argmap.structure.tree import build_tree

__all__ = [
    "Difference",
    "build_tree",
    "compare",
    "find_key_points",
    "find_relations",
    "summarise_speakers",
]
