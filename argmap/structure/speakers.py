"""Where each speaker stands on each topic, and how sure that can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scipy.special import betaincinv

from argmap.records import Debate, SpeakerStance, Stance, Statement

_TAIL = 0.025
_DIGITS = 4


def summarise_speakers(debate: Debate) -> tuple[SpeakerStance, ...]:
    """Mean stance with its 95% interval for each speaker and topic.

    Only what the speaker says for themself counts: a view that they report another to hold
    does not. A speaker of whom no statement takes a side on a topic has no position there and
    is left out rather than put in the middle.

    Returns:
        Sorted by topic in the debate's order, then by speaker id.
    """
    statements = {statement.id: statement for statement in debate.statements}
    latest = {(stance.topic, stance.statement): stance for stance in debate.stances}
    heard: dict[tuple[str, str], list[tuple[Statement, Stance]]] = defaultdict(list)
    for (topic, identifier), stance in latest.items():
        statement = statements[identifier]
        if statement.speaker is not None and not statement.attribution.reported:
            heard[topic, statement.speaker].append((statement, stance))
    order = {topic.id: index for index, topic in enumerate(debate.topics)}
    return tuple(
        _summary(topic, speaker, said)
        for (topic, speaker), said in sorted(
            heard.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
        if any(stance.label in ("pro", "con") for _, stance in said)
    )


def _summary(topic: str, speaker: str, said: Sequence[tuple[Statement, Stance]]) -> SpeakerStance:
    labels = [stance.label for _, stance in said]
    sided = sorted(
        ((statement, stance) for statement, stance in said if stance.label in ("pro", "con")),
        key=lambda pair: (-abs(pair[1].score), pair[0].document, pair[0].start, pair[0].id),
    )
    mean, low, high = interval([stance.score for _, stance in sided])
    return SpeakerStance(
        speaker=speaker,
        topic=topic,
        mean=mean,
        low=low,
        high=high,
        pro=labels.count("pro"),
        con=labels.count("con"),
        none=labels.count("none"),
        unclear=labels.count("unclear"),
        statements=tuple(statement.id for statement, _ in sided),
    )


def interval(scores: Sequence[float]) -> tuple[float, float, float]:
    """Mean of scores in -1 to 1 with a 95% interval: ``(mean, low, high)``.

    The scores, moved to 0 to 1, are counted as that many parts of a success, and the interval
    is the equal-tailed one of a Jeffreys beta posterior (Brown, Cai & DasGupta 2001), widened
    to hold the mean itself. Of all quantities between 0 and 1 with one mean, yes-or-no has the
    largest variance, so graded scores are covered with room to spare; and unlike a t interval
    or a bootstrap it is defined, and wide, for a single statement.

    Raises:
        ValueError: there are no scores.
    """
    if not scores:
        raise ValueError("There are no scores to take the mean of.")
    count = len(scores)
    # Sorted, so that the order of the statements cannot move the last bit.
    yes = sum(sorted((score + 1.0) / 2.0 for score in scores))
    mean = 2.0 * yes / count - 1.0
    low, high = (
        2.0 * float(betaincinv(yes + 0.5, count - yes + 0.5, tail)) - 1.0
        for tail in (_TAIL, 1.0 - _TAIL)
    )
    return (
        round(mean, _DIGITS),
        round(max(-1.0, min(low, mean)), _DIGITS),
        round(min(1.0, max(high, mean)), _DIGITS),
    )
