"""Stances -> key points, relations, the argument tree and the speakers' positions."""

from argmap.structure.keypoints import find_key_points
from argmap.structure.relations import find_relations
from argmap.structure.speakers import summarise_speakers
from argmap.structure.tree import build_tree

__all__ = ["build_tree", "find_key_points", "find_relations", "summarise_speakers"]
