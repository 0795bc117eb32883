"""Stances -> key points, relations, the argument tree and the speakers' positions."""

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
    "SpeakerVote",
    "agreement",
    "build_tree",
    "carry_decisions",
    "decide",
    "decision_of",
    "find_key_points",
    "find_relations",
    "summarise_speakers",
    "votes_beside",
]
