"""The models that a worker loads, by what can be handed to another process."""

from __future__ import annotations

from argmap import nlp
from argmap.batch.judge import Models


def load_models(model_id: str | None = None) -> Models:
    """The stance model, the default if ``None``, and the attribution model.

    Raises:
        ModelError: one is missing or altered.
    """
    return Models(nlp.load_classifier(model_id), nlp.load_attributor())


def load_stand_ins() -> Models:
    """The public stand-ins without weights, for what is measured or tested around the models."""
    return Models(nlp.FakeClassifier(), nlp.FakeAttributor())
