"""From the pair classifier's probabilities to stances, abstaining where it is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from argmap.nlp import CLASSES, PairClassifier, Progress
from argmap.records import Label, Stance, Statement, Topic

#: Least probability at which a label is given; below it the label is "unclear".
THRESHOLD = 0.5

# Probabilities are rounded so that the same input gives the same bytes whatever the batch.
_DIGITS = 4


def classify(
    statements: Sequence[Statement],
    topics: Sequence[Topic],
    *,
    classifier: PairClassifier,
    threshold: float = THRESHOLD,
    progress: Progress | None = None,
) -> tuple[Stance, ...]:
    """Judge every statement on every topic, topics outermost, in one pass of the classifier."""
    pairs = [(statement.text, topic.motion) for topic in topics for statement in statements]
    keys = [(statement.id, topic.id) for topic in topics for statement in statements]
    if not pairs:
        return ()
    contexts = [statement.context for _ in topics for statement in statements]
    probabilities = classifier.predict_proba(pairs, contexts=contexts, progress=progress)
    return tuple(
        make_stance(statement, topic, float(row[0]), float(row[1]), threshold=threshold)
        for (statement, topic), row in zip(keys, probabilities, strict=True)
    )


def make_stance(
    statement: str, topic: str, pro: float, con: float, *, threshold: float = THRESHOLD
) -> Stance:
    """A stance from two probabilities; ``none`` is what remains to 1."""
    pro, con = round(pro, _DIGITS), round(con, _DIGITS)
    none = round(max(0.0, 1.0 - pro - con), _DIGITS)
    return Stance(statement, topic, pro, con, none, label_of(pro, con, none, threshold=threshold))


def label_of(pro: float, con: float, none: float, *, threshold: float = THRESHOLD) -> Label:
    """The most probable class, or ``"unclear"`` below ``threshold``."""
    best, name = max(zip((pro, con, none), CLASSES, strict=True), key=lambda pair: pair[0])
    if best < threshold:
        return "unclear"
    return "pro" if name == "pro" else "con" if name == "con" else "none"


def relabelled(stances: Sequence[Stance], *, threshold: float) -> tuple[Stance, ...]:
    """The same probabilities with the labels that another threshold gives.

    A label that a person gave stays; beside it stands what the model gives now.
    """

    def anew(stance: Stance) -> Stance:
        label = label_of(stance.pro, stance.con, stance.none, threshold=threshold)
        return (
            replace(stance, model_label=label) if stance.corrected else replace(stance, label=label)
        )

    return tuple(anew(stance) for stance in stances)
