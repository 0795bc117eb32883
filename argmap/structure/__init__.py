"""Stances -> key points, relations, the argument tree, strengths, gaps, positions, differences.

``compare`` is of two analyses of one debate, ``contrast`` of two who take part in it.
"""

from argmap.structure.common_ground import Shared
from argmap.structure.comparands import BYS, By, Comparand, comparands
from argmap.structure.comparison import Change, Comparison, change_of, contrast
from argmap.structure.coverage import PointCoverage, SideCoverage, coverage
from argmap.structure.difference import Difference, compare
from argmap.structure.exchanges import Exchange, Exchanges, who_answers_whom
from argmap.structure.filters import NOBODY, FilterName, Filters, narrow, passing
from argmap.structure.folding import Shown, fold
from argmap.structure.gaps import Entry, Gaps, find_gaps
from argmap.structure.keypoints import find_key_points
from argmap.structure.relations import find_relations
from argmap.structure.semantics import SEMANTICS, Semantics
from argmap.structure.speakers import LEAST_STATEMENTS, summarise_speakers
from argmap.structure.strength import PointStanding, Standing, Strength, weigh
from argmap.structure.suggestions import Suggestion, suggest_motions
from argmap.structure.tree import build_tree
from argmap.structure.unanswered import Unanswered, find_unanswered
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
    "BYS",
    "LEAST_STATEMENTS",
    "NOBODY",
    "SEMANTICS",
    "Agreement",
    "By",
    "Change",
    "Comparand",
    "Comparison",
    "Difference",
    "Entry",
    "Exchange",
    "Exchanges",
    "FilterName",
    "Filters",
    "Gaps",
    "PointCoverage",
    "PointStanding",
    "Semantics",
    "Shared",
    "Shown",
    "SideCoverage",
    "SpeakerVote",
    "Standing",
    "Strength",
    "Suggestion",
    "Unanswered",
    "agreement",
    "build_tree",
    "carry_decisions",
    "change_of",
    "comparands",
    "compare",
    "contrast",
    "coverage",
    "decide",
    "decision_of",
    "find_gaps",
    "find_key_points",
    "find_relations",
    "find_unanswered",
    "fold",
    "narrow",
    "passing",
    "suggest_motions",
    "summarise_speakers",
    "votes_beside",
    "weigh",
    "who_answers_whom",
]
