"""Statement x Topic -> Stance."""

from argmap.negation import negate
from argmap.stance.calibration import USES, Calibration, Use, read_calibration, threshold_of
from argmap.stance.classify import THRESHOLD, classify, relabelled
from argmap.stance.explain import Explanation, explain
from argmap.stance.motions import make_topic

__all__ = [
    "THRESHOLD",
    "USES",
    "Calibration",
    "Explanation",
    "Use",
    "classify",
    "explain",
    "make_topic",
    "negate",
    "read_calibration",
    "relabelled",
    "threshold_of",
]
