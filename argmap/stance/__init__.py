"""Statement x Topic -> Stance."""

from argmap.negation import negate
from argmap.stance.classify import THRESHOLD, classify
from argmap.stance.motions import make_topic

__all__ = ["THRESHOLD", "classify", "make_topic", "negate"]
