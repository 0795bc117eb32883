"""Models: pairs of texts to probabilities, texts to vectors.

Only this room and ``training`` touch torch, and only inside the loaders: importing it is cheap.
"""

from __future__ import annotations

from argmap.nlp.fake import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.nlp.protocol import (
    CLASSES,
    RELATIONS,
    AttributionSpans,
    Attributor,
    Encoder,
    PairClassifier,
    PointEncoder,
    Progress,
    precision_of,
)
from argmap.nlp.registry import ModelEntry, judged_by, list_models

__all__ = [
    "CLASSES",
    "RELATIONS",
    "AttributionSpans",
    "Attributor",
    "Encoder",
    "FakeAttributor",
    "FakeClassifier",
    "FakeEncoder",
    "ModelEntry",
    "PairClassifier",
    "PointEncoder",
    "Progress",
    "judged_by",
    "list_models",
    "load_attributor",
    "load_classifier",
    "load_encoder",
    "load_point_encoder",
    "load_relation_classifier",
    "precision_of",
]


def load_classifier(model_id: str | None = None, *, precision: str | None = None) -> PairClassifier:
    """Load a stance model by registry id, the default if ``None``.

    Args:
        precision: ``"fp32"``, ``"bf16"``, ``"int8"``, or ``None`` for what suits the machine.

    Raises:
        InputError: no such precision.
        ModelError: unknown, missing or altered model.
    """
    from argmap.nlp import classifier

    return classifier.load_classifier(model_id, precision=precision)


def load_relation_classifier() -> PairClassifier:
    """Load the shipped relation model, columns as in ``RELATIONS``; raises ``ModelError``."""
    from argmap.nlp import classifier

    return classifier.load_classifier(None, task="relation")


def load_encoder(*, precision: str | None = "fp32") -> Encoder:
    """Load the embedded sentence encoder; raises ``ModelError``."""
    from argmap.nlp import encoder

    return encoder.load_encoder(precision=precision)


def load_attributor() -> Attributor:
    """Load the shipped attribution model; raises ``ModelError``."""
    from argmap.nlp import attributor

    return attributor.load_attributor()


def load_point_encoder() -> PointEncoder:
    """Load the shipped key-point model; raises ``ModelError``."""
    from argmap.nlp import points

    return points.load_point_encoder()
