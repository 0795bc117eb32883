"""From the pair classifier's probabilities to stances, abstaining where it is unsure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from argmap.nlp import CLASSES, PairClassifier, Progress
from argmap.records import Label, Stance, Statement, Topic

#: Least probability at which a label is given; below it the label is "unclear".
THRESHOLD = 0.5

# Probabilities are rounded so that the same input gives the same bytes whatever the batch.
_DIGITS = 4


def threshold_in(settings: Mapping[str, str | int | float | bool]) -> float:
    """The threshold that a run's settings tell; one half where they tell none, or no such number.

    They may be of another hand.
    """
    found = settings.get("threshold", THRESHOLD)
    return THRESHOLD if isinstance(found, bool | str) or not 0 <= found <= 1 else float(found)


def classify(
    statements: Sequence[Statement],
    topics: Sequence[Topic],
    *,
    classifier: PairClassifier,
    threshold: float = THRESHOLD,
    off: Collection[tuple[str, str]] = frozenset(),
    sided: float = 0.0,
    progress: Progress | None = None,
) -> tuple[Stance, ...]:
    """Judge every statement on every topic, topics outermost, in one pass of the classifier.

    Args:
        off: ids of statement and topic that the classifier is not asked about, see
            :class:`~argmap.stance.relevance.Relevance`.
        sided: share of such statements that are for or against all the same.
    """
    cases = [(statement, topic) for topic in topics for statement in statements]
    asked = [(s, t) for s, t in cases if (s.id, t.id) not in off]
    judged: dict[tuple[str, str], tuple[float, float]] = {}
    if asked:
        probabilities = classifier.predict_proba(
            [(statement.text, topic.motion) for statement, topic in asked],
            contexts=[statement.context for statement, _ in asked],
            progress=progress,
        )
        for (statement, topic), row in zip(asked, probabilities, strict=True):
            judged[statement.id, topic.id] = (float(row[0]), float(row[1]))
    passed_over = (sided / 2, sided / 2)
    return tuple(
        replace(
            make_stance(s.id, t.id, *judged.get((s.id, t.id), passed_over), threshold=threshold),
            off_motion=(s.id, t.id) not in judged,
        )
        for s, t in cases
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
