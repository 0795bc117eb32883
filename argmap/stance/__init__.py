"""Statement x Topic -> Stance."""

from argmap.negation import negate
from argmap.stance.calibration import USES, Calibration, Use, read_calibration, threshold_of
from argmap.stance.classify import THRESHOLD, classify, relabelled, threshold_in
from argmap.stance.concerns import concerns
from argmap.stance.explain import Explanation, explain
from argmap.stance.motions import make_topic
from argmap.stance.refit import Labelled, Refit, Refitted, refit
from argmap.stance.relevance import Relevance, load_relevance

__all__ = [
    "THRESHOLD",
    "USES",
    "Calibration",
    "Explanation",
    "Labelled",
    "Refit",
    "Refitted",
    "Relevance",
    "Use",
    "classify",
    "concerns",
    "explain",
    "load_relevance",
    "make_topic",
    "negate",
    "read_calibration",
    "refit",
    "relabelled",
    "threshold_in",
    "threshold_of",
]
