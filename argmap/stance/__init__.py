"""Statement x Topic -> Stance."""

from argmap.negation import negate
from argmap.stance.calibration import USES, Calibration, Use, read_calibration, threshold_of
from argmap.stance.classify import THRESHOLD, classify, relabelled
from argmap.stance.concerns import concerns
from argmap.stance.explain import Explanation, explain
from argmap.stance.motions import make_topic
from argmap.stance.refit import Labelled, Refit, Refitted, refit

__all__ = [
    "THRESHOLD",
    "USES",
    "Calibration",
    "Explanation",
    "Labelled",
    "Refit",
    "Refitted",
    "Use",
    "classify",
    "concerns",
    "explain",
    "make_topic",
    "negate",
    "read_calibration",
    "refit",
    "relabelled",
    "threshold_of",
]
