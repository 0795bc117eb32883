"""Why a label: the words that carried it, and whether it holds when the motion is reworded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.nlp import CLASSES, PairClassifier, Progress
from argmap.records import Label, Span, Stance, Statement, Topic
from argmap.stance.classify import THRESHOLD, label_of, make_stance
from argmap.stance.rewording import rewordings, turnings

Wording = Literal["same", "opposite"]

#: Longest phrase that is left out as a whole, in words.
PHRASE_WORDS = 3
#: What is said where a label does not hold.
WARNING = (
    "The label changes when the motion is put in other plain words. Such a label is not to be "
    "trusted: read the sentence."
)
#: Most wordings of either kind that are asked; the rules' first ones.
MOST_WORDINGS = 6

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SPACE = re.compile(r"\s+")
_TURNED: dict[Label, Label] = {"pro": "con", "con": "pro"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a stretch of the sentence adds to the probability of the label, -1 to 1.

    Below nought the words speak against the label.

    Attributes:
        span: characters of the statement's text.
    """

    span: Span
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The statement judged once more, on the motion in other words.

    Attributes:
        kind: ``"same"`` must keep the label, ``"opposite"`` must turn for and against round.
        holds: it does so.
    """

    kind: Wording
    motion: str
    stance: Stance
    holds: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a label rests on.

    Attributes:
        stance: the statement as it is judged, with the words before it.
        best: the most probable class, which the weights are about, also where the label is
            ``"unclear"``.
        words: every word in order.
        phrases: two or three words that weigh more together than the heaviest of them alone,
            heaviest first, not overlapping.
        wordings: the motion reworded and turned round, those that keep it first.
        alone: the statement without the words before it; ``None`` where there are none.
    """

    stance: Stance
    best: Label
    words: tuple[Weight, ...]
    phrases: tuple[Weight, ...]
    wordings: tuple[Asked, ...]
    alone: Stance | None

    @property
    def steady(self) -> bool:
        """No plain rewording of the motion changes the label."""
        return all(asked.holds for asked in self.wordings if asked.kind == "same")


def explain(
    statement: Statement,
    topic: Topic,
    *,
    classifier: PairClassifier,
    threshold: float = THRESHOLD,
    progress: Progress | None = None,
) -> Explanation:
    """Ask the classifier again without each word, in other words, and out of context.

    A word's weight is the fall of the label's probability when the word is left out (erasure:
    Li, Monroe and Jurafsky 2016, after the occlusion of Zeiler and Fergus 2014). All is asked in
    one call of the classifier.
    """
    words = [Span(*match.span()) for match in _WORD.finditer(statement.text)]
    spans = [
        Span(words[first].start, words[first + size - 1].end)
        for size in range(1, PHRASE_WORDS + 1)
        for first in range(len(words) - size + 1)
    ]
    kinds: list[tuple[Wording, str]] = [
        ("same", text) for text in rewordings(topic.motion)[:MOST_WORDINGS]
    ]
    kinds += [("opposite", text) for text in turnings(topic.motion)[:MOST_WORDINGS]]
    pairs = [(statement.text, topic.motion)] * 2
    pairs += [(_without(statement.text, span), topic.motion) for span in spans]
    pairs += [(statement.text, motion) for _, motion in kinds]
    contexts = [statement.context, "", *[statement.context] * (len(pairs) - 2)]
    rows = classifier.predict_proba(pairs, contexts=contexts, progress=progress)

    def stance_of(index: int) -> Stance:
        pro, con = float(rows[index][0]), float(rows[index][1])
        return make_stance(statement.id, topic.id, pro, con, threshold=threshold)

    whole, alone = stance_of(0), stance_of(1)
    best = label_of(whole.pro, whole.con, whole.none, threshold=0.0)
    column = CLASSES.index(best)
    weights = [
        Weight(
            span,
            statement.text[span.start : span.end],
            round(float(rows[0][column] - rows[2 + place][column]), 4),
        )
        for place, span in enumerate(spans)
    ]
    first = 2 + len(spans)
    wordings = tuple(
        _asked(kind, motion, whole, stance_of(first + place))
        for place, (kind, motion) in enumerate(kinds)
    )
    return Explanation(
        stance=whole,
        best=best,
        words=tuple(weights[: len(words)]),
        phrases=_phrases(weights[: len(words)], weights[len(words) :]),
        wordings=wordings,
        alone=alone if statement.context else None,
    )


def _without(text: str, span: Span) -> str:
    return _SPACE.sub(" ", f"{text[: span.start]} {text[span.end :]}").strip()


def _asked(kind: Wording, motion: str, before: Stance, after: Stance) -> Asked:
    wanted = before.label if kind == "same" else _TURNED.get(before.label, before.label)
    return Asked(kind, motion, after, after.label == wanted)


def _phrases(words: Sequence[Weight], phrases: Sequence[Weight]) -> tuple[Weight, ...]:
    alone = {word.span.start: word for word in words}
    taken: list[Weight] = []
    for phrase in sorted(phrases, key=lambda p: (-p.weight, len(p.span), p.span)):
        inside = (
            word.weight
            for start, word in alone.items()
            if phrase.span.start <= start < phrase.span.end
        )
        if phrase.weight > max(0.0, *inside) and not any(
            phrase.span.overlaps(other.span) for other in taken
        ):
            taken.append(phrase)
    return tuple(taken)
