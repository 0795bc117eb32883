"""Stances -> key points, relations, the argument tree, the speakers' positions, differences."""

from argmap.structure.coverage import PointCoverage, SideCoverage, coverage
from argmap.structure.difference import Difference, compare
from argmap.structure.keypoints import find_key_points
from argmap.structure.relations import find_relations
from argmap.structure.speakers import summarise_speakers
from argmap.structure.tree import build_tree
from argmap.structure.votes import (
    Agreement,
    SpeakerVote,
    agreement,
    carry_decisions,
    decide,
    decision_of,
    votes_beside,
)

__all__ = [
    "Agreement",
    "Difference",
    "PointCoverage",
    "SideCoverage",
    "SpeakerVote",
    "agreement",
    "build_tree",
    "carry_decisions",
    "compare",
    "coverage",
    "decide",
    "decision_of",
    "find_key_points",
    "find_relations",
    "summarise_speakers",
    "votes_beside",
]
