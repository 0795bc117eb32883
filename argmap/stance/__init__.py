"""Statement x Topic -> Stance."""

from argmap.stance.classify import THRESHOLD, classify
from argmap.stance.motions import make_topic, negate

__all__ = ["THRESHOLD", "classify", "make_topic", "negate"]
